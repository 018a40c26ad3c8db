"""A run as far as printing needs it: print files, and the journal that knows them."""

import hashlib
from pathlib import Path

import pikepdf

from docgen.batch.journal.journal import Journal

RUN_ID = "0123abcd"
LETTER = (612, 792)


def blank_pdf(path: Path, pages: int = 2, size: tuple[int, int] = LETTER) -> Path:
    """A PDF of empty pages."""
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=size)
        pdf.save(path)
    return path


def printable_run(
    folder: Path,
    names: tuple[str, ...] = ("patients-001.pdf",),
    packets: int = 2,
    pages: int = 4,
    *,
    duplex: bool = True,
) -> Path:
    """A run whose print files hold packets of as many pages."""
    run = folder / "run"
    (run / "print").mkdir(parents=True)
    with Journal.create(run, {"run": RUN_ID, "organization": ""}) as journal:
        for name in names:
            data = blank_pdf(run / "print" / name, pages).read_bytes()
            journal.connection.execute(
                "INSERT INTO print_files (file, audience, packets, pages, sheets, bytes, sha256)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    f"print/{name}",
                    name.partition("-")[0],
                    packets,
                    pages,
                    pages // 2 if duplex else pages,
                    len(data),
                    hashlib.sha256(data).hexdigest(),
                ),
            )
    return run
