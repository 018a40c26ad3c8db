"""The language of a text, as files name it."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from msgspec import Struct

_TAG = re.compile(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-[A-Z]{2}|-[0-9]{3})?")
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy "
    "hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg "
    "li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or "
    "os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta "
    "te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
_SCRIPT = 4
_NAMES = {"en": "English", "es": "Spanish"}


class Language(Struct, frozen=True):
    """A language tag (BCP 47), such as ``en`` or ``es-MX``."""

    called: ClassVar[str] = "language"

    tag: str

    @classmethod
    def parse(cls, text: str) -> Self:
        match = _TAG.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is not a language tag", _hint(text))
        if match[1] not in _ISO_639_1.split() and len(match[1]) == len("en"):
            raise ValueError(
                f"{text!r} is not a language tag: no language has the code {match[1]!r}",
                "write the code of the language, not of the country, such as ja for Japanese",
            )
        return cls(text)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_TAG.pattern}$"}


def same_language(one: str, other: str) -> bool:
    """Whether readers of one language (BCP 47) read the other: regions do not set them apart."""
    return _read_as(one) == _read_as(other)


def are_languages(keys: Iterable[str]) -> bool:
    """Whether keys are languages, as those of a text that is written in several of them.

    Only languages of two letters count: the name of a measure may well have three.
    """
    known = _ISO_639_1.split()
    return all(key.partition("-")[0] in known and _TAG.fullmatch(key) for key in keys)


def language_name(tag: str) -> str:
    """A language as messages name it: ``Spanish (es)``, or its tag alone."""
    name = _NAMES.get(tag.partition("-")[0])
    return f"{name} ({tag})" if name else f"'{tag}'"


def _read_as(tag: str) -> tuple[str, ...]:
    base, *rest = tag.split("-")
    return (base, *(part for part in rest if len(part) == _SCRIPT))


def _hint(text: str) -> str:
    first, *rest = text.strip().replace("_", "-").split("-")
    usual = "-".join(
        [first.lower(), *(part.title() if len(part) == _SCRIPT else part.upper() for part in rest)]
    )
    return f"did you mean {usual!r}?" if _TAG.fullmatch(usual) else "write one such as en or es-MX"
