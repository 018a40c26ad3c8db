"""Rules about printing."""

from typing import Final, Literal

Refused = Literal[
    "job-cancelled",
    "job-failed",
    "job-not-ended",
    "job-under-way",
    "no-print-files",
    "no-printer",
    "not-agreed",
    "not-of-a-run",
    "packets-share-sheets",
    "perhaps-printed",
    "print-file-made-anew",
    "printer-cannot",
    "printer-not-accepting",
    "printer-unclear",
    "range-of-several",
    "sent-before",
    "sent-meanwhile",
    "server-unclear",
    "staples-packets-together",
    "unknown-printer",
]

Warned = Literal[
    "blank-backs",
    "no-longer-followed",
    "printer-stopped",
    "sent-unencrypted",
]

Either = Literal[
    "job-lost",
    "not-a-print-server",
    "paper-differs",
    "print-server-refused",
    "printing-not-allowed",
    "server-not-trusted",
    "server-unreachable",
    "server-wants-encryption",
]

MEANINGS: Final[dict[Refused | Warned | Either, str]] = {
    "blank-backs": "blank backs of a file come out as blank sheets",
    "job-cancelled": "a job was cancelled",
    "job-failed": "a job failed at the printer",
    "job-lost": "the print server no longer knows a job",
    "job-not-ended": "a job has not ended within the time to wait",
    "job-under-way": "a file is still being printed",
    "no-longer-followed": "what was sent goes on, and is no longer followed",
    "no-print-files": "a run has no print files, or not the one that was named",
    "no-printer": "it is not said on which printer to print",
    "not-a-print-server": "what answers at an address takes no print jobs",
    "not-agreed": "nobody is there to be asked, and nothing was done",
    "not-of-a-run": "a file belongs to no run, so that nothing is kept of its jobs",
    "packets-share-sheets": "one packet would begin on the back of another's",
    "paper-differs": "the pages are of another size than the paper",
    "perhaps-printed": "whether a file was printed is not known",
    "print-file-made-anew": "a file was made anew since it was sent",
    "print-server-refused": "a print server refuses what was asked",
    "printer-cannot": "a printer cannot do what was asked",
    "printer-not-accepting": "a printer takes no jobs at present",
    "printer-stopped": "a printer is stopped, and jobs wait in its queue",
    "printer-unclear": "where a printer takes jobs cannot be told",
    "printing-not-allowed": "a print server asks for a password",
    "range-of-several": "a range is named for several files",
    "sent-before": "a file was sent before",
    "sent-meanwhile": "another docgen has sent a file in the meantime",
    "sent-unencrypted": "what is printed goes over the network as plain text",
    "server-not-trusted": "a print server's certificate cannot be trusted",
    "server-unclear": "an address is none of a print server",
    "server-unreachable": "a print server does not answer",
    "server-wants-encryption": "a print server takes encrypted connections only",
    "staples-packets-together": "a printer would staple several packets as one",
    "unknown-printer": "a print server knows no printer of this name",
}
