"""Measures what alttext's models can do, on data that is not part of the repository."""
