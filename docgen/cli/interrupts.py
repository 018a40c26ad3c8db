"""Ending when one is asked to: once, and in order."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
"""Not every system has each: the last is what Windows sends for Ctrl-Break and a closed window."""
_ASKING = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))


@contextmanager
def interruptible() -> Iterator[None]:
    """Raises KeyboardInterrupt for Ctrl-C, a request to end, and a terminal that is closed.

    What ends the work then is not interrupted again. Whoever is amid a call of SQLite that calls a
    function of ours gets an error of SQLite's in its place; here it becomes what it was.
    """
    is_asked = False

    def interrupt(*_: object) -> None:
        nonlocal is_asked
        is_asked = True
        for number in _ASKING:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in _ASKING}
    try:
        yield
    except Exception:
        if is_asked:
            raise KeyboardInterrupt from None
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
