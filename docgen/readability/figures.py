"""Numbers that ask the reader to calculate.

PEMAT-P, items 6 and 7, wants numbers that are clear and no calculations; the CDC Clear
Communication Index (part C, numbers) wants whole numbers, the same way of telling a risk all
through, and none of the arithmetic left to readers.
"""

import re
from collections.abc import Iterator, Sequence

from docgen.readability.sentences import Sentence

_COUNT = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_ONE_IN = re.compile(
    rf"\b(?P<of>{_COUNT})(?: to {_COUNT})? (?:in|out of)(?: every)? "
    r"(?P<all>\d[\d,]*|ten|twenty|hundred|thousand|a hundred|a thousand)\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\d(?:[\d.,]*\d)? ?(?:%|percent\b)", re.IGNORECASE)
_NUMBERS = {
    "ten": "10",
    "twenty": "20",
    "hundred": "100",
    "a hundred": "100",
    "thousand": "1000",
    "a thousand": "1000",
}
_RULES: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile(r"\d+[.,]\d+ ?(?:%|percent\b)|\b0?\.\d+ in \d", re.IGNORECASE),
        "a part of a percent",
        "say it in whole people, such as 3 in 1,000",
    ),
    (
        re.compile(
            r"\d(?:[\d.,]*\d)? ?(?:%|percent) (?:more|less|higher|lower|fewer|greater)",
            re.IGNORECASE,
        ),
        "a change in percent, of a number that is not said",
        "say both numbers, such as 2 in 100 instead of 1 in 100",
    ),
    (
        re.compile(
            rf"\b(?:{_COUNT}|\d+\.\d+)[ -](?:times|fold) (?:as|more|less|higher|lower|greater)\b"
            r"|\b(?:doubles|triples|halves)\b",
            re.IGNORECASE,
        ),
        "a multiple of a number that is not said",
        "say both numbers, such as 2 in 100 instead of 1 in 100",
    ),
    (
        re.compile(
            r"(?<![\d/])\d{1,2}/\d{1,2}(?![\d/])|[½⅓⅔¼¾⅛]"
            r"|\b(?:two|three)[- ](?:third|quarter|fifth)s\b"
        ),
        "a fraction",
        "write whole numbers, or half a cup, one tablet",
    ),
    (
        re.compile(
            r"\b\d+(?:\.\d+)? ?(?:kg|kilograms?|cm|centimeters?|ml|milliliters?|liters?|km)\b"
        ),
        "a metric measure alone",
        "say it in pounds, inches, cups or miles, with the metric one in parentheses",
    ),
    (
        re.compile(r"\b\d+(?:\.\d+)? ?°C\b"),
        "degrees Celsius alone",
        "say it in Fahrenheit, with Celsius in parentheses: 100.4°F (38°C)",
    ),
    (
        re.compile(
            r"\b(?:9[6-9]|1[0-9]{2,}) ?hours?\b|\b(?:1[2-9][1-9]|1[3-9]\d|[2-9]\d\d) ?minutes?\b"
        ),
        "a time that is easier in a larger unit",
        "say it in days, or in hours",
    ),
)
_BOTH_UNITS = re.compile(r"(?:°F|pounds?|lb|inch(?:es)?|feet|cups?|ounces?|miles?)\W*$")


def calculations(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, str, str]]:
    """What asks for arithmetic: where (the sentence and the place in it), what, and the remedy."""
    for sentence in sentences:
        for pattern, what, remedy in _RULES:
            for match in pattern.finditer(sentence.text):
                if not _has_both_units(sentence.text, match):
                    yield sentence, match.start(), f"'{match[0]}' is {what}", remedy
    yield from _mixed_risks(sentences)


def _has_both_units(text: str, match: re.Match[str]) -> bool:
    """Whether a metric measure stands in parentheses after the usual one: 10 pounds (4.5 kg)."""
    before = text[: match.start()]
    opening = before.rfind("(")
    return opening > before.rfind(")") and bool(_BOTH_UNITS.search(before[:opening]))


def _mixed_risks(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, int, str, str]]:
    """Risks in several denominators, or in percent as well, which readers cannot compare."""
    first: tuple[str, str] | None = None
    for sentence in sentences:
        for start, said, base in sorted(_risks(sentence.text)):
            if first is None:
                first = said, base
            elif base != first[1]:
                what = f"'{said}' and '{first[0]}' cannot be compared without arithmetic"
                yield sentence, start, what, f"say both of the same number of people, in {first[1]}"


def _risks(text: str) -> Iterator[tuple[int, str, str]]:
    for match in _ONE_IN.finditer(text):
        everyone = match["all"].lower().replace(",", "")
        yield match.start(), match[0], _NUMBERS.get(everyone, everyone)
    for match in _PERCENT.finditer(text):
        yield match.start(), match[0], "100 (%)"
