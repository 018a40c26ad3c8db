"""What makes no sense to ``docgen print`` is a mistake of usage, told before anything is asked."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen.cli.print import command
from tests.printable_run import printable_run


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--again", "--copies", "2"), "as they were sent before"),
        (("--again", "--sides", "one-sided"), "as they were sent before"),
        (("--status", "--printer", "front-desk"), "--status sends nothing"),
        (("--range", "4-2"), "ranges go upwards"),
        (("--range", "0-2"), "pages count from 1"),
        (("--range", "1-4,4"), "ranges go upwards"),
        (("--range", "one"), "'one' is no range of pages"),
        (("--range", "-3"), "'-3' is no range of pages"),
        (("--range", "1-"), "'1-' is no range of pages"),
        (("--range", "²"), "'²' is no range of pages"),
        (("--copies", "0"), "0 is not in the range"),
        (("--sides", "both"), "'both' is not one of"),
        (("--wait", "-1"), "-1.0 is not in the range"),
    ],
)
def test_what_makes_no_sense_is_told(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    run = printable_run(tmp_path)
    done = CliRunner().invoke(command, [str(run), *arguments])
    assert done.exit_code == 2
    assert words in " ".join(done.stderr.split())
    assert done.stdout == ""
