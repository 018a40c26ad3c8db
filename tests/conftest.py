"""Rules of the whole suite: in CI a test that does not run is a test that failed.

On a machine without the programs that some tests need, exactly the tests of a list may be skipped:
``EXPECTED_SKIPS`` names its file, one test a line, whatever its parameters.
"""

import os
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest

# Machines are busy: how long an example takes proves nothing.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

_IN_CI = os.environ.get("CI") == "true"
_LIST = os.environ.get("EXPECTED_SKIPS")
_SKIPPED: set[str] = set()
"""The tests that were skipped; with several workers, of all of them."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_skip(report)
    return report


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if not _IN_CI or _LIST or not report.skipped or hasattr(report, "wasxfail"):
        return
    report.outcome = "failed"
    report.longrepr = f"skipped, where nothing may be skipped: {report.longrepr}"


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _note_skip(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _note_skip(report)


def _note_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _SKIPPED.add(report.nodeid.partition("[")[0])


def _unexpected() -> list[str]:
    """What was skipped against the list, and what of the list was not skipped."""
    if not _LIST:
        return []
    listed = {
        line
        for line in Path(_LIST).read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    }
    return [
        *(f"skipped, and not in {_LIST}: {name}" for name in sorted(_SKIPPED - listed)),
        *(f"in {_LIST}, and not skipped: {name}" for name in sorted(listed - _SKIPPED)),
    ]


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    is_worker = hasattr(session.config, "workerinput")
    if not is_worker and session.exitstatus == pytest.ExitCode.OK and _unexpected():
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for sentence in _unexpected():
        terminalreporter.write_line(sentence, red=True)


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Generator[None]:
    """Keeps what tests cache apart from the files of whoever runs them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
