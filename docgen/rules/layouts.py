"""Rules about layouts and their safety."""

from typing import Final, Literal

Refused = Literal[
    "bad-id",
    "bad-measure",
    "bad-page",
    "divided-group",
    "duplicate-id",
    "duplicate-title",
    "layout-cycle",
    "long-lines",
    "misplaced-block",
    "misplaced-style",
    "missing-alt",
    "missing-layout",
    "nameless-sheet",
    "no-phones",
    "nothing-unmerged",
    "renamed-block",
    "reordered-apart",
    "required-block",
    "skipped-heading",
    "unknown-block",
]

Warned = Literal["without-safety"]

MEANINGS: Final[dict[Refused | Warned, str]] = {
    "bad-id": "an id is none, is not that of its file, or may not be changed",
    "bad-measure": "a width or size of a layout cannot be kept",
    "bad-page": "paper, margins or letterhead leave too little room, or the paper is too large",
    "divided-group": "other columns stand between those of a group",
    "duplicate-id": "an id is used twice, by blocks of a layout or resources of a worklist",
    "duplicate-title": "a sheet would have several titles",
    "layout-cycle": "layouts start from each other in a circle",
    "long-lines": "lines are too long for patients",
    "misplaced-block": "a block cannot stand here",
    "misplaced-style": "a style is made for other text than this",
    "missing-alt": "a picture has no alternative text",
    "missing-layout": "there is no layout of this name",
    "nameless-sheet": "the block for a patient does not say the patient's name",
    "no-phones": "a layout does not print numbers that patients may need to call",
    "nothing-unmerged": "every column of a table merges its cells",
    "renamed-block": "a block is called by a former name",
    "reordered-apart": "blocks that are to be reordered do not stand in one list",
    "required-block": "a record or organization has nothing for a block that is required",
    "skipped-heading": "the levels of headings leave one out",
    "unknown-block": "a layout has no block of this id",
    "without-safety": "a layout leaves out what keeps patients safe, with the reason that it gives",
}
