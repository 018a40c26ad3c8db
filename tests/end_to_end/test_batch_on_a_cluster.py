"""``docgen batch --cluster``: the bytes of one machine, whichever of many are lost on the way."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from docgen.batch.cluster import connection
from tests.clusters import DaskCluster, dask_cluster
from tests.print_server import free_port
from tests.runs import (
    assert_adds_up,
    batch,
    batch_here,
    begun,
    contents,
    summary,
    visit,
    wait_for_documents,
    write_worklist,
)

SAMPLE = ("--organization", "sample", "--quiet")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("cluster"), workers=2) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A worklist with a code that nobody knows, and its run on this machine alone."""
    folder = tmp_path_factory.mktemp("clinic")
    codes = ("77299", "45378", "00000")
    lines = [visit(number, codes=codes[number % 3]) for number in range(60)]
    write_worklist(folder / "day.csv", lines)
    assert batch(folder, "day.csv", *SAMPLE, "--workers", "1", "-o", "here").returncode == 3
    return folder


def test_a_driver_that_was_killed_loses_nothing(clinic: Path, cluster: DaskCluster) -> None:
    run, on_cluster = clinic / "driver-killed", ("--cluster", cluster.address)
    with begun(clinic, "day.csv", *SAMPLE, *on_cluster, "-o", run.name, niceness=15) as process:
        wait_for_documents(run, 1)
        process.kill()
        process.communicate()
    assert not (run / "summary.json").exists()
    assert batch(clinic, "--resume", run.name, "--quiet", *on_cluster).returncode == 3
    assert_adds_up(run)
    assert contents(run) == contents(clinic / "here")


def test_a_worker_that_was_killed_loses_nothing(clinic: Path, cluster: DaskCluster) -> None:
    run = clinic / "worker-killed"
    arguments = ("day.csv", *SAMPLE, "--cluster", cluster.address, "-o", run.name)
    with begun(clinic, *arguments, niceness=15) as process:
        wait_for_documents(run, 1)
        cluster.workers[0].kill()
        _, told = process.communicate(timeout=60)
    assert process.returncode == 3, told.decode()
    assert summary(run)["rejected_by_rule"] == {"unknown-code": 20}
    assert contents(run) == contents(clinic / "here")


def test_a_way_on_which_others_could_listen_is_refused_before_there_is_a_run(
    clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 0.3)
    asked = ("day.csv", *SAMPLE, "--cluster", "tcp://192.0.2.1:8786", "-o", "listened-to")
    refused = batch_here(clinic, *asked)
    assert refused.returncode == 1
    assert b"error[cluster-insecure]: patients' data would go to " in refused.stderr
    allowed = batch_here(clinic, *asked, "--insecure-cluster")
    assert b"error[cluster-unreachable]" in allowed.stderr
    assert not (clinic / "listened-to").exists()
    alone = batch_here(clinic, "day.csv", *SAMPLE, "--insecure-cluster")
    assert (alone.returncode, b"needs --cluster" in alone.stderr) == (2, True)


def test_a_cluster_that_does_not_answer_is_told_before_there_is_a_run(
    clinic: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 0.3)
    run, nowhere = clinic / "nowhere", f"tcp://127.0.0.1:{free_port()}"
    result = batch_here(clinic, "day.csv", *SAMPLE, "--cluster", nowhere, "-o", run.name)
    assert result.returncode == 1
    told = result.stderr.decode()
    assert f"error[cluster-unreachable]: no dask scheduler answers at {nowhere!r}" in told
    assert not run.exists()
    begun_here = batch_here(clinic, "--resume", "here", "--cluster", nowhere)
    assert begun_here.returncode == 1
    assert "go on with: docgen batch --resume here" in begun_here.stderr.decode()
