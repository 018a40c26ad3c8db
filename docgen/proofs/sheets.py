"""Proofs of sheets: composed and set as rendering does it, for what stands against them."""

from docgen.compose.visits import filled
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.proofs.probe import VISIT
from docgen.records import ProcedureRecord
from docgen.sheets import RenderOptions, SheetMaker


def problems_of_sheet(
    project: SheetMaker,
    record: ProcedureRecord,
    layout: str,
    options: RenderOptions,
    *,
    first_in_packet: bool = True,
) -> tuple[Diagnostic, ...]:
    """What stands against printing a record in a layout, for a patient as for nobody.

    What only a patient's own visit can tell, such as the letters of a name, is not among it.
    """
    try:
        composed = project.composed(
            record, layout, options, first_in_packet=first_in_packet, for_packets=True
        )
        project.typeset(filled(composed.document, VISIT))
    except DocgenError as error:
        return tuple(told for told in error.diagnostics if told.severity == "error")
    return ()
