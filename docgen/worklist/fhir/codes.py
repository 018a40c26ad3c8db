"""Procedure codes out of the concepts of FHIR resources."""

from collections.abc import Iterable

from docgen.code_systems import system_of_uri
from docgen.diagnostics import Span
from docgen.worklist.entries import ListedCode
from docgen.worklist.fhir.resources import Concept, one_line


def procedure_codes(concepts: Iterable[Concept], span: Span) -> tuple[ListedCode, ...]:
    """The procedure codes among the codings of concepts, each once, in their order.

    Codings of other systems, such as SNOMED CT, say the same in other words and are passed over.
    Where a person chose one coding of a concept (``userSelected``), it alone counts.
    """
    found: dict[tuple[str, str], ListedCode] = {}
    for concept in concepts:
        known = [
            (coding.user_selected, one_line(coding.code), system.id)
            for coding in concept.coding
            if (system := system_of_uri(coding.system)) and one_line(coding.code)
        ]
        chosen = [one for one in known if one[0]] or known
        for _, code, id in chosen:
            found.setdefault((id, code), ListedCode(code, id, span))
    return tuple(found.values())


def foreign_codes(concept: Concept) -> tuple[str, ...]:
    """The codings of a concept as FHIR writes tokens, ``system|code``, for who corrects them."""
    return tuple(
        f"{coding.system or '?'}|{one_line(coding.code)}"
        for coding in concept.coding
        if coding.code
    )
