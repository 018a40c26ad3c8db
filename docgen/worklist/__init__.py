"""Worklists: who comes when, and for which procedures. Tables, JSON Lines and FHIR."""

from docgen.worklist.entries import Entry, ListedCode, Row, Worklist

__all__ = ["Entry", "ListedCode", "Row", "Worklist"]
