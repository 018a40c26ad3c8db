"""Digests written into files: nothing else in them changes."""

import difflib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import DocgenError
from docgen.records.stamping import with_digests

ONE, TWO, THREE = "1111111111111111", "22222222aaaaaaaa", "333333333333333e"
TRANSLATION = """\
# A comment above
translation_of: "77299"   # and one beside
language: es

title:   Un plan
risks: |
  - Pocos.

  Nada más.
# The end
"""


def stamped(
    text: str, values: dict[str, str], keep: tuple[str, ...] = (), path: str = "a.yaml"
) -> str:
    return with_digests(text, path, ("made_from",), values, keep)


def added(before: str, after: str) -> list[str]:
    """The lines that are new; none may have gone."""
    found = [
        line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"
    ]
    assert not [line for line in found if line[0] == "-"], found
    return [line[2:] for line in found]


def test_digests_are_written_at_the_end() -> None:
    new = stamped(TRANSLATION, {"title": ONE, "further_sections[0].text": TWO})
    assert added(TRANSLATION, new) == [
        "",
        "made_from:",
        f'  title: "{ONE}"',
        f'  further_sections[0].text: "{TWO}"',
    ]


def test_digests_are_changed_added_and_taken_away_in_their_lines() -> None:
    before = (
        f'{TRANSLATION}made_from: # read\n  title: "{ONE}"   # by Ada\n  # why\n  gone: "{ONE}"\n'
        f"  risks: {THREE}\nnote: x\n"
    )
    new = stamped(before, {"title": TWO, "name": THREE}, keep=("title", "risks"))
    assert new == (
        f'{TRANSLATION}made_from: # read\n  title: "{TWO}"   # by Ada\n  # why\n'
        f'  risks: {THREE}\n  name: "{THREE}"\nnote: x\n'
    )


def test_the_same_digests_change_nothing_the_second_time() -> None:
    once = stamped(TRANSLATION, {"title": ONE, "risks": TWO})
    assert stamped(once, {"risks": TWO}, keep=("title", "risks")) == once


def test_digests_of_a_translation_inside_of_a_record_stand_with_it() -> None:
    record = (
        "code: x\ntranslations:\n    es:\n        # here\n        title: Un plan\nrisks: Few.\n"
    )
    new = with_digests(record, "a.yaml", ("translations", "es", "made_from"), {"title": ONE}, ())
    assert added(record, new) == ["        made_from:", f'          title: "{ONE}"']
    assert yaml.safe_load(new)["translations"]["es"]["made_from"] == {"title": ONE}


def test_each_language_of_a_change_has_its_digests() -> None:
    change = 'extends: "77299"\nchange:\n  risks: {en: Few., es: Pocos., fr: Peu.}\n'
    new = with_digests(change, "a.yaml", ("made_from", "es"), {"change.risks": ONE}, ())
    new = with_digests(new, "a.yaml", ("made_from", "fr"), {"change.risks": TWO}, ())
    assert yaml.safe_load(new)["made_from"] == {
        "es": {"change.risks": ONE},
        "fr": {"change.risks": TWO},
    }
    assert new.startswith(change)


def test_accepted_differences_go_with_the_last_of_them() -> None:
    keys = ("accepted_differences",)
    new = with_digests(TRANSLATION, "a.yaml", keys, {"risks": (ONE, TWO)}, ())
    assert yaml.safe_load(new)["accepted_differences"] == {
        "risks": {"source": ONE, "translation": TWO}
    }
    again = with_digests(new, "a.yaml", keys, {"risks": (ONE, THREE)}, ("risks",))
    assert yaml.safe_load(again)["accepted_differences"]["risks"]["translation"] == THREE
    gone = with_digests(again, "a.yaml", keys, {}, ())
    assert yaml.safe_load(gone).get("accepted_differences") is None
    assert gone.startswith(TRANSLATION)


@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_lines_keep_their_ends(ending: str) -> None:
    text = TRANSLATION.replace("\n", ending)
    new = stamped(text, {"title": ONE})
    assert new.startswith(text)
    assert new.count("\n") == new.count(ending)


def test_a_last_line_without_an_end_gets_one() -> None:
    text = "translation_of: x\nrisks: |\n  Pocos."
    assert stamped(text, {"risks": ONE}) == f'{text}\n\nmade_from:\n  risks: "{ONE}"\n'


@pytest.mark.parametrize(
    ("text", "keys", "path"),
    [
        ("{title: Un plan}\n", ("made_from",), "a.yaml"),
        ("title: x\nmade_from: {title: y}\n", ("made_from",), "a.yaml"),
        ("translations: {es: {title: x}}\n", ("translations", "es", "made_from"), "a.yaml"),
        ('{"title": "Un plan"}', ("made_from",), "a.json"),
        ("title: x\n---\n", ("made_from",), "a.yaml"),
    ],
)
def test_what_is_not_written_in_lines_is_refused_with_what_to_write(
    text: str, keys: tuple[str, ...], path: str
) -> None:
    with pytest.raises(DocgenError) as refused:
        with_digests(text, path, keys, {"title": ONE, "risks": TWO}, ("title",))
    (told,) = refused.value.diagnostics
    if told.rule != "several-documents":
        assert told.rule == "not-in-lines"
        assert f'title: "{ONE}" risks: "{TWO}"' in (told.hint or "")


@given(
    digests=st.dictionaries(
        st.sampled_from(["title", "risks", "name", "similar_codes[0].title"]),
        st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
        min_size=1,
    ),
    later=st.dictionaries(
        st.sampled_from(["title", "further_sections[1].text"]),
        st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    ),
)
def test_whatever_is_written_is_what_others_read(
    digests: dict[str, str], later: dict[str, str]
) -> None:
    """Digests such as 1234567890123456 or 12345678901234e5 are no numbers."""
    new = stamped(stamped(TRANSLATION, digests), later, keep=tuple(digests))
    assert yaml.safe_load(new)["made_from"] == {**digests, **later}
    assert new.startswith(TRANSLATION)
