"""Code systems by what people, files and servers call them."""

from functools import lru_cache

from docgen.code_systems.systems import CODE_SYSTEMS, PUBLISHED, CodeSystem
from docgen.diagnostics import refuse


def asked_system(code_system: CodeSystem | str | None) -> CodeSystem | None:
    """The code system that somebody asked for by its id, if any. Raises DocgenError."""
    if code_system is None or isinstance(code_system, CodeSystem):
        return code_system
    try:
        return CodeSystem.parse(code_system)
    except ValueError as error:
        message, hint = error.args
        raise refuse("unknown-code-system", message, None, hint) from None


def system_named(name: str) -> CodeSystem | None:
    """The code system that people call by a name such as ``CPT4`` or ``icd_10 pcs``."""
    return _by_name().get(_letters_and_digits(name))


def system_of_uri(uri: str | None) -> CodeSystem | None:
    """The code system that a FHIR server names by a URI."""
    return _by_uri().get(uri or "")


def ids_in_words() -> str:
    """``cpt, hcpcs, icd-10-pcs or local``."""
    return _one_of([*CODE_SYSTEMS])


def names_in_words() -> str:
    """``CPT, HCPCS or ICD-10-PCS``: those that are published."""
    return _one_of([system.name for system in PUBLISHED])


def _one_of(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}"


@lru_cache(maxsize=1)
def _by_name() -> dict[str, CodeSystem]:
    return {
        _letters_and_digits(name): system
        for system in CODE_SYSTEMS.values()
        for name in (system.id, system.name, *system.other_names)
    }


@lru_cache(maxsize=1)
def _by_uri() -> dict[str, CodeSystem]:
    return {uri: system for system in PUBLISHED for uri in system.uris}


def _letters_and_digits(name: str) -> str:
    return "".join(char for char in name.casefold() if char.isalnum())
