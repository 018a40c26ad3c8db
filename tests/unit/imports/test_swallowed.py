"""Closing sentences that the last bullet swallowed: split where it is sure, else only told."""

import pytest

from tests.saved_pages import SECTIONS, draft_of, saved_page, told


def _recovery(*items: str) -> tuple[str, list[tuple[str, str]]]:
    """The section of some bullets, and what is told; its first bullet is on line 11."""
    text = "\n".join(f"  • {item}" for item in items)
    draft = draft_of(saved_page({"Recovery": text, **SECTIONS}))
    return draft.sections["recovery"], told(draft)


@pytest.mark.parametrize(
    ("last", "at", "item", "sentence"),
    [
        (
            "Clear drinks by mouth The test is not done when you are ill.",
            27,
            "Clear drinks by mouth",
            "The test is not done when you are ill.",
        ),
        (
            "Flexible sigmoidoscopy Colonoscopy examines the whole large bowel.",
            28,
            "Flexible sigmoidoscopy",
            "Colonoscopy examines the whole large bowel.",
        ),
        (
            "Weight loss (any) People with a family history wait. They call first.",
            23,
            "Weight loss (any)",
            "People with a family history wait. They call first.",
        ),
        (
            "Bring an MRI scan of the knee Most patients go home the same day!",
            35,
            "Bring an MRI scan of the knee",
            "Most patients go home the same day!",
        ),
    ],
)
def test_a_swallowed_sentence_is_split_off(last: str, at: int, item: str, sentence: str) -> None:
    section, notes = _recovery("Rest at home", last)
    assert section == f"- Rest at home\n- {item}\n\n{sentence}"
    assert notes == [("split-off", f"14:{at}")]


@pytest.mark.parametrize(
    "items",
    [
        ("Rest at home.", "Clear drinks by mouth The test is not done when ill."),
        ("Clear drinks by mouth The test is not done when ill.",),
        ("Rest at home", "See Doctor Example Of Boston The test is not done then."),
        ("Rest at home", "Nothing by mouth. The test is not done when you are ill."),
        ("Rest at home", "Care of adults with Hodgkin disease of the neck and chest."),
    ],
    ids=["all are sentences", "one bullet", "a title", "a second sentence", "a name"],
)
def test_what_is_not_sure_stays_and_is_told(items: tuple[str, ...]) -> None:
    section, notes = _recovery(*items)
    assert section == "\n".join(f"- {item}" for item in items)
    assert [rule for rule, _ in notes] in (["perhaps-swallowed"], [])


@pytest.mark.parametrize(
    "items",
    [
        ("Rest at home", "Ask Nurse Example"),
        ("Rest at home", "Scans with CT or MRI"),
        ("Rest at home.", "Eat a light meal."),
        ("Rest at home", "Treatment of Crohn disease"),
    ],
)
def test_plain_bullets_are_left_alone(items: tuple[str, ...]) -> None:
    section, notes = _recovery(*items)
    assert section == "\n".join(f"- {item}" for item in items)
    assert notes == []


def test_a_sentence_that_went_over_lines_is_split_at_its_own_place() -> None:
    text = "  • Rest at home\n  • Clear drinks\n    by mouth The test\n    is not done when ill."
    draft = draft_of(saved_page({"Recovery": text, **SECTIONS}))
    assert draft.sections["recovery"] == (
        "- Rest at home\n- Clear drinks by mouth\n\nThe test is not done when ill."
    )
    assert told(draft) == [("split-off", "15:14")]


def test_a_flush_line_below_the_last_bullet_is_a_paragraph_of_its_own() -> None:
    text = "  • Rest at home\n  • Clear drinks\nThe test is not done when you are ill."
    draft = draft_of(saved_page({"Recovery": text, **SECTIONS}))
    assert draft.sections["recovery"] == (
        "- Rest at home\n- Clear drinks\n\nThe test is not done when you are ill."
    )
