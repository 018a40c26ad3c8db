"""A project whose records and code tables are indexed, in a folder of a test."""

import hashlib
import os
from pathlib import Path

from docgen.diagnostics import Findings
from docgen.records import OrganizationRecords, RecordLibrary
from docgen.search.index import Index


def record(code: str, title: str = "A test", system: str = "local", **fields: str) -> str:
    """A record file with sections in prose."""
    lines = [f'code: "{code}"', f"code_system: {system}", "language: en", f"title: {title}"]
    lines.append(f"name: {title}")
    for key, text in fields.items():
        lines += [f"{key}: |", *(f"  {line}" for line in text.split("\n"))]
    return "\n".join([*lines, 'provenance: {version: "1", authors: [Ada Sample]}', ""])


def write(path: Path, text: str, age: int = 60) -> Path:
    """Writes a file that looks as if it were some seconds old, as most files are older."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    status = path.stat()
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns - age * 1_000_000_000))
    return path


def code_table(folder: Path, titles: dict[str, str], system: str = "hcpcs") -> Path:
    """A code table in a data folder."""
    rows = "".join(f"{code}\t{title}\t\t\n" for code, title in sorted(titles.items()))
    head = {
        "code_system": system,
        "version": "2026",
        "authors": "Ada Sample",
        "language": "en",
        "source": "sample.txt",
        "sha256": hashlib.sha256(rows.encode()).hexdigest(),
        "rows": str(len(titles)),
    }
    lines = "".join(f"# {key}: {value}\n" for key, value in head.items())
    return write(folder / "tables" / "sample.tsv", f"# docgen code table 1\n{lines}{rows}")


def opened(*folders: Path, organization: Path | None = None) -> Index:
    """The index of some data folders, of which nothing is to be told."""
    findings = Findings()
    own = (OrganizationRecords(organization, "Sample"),) if organization else ()
    index = Index.open(RecordLibrary(folders, own), findings)
    assert findings.diagnostics == ()
    return index


def codes(index: Index, query: str) -> list[str]:
    """The codes that a query finds, in order."""
    return [hit.code for hit in index.search(query).hits]
