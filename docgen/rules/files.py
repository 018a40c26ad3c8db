"""Rules about files and folders."""

from typing import Final, Literal

Refused = Literal[
    "changed-meanwhile",
    "dangling-link",
    "empty-file",
    "empty-folder",
    "file-too-large",
    "missing-file",
    "missing-folder",
    "name-not-utf-8",
    "no-current-folder",
    "not-a-file",
    "nothing-to-read",
    "output-full",
    "output-is-folder",
    "output-not-folder",
    "output-unwritable",
    "system-error",
    "unknown-file-type",
    "unreadable-file",
    "unreadable-folder",
    "unwritable",
]

MEANINGS: Final[dict[Refused, str]] = {
    "changed-meanwhile": "a file has changed since it was shown, and nothing was written",
    "dangling-link": "a link on the disk leads to what is not there",
    "empty-file": "an input file, or what is to be read of it, is empty",
    "empty-folder": (
        "a folder that records are looked for in is empty, as that of an unmounted share is"
    ),
    "file-too-large": "an input file is larger than the limit for its kind",
    "missing-file": "there is no file of the name that was given",
    "missing-folder": "there is no folder of the name that was given",
    "name-not-utf-8": "a file or folder has a name that is not UTF-8 text",
    "no-current-folder": "the folder that docgen was started in is no longer there",
    "not-a-file": (
        "something else than a file, such as a folder or a pipe, stands where a file belongs"
    ),
    "nothing-to-read": "nothing in a folder that `--data` or `--layouts` names is read",
    "output-full": "the disk is full, or fails, so that results cannot be written",
    "output-is-folder": "a folder has the name of the file that is to be written",
    "output-not-folder": "the folder to write into is, or lies in, a file",
    "output-unwritable": "permission to write results is lacking, or the system refuses it",
    "system-error": "the system refused something that docgen cannot go on without",
    "unknown-file-type": "a file is of no kind that is read here",
    "unreadable-file": "a file is there and cannot be read",
    "unreadable-folder": "a folder is there and cannot be read, or a file stands in its place",
    "unwritable": "a new file or folder cannot be made",
}
