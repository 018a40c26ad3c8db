"""The file of a health plan's policy: its model, and what must hold in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from msgspec import Meta, Struct, defstruct

from docgen.code_systems import CODE_SYSTEMS, CodeSystem, Order
from docgen.diagnostics import DocgenError, Findings
from docgen.policies.code_ranges import CodeRange
from docgen.prose import lines_run_together
from docgen.records import Policy, check_policy, marked
from docgen.source import (
    Language,
    Node,
    Positioned,
    TextNode,
    fields_of,
    json_schema,
    read_file,
    salvage,
    word_of,
)

_OF_A_RECORD = tuple(field.name for field in fields_of(Policy).values())

_WRITTEN: dict[Order, str] = {
    "numbers": "Codes, and ranges of codes of one form such as 77261-77299.",
    "axes": "Codes, and ranges of codes such as 0SR90J9-0SR90JZ.",
    "none": "Codes, one by one: local codes have no order.",
}
"""How a file writes the codes of a system, by their order."""


class _BySystem(Positioned, frozen=True, kw_only=True, eq=False):
    """Which codes a policy covers, by their code systems."""

    called: ClassVar[str] = "the codes of a policy"

    def by_system(self) -> dict[CodeSystem, tuple[TextNode, ...]]:
        """The texts by their code systems."""
        return {system: getattr(self, _attribute(id)) for id, system in CODE_SYSTEMS.items()}


def _attribute(id: str) -> str:
    return id.replace("-", "_")


if TYPE_CHECKING:
    CoveredCodes = _BySystem
else:
    CoveredCodes = defstruct(
        "CoveredCodes",
        [
            (
                _attribute(id),
                Annotated[tuple[TextNode, ...], Meta(description=_WRITTEN[system.order])],
                (),
            )
            for id, system in CODE_SYSTEMS.items()
        ],
        bases=(_BySystem,),
        module=__name__,
        namespace={"__doc__": _BySystem.__doc__},
        frozen=True,
        kw_only=True,
        eq=False,
        rename={_attribute(id): id for id in CODE_SYSTEMS},
    )


class PolicyFile(Policy, frozen=True, kw_only=True, eq=False):
    """A health plan's policy, and the codes that it covers."""

    called: ClassVar[str] = "policy file"

    language: Annotated[
        Language | None,
        Meta(description="Language of its title (BCP 47), such as en; else that of the sheet."),
    ] = None
    codes: Annotated[CoveredCodes, Meta(description="The codes that it covers.")]


class CoveringPolicy(Struct, frozen=True, eq=False):
    """A policy that was read, with what it covers."""

    path: Path
    policy: PolicyFile
    ranges: tuple[CodeRange, ...]

    def covers(self, system: CodeSystem, code: str) -> bool:
        """Whether it is about a canonical code."""
        return any(one.system == system and one.covers(code) for one in self.ranges)

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other policies: its health plan, and its number or else its title."""
        return key_of_policy(self.policy)

    def as_in_a_record(self) -> Policy:
        """The policy without the codes that it covers, as the record of one of them has it."""
        policy = self.policy
        return Policy(span=policy.span, **{name: getattr(policy, name) for name in _OF_A_RECORD})


def key_of_policy(policy: Policy) -> tuple[str, str]:
    """The same for two policies that are one: health plan, and number or else title, whatever the
    language that they are put into."""
    return _folded(policy.payer), _folded(policy.number or policy.title)


def _folded(text: TextNode) -> str:
    return " ".join(text.original.casefold().split())


def policy_schema() -> dict[str, Any]:
    """The JSON Schema of a policy's file."""
    return json_schema(PolicyFile, "Policy")


def read_policy(path: Path) -> CoveringPolicy:
    """Reads a policy's file. Raises DocgenError with all that is wrong with it."""
    return policy_of(read_file(path), path)


def policy_of(node: Node, path: Path) -> CoveringPolicy:
    """The policy that a file's content describes. Raises DocgenError with all that is wrong."""
    findings = Findings()
    tag = word_of(node, "language")
    policy = salvage(marked(node, tag) if tag else node, PolicyFile, findings)
    if policy is None:
        raise DocgenError(findings.diagnostics)
    check_policy(policy, findings)
    findings.extend(one for one in lines_run_together(policy) if one.severity == "error")
    ranges = _ranges(policy.codes, findings)
    if not ranges and not findings:
        findings.error(
            "missing-field",
            "a policy that covers no codes is printed nowhere",
            policy.codes.span,
            "write the codes below their code system, such as cpt: [77261-77299]",
        )
    if findings:
        raise DocgenError(findings.diagnostics)
    return CoveringPolicy(path, policy, ranges)


def _ranges(codes: CoveredCodes, findings: Findings) -> tuple[CodeRange, ...]:
    ranges = []
    for system, texts in codes.by_system().items():
        for text in texts:
            try:
                ranges.append(CodeRange.parse(text.value, system))
            except ValueError as error:
                message, hint = error.args
                findings.error("bad-code", message, text.span, hint)
    return tuple(ranges)
