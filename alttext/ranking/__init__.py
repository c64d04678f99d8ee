"""Stages 4 to 6: what an image shows, as ranked terms of the vocabulary."""
