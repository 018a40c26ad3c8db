"""The languages whose months and weekdays ICU can name, by its data (CLDR 48).

ICU is not asked: for a language that it lacks it takes that of the machine in silence, so that a
Hmong sheet made under LC_ALL=de_DE would say "20. November 2026".
"""

_BY_SCRIPT = {
    "Latn": (
        "af agq ak asa ast az bas bem bez blo bm br bs ca ceb cgg cs cy da dav de dje dsb dua dyo "
        "ebu ee en eo es et eu ewo ff fi fil fo fr fur fy ga gaa gd gl gsw guz gv ha haw hi hr hsb "
        "hu ia id ie ig is it jgo jmc jv kab kam kde kea kgp khq ki kl kln kok ksb ksf ksh ku kw "
        "kxv lag lb lg lij lkt lmo ln lt lu luo luy lv mas mer mfe mg mgh mgo mi ms mt mua naq nb "
        "nd nds nl nmg nn nnh no nso nus nyn oc om pcm pl pms prg pt qu rm rn ro rof rw rwk saq "
        "sbp sc scn se seh ses sg shi sk sl smn sn so sq sr st su sv sw szl teo tk tl tn to tok tr "
        "twq tzm uz vec vi vmw vun wae wo xh xog yav yo yrl za zu"
    ),
    "Cyrl": "az ba be bg bs bua ce cv kk ky mk mn os ru sah sr tg tt tyv uk uz",
    "Deva": "bgc bho brx doi hi kok ks kxv mai mr ne raj sa sd xnr",
    "Arab": "ar ars ckb fa kk ks pa ps sd ug ur uz",
    "Beng": "as bn mni",
    "Ethi": "am ti",
    "Hans": "yue zh",
    "Hant": "yue zh",
    "Hebr": "he yi",
    "Mymr": "my shn",
    "Orya": "kxv or",
    "Telu": "kxv te",
    "Tfng": "shi zgh",
    "Tibt": "bo dz",
    "Adlm": "ff",
    "Armn": "hy",
    "Cakm": "ccp",
    "Cans": "csw",
    "Cher": "chr",
    "Geor": "ka",
    "Grek": "el",
    "Gujr": "gu",
    "Guru": "pa",
    "Jpan": "ja",
    "Khmr": "km",
    "Knda": "kn",
    "Kore": "ko",
    "Laoo": "lo",
    "Mlym": "ml",
    "Nkoo": "nqo",
    "Olck": "sat",
    "Sinh": "si",
    "Syrc": "syr",
    "Taml": "ta",
    "Thai": "th",
    "Vaii": "vai",
    "Yiii": "ii",
}
"""By the script that it is written in. Haitian Creole (ht) and Kako (kkj) are left out, since ICU
dates them in French, and Northern Luri (lrc) and Mazanderani (mzn), whose weekdays are English."""

_NOT_THERE = (
    "az-IQ az-IR ha-CM ha-SD ku-AM ku-AZ ku-GE ku-IQ ku-IR ku-LB ku-TM ky-CN mn-CN ms-CC tg-PK "
    "ug-KZ ug-MN"
)
"""Where a language is written in a script for which ICU has no dates."""


def has_dates(tag: str) -> bool:
    """Whether dates can be spelled in a language (BCP 47, without extensions)."""
    from icu4py.locale import Locale  # noqa: PLC0415 - American English needs none

    first, *rest = tag.split("-")
    language = Locale(first).language  # "es" for "spa"
    if "-".join((language, *rest)) in _NOT_THERE.split():
        return False
    script = rest[0] if rest and rest[0] in _BY_SCRIPT else None
    if script is None and rest and len(rest[0]) == len("Latn"):
        return False
    written = _BY_SCRIPT if script is None else (script,)
    return any(language in _BY_SCRIPT[one].split() for one in written)
