"""Stages 7 to 9: compose a description, decide what becomes of it, and edit the document."""
