"""``--then-print`` of ``docgen batch``: the print files of a run, printed at its end."""

from pathlib import Path

from docgen.cli.print_words import PrintWords, ToldPrinting
from docgen.cli.reporting import Reporter
from docgen.printing import PrintSession, PrintWish


def print_at_once(
    reporter: Reporter, run: Path, wish: PrintWish, audience: str | None, seconds: float | None
) -> None:
    """Prints a run without asking: that was agreed to before it was made."""
    reporter.made = False
    words = PrintWords(as_json=reporter.as_json)
    with PrintSession(run, audience, ToldPrinting(reporter, words)) as session:
        plans = session.plans(wish)
        words.plans(plans)
        reporter.made = bool(session.send(plans, seconds))
