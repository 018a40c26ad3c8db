"""Password files that are refused: the message, exit code 1, no file, and never the password."""

from pathlib import Path

import pytest
from msgspec import Struct

from tests.commands import run_docgen

SECRET = "Zebra-Quilt-41"


class Case(Struct, frozen=True):
    """What a password file holds, and what docgen says of it."""

    content: bytes
    message: str


def _told(message: str, hint: str, rule: str = "bad-password-file") -> str:
    return f"secret.txt: error[{rule}]: {message}\n  hint: {hint}\n"


FORM = "write the password, and nothing else, on the first line"
KEYBOARD = "use letters, digits, blanks and marks of a keyboard"
CHARACTER = "the password holds a character that not every PDF reader takes"
NOT_UTF8 = _told("this is not UTF-8 text", "save it as plain text with the encoding UTF-8")

CASES = {
    "empty": Case(b"", _told("there is no password here: it is empty", FORM)),
    "only line ends": Case(b"\n\r\n", _told("there is no password here: it is empty", FORM)),
    "only a mark": Case(b"\xef\xbb\xbf", _told("there is no password here: it is empty", FORM)),
    "only blanks": Case(b"  \n", _told("there is no password here: it is empty", FORM)),
    "first line empty": Case(
        b"\n" + SECRET.encode() + b"\n", _told("the first line is empty", FORM)
    ),
    "two lines": Case(
        SECRET.encode() + b"\n" + SECRET.encode(), _told("there is more than one line", FORM)
    ),
    "Latin-1": Case(SECRET.encode() + b"\xe9\n", NOT_UTF8),
    "UTF-16": Case(SECRET.encode("utf-16"), NOT_UTF8),
    "NUL": Case(SECRET.encode() + b"\0\n", _told(CHARACTER, KEYBOARD, "bad-password")),
    "tab": Case(b"\t" + SECRET.encode(), _told(CHARACTER, KEYBOARD, "bad-password")),
    "emoji": Case(f"{SECRET} \U0001fa7a".encode(), _told(CHARACTER, KEYBOARD, "bad-password")),
    "128 bytes": Case(
        (SECRET + "x" * 114).encode(),
        _told(
            "the password is longer than 127 bytes, the limit of PDF",
            "shorten it; beyond ASCII, a character takes two to four bytes",
            "bad-password",
        ),
    ),
    "another file": Case(
        f"{SECRET}\n".encode() * 100,
        _told("this is too long to be a password", "is it the right file?"),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_bad_password_file_is_told(case: Case, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_bytes(case.content)
    run = run_docgen("render", "77299", "--password-file", "secret.txt", cwd=tmp_path)
    assert run.stderr.decode() == case.message
    assert SECRET not in run.stderr.decode()
    assert (run.returncode, run.stdout) == (1, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.txt"]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        ("secret.txt", "this file does not exist", "check its name and folder"),
        ("folder", "this is a folder, not a file", "name a file in it"),
        ("file/secret.txt", "this cannot be read: not a directory", "check who may read it"),
        ("loop", "this cannot be read: too many levels of symbolic links", "check who may read it"),
    ],
)
def test_a_password_file_that_cannot_be_read_is_told(
    name: str, message: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    run = run_docgen("render", "77299", "--password-file", name, cwd=tmp_path)
    assert run.stderr.decode() == (f"{name}: error[bad-password-file]: {message}\n  hint: {hint}\n")
    assert (run.returncode, run.stdout) == (1, b"")
    assert not (tmp_path / "output").exists()


def test_an_empty_stdin_is_no_password(tmp_path: Path) -> None:
    run = run_docgen("render", "77299", "--password-file", "-", cwd=tmp_path)
    assert run.returncode == 1
    assert run.stderr.decode().startswith("standard input: error[bad-password-file]: ")
    assert not (tmp_path / "output").exists()


def test_codes_and_password_do_not_share_stdin(tmp_path: Path) -> None:
    stdin = f"{SECRET}\n".encode()
    run = run_docgen("render", "-", "--password-file", "-", cwd=tmp_path, stdin=stdin)
    assert (run.returncode, run.stdout) == (2, b"")
    assert "codes and the password cannot both come from stdin" in run.stderr.decode()
