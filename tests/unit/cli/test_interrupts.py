"""Whoever asks docgen to end is heard, whatever it is amid."""

import os
import signal
import sqlite3

import pytest

from docgen.cli.interrupts import interruptible


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_within_a_function_that_sqlite_calls_is_one(number: signal.Signals) -> None:
    """SQLite knows of such a function only that it failed."""
    before = signal.getsignal(number)
    connection = sqlite3.connect(":memory:")
    connection.create_function("amid", 0, lambda: os.kill(os.getpid(), number))
    with pytest.raises(KeyboardInterrupt), interruptible():
        connection.execute("SELECT amid()").fetchall()
    connection.close()
    assert signal.getsignal(number) == before


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(ValueError, match="as it was"), interruptible():
        raise ValueError("as it was")
