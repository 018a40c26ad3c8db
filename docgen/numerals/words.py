"""Number words of English and Spanish, and the signs by which languages write numbers.

Sources: CLDR 48, rules for spelled-out numbers (RBNF) of ``en`` and ``es``, and its decimal signs;
for Spanish forms in use, RAE and ASALE, Ortografía de la lengua española (2010), VIII.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct


class NumberWords(Struct, frozen=True):
    """The words by which a language counts, in lower case."""

    whole: Mapping[str, int]
    """Words for whole numbers from two on, and for zero."""
    one: frozenset[str]
    """Words for one: by themselves they may be pronouns or articles as well."""
    articles: frozenset[str]
    """Articles that stand for one before a multiplier or a part: *a* hundred, *a* third."""
    multipliers: Mapping[str, int]
    """Words that multiply what stands before them: hundred, thousand."""
    perhaps: Mapping[str, int]
    """Words that may say a number, or something else: ``once``, ``second``, ``both``. They answer a
    number of the other text, and ask for none."""
    parts: Mapping[str, int]
    """Words for parts of a whole: 2 is a half."""
    times: Mapping[str, int]
    """Words that say how often."""
    tens_with_units: str
    """What stands between ``twenty`` and ``one``, as a regular expression."""
    hundreds_with_units: str
    """What stands between ``hundred`` and ``one``."""
    and_a_half: str
    """What adds a half to the number before it."""
    part_of: str
    """What may stand between a part and its unit: half *of an* hour."""
    through: str
    """What joins numbers of one unit: 20 *to* 45 minutes."""
    day_parts: Mapping[str, tuple[str, bool]]
    """Words after an hour that tell in which half of the day it is, and whether they stand after
    hours only: two tablets *at night* are no hour."""
    hours: Mapping[str, int]
    """Words for hours of the day."""


def _numbered(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    """Words for numbers that follow each other; ``|`` parts the forms of one."""
    return {
        form: first + step * place
        for place, forms in enumerate(words.split())
        for form in forms.split("|")
    }


_ENGLISH: Final = NumberWords(
    whole={
        **_numbered("zero"),
        **_numbered(
            "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
            "sixteen seventeen eighteen nineteen",
            2,
        ),
        **_numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    },
    one=frozenset(("one",)),
    articles=frozenset(("a", "an")),
    multipliers={"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000},
    perhaps={
        **dict.fromkeys(("once", "first"), 1),
        **dict.fromkeys(("both", "either", "neither", "couple", "pair", "double", "other"), 2),
        **_numbered("second third fourth fifth sixth seventh eighth ninth tenth", 2),
    },
    parts={
        **dict.fromkeys(("half", "halves"), 2),
        **dict.fromkeys(("third", "thirds"), 3),
        **dict.fromkeys(("quarter", "quarters", "fourths"), 4),
        "fifths": 5,
    },
    times={"twice": 2, "thrice": 3},
    tens_with_units="[ -]",
    hundreds_with_units=" | and ",
    and_a_half=r" and (?:a|one) half| and one-half",
    part_of=r"(?: of)?(?: an?| the| one)? |-",
    through=r"\s?[-–—/]\s?| ?,? (?:to|or|and|through|and up to|or up to) |, ",
    day_parts={
        "in the morning": ("am", False),
        "in the afternoon": ("pm", False),
        "in the evening": ("pm", False),
        "at night": ("pm", False),
    },
    hours={"noon": 12, "midday": 12, "midnight": 0},
)

_SPANISH: Final = NumberWords(
    whole={
        **_numbered("cero"),
        **_numbered(
            "dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
            "dieciséis|dieciseis diecisiete dieciocho diecinueve veinte "
            "veintiuno|veintiún|veintiuna veintidós|veintidos veintitrés|veintitres "
            "veinticuatro veinticinco veintiséis|veintiseis veintisiete veintiocho veintinueve",
            2,
        ),
        **_numbered("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10),
        **_numbered(
            "cien|ciento doscientos|doscientas trescientos|trescientas cuatrocientos|cuatrocientas "
            "quinientos|quinientas seiscientos|seiscientas setecientos|setecientas "
            "ochocientos|ochocientas novecientos|novecientas",
            100,
            100,
        ),
        "mil": 1_000,
    },
    one=frozenset(("un", "uno", "una")),
    articles=frozenset(),
    multipliers={
        "docena": 12,
        "docenas": 12,
        "mil": 1_000,
        "millón": 1_000_000,
        "millones": 1_000_000,
    },
    perhaps={
        **dict.fromkeys(("ambos", "ambas", "par", "doble"), 2),
        **_numbered(
            "primero|primera|primer segundo|segunda tercero|tercera|tercer cuarto|cuarta "
            "quinto|quinta sexto|sexta séptimo|séptima octavo|octava noveno|novena décimo|décima",
            1,
        ),
    },
    parts={
        **dict.fromkeys(("medio", "media", "medios", "medias", "mitad"), 2),
        **dict.fromkeys(("tercio", "tercios"), 3),
        **dict.fromkeys(("cuarto", "cuartos"), 4),
        **dict.fromkeys(("quinto", "quintos"), 5),
    },
    times={},
    tens_with_units=" y ",
    hundreds_with_units=" ",
    and_a_half=" y medi[oa]",
    part_of="(?: de)?(?: una?| la| el)? ",
    through=r"\s?[-–—/]\s?| ?,? (?:a|o|u|y|e|hasta|o hasta|y hasta) |, ",
    day_parts={
        "de la mañana": ("am", True),
        "de la madrugada": ("am", True),
        "de la tarde": ("pm", True),
        "de la noche": ("pm", True),
    },
    hours={"mediodía": 12, "medianoche": 0},
)

WORDS: Final[Mapping[str, NumberWords]] = {"en": _ENGLISH, "es": _SPANISH}
"""By language, without its country."""


@lru_cache(maxsize=16)
def telling_words(base: str) -> frozenset[str]:
    """The words of a language, without its country, that say a number by themselves or do so
    together with others."""
    known = WORDS.get(base)
    if known is None:
        return frozenset()
    counting = (known.whole, known.multipliers, known.parts, known.times, known.hours)
    return frozenset().union(*counting, known.one if known.articles else ())


@lru_cache(maxsize=16)
def counting_words(base: str) -> frozenset[str]:
    """Those words, and the ones that may say a number."""
    known = WORDS.get(base)
    if known is None:
        return frozenset()
    return telling_words(base).union(known.one, known.articles, known.perhaps)


_COMMA: Final = (
    "af az be bg bs ca cs da de el et eu fi fo fr gl hr hu hy id is it ka kk kl ky lb lt lv mk mn "
    "nb nl nn no pl pt ro ru sk sl sq sr sv tg tk tr tt uk uz vi"
)
_POINT: Final = (
    "am bn cy en ga gu he hi ja km kn ko ml mr ms my ne pa ps si so sw ta te th ur yo zh zu"
)
_SPANISH_COMMA: Final = "AR BO CL CO CR EC ES GQ PY UY VE"
_SPANISH_POINT: Final = "419 CU DO GT HN MX NI PA PE PR SV US"


def decimal_signs(tag: str) -> str:
    """The sign before the decimals in a language (BCP 47), or both where either may be meant.

    Spanish without its country is read from New York to Buenos Aires, and so may mean either.
    """
    base, _, rest = tag.partition("-")
    country = rest.rpartition("-")[2]
    key, commas, points = base, _COMMA, _POINT
    if base == "es":
        key, commas, points = country, _SPANISH_COMMA, _SPANISH_POINT
    if key in commas.split():
        return ","
    return "." if key in points.split() else ".,"
