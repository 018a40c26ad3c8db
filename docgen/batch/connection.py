"""The way to a dask.distributed cluster, and what to say where there is none."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from docgen.diagnostics import DocgenError, refuse
from docgen.extras import extra_missing

if TYPE_CHECKING:
    from distributed import Client

    from docgen.batch.remote import Versions

_CONNECT_SECONDS = 5


@contextmanager
def connected(address: str) -> "Iterator[Client]":
    """A client of the scheduler at an address, which has workers.

    Raises DocgenError where it does not answer within a few seconds, or has none.
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
            _check(address)
            client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="docgen")
        except (OSError, ValueError) as error:
            raise refuse(
                "cluster-unreachable",
                f"no dask scheduler answers at {address!r}",
                hint="give the address that 'dask scheduler' prints, such as tcp://10.0.0.5:8786",
            ) from error
        try:
            _wait_for_worker(client, address)
            yield client
        finally:
            # Where the scheduler is gone, there is nobody to take leave of.
            with suppress(OSError, TimeoutError):
                client.close(timeout=_CONNECT_SECONDS)


def check_cluster(address: str) -> None:
    """Raises DocgenError where no scheduler answers at an address, or has no workers."""
    with connected(address):
        pass


def without_workers(address: str) -> DocgenError:
    """The refusal of a cluster that makes nothing."""
    return refuse(
        "cluster-without-workers",
        f"the cluster at {address!r} has no workers",
        hint="start some: 'dask worker' with the address of the scheduler",
    )


def lost(address: str) -> DocgenError:
    """The refusal to go on where the scheduler is gone."""
    return refuse(
        "cluster-lost",
        f"the dask scheduler at {address!r} was lost",
        hint="what is done is kept: continue with 'docgen batch --resume' and the run's folder",
    )


def other_versions(own: "Versions", theirs: "Versions") -> DocgenError:
    """The refusal of a worker that would not make the same bytes."""
    have = dict(theirs)
    differing = [
        f"{name} {have.get(name, 'none')} instead of {number}"
        for name, number in own
        if have.get(name) != number
    ]
    return refuse(
        "cluster-versions",
        f"a worker of the cluster has {', '.join(differing)}: its documents would differ",
        hint="install the same versions on scheduler, workers and here",
    )


def failure(error: BaseException | None) -> DocgenError:
    """The refusal of a cluster that cannot run docgen's tasks; what it says might hold anything."""
    return refuse(
        "cluster-failed",
        f"the cluster cannot run docgen: {type(error).__name__}",
        hint="install the same version of docgen and its packages on scheduler, workers and here",
    )


def _check(address: str) -> None:
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
