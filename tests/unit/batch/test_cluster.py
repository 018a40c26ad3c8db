"""What only a cluster can do to a run."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client

from docgen.batch.cluster import connection, remote
from docgen.batch.cluster import executor as cluster_module
from docgen.batch.cluster.executor import ClusterExecutor
from docgen.batch.plan.tasks import PacketRejected
from docgen.diagnostics import DocgenError
from tests.clusters import DaskCluster, dask_cluster
from tests.kits import deadly_packet, packets
from tests.workplaces import assert_as_pressed


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler; tests start the workers that they need."""
    with dask_cluster(tmp_path_factory.mktemp("cluster"), workers=0) as cluster:
        yield cluster


def test_nobody_at_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 0.3)
    since = time.monotonic()
    with (
        pytest.raises(DocgenError, match="cluster-unreachable"),
        ClusterExecutor("tcp://127.0.0.1:9", tmp_path),
    ):
        pass
    assert time.monotonic() - since < 3


@pytest.mark.parametrize(
    "address", ["", "here", "tcp://", "tcp://:8786", "tcp://127.0.0.1:port", "ftp://a:1"]
)
def test_address_that_is_none(address: str, tmp_path: Path) -> None:
    """Nobody has to wait to be told."""
    with (
        pytest.raises(DocgenError, match="cluster-unreachable"),
        ClusterExecutor(address, tmp_path),
    ):
        pass


def test_cluster_without_workers(
    cluster: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 0.5)
    with (
        pytest.raises(DocgenError, match="cluster-without-workers"),
        ClusterExecutor(cluster.address, tmp_path),
    ):
        pass


def test_lost_worker_loses_nothing(cluster: DaskCluster, tmp_path: Path) -> None:
    for _ in range(2):
        cluster.start_worker()
    cluster.await_workers(2)
    tasks = packets(150)
    outcomes = []
    with ClusterExecutor(cluster.address, tmp_path) as executor:
        for outcome in executor.outcomes(tasks):
            outcomes.append(outcome)
            if len(outcomes) == 30:
                cluster.workers[0].kill()
                cluster.workers[0].wait()
    assert_as_pressed(tasks, outcomes, tmp_path)


def test_packet_that_kills_the_clusters_workers_is_rejected(tmp_path: Path) -> None:
    """Whatever waits at a worker that dies is suspected as well; alone, each shows what it is."""
    tasks = packets(40)
    kits = [sheet.kit for sheet in tasks[10].sheets]
    tasks[10] = deadly_packet(10, kits)
    once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with dask_cluster(tmp_path / "dask", 0, **once) as cluster:
        cluster.start_worker(nanny=True)
        cluster.await_workers(1)
        with ClusterExecutor(cluster.address, tmp_path / "documents") as executor:
            outcomes = {outcome.row: outcome for outcome in executor.outcomes(tasks)}
    refused = outcomes.pop(10)
    assert isinstance(refused, PacketRejected)
    assert (refused.sheet, refused.rule) == (None, "worker-died")
    assert_as_pressed(tasks[:10] + tasks[11:], list(outcomes.values()), tmp_path / "documents")


def test_dask_learns_nothing_of_patients(cluster: DaskCluster, tmp_path: Path) -> None:
    with (
        ClusterExecutor(cluster.address, tmp_path) as executor,
        Client(cluster.address, set_as_default=False) as spy,
    ):
        outcomes = executor.outcomes(packets(200))
        next(outcomes)
        seen = spy.run_on_scheduler(
            lambda dask_scheduler: [
                repr((task, task.run_spec, task.annotations)) + str(task.metadata)
                for task in dask_scheduler.tasks.values()
            ]
        )
        assert len(list(outcomes)) == 199
    assert any("docgen-packets-" in one for one in seen)
    assert "Muster" not in "".join(seen) + cluster.log


def test_worker_of_another_version(
    cluster: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "__version__", "99.0")
    with (
        pytest.raises(DocgenError, match="cluster-versions") as refused,
        ClusterExecutor(cluster.address, tmp_path),
    ):
        pass
    assert "instead of 99.0" in str(refused.value)
    assert not list(tmp_path.rglob("*.pdf"))


def test_all_workers_lost(
    cluster: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "_WITHOUT_WORKERS_SECONDS", 0.5)
    last = cluster.workers[-1]
    with ClusterExecutor(cluster.address, tmp_path) as executor:
        outcomes = executor.outcomes(packets(3000))
        next(outcomes)
        last.kill()
        last.wait()
        with pytest.raises(DocgenError, match="cluster-without-workers"):
            list(outcomes)


def test_lost_scheduler(
    cluster: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 1)
    cluster.start_worker()
    cluster.await_workers(1)
    with ClusterExecutor(cluster.address, tmp_path) as executor:
        outcomes = executor.outcomes(packets(3000))
        next(outcomes)
        cluster.scheduler.kill()
        with pytest.raises(DocgenError, match="cluster-lost") as refused:
            list(outcomes)
    assert "--resume" in str(refused.value)
