"""What is kept of a printer's answer."""

import pytest

from docgen.printers import JobId, JobState

_ID = JobId(12, "urn:uuid:0")
_NO_ANSWER = "The printer is not responding."


@pytest.mark.parametrize(
    ("reasons", "message", "answer"),
    [
        (("processing-to-stop-point",), _NO_ANSWER, _NO_ANSWER),
        (("media-empty",), "", "media-empty"),
        (("processing-to-stop-point",), "", ""),
        (
            ("aborted-by-system",),
            "%%[ Error: undefined; OffendingCommand: Sample ]%%",
            "aborted-by-system",
        ),
    ],
)
def test_a_drivers_own_words_are_not_kept(
    reasons: tuple[str, ...], message: str, answer: str
) -> None:
    """A PostScript interpreter names what it stumbled over: that may be text of the page."""
    state = JobState(_ID, "failed", reasons, message)
    assert state.answer == answer


def test_keywords_and_a_sentence_of_cups_stand_together() -> None:
    state = JobState(_ID, "cancelled", ("media-jam",), "Print job canceled at printer.")
    assert state.answer == "media-jam; Print job canceled at printer."


@pytest.mark.parametrize(
    ("phase", "has_ended"),
    [("waiting", False), ("stopped", False), ("done", True), ("failed", True), ("cancelled", True)],
)
def test_it_is_known_which_jobs_have_ended(phase: str, has_ended: bool) -> None:
    assert JobState(_ID, phase).has_ended == has_ended  # type: ignore[arg-type]
