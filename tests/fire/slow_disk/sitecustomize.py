"""A disk that stands still: what names, removes or opens a file in a worker takes its time.

Python imports this in each process that has its folder on PYTHONPATH. ``SLOW_DISK_SECONDS`` says
how long each operation waits, one half before and one half after it is done.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_SECONDS = float(os.environ.get("SLOW_DISK_SECONDS", "0"))
_OPERATIONS = ("open", "mkdir", "rename", "replace", "rmdir", "unlink")


def _slowed(operation: Callable[P, R]) -> Callable[P, R]:
    @wraps(operation)
    def slow(*arguments: P.args, **options: P.kwargs) -> R:
        time.sleep(_SECONDS / 2)
        try:
            return operation(*arguments, **options)
        finally:
            time.sleep(_SECONDS / 2)

    return slow


if _SECONDS and "docgen.batch.make.worker" in sys.orig_argv:
    for name in _OPERATIONS:
        setattr(os, name, _slowed(getattr(os, name)))
