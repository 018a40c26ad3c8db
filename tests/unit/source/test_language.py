"""Language tags: well-formed, in their usual letters, and of a language that there is."""

import pytest

from docgen.source import Language


@pytest.mark.parametrize("text", ["en", "es-MX", "zh-Hans", "zh-Hant-TW", "es-419", "haw"])
def test_a_language_is_a_tag(text: str) -> None:
    assert Language.parse(text).tag == text


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("English", "write one such as en or es-MX"),
        ("", "write one such as en or es-MX"),
        ("EN", "did you mean 'en'?"),
        ("en_us", "did you mean 'en-US'?"),
        ("zh-hant-tw", "did you mean 'zh-Hant-TW'?"),
        ("jp", "write the code of the language, not of the country, such as ja for Japanese"),
    ],
)
def test_what_is_no_language_tag_is_refused(text: str, hint: str) -> None:
    with pytest.raises(ValueError, match="is not a language tag") as refused:
        Language.parse(text)
    assert refused.value.args[1] == hint
