"""Columns of somebody's table: which field each of them is, by a column map and usual headings."""

from docgen.columns.headings import plain_heading, values_for_field
from docgen.columns.maps import (
    Asked,
    Delimiter,
    Headings,
    TableEncoding,
    asked_by,
    column_fields,
    in_order,
    tell_given_twice,
)
from docgen.columns.matching import ColumnsOfFields, match_headings
from docgen.columns.vocabulary import Vocabulary

__all__ = [
    "Asked",
    "ColumnsOfFields",
    "Delimiter",
    "Headings",
    "TableEncoding",
    "Vocabulary",
    "asked_by",
    "column_fields",
    "in_order",
    "match_headings",
    "plain_heading",
    "tell_given_twice",
    "values_for_field",
]
