"""The packet of one patient, as a run would make it, without a run: nothing is written or kept."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from docgen.batch.make.bugs import telling_bugs
from docgen.batch.make.press import Press
from docgen.batch.plan.packets import Planner, PlanOptions
from docgen.calls import check_argument, check_fields
from docgen.diagnostics import Diagnostic, Findings, refuse
from docgen.document import Visit
from docgen.rendered import RenderedSheet
from docgen.sheets import SheetMaker
from docgen.source import Language
from docgen.worklist import Entry, ListedCode, WorklistRow

_ROW = 1


class PatientPacket(Struct, frozen=True):
    """The sheets for one visit of one patient. ``repr`` shows nothing of them."""

    sheets: tuple[RenderedSheet, ...]
    """Handouts first, in the order in which they are to be handed out."""
    warnings: tuple[Diagnostic, ...] = ()

    def __repr__(self) -> str:
        return f"PatientPacket({len(self.sheets)} sheets)"


class PacketMaker:
    """Makes packets for one patient after another; sheets are composed once for all of them."""

    def __init__(self, project: SheetMaker, options: PlanOptions) -> None:
        self._planner = Planner(project, options)
        self._press = Press()

    def made(self, entry: Entry) -> PatientPacket:
        """The packet of a visit. Raises DocgenError, without any value of the patient, where a
        sheet of it cannot be made: then there is none."""
        _check_visit(entry.visit)
        with telling_bugs():
            planned = self._planner.planned(WorklistRow(number=_ROW, cells=(), entry=entry))
            findings = Findings()
            findings.extend(planned.problems)
            findings.raise_if_any()
            if planned.task is None:
                raise RuntimeError("a packet was neither planned nor refused")
            sheets: list[RenderedSheet] = []
            for document, task in enumerate(planned.task.sheets):
                kit = next(one.kit for one in planned.sheets if one.document == document)
                pdf = self._press.made(task.kit, entry.visit)
                sheets.append(
                    RenderedSheet(
                        code_system=kit.code_system,
                        code=kit.code,
                        layout=kit.layout,
                        page_count=pdf.page_count,
                        data=pdf.data,
                        warnings=kit.warnings,
                        is_sample=kit.is_sample,
                    )
                )
        return PatientPacket(tuple(sheets), findings.diagnostics)


def entry_of(
    visit: Visit,
    codes: Sequence[str] | str,
    *,
    layouts: Sequence[str] | str | None = None,
    language: str | None = None,
    large_print: bool | None = None,
) -> Entry:
    """A visit and what is wanted for it, as a row of a worklist would say so.

    ``codes`` may name their code systems, ``cpt:77299``; ``language`` is a tag (BCP 47). Raises
    DocgenError where there is no code, or something else than a code or a language.
    """
    is_one = isinstance(codes, str | bytes) or not isinstance(codes, Iterable)
    listed = (codes,) if is_one else tuple(codes)
    if not listed:
        raise refuse("no-codes", "a packet needs a code", hint='name one, such as "77299"')
    named = (layouts,) if isinstance(layouts, str) else layouts
    return Entry(
        visit=visit,
        codes=tuple(map(_listed_code, listed)),
        language=_tag(language),
        large_print=large_print,
        layouts=tuple(named) if named is not None else None,
    )


def _listed_code(code: object) -> ListedCode:
    if not isinstance(code, str):
        raise refuse(
            "code-not-text",
            f"a code is text, and this is of type {type(code).__name__}: as a number, 00100 would "
            "lose its zeros",
            hint='write it in quotes, such as "77299"',
        )
    system, colon, own = code.partition(":")
    return ListedCode(own.strip(), system.strip().lower()) if colon else ListedCode(code.strip())


def _tag(language: str | None) -> str | None:
    if language is None:
        return None
    try:
        return Language.parse(language).tag
    except ValueError:  # not as it says it: what was given may be another value of the patient's
        raise refuse(
            "bad-language",
            "the language of this visit is not a language tag",
            hint="write one such as en or es-MX",
        ) from None


def _check_visit(visit: Visit) -> None:
    """What the reader of a worklist makes sure of, for a visit that comes from elsewhere."""
    check_argument("visit", visit, Visit)
    if not isinstance(visit.patient_name, str) or not visit.patient_name.strip():
        raise refuse(
            "no-patient-name",
            "this visit has no name of a patient",
            hint="a packet without a name would be anybody's; render makes sheets for nobody",
        )
    check_fields("visit", visit)
    if getattr(visit.appointment, "tzinfo", None) is not None:
        raise refuse(
            "appointment-with-time-zone",
            "the time of this appointment has a time zone, and sheets say the clinic's own time",
            hint="give it as the clinic's clock shows it, without a zone",
        )
