"""What of a layout no file that extends it may lose, on nodes."""

from collections.abc import Iterator

from docgen.diagnostics import Findings, Span, quoted, some_of
from docgen.layouts.block_nodes import identified
from docgen.layouts.merging import merged
from docgen.source import MappingNode, Node, Scalar, SequenceNode, says_yes, word_of

_WITHOUT = "without"
_FOR_EVERYBODY = "patient"
_WHETHER = ("when", "for_each", "once_per_packet")
"""What decides whether a block is printed at all."""


class Keeping:
    """Refuses changes by which a layout would lose what is required, or keeps patients safe.

    The latter may go where the layout says under ``without`` why; and where it is for clinicians,
    all but whom a sheet is for.
    """

    def __init__(self, base: MappingNode, override: MappingNode, findings: Findings) -> None:
        self._findings = findings
        self._is_for_patients = (
            word_of(override, "audience") or word_of(base, "audience")
        ) != "clinicians"
        self._waived = frozenset(_waived(base, override))

    def keeps_value(self, key: Scalar, holder: MappingNode, value: Node, where: str) -> bool:
        """Whether a new value of a layout or block holds all that must stay of the old one."""
        old = holder.get(key.value)
        if old is None:
            return True
        new = value
        if isinstance(old, MappingNode) and isinstance(value, MappingNode):
            new = merged(old, value)
        return self._holds(old, new, key.span, f"'{key.value}' {where} lacks")

    def may_change(self, id: Scalar, block: MappingNode, name: Scalar, value: Node) -> bool:
        """Whether a property of a block may have another value."""
        if name.value == "required" and _is_required(block) and not says_yes(value):
            self._refuse_act(block, id, value.span, "'required' cannot be taken from it")
            return False
        need = self._need(block)
        if name.value == "safety" and need and not _is_word(value, need):
            self._refuse_act(block, id, value.span, "'safety' cannot be taken from it")
            return False
        hidden = [quoted(one) for one, inner in identified((block,)) if _is_required(inner)]
        if name.value in _WHETHER and hidden:
            self._refuse(
                f"'{name.value}' of {quoted(id.value)} cannot be changed: it decides whether what "
                f"is required is printed: {some_of(hidden)}",
                name.span,
                (),
            )
            return False
        return self.keeps_value(name, block, value, f"given here to {quoted(id.value)}")

    def may_replace(self, id: Scalar, old: MappingNode, new: MappingNode) -> bool:
        """Whether a block may be written anew: not what is required; what keeps patients safe,
        where the new block is for the same."""
        if _is_required(old):
            self._refuse_act(old, id, id.span, "it cannot be replaced")
            return False
        what = f"what stands here in the place of {quoted(id.value)} lacks"
        return self._holds(old, new, id.span, what)

    def may_remove(self, id: Scalar, block: MappingNode) -> bool:
        """Whether a block may be taken out."""
        if _is_required(block) or self._need(block):
            self._refuse_act(block, id, id.span, "it cannot be removed")
            return False
        what = f"removing {quoted(id.value)} would take away"
        return self._holds(block, SequenceNode(block.span, ()), id.span, what)

    def _holds(self, old: Node, new: Node, span: Span, what: str) -> bool:
        kept = dict(self._kept_in(new))
        lost = {
            id: need
            for id, need in self._kept_in(old)
            if id not in kept or need not in (None, kept[id])
        }
        if lost:
            ids = some_of([*map(quoted, lost)])
            self._refuse(f"{what} what is required: {ids}", span, tuple(lost.values()))
        return not lost

    def _kept_in(self, node: Node) -> Iterator[tuple[str, str | None]]:
        """The ids of what must stay, each with what of a patient's safety it is for."""
        nodes = node.items if isinstance(node, SequenceNode) else (node,)
        for id, block in identified(nodes):
            need = self._need(block)
            if need or _is_required(block):
                yield id, need

    def _need(self, block: MappingNode) -> str | None:
        """What of a patient's safety a block is for, if the sheets cannot do without."""
        need = word_of(block, "safety")
        is_asked = self._is_for_patients or need == _FOR_EVERYBODY
        return need if need and is_asked and need not in self._waived else None

    def _refuse_act(self, block: MappingNode, id: Scalar, span: Span, problem: str) -> None:
        message = f"the block {quoted(id.value)} is required, and {problem}"
        self._refuse(message, span, (self._need(block),))

    def _refuse(self, message: str, span: Span, needs: tuple[str | None, ...]) -> None:
        hint = "change its properties under 'change'; what is required must reach every reader"
        named = dict.fromkeys(filter(None, needs))
        if named and None not in needs:
            reasons = ", ".join(f"{need}: …" for need in named)
            hint = f"keep it, or say why the sheets do without: 'without: {{{reasons}}}'"
        self._findings.error("required-block", message, span, hint)


def _waived(base: MappingNode, override: MappingNode) -> Iterator[str]:
    """What the layout says that its sheets do without, as the override leaves it."""
    said: dict[str, Node] = {}
    for layout in (base, override):
        without = layout.get(_WITHOUT)
        if isinstance(without, MappingNode):
            said |= {key.value: value for key, value in without.entries}
    for need, reason in said.items():
        if isinstance(reason, Scalar) and reason.value.strip():
            yield need


def _is_required(block: MappingNode) -> bool:
    return says_yes(block.get("required"))


def _is_word(node: Node, word: str) -> bool:
    return isinstance(node, Scalar) and node.value == word
