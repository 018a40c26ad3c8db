"""Cells of a row to the entry that they make."""
