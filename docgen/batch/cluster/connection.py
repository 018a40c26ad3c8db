"""The way to a dask.distributed cluster, and what to say where there is none."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from docgen.batch.cluster.admission import Admission
from docgen.batch.cluster.privacy import check_certificates, check_way
from docgen.diagnostics import DocgenError, refuse
from docgen.extras import extra_missing

if TYPE_CHECKING:
    from distributed import Client

_CONNECT_SECONDS = 5


class ClusterConnection(NamedTuple):
    """A client of a scheduler, and which of its workers may have packets."""

    client: "Client"
    admission: Admission


@contextmanager
def connected(address: str, *, insecure: bool = False) -> Iterator[ClusterConnection]:
    """A connection to the scheduler at an address, which has workers.

    Raises DocgenError where it does not answer within a few seconds, or has none, where it or a
    worker has other versions, and, unless ``insecure`` is allowed, where what goes to them could
    be listened to.
    """
    try:
        import dask  # noqa: PLC0415 - half a second, and an optional extra
        from distributed import Client  # noqa: PLC0415
    except ImportError as error:
        raise extra_missing(
            "cluster", "cluster-missing", "the package that talks to a cluster is not installed"
        ) from error
    # Fonts of one's own are larger than dask thinks wise; its heartbeats go on all the same.
    large = {"distributed.admin.large-graph-warning-threshold": "1GiB"}
    with _quiet(), dask.config.set(large):
        try:
            _check_address(address)
            if not insecure:
                check_way(address)
            check_certificates(address, _CONNECT_SECONDS)
            client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="docgen")
        except (OSError, ValueError) as error:
            raise refuse(
                "cluster-unreachable",
                f"no dask scheduler answers at {address!r}",
                hint="give the address that 'dask scheduler' prints, such as tcp://10.0.0.5:8786",
            ) from error
        try:
            _wait_for_worker(client, address)
            admission = Admission(client, insecure=insecure)
            try:
                admission.begin(_CONNECT_SECONDS)
            except (OSError, TimeoutError) as error:
                raise scheduler_lost(address) from error
            yield ClusterConnection(client, admission)
        finally:
            # Where the scheduler is gone, there is nobody to take leave of.
            with suppress(OSError, TimeoutError):
                client.close(timeout=_CONNECT_SECONDS)


def check_cluster(address: str, *, insecure: bool = False) -> None:
    """Raises DocgenError where no scheduler answers at an address that could be worked with."""
    with connected(address, insecure=insecure):
        pass


def without_workers(address: str) -> DocgenError:
    """The refusal of a cluster that makes nothing."""
    return refuse(
        "cluster-without-workers",
        f"the cluster at {address!r} has no workers",
        hint="start some: 'dask worker' with the address of the scheduler",
    )


def scheduler_lost(address: str) -> DocgenError:
    """The refusal to go on where the scheduler is gone."""
    return refuse(
        "cluster-lost",
        f"the dask scheduler at {address!r} was lost",
        hint="what is done is kept: continue with 'docgen batch --resume' and the run's folder",
    )


def cluster_failure(what: str) -> DocgenError:
    """The refusal of a cluster that cannot run docgen's tasks."""
    return refuse(
        "cluster-failed",
        f"the cluster cannot run docgen: {what}",
        hint="install the same version of docgen and its packages on scheduler, workers and here",
    )


def _check_address(address: str) -> None:
    """Raises ValueError for what is no address: a client that finds out by itself never closes."""
    from distributed.comm.addressing import parse_address, parse_host_port  # noqa: PLC0415
    from distributed.comm.registry import get_backend  # noqa: PLC0415

    scheme, place = parse_address(address)
    get_backend(scheme)
    host, _ = parse_host_port(place)
    if not host:
        raise ValueError("it names no machine")


def _wait_for_worker(client: "Client", address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
    except TimeoutError as error:
        raise without_workers(address) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Silences dask's loggers and warnings: what matters of it is told by docgen."""
    names = [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    loggers = {name: logging.getLogger(name) for name in ("distributed", *names)}
    levels = {name: logger.level for name, logger in loggers.items()}
    for logger in loggers.values():
        logger.setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="distributed")
        warnings.filterwarnings("ignore", message=".*Mismatched versions found")
        try:
            yield
        finally:
            for name, logger in loggers.items():
                logger.setLevel(levels[name])
