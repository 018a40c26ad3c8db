"""One PDF against the standards it claims, with findings in plain words."""

import io
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pikepdf
from msgspec import Struct

from docgen.diagnostics import Diagnostic, DocgenError, Findings, Span, ValidatorRule
from docgen.validation.profiles import PDF_UA_1, PROFILES, Profile, claimed_standards
from docgen.validation.reading import open_pdf
from docgen.validation.sentences import sentence_of
from docgen.validation.validator import judge_pdf

if TYPE_CHECKING:
    from page import ValidationFailure

_TOLD = 3
"""How many faults of a file's syntax are told; the others are counted."""
_WHERE = re.compile(r"^(WARNING: )?stream <[^>]*>:? *")
"""What qpdf puts before a fault of a file that it reads from memory."""
_EXTRACT_FOR_ACCESSIBILITY = 1 << 9
"""Bit 10 of an encrypted file's permissions (ISO 32000-1, table 22)."""


class Verdict(Struct, frozen=True, kw_only=True):
    """One file judged by one standard."""

    path: str
    profile: Profile
    claimed: bool
    """Whether the file itself says that it conforms."""
    rules: int
    """How many rules were checked."""
    broken: int
    """How many of them are broken."""

    @property
    def conforms(self) -> bool:
        """Whether no rule is broken."""
        return not self.broken


class Validation(Struct, frozen=True):
    """What was found about one file."""

    verdicts: tuple[Verdict, ...]
    diagnostics: tuple[Diagnostic, ...]


class _Readable(Struct, frozen=True):
    """A file that the validator can read."""

    data: bytes
    claims: tuple[str, ...]
    permissions: int | None = None
    """Of an encrypted file of which ``data`` is a decrypted copy."""

    def hidden_rules(self, profile: Profile) -> tuple[str, ...]:
        """Rules of encryption that the file breaks, which its decrypted copy does not show."""
        if self.permissions is None:
            return ()
        if profile.is_archival:
            return (f"PDFA{profile.id.upper()}-ENCRYPTION-001",)
        if self.permissions & _EXTRACT_FOR_ACCESSIBILITY:
            return ()
        return ("PDFUA1-ENCRYPTION-P-001",)


def validate_pdf(
    data: bytes,
    path: str,
    profiles: Sequence[Profile] = (),
    password: str | None = None,
) -> Validation:
    """Checks a PDF's syntax and its conformance to standards.

    Without ``profiles``, the standards that the file claims are taken, or PDF/UA-1 where it claims
    none. ``path`` names the file in findings. Raises DocgenError for a file that cannot be judged.
    """
    findings = Findings()
    with open_pdf(data, path, password) as pdf:
        _check_syntax(pdf, path, findings)
        readable = _readable(pdf, data, password)
    verdicts = []
    for profile in profiles or _claimed(readable.claims, path, findings):
        try:
            verdicts.append(_verdict(readable, profile, path, findings))
        except DocgenError as error:
            findings.extend(error.diagnostics)
    return Validation(tuple(verdicts), findings.diagnostics)


def _check_syntax(pdf: pikepdf.Pdf, path: str, findings: Findings) -> None:
    told = [str(warning) for warning in pdf.get_warnings()]
    try:
        told += pdf.check_pdf_syntax()
    except pikepdf.PdfError as error:
        told.append(str(error))
    faults = list(dict.fromkeys(_WHERE.sub("", fault) for fault in told))
    if not faults:
        return
    more = f", and {len(faults) - _TOLD} more" if len(faults) > _TOLD else ""
    findings.error(
        "damaged-pdf",
        f"the syntax of this file is broken: {_printable('; '.join(faults[:_TOLD]))}{more}",
        Span.whole_file(path),
        "copy or make it again",
    )


def _readable(pdf: pikepdf.Pdf, data: bytes, password: str | None) -> _Readable:
    claims = claimed_standards(pdf)
    # The validator itself decrypts what opens without a password, and judges the encryption.
    if not pdf.is_encrypted or not password:
        return _Readable(data, claims)
    copy = io.BytesIO()
    pdf.save(copy, encryption=False, fix_metadata_version=False)
    return _Readable(copy.getvalue(), claims, pdf.encryption.P)


def _claimed(claims: Sequence[str], path: str, findings: Findings) -> tuple[Profile, ...]:
    place = Span.whole_file(path)
    for claim in claims:
        if claim not in PROFILES:
            standard = f"PDF/UA-{claim[2:]}" if claim.startswith("ua") else f"PDF/A-{claim}"
            findings.warning(
                "unknown-standard",
                f"this file claims {standard}, which the validator does not know",
                place,
                "check it with another validator",
            )
    known = tuple(PROFILES[claim] for claim in claims if claim in PROFILES)
    if known:
        return known
    findings.warning(
        "no-claim",
        f"this file claims no standard that can be checked; it is held to {PDF_UA_1.name}",
        place,
        "name a standard with --profile",
    )
    return (PDF_UA_1,)


def _verdict(readable: _Readable, profile: Profile, path: str, findings: Findings) -> Verdict:
    report = judge_pdf(readable.data, profile, path)
    hidden = readable.hidden_rules(profile)
    findings.extend(_diagnostic(ValidatorRule(rule), "", path) for rule in hidden)
    findings.extend(
        _diagnostic(ValidatorRule(failure.rule_id), _detail(failure), path)
        for failure in report.failures
    )
    return Verdict(
        path=path,
        profile=profile,
        claimed=profile.id in readable.claims,
        rules=report.rules.total,
        broken=report.rules.failed + len(hidden),
    )


def _detail(failure: "ValidationFailure") -> str:
    """The validator's own words, which name the first place that breaks the rule."""
    place = failure.object_id
    number = f"; object {place.object_number}" if place else ""
    return f"{_printable(failure.message)}{number}"


def _diagnostic(rule: ValidatorRule, detail: str, path: str) -> Diagnostic:
    place = Span.whole_file(path)
    sentence = sentence_of(rule)
    if sentence is None:
        return Diagnostic(rule, detail, place, "look the rule up in the standard")
    message = f"{sentence.wrong} ({detail})" if detail and sentence.tells_detail else sentence.wrong
    return Diagnostic(rule, message, place, sentence.hint)


def _printable(text: str) -> str:
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )
