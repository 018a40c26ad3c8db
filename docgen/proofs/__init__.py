"""Sheets set for proof, so that the checks find whatever rendering would refuse."""

from docgen.proofs.layouts import problems_of_layout
from docgen.proofs.listed import problems_of_policies, problems_of_tables
from docgen.proofs.records import problems_of_records

__all__ = [
    "problems_of_layout",
    "problems_of_policies",
    "problems_of_records",
    "problems_of_tables",
]
