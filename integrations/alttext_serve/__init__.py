"""`alttext serve`: describe pictures and fix documents over HTTP, on this machine, with one model in memory.

The service takes bytes only: no URLs and no paths, so that nobody can make it fetch or read anything.
"""
