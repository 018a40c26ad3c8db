"""Workbooks (XLSX), read element by element and within limits."""
