"""Numbers and their units: which units there are, and where quantities stand in a text."""

from docgen.measures.quantity import holds_quantity, quantities
from docgen.measures.units import UNITS, Tongue, Unit

__all__ = [
    "UNITS",
    "Tongue",
    "Unit",
    "holds_quantity",
    "quantities",
]
