"""Rules about the project and the installation."""

from typing import Final, Literal

Refused = Literal[
    "broken-installation",
    "bug",
    "cluster-missing",
    "duplicate-project-file",
    "internal-error",
    "preview-missing",
    "validator-missing",
]

MEANINGS: Final[dict[Refused, str]] = {
    "broken-installation": "a file of docgen itself cannot be read",
    "bug": "docgen has stumbled over a fault of its own",
    "cluster-missing": "the extra that runs on a cluster is not installed",
    "duplicate-project-file": "a project has more than one file that says what it is",
    "internal-error": "docgen has a fault, and stopped or left out a packet",
    "preview-missing": "the extra that shows the preview is not installed",
    "validator-missing": "the extra that checks PDFs is not installed",
}
