"""The names under which worklists know languages."""

from functools import lru_cache
from typing import Final

from docgen.source import Language

_NAMES: Final = {
    "am": "amharic amh",
    "ar": "arabic ara العربية",
    "bn": "bengali ben",
    "bs": "bosnian bos",
    "cs": "czech ces cze čeština",
    "de": "german deu ger deutsch",
    "el": "greek ell gre ελληνικά",
    "en": "english eng",
    "es": "spanish spa español espanol castilian",
    "fa": "persian farsi fas per",
    "fr": "french fra fre français francais",
    "gu": "gujarati guj",
    "he": "hebrew heb עברית",
    "hi": "hindi hin",
    "hmn": "hmong",
    "hr": "croatian hrv hrvatski",
    "ht": "haitian hat",
    "hu": "hungarian hun magyar",
    "hy": "armenian hye arm",
    "id": "indonesian ind",
    "it": "italian ita italiano",
    "ja": "japanese jpn 日本語",
    "km": "khmer khm",
    "ko": "korean kor 한국어",
    "lo": "lao",
    "nl": "dutch nld dut nederlands",
    "pa": "punjabi panjabi pan",
    "pl": "polish pol polski",
    "pt": "portuguese por português portugues",
    "ro": "romanian ron rum română",
    "ru": "russian rus русский",
    "so": "somali som",
    "sq": "albanian sqi alb",
    "sr": "serbian srp",
    "sw": "swahili swa kiswahili",
    "ta": "tamil tam",
    "te": "telugu tel",
    "th": "thai tha ไทย",
    "ti": "tigrinya tir",
    "tl": "tagalog tgl",
    "tr": "turkish tur türkçe",
    "uk": "ukrainian ukr українська",
    "ur": "urdu urd",
    "vi": "vietnamese vie",
    "zh": "chinese zho chi 中文",
}
"""Names in English, codes of ISO 639-2 and, where it is one word, what speakers call it."""
_BY_NAME: Final = {name: tag for tag, names in _NAMES.items() for name in names.split()}
_SCRIPT: Final = 4


_SCRIPTS: Final = frozenset({"Arab", "Cyrl", "Deva", "Hans", "Hant", "Hebr", "Latn"})


def is_known_language(tag: str) -> bool:
    """Whether the language of a tag (BCP 47) is one of these.

    Any three letters may be a language, so that ``kim`` and ``en-Ruth`` are tags as well.
    """
    base, *rest = tag.split("-")
    return base in _NAMES and all(len(part) != _SCRIPT or part in _SCRIPTS for part in rest)


@lru_cache(maxsize=256)
def language_tag(text: str) -> str | None:
    """The tag (BCP 47) of a language by its tag, code or name, or None where it is none."""
    named = _BY_NAME.get(text.casefold())
    if named:
        return named
    first, *rest = text.replace("_", "-").split("-")
    parts = (part.title() if len(part) == _SCRIPT else part.upper() for part in rest)
    try:
        return Language.parse("-".join([first.lower(), *parts])).tag
    except ValueError:
        return None
