"""Rules about policies of health plans."""

from typing import Final, Literal

Refused = Literal[
    "changed-policy",
    "duplicate-policy",
    "edited-policy",
    "file-changed",
    "file-in-json",
    "import-under-way",
]

Warned = Literal[
    "expired-policy",
    "no-policy",
    "overdue-policy",
    "unread-column",
]

MEANINGS: Final[dict[Refused | Warned, str]] = {
    "changed-policy": "policies have changed, and nothing was written",
    "duplicate-policy": "a policy is there twice",
    "edited-policy": (
        "policies were edited by hand and changed in the table, and nothing was written"
    ),
    "expired-policy": "a policy has expired",
    "file-changed": "a file was changed while it was imported",
    "file-in-json": "an import would write YAML for a policy that is kept as JSON",
    "import-under-way": "another import is writing policies",
    "no-policy": "no policy covers a code",
    "overdue-policy": "the review of a policy is overdue",
    "unread-column": "a column of a table of policies is left out",
}
