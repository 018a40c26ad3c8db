"""What a run says of itself: manifest, rejected rows, summary, status."""

from docgen.batch.books.progress import Progress
from docgen.batch.books.status import RunStatus, resume_command, status_of
from docgen.batch.books.summary import INCOMPLETE, Summary, left_out_sentence

__all__ = [
    "INCOMPLETE",
    "Progress",
    "RunStatus",
    "Summary",
    "left_out_sentence",
    "resume_command",
    "status_of",
]
