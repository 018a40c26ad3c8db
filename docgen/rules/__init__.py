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


class RuleSubject(NamedTuple):
    """What a group of rules is about, and what each of them means."""

    title: str
    meanings: Mapping[Any, str]


SUBJECTS: Final = (
    RuleSubject("Files and folders", files.MEANINGS),
    RuleSubject("Text and encodings", texts.MEANINGS),
    RuleSubject("YAML, JSON and their values", values.MEANINGS),
    RuleSubject("The project and the installation", installation.MEANINGS),
    RuleSubject("Records and code tables", records.MEANINGS),
    RuleSubject("Languages and translations", translations.MEANINGS),
    RuleSubject("Layouts and their safety", layouts.MEANINGS),
    RuleSubject("Themes and organizations", looks.MEANINGS),
    RuleSubject("Texts of records and layouts", prose.MEANINGS),
    RuleSubject("Fonts, pictures and pages", pages.MEANINGS),
    RuleSubject("Passwords and checked PDFs", protection.MEANINGS),
    RuleSubject("Worklists and tables", rows.MEANINGS),
    RuleSubject("Worklists in FHIR", fhir.MEANINGS),
    RuleSubject("Imports", imports.MEANINGS),
    RuleSubject("Policies of health plans", policies.MEANINGS),
    RuleSubject("Readability", reading.MEANINGS),
    RuleSubject("Search and preview", finding.MEANINGS),
    RuleSubject("Runs over a worklist", runs.MEANINGS),
    RuleSubject("Print files", printfiles.MEANINGS),
    RuleSubject("Printing", printing.MEANINGS),
    RuleSubject("Calls from Python", calls.MEANINGS),
)
