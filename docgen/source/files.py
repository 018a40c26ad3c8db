"""Files of YAML and JSON: read, and refused by what they hold instead."""

from pathlib import Path

from docgen.diagnostics import DocgenError, Findings, Span, refuse
from docgen.opening import FileTooLargeError, NotAFileError, read_whole
from docgen.signatures import kind_of
from docgen.source.characters import refuse_unprintable
from docgen.source.nodes import Node, SourceText
from docgen.source.presence import display_path, is_there
from docgen.system import reason_of

MAX_BYTES = 1_000_000
SUFFIXES = (".yaml", ".yml", ".json")
_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_file(path: Path) -> Node:
    """Reads a YAML or JSON file of at most 1 MB (RFC 8259, YAML 1.1 syntax, UTF-8).

    Raises DocgenError with everything that keeps the file from being read.
    """
    shown = display_path(path)
    start = Span(shown, 1, 1)
    if path.suffix.lower() not in SUFFIXES:
        raise refuse(
            "unknown-file-type",
            f"'{path.name}' is neither a YAML nor a JSON file",
            start,
            "give the file a name that ends in .yaml, .yml or .json",
        )
    return read_text(_decode(_read_bytes(path, start), start), shown)


def read_text(text: str, path: str) -> Node:
    """Reads YAML, or JSON where the name of its path ends in ``.json``.

    Raises DocgenError with what is wrong with its syntax.
    """
    source = SourceText(path, text)
    findings = Findings()
    refuse_unprintable(source, findings)
    findings.raise_if_any()
    if path.lower().endswith(".json"):
        from docgen.source.json_reader import read_json  # noqa: PLC0415 (most runs read no JSON)

        return read_json(source)
    from docgen.source.yaml_reader import read_yaml  # noqa: PLC0415 (nor do all read YAML)

    return read_yaml(source)


def _read_bytes(path: Path, start: Span) -> bytes:
    try:
        return read_whole(path, MAX_BYTES)
    except FileTooLargeError:
        raise refuse(
            "file-too-large",
            f"this file is larger than {MAX_BYTES // 1_000_000} MB, the limit for one input file",
            start,
            "a record is a few kilobytes; split the file, or check that it is the right one",
        ) from None
    except OSError as error:
        raise _unreadable_file(path, error, start) from None
    except ValueError:
        raise refuse(
            "missing-file", "this is not the name of a file", start, "check its name"
        ) from None


def _unreadable_file(path: Path, error: OSError, start: Span) -> DocgenError:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        is_there(path)  # raises where a link is to blame
        return refuse(
            "missing-file", "this file does not exist", start, "check its name and its folder"
        )
    if isinstance(error, IsADirectoryError):
        return refuse("not-a-file", "this is a folder, not a file", start, "name a file in it")
    if isinstance(error, NotAFileError):
        return refuse("not-a-file", f"{reason_of(error)}", start, "put a file in its place")
    return refuse(
        "unreadable-file",
        f"this file cannot be read: {reason_of(error)}",
        start,
        "check who may read it",
    )


def _decode(data: bytes, start: Span) -> str:
    other = kind_of(data)
    if other:
        hint = "copy its words into a file that a plain text editor has made"
        raise refuse("not-text", f"this is {other.words}, not plain text", start, hint)
    if data.startswith(_UTF16_MARKS) or b"\0" in data[:2]:
        raise _not_utf8("this file is saved as UTF-16, not as UTF-8", start)
    data = data.removeprefix(_UTF8_MARK)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = SourceText(start.path, data[: error.start].decode("utf-8") + " ")
        place = before.span(len(before.text) - 1)
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8 text"
        raise _not_utf8(message, place) from None


def _not_utf8(message: str, place: Span) -> DocgenError:
    return refuse(
        "not-utf-8", message, place, "save the file with the encoding UTF-8 in your editor"
    )
