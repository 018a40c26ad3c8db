"""Passwords are prepared as ISO 32000-2 asks (SASLprep, RFC 4013), and never quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError, Findings, Span
from docgen.pdf.passwords import prepare_password, tell_if_short

PLACE = Span("secret.txt", 1, 1)


@pytest.mark.parametrize(
    ("password", "prepared"),
    [
        # The examples of RFC 4013, 3.
        ("I\u00adX", "IX"),
        ("user", "user"),
        ("USER", "USER"),
        ("\u00aa", "a"),
        ("\u2168", "IX"),
        # A letter with its accent beside it, a wide letter, a space that does not break.
        ("Grün", "Gr\u00fcn"),
        ("Gru\u0308n", "Gr\u00fcn"),
        ("\uff21\uff22", "AB"),
        ("four\u00a0words", "four words"),
        ("  kept  ", "  kept  "),
        ("\u05d0\u05d1\u05d2", "\u05d0\u05d1\u05d2"),
    ],
)
def test_a_password_is_prepared(password: str, prepared: str) -> None:
    assert prepare_password(password) == prepared


def test_the_limit_counts_bytes() -> None:
    assert prepare_password("a" * 127) == "a" * 127
    assert prepare_password("é" * 63 + "a") == "é" * 63 + "a"
    for password in ("a" * 128, "é" * 64):
        with pytest.raises(DocgenError, match="longer than 127 bytes"):
            prepare_password(password)


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("", "the password is empty"),
        (" \u00ad ", "the password is empty"),
        # Again of RFC 4013, 3: a control character, and letters of both directions.
        ("\u0007", "a character that not every PDF reader takes"),
        ("\u0627\u0031", "mixes scripts that run to the right and to the left"),
        ("\u0627a\u0627", "mixes scripts that run to the right and to the left"),
        ("tab\there", "a character that not every PDF reader takes"),
        ("nul\0here", "a character that not every PDF reader takes"),
        ("private \ue000", "a character that not every PDF reader takes"),
        ("turned \u202e", "a character that not every PDF reader takes"),
        ("emoji \U0001fa7a", "a character that not every PDF reader takes"),
    ],
)
def test_a_password_is_refused_at_its_place(password: str, message: str) -> None:
    with pytest.raises(DocgenError) as caught:
        prepare_password(password, PLACE)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.rule, diagnostic.span) == ("bad-password", PLACE)
    assert message in diagnostic.message


@given(st.text())
def test_what_is_prepared_stays_as_it_is(password: str) -> None:
    try:
        prepared = prepare_password(password)
    except DocgenError as error:
        assert len(password) < 8 or password not in str(error)
        return
    assert prepare_password(prepared) == prepared
    assert 0 < len(prepared.encode()) <= 127


def test_a_short_password_is_told() -> None:
    for password, count in (("7 chars", 1), ("8 chars!", 0)):
        findings = Findings()
        tell_if_short(password, findings)
        assert [one.rule for one in findings.diagnostics] == ["short-password"] * count
        assert password not in str(findings.diagnostics)
