"""Codes and ranges of codes, as health plans' policies name them."""

import re
from typing import Self

from msgspec import Struct

from docgen.code_systems import (
    CodeSystem,
    canonical_code,
    family_of,
    is_well_formed,
    normalise_code,
)

_TO = re.compile(r"\s*[-–]\s*")
_HINT = "write a code, or the first and the last with a hyphen between, such as 77261-77299"


class CodeRange(Struct, frozen=True):
    """All codes of one form from a first to a last one; a single code is both.

    A form is what the codes of a family share: five digits of CPT, four digits and the same letter
    (0042T-0054T), the same letter and four digits of HCPCS, the seven characters of ICD-10-PCS.
    Codes are ordered as code books order them: digits before letters, place by place.
    """

    system: CodeSystem
    first: str
    last: str

    @classmethod
    def parse(cls, text: str, system: CodeSystem) -> Self:
        """``77261`` or ``77261-77299``. Raises ValueError with a sentence and a hint.

        Local codes have no order, and their hyphens are their own: each stands alone.
        """
        if system.order == "none":
            code = canonical_code(text, system)
            if not is_well_formed(code, system):
                raise ValueError(f"{text!r} is not a local code", f"it has {system.form}")
            return cls(system, code, code)
        ends = [end.upper() for end in _TO.split(text.strip())]
        for end in ends:
            if not is_well_formed(end, system):
                raise ValueError(
                    f"{end!r} does not have the form that {system.name} asks for",
                    f"write {system.form}; {_HINT}",
                )
        first, last = ends[0], ends[-1]
        if len(ends) > len((first, last)):
            raise ValueError(f"{text!r} has more than two ends", _HINT)
        if family_of(first, system) != family_of(last, system):
            raise ValueError(
                f"{first} and {last} have different forms: no code lies between them",
                "write a range for each form",
            )
        if last < first:
            raise ValueError(f"{last} comes before {first}", f"write {last}-{first}")
        return cls(system, first, last)

    def covers(self, code: str) -> bool:
        """Whether a canonical code of the same system is one of these."""
        if self.system.order == "none":
            return normalise_code(code) == normalise_code(self.first)
        same_form = family_of(code, self.system) == family_of(self.first, self.system)
        return same_form and self.first <= code <= self.last

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first}-{self.last}"
