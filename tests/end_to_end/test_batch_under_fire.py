"""Runs that are killed while disks stand still and workers are frozen: ``tests.fire`` has more."""

from pathlib import Path

import pytest

from tests.fire.kills import problems


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.3])
def test_a_killed_run_is_gone_on_with_to_the_same_end(delay: float, tmp_path: Path) -> None:
    assert problems(4, seed=11, folder=tmp_path, delays=[delay]) == []
