"""``--date`` and ``SOURCE_DATE_EPOCH``: when a sheet was made."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from docgen.cli.dates import EPOCH, moment_of_environment, moment_of_option
from docgen.cli.program import program


def moment(text: str) -> datetime:
    option = click.Option(["--date"])
    taken = moment_of_option(click.Context(click.Command("test")), option, text)
    assert taken is not None
    return taken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-22", datetime(2026, 11, 22, tzinfo=UTC)),
        ("2026-11-22T09:30Z", datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
        ("2026-11-22T09:30:15Z", datetime(2026, 11, 22, 9, 30, 15, tzinfo=UTC)),
        ("2026-11-22T00:30:00+01:00", datetime(2026, 11, 21, 23, 30, tzinfo=UTC)),
        ("2024-02-29T22:00:00-05:30", datetime(2024, 3, 1, 3, 30, tzinfo=UTC)),
        ("1970-01-01", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_date_is_kept_in_utc(text: str, expected: datetime) -> None:
    assert moment(text) == expected
    assert moment(text).utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "has not the form of a date"),
        ("yesterday", "has not the form of a date"),
        ("20261122", "has not the form of a date"),
        ("2026-W47-7", "has not the form of a date"),
        ("22.11.2026", "has not the form of a date"),
        ("2026-11-22 09:30:00+01:00", "has not the form of a date"),
        # Without an offset, the time zone of the machine would decide.
        ("2026-11-22T09:30:00", "has not the form of a date"),
        ("2026-11-22T09:30:00.5Z", "has not the form of a date"),
        ("٢٠٢٦-11-22", "has not the form of a date"),
        ("2026-11-22\n", "has not the form of a date"),
        ("2026-02-30", "is not in the calendar"),
        ("2026-11-22T24:30:00Z", "is not in the calendar"),
        ("2026-11-22T09:30:00+24:00", "is not in the calendar"),
        ("9999-12-31T23:59:59-14:00", "is not in the calendar"),
        ("0001-01-01T00:00:00+14:00", "is not in the calendar"),
        ("1969-12-31", "is before 1970"),
    ],
)
def test_a_bad_date_is_refused_with_its_form(text: str, fault: str) -> None:
    with pytest.raises(click.BadParameter) as caught:
        moment(text)
    assert fault in caught.value.message
    assert "write 2026-11-22, or with a time 2026-11-22T09:30:00+01:00" in caught.value.message


@given(st.text(st.sampled_from("0123456789-:TZ+ ."), max_size=26) | st.text(max_size=26))
def test_no_date_is_taken_wrongly(text: str) -> None:
    try:
        taken = moment(text)
    except click.BadParameter:
        return
    written = f"{text}T00:00:00+00:00" if len(text) == 10 else text
    assert taken == datetime.fromisoformat(written)


def test_the_environment_counts_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPOCH, "1795305600")
    assert moment_of_environment() == datetime(2026, 11, 22, tzinfo=UTC)
    monkeypatch.setenv(EPOCH, "0")
    assert moment_of_environment() == datetime(1970, 1, 1, tzinfo=UTC)


def test_without_a_date_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(EPOCH, raising=False)
    assert moment_of_environment() is None
    monkeypatch.setenv(EPOCH, "")
    assert moment_of_environment() is None


BAD_COUNTS = ["2026-11-22", "1.5", "-1", " 1", "1e9", "999999999999", "1" * 30, "١"]


def render(*options: str, **environment: str) -> Result:
    return CliRunner().invoke(program, ["render", "77299", *options], env=environment)


@pytest.mark.parametrize("options", [(), ("--date", "2026-11-22")])
@pytest.mark.parametrize("count", BAD_COUNTS)
def test_a_bad_count_is_a_usage_error(
    count: str, options: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = render(*options, **{EPOCH: count})
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{EPOCH} in the environment is {count!r}" in result.stderr
    assert "must count seconds since 1970 in digits, such as 1795305600" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_bad_date_is_a_usage_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = render("--date", "tomorrow")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Invalid value for '--date': 'tomorrow' has not the form of a date" in result.stderr
    assert list(tmp_path.iterdir()) == []
