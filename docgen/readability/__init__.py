"""Plain language: how much the sections for patients ask of their readers, and what to change."""

from docgen.readability.checking import check_readability
from docgen.readability.glossary import NAME as GLOSSARY
from docgen.readability.glossary import Glossary, glossary_schema, read_glossary
from docgen.readability.pemat import ITEMS as PEMAT_ITEMS
from docgen.readability.report import (
    FEW_WORDS,
    GOAL,
    GRADE,
    SENTENCE,
    ReadingLimits,
    RecordReadability,
    SectionReadability,
)
from docgen.readability.spanish import ease_in_words as ease_level

__all__ = [
    "FEW_WORDS",
    "GLOSSARY",
    "GOAL",
    "GRADE",
    "PEMAT_ITEMS",
    "SENTENCE",
    "Glossary",
    "ReadingLimits",
    "RecordReadability",
    "SectionReadability",
    "check_readability",
    "ease_level",
    "glossary_schema",
    "read_glossary",
]
