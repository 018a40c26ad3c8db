"""Whether the way to a cluster is private: encrypted, or within this machine."""

import socket
import ssl
from ipaddress import ip_address
from pathlib import Path

from docgen.diagnostics import DocgenError, refuse

_ENCRYPTED = frozenset({"tls", "wss"})
_WITHIN = frozenset({"inproc"})
_TLS = "distributed.comm.tls"
_NEEDED = (f"{_TLS}.ca-file", f"{_TLS}.client.cert")
_FILES = (*_NEEDED, f"{_TLS}.client.key")
"""The key may also stand in the file of the certificate."""


def check_way(address: str) -> None:
    """Raises DocgenError where what goes to an address could be listened to on a network."""
    from distributed.comm.addressing import parse_address  # noqa: PLC0415 - an optional extra

    scheme, place = parse_address(address)
    if scheme in _ENCRYPTED | _WITHIN or _is_here(place):
        return
    raise refuse(
        "cluster-insecure",
        f"patients' data would go to {address!r} unencrypted, for whoever listens on the network",
        hint="start scheduler and workers with TLS, and name the scheduler's tls:// address; on a "
        "network that nobody else can listen to, add --insecure-cluster",
    )


def check_settings(address: str) -> None:
    """Raises DocgenError where dask lacks settings for an encrypted address, or cannot use them."""
    from distributed.comm.addressing import parse_address  # noqa: PLC0415 - an optional extra
    from distributed.security import Security  # noqa: PLC0415

    if parse_address(address)[0] not in _ENCRYPTED:
        return
    _check_files()
    try:
        Security().get_connection_args("client")
    except (ssl.SSLError, OSError, ValueError) as error:
        raise _unusable(str(getattr(error, "reason", None) or error).lower()) from error


def is_untrusted(error: BaseException) -> bool:
    """Whether a connection came to nothing for want of trust."""
    from distributed.comm.core import FatalCommClosedError  # noqa: PLC0415 - an optional extra

    seen: BaseException | None = error
    while seen is not None and not isinstance(seen, ssl.SSLError | FatalCommClosedError):
        seen = seen.__cause__ or seen.__context__
    return seen is not None


def untrusted() -> DocgenError:
    """The refusal of a scheduler whose certificate does not hold, or that does not take ours."""
    return refuse(
        "cluster-tls",
        "scheduler and docgen do not trust each other's certificates, or only one speaks TLS",
        hint=f"give both certificates of the authority in {_TLS}.ca-file, and start the scheduler "
        "with a tls:// address",
    )


def _check_files() -> None:
    import dask  # noqa: PLC0415 - an optional extra

    missing = [name for name in _NEEDED if not dask.config.get(name)]
    if missing:
        variables = " and ".join(map(_variable, missing))
        raise refuse(
            "cluster-tls",
            f"an encrypted address needs settings of dask that are missing: {', '.join(missing)}",
            hint=f"name the files in PEM that they stand for, in ~/.config/dask/*.yaml or as "
            f"{variables} in the environment",
        )
    for name in _FILES:
        path = dask.config.get(name)
        if path and not Path(path).is_file():
            raise _unusable(f"{name} names {path!r}, which is no file")


def _unusable(reason: str) -> DocgenError:
    return refuse(
        "cluster-tls",
        f"the certificates for an encrypted address cannot be used: {reason}",
        hint=f"see the settings {_TLS}.* of dask",
    )


def _variable(setting: str) -> str:
    """``DASK_DISTRIBUTED__COMM__TLS__CA_FILE``."""
    return "DASK_" + setting.replace(".", "__").replace("-", "_").upper()


def _is_here(place: str) -> bool:
    """Whether all that a place may mean is this machine's own loopback interface."""
    from distributed.comm.addressing import parse_host_port  # noqa: PLC0415 - an optional extra

    host, _ = parse_host_port(place)
    try:
        found = socket.getaddrinfo(host, None)
    except OSError:
        return False
    return all(ip_address(str(one[4][0]).partition("%")[0]).is_loopback for one in found)
