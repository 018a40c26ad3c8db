"""What is done, kept on the disk: all SQL of a run stands here."""

from docgen.batch.journal.journal import JOURNAL, PRINT, Journal
from docgen.batch.journal.print_files import KeptPrintFile

__all__ = ["JOURNAL", "PRINT", "Journal", "KeptPrintFile"]
