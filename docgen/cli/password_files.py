"""Passwords from files, so that none stands on a command line for others to see."""

from pathlib import Path

from docgen.cli.streams import STANDARD_STREAM, standard_input
from docgen.diagnostics import DocgenError, Span, refuse
from docgen.opening import open_file
from docgen.pdf.passwords import prepare_password
from docgen.system import reason_of

_MAX_BYTES = 1_000
"""Of a file: more than any password needs, and few enough to tell that it is another file."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_FORM = "write the password, and nothing else, on the first line"


def read_password(path: str) -> str:
    """The password in a file, or on standard input for ``-``, as a PDF's key is made of it.

    It is the only line. The line's end and a byte order mark are not part of it, blanks are.
    Raises DocgenError, which never quotes what the file says.
    """
    place = Span.whole_file("standard input" if path == STANDARD_STREAM else str(Path(path)))
    data = _read_password(path, place)
    if len(data) > _MAX_BYTES:
        raise _refused("this is too long to be a password", place, "is it the right file?")
    text = _decoded(data.removeprefix(_BYTE_ORDER_MARK), place)
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if not any(map(str.strip, lines)):
        raise _refused("there is no password here: it is empty", place, _FORM)
    if not lines[0].strip():
        raise _refused("the first line is empty", place, _FORM)
    if any(map(str.strip, lines[1:])):
        raise _refused("there is more than one line", place, _FORM)
    return prepare_password(lines[0], place)


def _read_password(path: str, place: Span) -> bytes:
    try:
        if path == STANDARD_STREAM:
            return standard_input().read(_MAX_BYTES + 1)
        with open_file(path) as file:
            return file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise _refused("this file does not exist", place, "check its name and folder") from None
    except IsADirectoryError:
        raise _refused("this is a folder, not a file", place, "name a file in it") from None
    except OSError as error:
        raise _refused(
            f"this cannot be read: {reason_of(error)}", place, "check who may read it"
        ) from None


def _decoded(data: bytes, place: Span) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        hint = "save it as plain text with the encoding UTF-8"
        raise _refused("this is not UTF-8 text", place, hint) from None


def _refused(message: str, place: Span, hint: str) -> DocgenError:
    return refuse("bad-password-file", message, place, hint)
