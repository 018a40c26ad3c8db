"""Whether the way to a cluster is private: encrypted, or within this machine."""

import socket
import ssl
from ipaddress import ip_address

from docgen.diagnostics import DocgenError, refuse
from docgen.source import is_file

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


def check_certificates(address: str, seconds: float) -> None:
    """Raises DocgenError where dask lacks settings for an encrypted address, or cannot use them,
    and where it and the scheduler do not trust each other.

    A scheduler that does not answer within some seconds is none of its business.
    """
    from distributed.comm.addressing import (  # noqa: PLC0415 - an optional extra
        get_address_host_port,
        parse_address,
    )
    from distributed.security import Security  # noqa: PLC0415

    scheme, _ = parse_address(address)
    if scheme not in _ENCRYPTED:
        return
    _check_files()
    try:
        context = Security().get_connection_args("client")["ssl_context"]
    except (ssl.SSLError, OSError, ValueError) as error:
        raise _unusable(str(getattr(error, "reason", None) or error).lower()) from error
    try:
        place = get_address_host_port(address)
        with socket.create_connection(place, timeout=seconds) as plain:
            _shake_hands(plain, context, speaks_first=scheme == "tls")
    except ssl.SSLError as error:
        raise _untrusted() from error
    except OSError:
        return


def _shake_hands(plain: socket.socket, context: ssl.SSLContext, *, speaks_first: bool) -> None:
    """Raises SSLError where one of the two does not trust the other.

    That it does not trust us, a server says after its own handshake (TLS 1.3): in the place of the
    words with which a scheduler begins.
    """
    try:
        with context.wrap_socket(plain) as encrypted:
            hung_up = speaks_first and not encrypted.recv(1)
    except ConnectionError:
        hung_up = True
    if hung_up:
        raise ssl.SSLError("it hung up")


def _untrusted() -> DocgenError:
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
        if path and not is_file(path):
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
