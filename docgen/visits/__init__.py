"""A visit: each thing that a worklist may say of it and a sheet may print, defined once."""

from docgen.visits.fields import Kind, VisitField, visit_fields
from docgen.visits.visit import Visit, VisitValue, private_values

__all__ = ["Kind", "Visit", "VisitField", "VisitValue", "private_values", "visit_fields"]
