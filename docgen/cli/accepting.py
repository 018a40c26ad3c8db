"""What somebody has read of a translation: asked for, and kept in the translation's file."""

from collections.abc import Collection, Iterable
from pathlib import Path

import click

from docgen import shipped
from docgen.cli.reporting import Reporter
from docgen.cli.streams import is_typed
from docgen.cli.text_columns import print_pair
from docgen.delivery.together import NewFile, write_all
from docgen.diagnostics import DocgenError, refuse
from docgen.opening import read_whole
from docgen.records import ACCEPTED, MADE_FROM, PairedTexts, TextPair
from docgen.records.agreement import digests, disagreements, standing, told_disagreements
from docgen.records.stamping import with_digests
from docgen.source import MAX_BYTES, real_path, unreadable

_MARK = b"\xef\xbb\xbf"
"""How files of UTF-8 may begin."""


class Acceptance:
    """What somebody accepts of the texts of one translation."""

    def __init__(self, texts: PairedTexts, reporter: Reporter) -> None:
        self._texts = texts
        self._reporter = reporter
        self._accepted: list[TextPair] = []
        self._differing: set[str] = set()

    def take(self, pairs: Iterable[TextPair], differing: Collection[str]) -> None:
        """Shows texts and accepts them: what differs from its source, only where that is named."""
        for pair in pairs:
            if standing(pair) == "current":
                continue
            print_pair(pair, as_json=self._reporter.as_json)
            if disagreements(pair) and pair.name not in differing:
                self._reporter.report(DocgenError(told_disagreements(pair, self._texts)))
            else:
                self._keep(pair)

    def ask(self) -> None:
        """Shows one text after the other and asks for each."""
        if not is_typed():
            raise refuse(
                "not-agreed",
                "nobody is there to be asked; nothing was accepted",
                hint="name the texts that you have read, or give --all",
            )
        for pair in self._texts.pairs:
            if standing(pair) == "current":
                continue
            print_pair(pair, as_json=False)
            asked = "It differs. Is it right so?" if disagreements(pair) else "Is it the same?"
            answer = click.prompt(asked, type=click.Choice(("y", "n", "q")), default="n", err=True)
            if answer == "q":
                return
            if answer == "y":
                self._keep(pair)

    def write(self, data: tuple[Path, ...]) -> str:
        """Writes what was accepted into the file of the translation, and says so.

        ``data`` are the folders of records besides the project's own. Raises DocgenError where the
        file is docgen's, has changed since it was shown, or cannot be written.
        """
        if not self._accepted:
            return "nothing was accepted"
        path = Path(self._texts.node.span.path)
        _refuse_shipped(path, data)
        source = self._accepted[0].translation.source
        try:
            content = read_whole(path, MAX_BYTES)
        except OSError as error:
            raise unreadable(path, error) from None
        mark = _MARK if content.startswith(_MARK) else b""
        text = content.removeprefix(_MARK).decode(errors="replace")
        if source is None or source.text != text:
            raise refuse(
                "changed-meanwhile",
                f"{str(path)!r} has changed since it was shown; nothing was written",
                hint="read it once more",
            )
        write_all([NewFile(path, mark + self._stamped(text, str(path)).encode())])
        self._reporter.made = True
        count = len(self._accepted)
        return f"{path}: {count} text{'' if count == 1 else 's'} accepted"

    def _keep(self, pair: TextPair) -> None:
        self._accepted.append(pair)
        if disagreements(pair):
            self._differing.add(pair.name)

    def _stamped(self, text: str, path: str) -> str:
        """The text of the file with the digests of what was accepted."""
        outer, group = self._texts.outer, self._texts.group
        known = frozenset(pair.name for pair in self._texts.pairs)
        read = {pair.name: digests(pair)[0] for pair in self._accepted}
        differing = {
            pair.name: digests(pair) for pair in self._accepted if pair.name in self._differing
        }
        text = with_digests(text, path, (*outer, MADE_FROM, *group), read, known)
        agreeing = read.keys() - differing.keys()
        return with_digests(text, path, (*outer, ACCEPTED, *group), differing, known - agreeing)


def _refuse_shipped(path: Path, data: tuple[Path, ...]) -> None:
    """The records that come with docgen are replaced when it is upgraded."""
    own = map(real_path, (Path("data"), Path("layouts"), *data))
    if shipped.is_sample(path) and not any(map(real_path(path).is_relative_to, own)):
        raise refuse(
            "shipped-translation",
            "this translation comes with docgen, and an upgrade would replace what is written",
            hint="copy the record and its translation into data/records of your own",
        )
