"""What a text says in numbers: values with their units, hours, phone numbers and codes.

Two texts in two languages can be held against each other: ``two hours`` says what ``2 h`` and
``dos horas`` say.
"""

from docgen.numerals.comparing import Difference, differences
from docgen.numerals.reading import Numeral, knows_words, numerals

__all__ = ["Difference", "Numeral", "differences", "knows_words", "numerals"]
