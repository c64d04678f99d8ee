"""How fast and how flat alttext is here: one module a row of `docs/performance.md`."""
