"""Rebuilds the embedded model from data zips: `python -m training --data DIR --out DIR`."""
