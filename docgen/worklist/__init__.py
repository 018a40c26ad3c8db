"""Worklists: who comes when, and for which procedures. Tables, JSON Lines and FHIR."""

from docgen.worklist.entries import Entry, ListedCode, Row, Worklist
from docgen.worklist.opening import Form, open_worklist

__all__ = ["Entry", "Form", "ListedCode", "Row", "Worklist", "open_worklist"]
