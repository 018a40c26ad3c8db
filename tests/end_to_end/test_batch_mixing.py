"""No page shows another patient's name, however alike names are; more of it by a command."""

import shutil
from pathlib import Path

import pytest

from tests.fire.mixing import mixed_up, people, problems

PACKETS = 90
SEED = 7


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of packets of near-equal names, which mixes nothing up."""
    made = tmp_path_factory.mktemp("mixing")
    assert problems(PACKETS, SEED, made) == []
    return made


def test_names_are_nearly_the_same_and_never_quite() -> None:
    names = [person.name for person in people(1000, SEED)]
    assert len({"".join(name.split()) for name in names}) == 1000
    assert sum(name.endswith("zu Probe") for name in names) > 100


def test_pages_that_are_mixed_up_are_seen(folder: Path, tmp_path: Path) -> None:
    """Two documents of one code, and a print file of another order, each among all others."""
    run = tmp_path / "run"
    shutil.copytree(folder / "run", run)
    everybody = dict(enumerate(people(PACKETS, SEED), 2))
    one, other = sorted(run.glob("documents/000/*-1-cpt-45378-*.pdf"))[:2]
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)
    found = mixed_up(run, everybody)
    assert {problem.partition(":")[0] for problem in found} == {
        f"000/{one.name}",
        f"000/{other.name}",
    }
    assert any("Prepared for: " in problem for problem in found)
    everybody[2], everybody[3] = everybody[3], everybody[2]
    assert any("patients.pdf: packet 2 shows" in problem for problem in mixed_up(run, everybody))
