"""Certificates for tests, made when they are needed, of authorities that nobody knows."""

import subprocess
from pathlib import Path

from tests.programs import program

_ROLES = ("SCHEDULER", "WORKER", "CLIENT")


class Authority:
    """An authority that signs itself, and dask's settings for whoever trusts it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.certificate = folder / f"{name}.pem"
        self.key = folder / f"{name}.key"
        subprocess.run(
            [
                *(program("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"),
                *("-days", "2", "-subj", f"/CN={name}"),
                *("-keyout", str(self.key), "-out", str(self.certificate)),
            ],
            check=True,
            capture_output=True,
        )

    @property
    def settings(self) -> dict[str, str]:
        """As variables of the environment."""
        name = "DASK_DISTRIBUTED__COMM__TLS__{}"
        own = {f"{role}__CERT": str(self.certificate) for role in _ROLES}
        own |= {f"{role}__KEY": str(self.key) for role in _ROLES}
        own["CA_FILE"] = str(self.certificate)
        return {name.format(key): value for key, value in own.items()}

    @property
    def of_client(self) -> dict[str, str]:
        """As ``dask.config.set`` takes them."""
        return {
            "distributed.comm.tls.ca-file": str(self.certificate),
            "distributed.comm.tls.client.cert": str(self.certificate),
            "distributed.comm.tls.client.key": str(self.key),
        }
