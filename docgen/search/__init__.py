"""The library of procedures: an index over all records, search in it, and similar codes."""
