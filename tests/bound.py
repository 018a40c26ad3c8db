"""docgen as the permissions of files bind it: whoever runs the tests, root included.

Permissions do not hold root back. So a process of root's gives up the two capabilities that let it
past them, for good, before docgen begins; anybody else has none to give up. It stays root, and owns
what it owned, so that nothing else differs.
"""

import ctypes
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.commands import DOCGEN, environment

_DROP = 24
"""PR_CAPBSET_DROP of prctl(2)."""
_OVERRIDE = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of capabilities(7)."""


def bound_docgen(
    *arguments: str, cwd: Path, before: Callable[[], None] = lambda: None, **settings: str
) -> "subprocess.CompletedProcess[bytes]":
    """Runs docgen in a folder, bound by permissions; ``before`` is called in the folder first."""
    prctl = ctypes.CDLL(None).prctl if os.geteuid() == 0 and sys.platform == "linux" else None

    def bind() -> None:
        before()
        for capability in _OVERRIDE if prctl else ():
            assert prctl
            if prctl(_DROP, capability, 0, 0, 0):
                raise OSError("this process of root's cannot give up its rights")

    return subprocess.run(
        [*DOCGEN, *arguments],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
        env=environment(**settings),
        preexec_fn=bind,
    )
