"""The rules that diagnostics name: what is wrong, in a word that programs may rely on.

Each subject has a module, and each rule a place in it under what it can be: ``Refused``, always an
error; ``Warned``, always a warning; ``Either``, an error here and a warning there. Type checking
holds every call that tells of a rule to this table. What a rule means stands below, for the
reference page; at run time a rule is a plain str (see ``docgen.diagnostics``), so that no command
waits for the table to be read.
"""

from collections.abc import Mapping
from typing import Any, Final, Literal, NamedTuple, NewType

from docgen.rules import (
    calls,
    fhir,
    files,
    finding,
    imports,
    installation,
    layouts,
    looks,
    pages,
    policies,
    printfiles,
    printing,
    prose,
    protection,
    reading,
    records,
    rows,
    runs,
    texts,
    translations,
    values,
)

ErrorRule = Literal[
    files.Refused,
    texts.Refused,
    texts.Either,
    values.Refused,
    installation.Refused,
    records.Refused,
    records.Either,
    translations.Refused,
    layouts.Refused,
    looks.Refused,
    prose.Refused,
    prose.Either,
    pages.Refused,
    pages.Either,
    protection.Refused,
    rows.Refused,
    rows.Either,
    fhir.Refused,
    fhir.Either,
    imports.Refused,
    imports.Either,
    policies.Refused,
    reading.Refused,
    reading.Either,
    finding.Refused,
    runs.Refused,
    printfiles.Refused,
    printing.Refused,
    printing.Either,
    calls.Refused,
]
"""A rule that what is refused may name."""

WarningRule = Literal[
    texts.Warned,
    texts.Either,
    records.Either,
    layouts.Warned,
    prose.Either,
    pages.Warned,
    pages.Either,
    protection.Warned,
    rows.Warned,
    rows.Either,
    fhir.Warned,
    fhir.Either,
    imports.Warned,
    imports.Either,
    policies.Warned,
    reading.Warned,
    reading.Either,
    finding.Warned,
    runs.Warned,
    printfiles.Warned,
    printing.Warned,
    printing.Either,
]
"""A rule that a warning may name."""

ValidatorRule = NewType("ValidatorRule", str)
"""A rule of the validator of PDFs, which names its own: ``PDFUA1-LINK-CONTENTS-001``."""

Rule = ErrorRule | WarningRule | ValidatorRule


class Subject(NamedTuple):
    """What a group of rules is about, and what each of them means."""

    title: str
    meanings: Mapping[Any, str]


SUBJECTS: Final = (
    Subject("Files and folders", files.MEANINGS),
    Subject("Text and encodings", texts.MEANINGS),
    Subject("YAML, JSON and their values", values.MEANINGS),
    Subject("The project and the installation", installation.MEANINGS),
    Subject("Records and code tables", records.MEANINGS),
    Subject("Languages and translations", translations.MEANINGS),
    Subject("Layouts and their safety", layouts.MEANINGS),
    Subject("Themes and organizations", looks.MEANINGS),
    Subject("Texts of records and layouts", prose.MEANINGS),
    Subject("Fonts, pictures and pages", pages.MEANINGS),
    Subject("Passwords and checked PDFs", protection.MEANINGS),
    Subject("Worklists and tables", rows.MEANINGS),
    Subject("Worklists in FHIR", fhir.MEANINGS),
    Subject("Imports", imports.MEANINGS),
    Subject("Policies of health plans", policies.MEANINGS),
    Subject("Readability", reading.MEANINGS),
    Subject("Search and preview", finding.MEANINGS),
    Subject("Runs over a worklist", runs.MEANINGS),
    Subject("Print files", printfiles.MEANINGS),
    Subject("Printing", printing.MEANINGS),
    Subject("Calls from Python", calls.MEANINGS),
)
