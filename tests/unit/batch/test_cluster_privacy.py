"""What of patients a cluster may see, and who else: nobody, whatever its workers have installed."""

import re
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import dask
import pytest
from distributed import Client

from docgen.batch.cluster import connection
from docgen.batch.cluster import executor as cluster_module
from docgen.batch.cluster.executor import ClusterExecutor
from docgen.batch.cluster.privacy import check_way
from docgen.batch.cluster.remote import Shipment, make_shipment, versions
from docgen.batch.cluster.sealed import Sealed
from docgen.batch.make.child import ordered
from docgen.batch.plan.tasks import PacketRejected
from docgen.diagnostics import DocgenError
from tests.certificates import Authority
from tests.clusters import DaskCluster, dask_cluster
from tests.commands import ROOT
from tests.kits import deadly_packet, packets
from tests.programs import needs
from tests.workplaces import assert_as_pressed

Installed = Callable[[Path], Path]


def another_package(folder: Path) -> Path:
    """A package that the bytes of documents depend on, in another version."""
    about = folder / "reportlab-99.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: reportlab\nVersion: 99.0\n")
    return folder


def another_docgen(folder: Path) -> Path:
    """docgen in another version, whose packets have another form."""
    shutil.copytree(ROOT / "docgen", folder / "docgen")
    about = folder / "docgen" / "__init__.py"
    text = re.sub('__version__ = ".+"', '__version__ = "99.0"', about.read_text("utf-8"))
    about.write_text(text, "utf-8")
    (folder / "docgen" / "batch" / "make" / "wire.py").write_text("OrderedPacket = None\n", "utf-8")
    return folder


def a_stranger(folder: Path) -> Path:
    """A package of somebody else that is called docgen too."""
    (folder / "docgen").mkdir(parents=True)
    (folder / "docgen" / "__init__.py").touch()
    return folder


CANNOT_SAY = "cannot say which docgen it has"
KINDS = [
    (another_package, "a worker of the cluster has reportlab 99.0 instead of "),
    (another_docgen, CANNOT_SAY),
    (a_stranger, CANNOT_SAY),
]


@pytest.mark.parametrize(("installed", "told"), KINDS)
def test_versions_are_compared_before_any_packet_is_sent(
    tmp_path: Path, installed: Installed, told: str
) -> None:
    with dask_cluster(tmp_path / "dask", workers=1) as cluster:
        cluster.start_worker(python_path=installed(tmp_path / "installed"))
        cluster.await_workers(2)
        with (
            pytest.raises(DocgenError, match="cluster-versions") as refused,
            ClusterExecutor(cluster.address, tmp_path / "documents"),
        ):
            pass
        assert told in str(refused.value)
        assert "docgen-packets" not in cluster.log


@pytest.mark.parametrize(("installed", "told"), KINDS)
def test_a_worker_that_joins_later_is_asked_before_it_gets_any(
    tmp_path: Path, installed: Installed, told: str
) -> None:
    python_path = installed(tmp_path / "installed")
    with (
        dask_cluster(tmp_path / "dask", workers=1) as cluster,
        ClusterExecutor(cluster.address, tmp_path / "documents") as executor,
        Client(cluster.address, set_as_default=False) as spy,
    ):
        outcomes = executor.outcomes(packets(100_000))
        next(outcomes)
        cluster.start_worker(python_path=python_path)
        with pytest.raises(DocgenError, match="cluster-versions") as refused:
            for _ in outcomes:
                pass
        assert told in str(refused.value)
        received = spy.run(lambda dask_worker: str(dask_worker.state.log))
        by_worker = sorted("docgen-packets" in log for log in received.values())
        assert by_worker == [False, True]
    assert "Muster" not in cluster.log


@pytest.mark.parametrize("is_sealed", [True, False])
def test_what_a_worker_cannot_read_is_not_in_its_log(tmp_path: Path, is_sealed: bool) -> None:
    """Were it not sealed, the log would have it: that is how dask is."""
    shipment = Shipment("run", 60.0, tuple(ordered(task) for task in packets(3)))
    sent = Sealed.around(shipment) if is_sealed else shipment
    with dask_cluster(tmp_path / "dask", workers=0) as cluster:
        cluster.start_worker(python_path=a_stranger(tmp_path / "installed"))
        cluster.await_workers(1)
        with Client(cluster.address, set_as_default=False) as client:
            future = client.submit(make_shipment, versions(), sent, [], [], key="docgen-packets")
            assert _awaited(cluster, "Failed to deserialize")
            future.release()
        assert ("Muster" in cluster.log) is not is_sealed


def test_what_fails_at_a_worker_is_not_in_its_log(tmp_path: Path) -> None:
    """Neither what it was about, nor what the exception says."""
    tasks = packets(3)
    wrong = Sealed.around(Shipment("run", 60.0, (ordered(tasks[0]), "Muster")))  # type: ignore[arg-type]
    with dask_cluster(tmp_path / "dask", workers=1) as cluster:
        with Client(cluster.address, set_as_default=False) as client:
            broken = client.submit(make_shipment, versions(), wrong, [], [], key="docgen-packets")
            told = broken.result(timeout=30).what
            other = client.submit(make_shipment, (), wrong, [], [], key="docgen-others")
            assert other.result(timeout=30).versions == versions()
        assert told.startswith("KeyError at docgen/batch/cluster/remote.py:")
        assert "Muster" not in cluster.log


def _awaited(cluster: DaskCluster, words: str) -> bool:
    end = time.monotonic() + 10
    while words not in cluster.log and time.monotonic() < end:
        time.sleep(0.05)
    return words in cluster.log


def test_packets_whose_workers_are_lost_are_sent_to_others(tmp_path: Path) -> None:
    """To those that were admitted since: dask would wait for the lost ones for ever."""
    tasks = packets(300)
    with dask_cluster(tmp_path / "dask", workers=1) as cluster:
        outcomes = []
        with ClusterExecutor(cluster.address, tmp_path / "documents") as executor:
            for outcome in executor.outcomes(tasks):
                outcomes.append(outcome)
                if len(outcomes) == 30:
                    cluster.workers[0].kill()
                    cluster.workers[0].wait()
                    cluster.start_worker()
    assert_as_pressed(tasks, outcomes, tmp_path / "documents")


def test_a_worker_that_stands_still_holds_up_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 2)
    tasks = packets(20)
    with dask_cluster(tmp_path / "dask", workers=2) as cluster:
        first, second = cluster.workers
        first.send_signal(signal.SIGSTOP)
        with ClusterExecutor(cluster.address, tmp_path / "documents") as executor:
            assert_as_pressed(tasks, list(executor.outcomes(tasks)), tmp_path / "documents")
        second.send_signal(signal.SIGSTOP)
        with (
            pytest.raises(DocgenError, match="cluster-silent"),
            ClusterExecutor(cluster.address, tmp_path / "documents"),
        ):
            pass


def test_a_packet_of_which_all_admitted_workers_die_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However patient dask is: a worker that is started again has another address."""
    monkeypatch.setattr(cluster_module, "_MOST_TRIES", 1)
    tasks = packets(20)
    tasks[5] = deadly_packet(5, [sheet.kit for sheet in tasks[5].sheets])
    patient = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1000"}
    with dask_cluster(tmp_path / "dask", 0, **patient) as cluster:
        cluster.start_worker(nanny=True)
        cluster.await_workers(1)
        with ClusterExecutor(cluster.address, tmp_path / "documents") as executor:
            outcomes = {outcome.row: outcome for outcome in executor.outcomes(tasks)}
    refused = outcomes.pop(5)
    assert isinstance(refused, PacketRejected)
    assert (refused.sheet, refused.rule) == (None, "worker-died")
    assert_as_pressed(tasks[:5] + tasks[6:], list(outcomes.values()), tmp_path / "documents")


@pytest.mark.parametrize(
    "address",
    [
        *("tls://scheduler.example:8786", "wss://192.0.2.1:8786", "inproc://here/1/1"),
        *("tcp://127.0.0.1:8786", "tcp://127.9.9.9:1", "tcp://[::1]:8786", "tcp://localhost:8786"),
    ],
)
def test_ways_that_nobody_else_can_listen_to(address: str) -> None:
    check_way(address)


@pytest.mark.parametrize(
    "address",
    [
        *("tcp://192.0.2.1:8786", "192.0.2.1:8786", "ws://192.0.2.1:8786", "ucx://192.0.2.1:8786"),
        *("tcp://0.0.0.0:8786", "tcp://[2001:db8::1]:8786", "tcp://nowhere.invalid:8786"),
    ],
)
def test_ways_on_which_anybody_could_listen_are_refused(address: str) -> None:
    with pytest.raises(DocgenError, match="cluster-insecure") as refused:
        check_way(address)
    assert "--insecure-cluster" in str(refused.value)


def test_an_insecure_address_is_refused_before_it_is_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 0.3)
    address = "tcp://192.0.2.1:8786"
    with (
        pytest.raises(DocgenError, match="cluster-insecure"),
        ClusterExecutor(address, tmp_path),
    ):
        pass
    with (
        pytest.raises(DocgenError, match="cluster-unreachable"),
        ClusterExecutor(address, tmp_path, insecure=True),
    ):
        pass


def test_a_worker_on_the_network_is_refused_though_its_scheduler_is_here(tmp_path: Path) -> None:
    with dask_cluster(tmp_path / "dask", workers=1) as cluster:
        cluster.start_worker(said_to_be_at="tcp://192.0.2.1:8787")
        cluster.await_workers(2)
        with (
            pytest.raises(DocgenError, match="cluster-insecure") as refused,
            ClusterExecutor(cluster.address, tmp_path / "documents"),
        ):
            pass
        assert "'tcp://192.0.2.1:8787'" in str(refused.value)
        assert "docgen-packets" not in cluster.log


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("trusted"), "trusted")


@pytest.fixture(scope="module")
def encrypted(
    trusted: Authority, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DaskCluster]:
    """A cluster that speaks TLS alone."""
    folder = tmp_path_factory.mktemp("encrypted")
    with dask_cluster(folder, workers=0, **trusted.settings) as cluster:
        cluster.start_worker()
        with dask.config.set(trusted.of_client):
            cluster.await_workers(1)
        yield cluster


def _refusal(address: str, folder: Path) -> DocgenError:
    with (
        pytest.raises(DocgenError, match="cluster-tls") as refused,
        ClusterExecutor(address, folder),
    ):
        pass
    return refused.value


@needs("openssl")
def test_an_encrypted_cluster_makes_the_same(
    encrypted: DaskCluster, trusted: Authority, tmp_path: Path
) -> None:
    assert encrypted.address.startswith("tls://")
    tasks = packets(20)
    with (
        dask.config.set(trusted.of_client),
        ClusterExecutor(encrypted.address, tmp_path) as executor,
    ):
        assert_as_pressed(tasks, list(executor.outcomes(tasks)), tmp_path)


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        (
            (),
            "distributed.comm.tls.ca-file, distributed.comm.tls.client.cert",
        ),
        (("distributed.comm.tls.ca-file",), "distributed.comm.tls.client.cert"),
    ],
)
def test_settings_that_are_missing_are_told_in_words(
    given: tuple[str, ...], missing: str, tmp_path: Path
) -> None:
    with dask.config.set(dict.fromkeys(given, __file__)):
        told = str(_refusal("tls://127.0.0.1:8786", tmp_path))
    assert f"needs settings of dask that are missing: {missing}\n" in told
    assert "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT" in told


@needs("openssl")
@pytest.mark.parametrize(
    ("setting", "text", "told"),
    [
        ("ca-file", None, "distributed.comm.tls.ca-file names '"),
        ("client.key", None, "distributed.comm.tls.client.key names '"),
        ("client.cert", "no certificate", "the certificates for an encrypted address cannot be"),
        ("ca-file", "no certificate", "the certificates for an encrypted address cannot be"),
    ],
)
def test_certificates_that_cannot_be_used_are_told(
    trusted: Authority, setting: str, text: str | None, told: str, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.pem"
    if text is not None:
        wrong.write_text(text, "utf-8")
    settings = trusted.of_client | {f"distributed.comm.tls.{setting}": str(wrong)}
    with dask.config.set(settings):
        assert told in str(_refusal("tls://127.0.0.1:8786", tmp_path))


@needs("openssl")
@pytest.mark.parametrize("ours", ["ca-file", "client"])
def test_certificates_of_strangers_are_not_trusted(
    encrypted: DaskCluster, trusted: Authority, ours: str, tmp_path: Path
) -> None:
    stranger = Authority(tmp_path, "stranger")
    settings = {
        key: value
        for key, value in (*trusted.of_client.items(), *stranger.of_client.items())
        if (value in stranger.of_client.values()) == (ours in key)
    }
    with dask.config.set(settings):
        assert "do not trust each other's certificates" in str(
            _refusal(encrypted.address, tmp_path)
        )


@needs("openssl")
def test_a_scheduler_that_does_not_speak_tls_is_told(trusted: Authority, tmp_path: Path) -> None:
    with (
        dask_cluster(tmp_path / "dask", workers=0) as cluster,
        dask.config.set(trusted.of_client),
    ):
        told = str(_refusal(cluster.address.replace("tcp", "tls"), tmp_path))
    assert "only one speaks TLS" in told
