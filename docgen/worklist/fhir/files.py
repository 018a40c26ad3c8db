"""Resources of a FHIR file (R4, JSON): those of one Bundle, or one a line (NDJSON).

A file is read piece by piece: a Bundle entry by entry, however its lines are broken. Values are
parsed by the parser of the standard library, which holds at a depth of nesting, where parsers that
report events keep the whole path of each, and which replaces no character by another.
"""

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from docgen.diagnostics import Span, refuse
from docgen.opening import open_file
from docgen.system import reason_of
from docgen.worklist.fhir.wholeness import OUTCOME, Wholeness

_PIECE = 1 << 16
_LONGEST = 1 << 26
"""Characters (or bytes of a line) that one resource may take, about 64 MB."""
_LONGEST_WORD = len("\\ud83d\\ude00")
"""Characters that say nothing while some of them are missing; no word or escape has more."""
_BUNDLE = re.compile(rb'\{\s*"resourceType"\s*:\s*"Bundle"')
"""How nearly all Bundles begin: a line of one may be as long as the file."""
_BLANK = " \t\r\n"


class Found(NamedTuple):
    """What stands in a place of the file: a resource, or what cannot be read as one."""

    span: Span
    url: str | None
    """The ``fullUrl`` of an entry."""
    resource: dict[str, Any] | None
    """None where there is no resource to be read."""


class _Json:
    """Reads values, and notices objects that name a property twice: which one counts, no rule
    says, and a parser that takes the last may take a visit for one that was not cancelled.
    """

    def __init__(self) -> None:
        self.repeats = False
        """Whether the value that was read last is ambiguous in this way."""
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object)

    def value(self, text: str, at: int = 0) -> tuple[Any, int]:
        """The value that begins at a place, and where it ends."""
        self.repeats = False
        return self._decoder.raw_decode(text, at)

    def _object(self, members: list[tuple[str, Any]]) -> dict[str, Any]:
        named = dict(members)
        self.repeats |= len(named) != len(members)
        return named


def resources(path: Path, shown: str, wholeness: Wholeness) -> Iterator[Found]:
    """What a Bundle or an NDJSON file holds, in its order.

    ``shown`` is the path as diagnostics show it; ``wholeness`` gathers whether all is there.
    Raises DocgenError where the file as a whole is no FHIR, or breaks off; what was found until
    then is not all of it.
    """
    try:
        with open_file(path) as stream:
            if _is_lines(stream, shown):
                yield from _resources_in_lines(stream, shown, wholeness)
            else:
                yield from _Bundle(stream, shown, wholeness).entries()
    except OSError as error:
        raise refuse(
            "unreadable-file", f"the worklist cannot be read: {reason_of(error)}"
        ) from error


def _is_lines(stream: BinaryIO, shown: str) -> bool:
    """Whether each line is a resource of its own: one of the first two lines is, and no Bundle."""
    start = stream.read(_PIECE).removeprefix(codecs.BOM_UTF8).lstrip()
    if start.startswith(b"<"):
        raise refuse(
            "fhir-xml",
            "this is FHIR in XML, or another XML file",
            Span(shown, 1, 1),
            "ask for JSON: _format=json of a FHIR server, or a converter such as HAPI FHIR's",
        )
    stream.seek(0)
    if _BUNDLE.match(start):
        return False
    first_lines = [stream.readline(_LONGEST) for _ in range(2)]
    stream.seek(0)
    return any(_kind_of(line) not in (None, "Bundle") for line in first_lines)


def _kind_of(line: bytes) -> str | None:
    """The type of a resource that stands on one line, or None."""
    value = _parsed(line, _Json())
    kind = value.get("resourceType") if isinstance(value, dict) else None
    return kind if isinstance(kind, str) else None


def _parsed(line: bytes, parser: _Json) -> Any:
    """The value of a line, or None where it is not all of a well-formed one."""
    try:
        text = line.removeprefix(codecs.BOM_UTF8).decode().strip(_BLANK)
        value, end = parser.value(text)
    except (ValueError, RecursionError):
        return None
    return value if end == len(text) else None


def _resources_in_lines(stream: BinaryIO, shown: str, wholeness: Wholeness) -> Iterator[Found]:
    parser, number = _Json(), 0
    while line := stream.readline(_LONGEST):
        number += 1
        span = Span(shown, number, 1)
        if len(line) == _LONGEST:
            raise _too_long(span)
        if not line.strip():
            continue
        value = _parsed(line, parser)
        if value is None and not line.endswith(b"\n"):
            raise _broken_off(span)
        resource = value if isinstance(value, dict) else None
        if resource and resource.get("resourceType") == "Bundle":
            raise _bundle_inside(span)
        if resource and resource.get("resourceType") == OUTCOME:
            wholeness.outcome(resource, span)
        yield Found(span, None, None if parser.repeats else resource)


class _Bundle:
    """A Bundle, walked through from its first brace to its last; one entry is held at a time."""

    def __init__(self, stream: BinaryIO, shown: str, wholeness: Wholeness) -> None:
        self._stream = stream
        self._shown = shown
        self._wholeness = wholeness
        self._json = _Json()
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._line = 1
        self._column = 1
        self._ended = False

    def entries(self) -> Iterator[Found]:
        """Every entry that holds a resource or ought to."""
        if self._next() != "{":
            raise self._not_fhir("this is neither a FHIR Bundle nor NDJSON")
        self._step(1)
        kind = None
        more = self._next() != "}"
        while more:
            key = self._value()
            self._expect(":")
            if key == "entry" and self._next() == "[":
                yield from self._entries_of_bundle()
            else:
                self._next()
                span = self._span()
                value = self._value()
                kind = value if key == "resourceType" else kind
                self._wholeness.member(key, value, span)
            more = self._goes_on("}")
        self._expect("}")
        if self._next():
            raise self._not_fhir("something follows the Bundle's last brace")
        if kind == OUTCOME:
            raise refuse(
                "server-error",
                "this is no Bundle, but what a server answered that had none: an OperationOutcome",
                Span(self._shown, 1, 1),
                "see what it says, and have the Appointments exported",
            )
        if kind != "Bundle":
            raise refuse(
                "not-fhir",
                "this is JSON, but no FHIR Bundle",
                Span(self._shown, 1, 1),
                "give a Bundle (R4), or NDJSON with one resource on each line",
            )

    def _entries_of_bundle(self) -> Iterator[Found]:
        self._expect("[")
        more = self._next() != "]"
        while more:
            self._next()
            span = self._span()
            entry = self._value()
            self._wholeness.entry(entry, span)
            found = _found_in_entry(entry, span)
            if found:
                yield found._replace(resource=None) if self._json.repeats else found
            more = self._goes_on("]")
        self._expect("]")

    def _goes_on(self, end: str) -> bool:
        """Whether another member follows; else the closing sign does."""
        if self._next() == end:
            return False
        self._expect(",")
        return True

    def _expect(self, sign: str) -> None:
        if self._next() != sign:
            raise self._malformed()
        self._step(1)

    def _next(self) -> str:
        """The next character that is no blank, or none at the end of the file."""
        while True:
            end = len(self._text)
            at = self._at
            while at < end and self._text[at] in _BLANK:
                at += 1
            self._step(at - self._at)
            if at < end or not self._read_on():
                return self._text[at : at + 1]

    def _value(self) -> Any:
        """The JSON value that stands here, whole; what was read is let go of."""
        self._next()
        while True:
            try:
                value, end = self._json.value(self._text, self._at)
            except RecursionError as error:
                raise self._not_fhir("values are nested too deeply") from error
            except json.JSONDecodeError as error:
                if not self._may_go_on(error):
                    self._step(error.pos - self._at)
                    raise self._malformed() from error
                if not self._read_on():
                    raise _broken_off(self._span()) from error
                continue
            except ValueError as error:
                raise self._malformed() from error
            if end < len(self._text) or not self._read_on():
                self._step(end - self._at)
                return value

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Whether a value is cut off by the end of what was read, rather than malformed."""
        is_near_end = error.pos >= len(self._text.rstrip()) - _LONGEST_WORD
        is_sign = self._text[error.pos : error.pos + 1] in tuple(",:]}")
        return error.msg.startswith("Unterminated string") or (is_near_end and not is_sign)

    def _read_on(self) -> bool:
        """Reads on, as much again as is held; whether there was more."""
        if self._ended:
            return False
        held = self._text[self._at :]
        if len(held) > _LONGEST:
            raise _too_long(self._span())
        piece = self._stream.read(max(_PIECE, len(held)))
        self._ended = not piece
        try:
            self._text = held + self._decode.decode(piece, final=self._ended)
        except UnicodeDecodeError as error:
            raise self._not_fhir("this is not UTF-8, as JSON has to be") from error
        self._at = 0
        return not self._ended

    def _step(self, count: int) -> None:
        passed = self._text[self._at : self._at + count]
        lines = passed.count("\n")
        self._line += lines
        self._column = len(passed) - passed.rfind("\n") if lines else self._column + count
        self._at += count

    def _span(self) -> Span:
        return Span(self._shown, self._line, self._column)

    def _malformed(self) -> Exception:
        return self._not_fhir("the JSON of the Bundle is not well formed")

    def _not_fhir(self, message: str) -> Exception:
        if self._ended and not self._next():
            return _broken_off(self._span())
        return refuse(
            "not-fhir",
            message,
            self._span(),
            "give a FHIR R4 Bundle in JSON, or NDJSON with one resource on each line",
        )


def _found_in_entry(entry: Any, span: Span) -> Found | None:
    """What an entry holds; None for an entry that only tells of a request or its outcome."""
    if not isinstance(entry, dict):
        return Found(span, None, None)
    if "resource" not in entry and ("request" in entry or "response" in entry):
        return None
    url, resource = entry.get("fullUrl"), entry.get("resource")
    if not isinstance(resource, dict):
        return Found(span, None, None)
    if resource.get("resourceType") == "Bundle":
        raise _bundle_inside(span)
    return Found(span, url if isinstance(url, str) else None, resource)


def _broken_off(span: Span) -> Exception:
    return refuse(
        "truncated-worklist",
        "the file breaks off: appointments may be missing",
        span,
        "export or copy it again; nothing of it was used",
    )


def _too_long(span: Span) -> Exception:
    return refuse(
        "resource-too-long",
        "a resource is longer than 64 MB",
        span,
        "leave pictures and documents out of the export",
    )


def _bundle_inside(span: Span) -> Exception:
    return refuse(
        "bundle-in-bundle",
        "a whole Bundle stands where one resource is wanted",
        span,
        "give each Bundle as a file of its own",
    )
