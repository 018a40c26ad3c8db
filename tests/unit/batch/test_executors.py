"""What holds for every executor: worker processes of this machine, and a dask cluster."""

import os
import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from docgen.batch.cluster.executor import ClusterExecutor
from docgen.batch.make.executor import LocalExecutor
from docgen.batch.plan.tasks import (
    FontFile,
    PacketRejected,
    PacketTask,
)
from docgen.diagnostics import DocgenError
from docgen.fonts.own import forget_families
from tests.clusters import DaskCluster, dask_cluster
from tests.kits import packet, packets, sheet_kit
from tests.workplaces import Workplace, assert_as_pressed, long_packet

FONTS = Path(__file__).parents[3] / "docgen/fonts/faces/noto-sans"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as cluster:
        yield cluster


@pytest.fixture(params=["local", "cluster"])
def workplace(request: pytest.FixtureRequest) -> Workplace:
    if request.param == "local":
        return Workplace(lambda folder, limit: LocalExecutor(folder, 2, limit), [os.getpid()])
    cluster: DaskCluster = request.getfixturevalue("cluster")
    above = [worker.pid for worker in cluster.workers]
    return Workplace(lambda folder, limit: ClusterExecutor(cluster.address, folder, limit), above)


def test_packets_are_what_one_press_makes(workplace: Workplace, tmp_path: Path) -> None:
    tasks = packets(120)
    with workplace.start(tmp_path, 60) as executor:
        outcomes = list(executor.outcomes(tasks))
    assert_as_pressed(tasks, outcomes, tmp_path)


def test_documents_are_private(workplace: Workplace, tmp_path: Path) -> None:
    with workplace.start(tmp_path / "documents", 60) as executor:
        list(executor.outcomes(packets(2)))
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()}
    folders = {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_dir()}
    assert (modes, folders) == ({0o600}, {0o700})


def test_fonts_of_ones_own_go_to_the_workers(workplace: Workplace, tmp_path: Path) -> None:
    fonts = (
        FontFile("Noto Sans Ours", "regular", (FONTS / "NotoSans-Regular.ttf").read_bytes()),
        FontFile("Noto Sans Ours", "bold", (FONTS / "NotoSans-Bold.ttf").read_bytes()),
    )
    tasks = [packet(row, (sheet_kit(f"Own {row % 2}", fonts=fonts),)) for row in range(8)]
    try:
        with workplace.start(tmp_path, 60) as executor:
            outcomes = list(executor.outcomes(tasks))
        assert_as_pressed(tasks, outcomes, tmp_path)
        with pikepdf.open(tmp_path / tasks[0].sheets[0].file) as pdf:
            fonts_of_page = pdf.pages[0].Resources.Font
            names = {str(fonts_of_page[str(key)].BaseFont) for key in fonts_of_page}
        assert all("NotoSansOurs-" in name for name in names)
    finally:
        forget_families()


def test_what_cannot_be_printed_costs_its_packet_only(workplace: Workplace, tmp_path: Path) -> None:
    tasks = packets(6)
    tasks[3] = packet(3, (tasks[3].sheets[0].kit,), name="Ahmed \u0627\u062d\u0645\u062f")
    with workplace.start(tmp_path, 60) as executor:
        outcomes = {outcome.row: outcome for outcome in executor.outcomes(tasks)}
    refused = outcomes.pop(3)
    assert isinstance(refused, PacketRejected)
    assert (refused.sheet, refused.rule) == (0, "unprintable-character")
    assert "Ahmed" not in refused.reason
    assert_as_pressed(tasks[:3] + tasks[4:], list(outcomes.values()), tmp_path)
    assert not (tmp_path / tasks[3].sheets[0].file).exists()


def test_document_that_takes_too_long_is_rejected(workplace: Workplace, tmp_path: Path) -> None:
    tasks = [*packets(10), long_packet(10), *packets(20)[11:]]
    with workplace.start(tmp_path, 0.8) as executor:
        outcomes = {outcome.row: outcome for outcome in executor.outcomes(tasks)}
    assert outcomes.pop(10) == PacketRejected(
        10, 1, "too-slow", "making it takes longer than 0.8 seconds"
    )
    assert_as_pressed(tasks[:10] + tasks[11:], list(outcomes.values()), tmp_path)
    assert not list(tmp_path.rglob("*000010*"))


def test_document_that_kills_its_worker_is_rejected(workplace: Workplace, tmp_path: Path) -> None:
    tasks = [*packets(10), long_packet(10)]
    with (
        workplace.struck(lambda worker: worker.send_signal(signal.SIGSEGV)) as struck,
        workplace.start(tmp_path, 60) as executor,
    ):
        outcomes = {outcome.row: outcome for outcome in executor.outcomes(tasks)}
    refused = outcomes.pop(10)
    assert isinstance(refused, PacketRejected)
    assert (refused.sheet, refused.rule) == (1, "worker-died")
    assert "signal 11" in refused.reason
    assert len(struck) == 2
    assert_as_pressed(tasks[:10], list(outcomes.values()), tmp_path)


def test_killed_worker_loses_nothing(workplace: Workplace, tmp_path: Path) -> None:
    tasks = packets(400)
    outcomes = []
    with workplace.start(tmp_path, 60) as executor:
        for outcome in executor.outcomes(tasks):
            outcomes.append(outcome)
            if len(outcomes) == 20:
                workplace.workers[-1].kill()
    assert_as_pressed(tasks, outcomes, tmp_path)


def test_full_disk_stops_the_run(workplace: Workplace, tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        with (
            workplace.start(tmp_path, 60) as executor,
            pytest.raises(DocgenError, match="output-full"),
        ):
            list(executor.outcomes(packets(4)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_only_so_many_tasks_are_under_way(workplace: Workplace, tmp_path: Path) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[PacketTask]:
        for task in packets(2000):
            taken.append(task.row)
            yield task

    with workplace.start(tmp_path, 60) as executor:
        outcomes = executor.outcomes(tasks())
        made = [next(outcomes) for _ in range(300)]
        assert len(taken) - len(made) < 500
        assert isinstance(outcomes, Iterator)
        outcomes.close()  # type: ignore[attr-defined]
    assert not list(tmp_path.rglob("*.part"))


def test_an_executor_works_again_after_it_was_stopped(workplace: Workplace, tmp_path: Path) -> None:
    with workplace.start(tmp_path, 60) as executor:
        outcomes = executor.outcomes(packets(200))
        next(outcomes)
        outcomes.close()  # type: ignore[attr-defined]
        tasks = packets(30)
        assert_as_pressed(tasks, list(executor.outcomes(tasks)), tmp_path)
