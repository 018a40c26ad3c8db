"""Files that cannot be read, beside the messages they must give: ``NAME.yaml`` and ``NAME.txt``."""

from pathlib import Path

import pytest

from docgen.diagnostics import DocgenError
from docgen.source import read_file

FOLDER = Path(__file__).parent
CASES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".yaml", ".json"))


def message(path: Path) -> str:
    with pytest.raises(DocgenError) as refused:
        read_file(path)
    return str(refused.value)


@pytest.mark.parametrize("name", CASES)
def test_a_bad_file_gives_its_messages(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    expected = (FOLDER / name).with_suffix(".txt").read_text(encoding="utf-8")
    assert message(Path(name)) == expected.rstrip("\n")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            "a: b\nc: caf\u00e9\n".encode("latin-1"),
            "in.yaml:2:7: error[not-utf-8]: the byte 0xe9 is not UTF-8 text\n"
            "  hint: save the file with the encoding UTF-8 in your editor",
        ),
        (
            "a: b\n".encode("utf-16"),
            "in.yaml:1:1: error[not-utf-8]: this file is saved as UTF-16, not as UTF-8\n"
            "  hint: save the file with the encoding UTF-8 in your editor",
        ),
        (
            "a: b\n".encode("utf-16-le"),
            "in.yaml:1:1: error[not-utf-8]: this file is saved as UTF-16, not as UTF-8\n"
            "  hint: save the file with the encoding UTF-8 in your editor",
        ),
        (
            b"PK\x03\x04\x14\x00\x06\x00",
            "in.yaml:1:1: error[not-text]: this is a workbook or document of an office program, "
            "or an archive, not plain text\n"
            "  hint: copy its words into a file that a plain text editor has made",
        ),
        (
            b"{\\rtf1\\ansi name: A}",
            "in.yaml:1:1: error[not-text]: this is a document with formatting (RTF), not plain "
            "text\n  hint: copy its words into a file that a plain text editor has made",
        ),
        (
            b"a: |\n" + b"  ten megabytes of text\n" * 430_000,
            "in.yaml:1:1: error[file-too-large]: this file is larger than 1 MB, the limit for one "
            "input file\n  hint: a record is a few kilobytes; split the file, or check that it is "
            "the right one",
        ),
    ],
    ids=["latin-1", "utf-16", "utf-16 without a mark", "office", "rtf", "too-large"],
)
def test_bad_bytes(
    content: bytes, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.yaml").write_bytes(content)
    assert message(Path("in.yaml")) == expected


def test_files_that_are_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.yaml").mkdir()
    Path("note.txt").write_text("a: 1\n")
    assert message(Path("none.yaml")) == (
        "none.yaml:1:1: error[missing-file]: this file does not exist\n"
        "  hint: check its name and its folder"
    )
    assert message(Path("note.txt/x.yaml")).startswith("note.txt/x.yaml:1:1: error[missing-file]")
    assert message(Path("folder.yaml")) == (
        "folder.yaml:1:1: error[not-a-file]: this is a folder, not a file\n"
        "  hint: name a file in it"
    )
    assert message(Path("note.txt")) == (
        "note.txt:1:1: error[unknown-file-type]: 'note.txt' is neither a YAML nor a JSON file\n"
        "  hint: give the file a name that ends in .yaml, .yml or .json"
    )
    assert message(Path("a\0b.yaml")).endswith(
        "error[missing-file]: this is not the name of a file\n  hint: check its name"
    )


def test_only_the_first_of_many_bad_characters_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in.yaml").write_text("\x07\n" * 500)
    told = message(Path("in.yaml")).split("\n")
    assert len(told) == 2 * 21
    assert told[-2] == (
        "in.yaml:21:1: error[unprintable-character]: here and further on are more; "
        "only the first 20 are listed"
    )
