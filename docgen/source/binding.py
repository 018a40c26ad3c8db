"""Nodes to models: every value becomes what the model says it is, or a diagnostic at its place."""

from typing import Final, TypeVar, cast

from msgspec import NODEFAULT, Meta, Struct
from msgspec.structs import replace

from docgen.diagnostics import Findings, did_you_mean, quoted
from docgen.source.leaves import FAILED, bind_leaf
from docgen.source.nodes import MappingNode, Node, Positioned, Scalar, SequenceNode, TextNode
from docgen.source.shapes import ModelField, Shape, fields_of, noun, tag_of
from docgen.source.slips import like_no_field, like_no_item

S = TypeVar("S", bound=Struct)

TAG: Final = "type"
_FIELDS = "write its fields below it, each as 'name: value', indented by spaces"
_NAMED = "write its fields each on a line of its own, as 'name: value'"
_LINES = "write each item on a line of its own that begins with '- '"


def bind(node: Node, model: type[S], findings: Findings) -> S | None:
    """The model that a node describes, or None where findings tell why there is none.

    All errors are told at once. A key without a value counts as not written.
    """
    told = Findings()
    bound = salvage(node, model, told)
    findings.extend(told.diagnostics)
    return None if told.diagnostics else bound


def salvage(node: Node, model: type[S], findings: Findings) -> S | None:
    """As much of a model as a node describes, so that checks of what is right there can go on.

    What findings tell about is left out, up to the next thing that can be without it: a field
    that need not be written, an item of a list. None where nothing is left.
    """
    bound = _bind_model(model, node, "", findings)
    return None if bound is FAILED else cast(S, bound)


def _bind_model(model: type[Struct], node: Node, path: str, findings: Findings) -> object:
    if not isinstance(node, MappingNode):
        hint = like_no_field(_first_word(node)) or (_FIELDS if path else _NAMED)
        return _wrong_type(noun(model), node, path, findings, hint)
    fields = fields_of(model)
    values: dict[str, object] = {}
    for key, value in node.entries:
        field = fields.get(key.value)
        if field is not None:
            inner = f"{path}.{key.value}" if path else key.value
            values[field.name] = _bind_field(field, model, value, inner, findings)
        elif key.value != TAG or tag_of(model) is None:
            _tell_unknown_field(key, model, findings)
    for field in fields.values():
        if field.name not in values:
            values[field.name] = _absent(field, model, node, findings)
    if any(values[field.name] is FAILED for field in fields.values() if field.required):
        return FAILED
    known = {
        name: value
        for name, value in values.items()
        if value is not FAILED and value is not NODEFAULT
    }
    if issubclass(model, Positioned):
        known["span"] = node.span
    return model(**known)


def _bind_field(
    field: ModelField, model: type[Struct], node: Node, path: str, findings: Findings
) -> object:
    blank = isinstance(node, Scalar) and not node.value.strip()
    if isinstance(node, Scalar) and node.absent:
        return _absent(field, model, node, findings)
    if blank and field.shape.leaves and field.required:
        return _absent(field, model, node, findings)
    if blank and field.shape.leaves and field.shape.optional:
        return None
    return _bind_shape(field.shape, node, path, findings)


def _absent(field: ModelField, model: type[Struct], node: Node, findings: Findings) -> object:
    """NODEFAULT where the model's own default serves."""
    if not field.required:
        return NODEFAULT
    what = "is missing" if isinstance(node, MappingNode) else "is empty"
    findings.error(
        field.missing,
        f"'{field.key}' {what}: {noun(model)} needs it",
        node.span,
        f"write '{field.key}: …'. {field.description}".strip(),
    )
    return FAILED


def _bind_shape(shape: Shape, node: Node, path: str, findings: Findings) -> object:
    bound: object
    if isinstance(node, Scalar) and shape.leaves:
        bound = bind_leaf(shape.leaves, node, path, findings)
        if shape.lined and isinstance(bound, TextNode):
            bound = replace(bound, keeps_lines=True)
    elif isinstance(node, SequenceNode) and shape.items:
        bound = _bind_items(shape.items, node, path, findings)
    elif isinstance(node, MappingNode) and shape.models:
        bound = _bind_one_of(shape.models, node, path, findings)
    elif isinstance(node, MappingNode) and shape.group:
        bound = node
    elif isinstance(node, MappingNode) and shape.values:
        bound = _bind_values(shape.values, node, path, findings)
    else:
        return _wrong_type(shape.words, node, path, findings, _structure_hint(shape, node))
    if shape.limits is None or bound is FAILED:
        return bound
    return _within(shape.limits, bound, node, path, findings)


def _bind_items(shape: Shape, node: SequenceNode, path: str, findings: Findings) -> object:
    bound = (
        _bind_shape(shape, item, f"{path}[{index}]", findings)
        for index, item in enumerate(node.items)
    )
    return tuple(item for item in bound if item is not FAILED)


def _bind_values(shape: Shape, node: MappingNode, path: str, findings: Findings) -> object:
    bound = {
        key.value: _bind_shape(shape, value, f"{path}.{key.value}", findings)
        for key, value in node.entries
    }
    return {name: value for name, value in bound.items() if value is not FAILED}


def _bind_one_of(
    models: tuple[type[Struct], ...], node: MappingNode, path: str, findings: Findings
) -> object:
    if len(models) == 1:
        return _bind_model(models[0], node, path, findings)
    tagged = {tag_of(model): model for model in models}
    known = [tag for tag in tagged if tag]
    tag = node.get(TAG)
    if tag is None:
        findings.error(
            "missing-field",
            f"'{TAG}' is missing, which says what this is",
            node.span,
            f"write '{TAG}: …' with one of {', '.join(known)}",
        )
        return FAILED
    word = tag.value if isinstance(tag, Scalar) else ""
    if word not in known:
        findings.error(
            "unknown-choice",
            f"{quoted(word)} is not a type that is known here",
            tag.span,
            did_you_mean(word, known) or f"it is one of {', '.join(known)}",
        )
        return FAILED
    return _bind_model(tagged[word], node, path, findings)


def _within(limits: Meta, bound: object, node: Node, path: str, findings: Findings) -> object:
    """Checks the bounds of numbers and the lengths of texts and lists that a ``Meta`` gives."""
    if isinstance(bound, int | float):
        told = _number_beyond(bound, limits)
    elif isinstance(bound, str | TextNode):
        told = _length_beyond(len(str(bound)), "character", limits)
    elif isinstance(node, SequenceNode):
        told = _length_beyond(len(node.items), "item", limits)
    else:
        return bound
    if told is None:
        return bound
    message, hint = told
    findings.error("out-of-range", f"'{path}' {message}", node.span, hint)
    return FAILED


def _number_beyond(number: float, limits: Meta) -> tuple[str, str] | None:
    least, most = limits.ge, limits.le
    small = least is not None and number < least
    if not small and (most is None or number <= most):
        return None
    span = f"from {least} to {most}" if None not in (least, most) else f"{least} or more"
    return f"is {number}, which is too {'small' if small else 'large'}", f"write a number {span}"


def _length_beyond(length: int, unit: str, limits: Meta) -> tuple[str, str] | None:
    least, most = limits.min_length, limits.max_length
    message = f"has {length or 'no'} {unit}{'' if length == 1 else 's'}"
    if least is not None and length < least:
        return message, f"it needs at least {least}"
    if most is not None and length > most:
        return message, f"it may have at most {most}"
    return None


def _tell_unknown_field(key: Scalar, model: type[Struct], findings: Findings) -> None:
    known = list(fields_of(model))
    near = key.value.strip().lower().replace("-", "_").replace(" ", "_")
    findings.error(
        "unknown-field",
        f"{quoted(key.value)} is not a field of {noun(model)}",
        key.span,
        like_no_item(key.value)
        or did_you_mean(near, known)
        or f"its fields are {', '.join(known)}",
    )


def _wrong_type(
    wanted: str, node: Node, path: str, findings: Findings, hint: str | None = None
) -> object:
    found = "text"
    if not isinstance(node, Scalar):
        found = "a list" if isinstance(node, SequenceNode) else "a group of named values"
    elif node.absent:
        found = "empty"
    place = f"'{path}'" if path else "this file"
    findings.error("wrong-type", f"{place} must be {wanted}, but this is {found}", node.span, hint)
    return FAILED


def _structure_hint(shape: Shape, node: Node) -> str | None:
    if shape.items:
        return like_no_item(_first_word(node)) or _LINES
    if shape.leaves and isinstance(node, MappingNode):
        return "text that holds a colon followed by a space must be in quotes"
    if shape.leaves and isinstance(node, SequenceNode):
        return (
            "text that begins with [ must be in quotes; for a list within a text, write '|' first"
        )
    return like_no_field(_first_word(node)) or _FIELDS


def _first_word(node: Node) -> str:
    """What a node begins with, as far as it is text."""
    if isinstance(node, MappingNode):
        return node.entries[0][0].value if node.entries else ""
    return node.value if isinstance(node, Scalar) else ""
