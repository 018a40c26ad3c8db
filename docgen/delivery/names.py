"""File names that every file system takes, made of what is never private."""

_KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def file_name(code_system: str, code: str, layout: str, *variant: str) -> str:
    """``cpt-77299-patient-handout.pdf``: only lower-case letters, digits and hyphens.

    What sets a variant apart follows the layout: ``cpt-77299-patient-handout-large-print.pdf``.

    A letter beyond ASCII stands as its code point (``u00e9``), so that two codes of a system do
    not share a name; codes that differ in case or punctuation alone are the same code.
    """
    return "-".join(map(_slug, (code_system, code, layout, *variant))) + ".pdf"


def _slug(part: str) -> str:
    """A word or some, as file names have them: lower-case letters, digits and hyphens."""
    spaced = "".join(map(_spelled_in_name, part.lower()))
    return "-".join(spaced.split())


def _spelled_in_name(character: str) -> str:
    if character in _KEPT:
        return character
    return f"u{ord(character):04x}" if character.isalnum() else " "
