"""Merging mappings, and what an overriding layout makes of its base."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen.diagnostics import Findings, Span
from docgen.layouts.block_nodes import identified_within
from docgen.layouts.inheritance import extended
from docgen.layouts.merging import BlockAct, History, merged
from docgen.source import MappingNode, Node, Scalar, SequenceNode, place_of, read_text

SCALARS = st.text("abc", max_size=2).map(lambda value: Scalar(Span("a.yaml", 1, 1), value))


def mapping(entries: dict[str, Node]) -> MappingNode:
    span = Span("a.yaml", 1, 1)
    return MappingNode(span, tuple((Scalar(span, key), value) for key, value in entries.items()))


def sequences() -> st.SearchStrategy[Node]:
    items = st.lists(SCALARS, max_size=2)
    return items.map(lambda found: SequenceNode(Span("a.yaml", 1, 1), tuple(found)))


def mappings(depth: int = 2) -> st.SearchStrategy[MappingNode]:
    """Mappings in which a key holds the same kind of value everywhere, as a model has it."""
    optional: dict[str, st.SearchStrategy[Node]] = {
        "text": SCALARS,
        "other": SCALARS,
        "items": sequences(),
    }
    if depth:
        optional |= {"group": mappings(depth - 1), "more": mappings(depth - 1)}
    return st.fixed_dictionaries({}, optional=optional).map(mapping)


def plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.items]
    return {key.value: plain(value) for key, value in node.entries}


def leaves(node: Node) -> set[Node]:
    if isinstance(node, MappingNode):
        return {leaf for _, value in node.entries for leaf in leaves(value)}
    return {node}


@given(mappings())
def test_merging_with_itself_or_with_nothing_changes_nothing(node: MappingNode) -> None:
    assert plain(merged(node, node)) == plain(node)
    assert merged(node, mapping({})) is node
    assert plain(merged(mapping({}), node)) == plain(node)


@given(mappings(), mappings())
def test_merging_the_same_change_twice_is_merging_it_once(
    base: MappingNode, change: MappingNode
) -> None:
    once = merged(base, change)
    assert plain(merged(once, change)) == plain(once)


@given(mappings(), mappings(), mappings())
def test_a_chain_may_be_merged_from_either_end(
    one: MappingNode, two: MappingNode, three: MappingNode
) -> None:
    from_base = merged(merged(one, two), three)
    assert plain(from_base) == plain(merged(one, merged(two, three)))


@given(mappings(), mappings())
def test_merging_invents_nothing_and_what_the_change_says_holds(
    base: MappingNode, change: MappingNode
) -> None:
    result = leaves(merged(base, change))
    assert leaves(change) <= result <= leaves(base) | leaves(change)


@given(mappings(), mappings())
def test_history_knows_every_value_that_was_lost(base: MappingNode, change: MappingNode) -> None:
    history = History()
    result = leaves(merged(base, change, history))
    replaced = {old for new in result for old in history.replaced_by(new)}
    assert replaced == leaves(base) - result


def test_history_goes_back_through_all_layers() -> None:
    history = History()
    layers = [read_text(f"size: {size}\n", f"{size}.yaml") for size in (11, 12, 13)]
    one, two, three = (layer for layer in layers if isinstance(layer, MappingNode))
    result = merged(merged(one, two, history), three, history).get("size")
    assert isinstance(result, Scalar)
    assert [(plain(old), old.span.path) for old in history.replaced_by(result)] == [
        ("12", "12.yaml"),
        ("11", "11.yaml"),
    ]


BASE = """\
id: sheet
page: {size: letter, margins: {top: 1in, left: 1in}}
former_ids: {summary: intro}
footer:
  first: [{id: foot, type: text, text: Foot}]
blocks:
  - {id: title, type: title, text: Title, required: true}
  - {id: intro, type: section, heading: Intro, field: record.summary}
  - id: glance
    type: callout
    blocks:
      - {id: facts, type: key-facts, facts: [{id: where, label: Where}, {id: who, label: Who}]}
      - {id: notice, type: text, text: Notice, required: true}
  - id: pair
    type: columns
    columns: [{blocks: [{id: left, type: text}]}, {width: 2, blocks: [{id: right, type: text}]}]
  - {id: last, type: text, text: Last}
"""
ALL = ["foot", "title", "intro", "glance", "facts", "where", "who", "notice", "pair", "left"]
ALL += ["right", "last"]


def extend(override: str, history: History | None = None) -> MappingNode:
    """The base with an override that is right."""
    layout, told = try_to_extend(override, history)
    assert told == []
    return layout


def try_to_extend(override: str, history: History | None = None) -> tuple[MappingNode, list[str]]:
    base, change = read_text(BASE, "base.yaml"), read_text(override, "own.yaml")
    assert isinstance(base, MappingNode)
    assert isinstance(change, MappingNode)
    findings = Findings()
    layout = extended(base, change, findings, history)
    return layout, [str(diagnostic) for diagnostic in findings.diagnostics]


def ids(layout: MappingNode) -> list[str]:
    return [id for id, _ in identified_within(layout)]


def block(layout: MappingNode, id: str) -> Any:
    return plain(dict(identified_within(layout))[id])


def test_an_override_that_says_nothing_changes_nothing() -> None:
    base = read_text(BASE, "base.yaml")
    assert plain(extend("extends: sheet\n")) == plain(base)
    assert ids(extend("extends: sheet\nchange:\nremove:\ninsert:\n")) == ALL


def test_properties_of_the_layout_merge_key_by_key() -> None:
    layout = extend("extends: sheet\npage: {margins: {left: 2in}}\nlanguage: es\n")
    assert plain(layout)["page"] == {"size": "letter", "margins": {"top": "1in", "left": "2in"}}
    assert plain(layout)["language"] == "es"


def _mapping(text: str, name: str) -> MappingNode:
    node = read_text(text, name)
    assert isinstance(node, MappingNode)
    return node


def test_a_text_in_several_languages_is_replaced_in_all_of_them() -> None:
    base = "text: {en: Call us., es: Llámenos.}\nbox: {bar: 6pt, fill: red}\n"
    change = "text: {en: Do not call us.}\nbox: {bar: 3pt}\n"
    over = merged(_mapping(base, "base.yaml"), _mapping(change, "change.yaml"))
    assert plain(over) == {
        "text": {"en": "Do not call us."},
        "box": {"bar": "3pt", "fill": "red"},
    }


@pytest.mark.parametrize("id", ["intro", "foot", "right", "who"])
def test_a_block_is_changed_wherever_it_stands(id: str) -> None:
    layout = extend(f"extends: sheet\nchange: {{{id}: {{when: record.risks}}}}\n")
    assert block(layout, id)["when"] == "record.risks"
    assert ids(layout) == ALL


def test_a_property_set_to_nothing_is_no_longer_written() -> None:
    layout = extend("extends: sheet\nchange:\n  intro:\n    field:\n    text: Our own words.\n")
    field = dict(identified_within(layout))["intro"].get("field")
    assert isinstance(field, Scalar)
    assert field.absent


def test_values_keep_the_place_of_the_file_that_says_them() -> None:
    layout = extend("extends: sheet\nchange: {intro: {heading: About it}}\n")
    intro = dict(identified_within(layout))["intro"]
    assert str(place_of(intro, "heading")) == "own.yaml:2:27"
    assert str(place_of(intro, "field")) == "base.yaml:8:55"


@pytest.mark.parametrize(
    ("verbs", "expected"),
    [
        ("remove: [intro, who]", "foot title glance facts where notice pair left right last"),
        ("remove: [pair]", "foot title intro glance facts where who notice last"),
        (
            "insert: [{after: intro, blocks: [{id: new, type: rule}, {id: next, type: rule}]}]",
            "foot title intro new next glance facts where who notice pair left right last",
        ),
        (
            "insert: [{before: who, blocks: [{id: new, label: New}]}]",
            "foot title intro glance facts where new who notice pair left right last",
        ),
        (
            "insert: [{at-end-of: glance, blocks: [{id: new, type: rule}]}]",
            "foot title intro glance facts where who notice new pair left right last",
        ),
        (
            "insert: [{at-end-of: facts, blocks: [{id: new, label: New}]}]",
            "foot title intro glance facts where who new notice pair left right last",
        ),
        (
            "insert: [{blocks: [{id: new, type: rule}]}, {after: new, blocks: [{id: end}]}]",
            "foot title intro glance facts where who notice pair left right last new end",
        ),
        (
            "insert: [{after: right, blocks: [{id: new, type: rule}]}]",
            "foot title intro glance facts where who notice pair left right new last",
        ),
        (
            "replace: {pair: {id: pair, type: text, text: One}}",
            "foot title intro glance facts where who notice pair last",
        ),
        (
            "reorder: [last, intro]",
            "foot title last intro glance facts where who notice pair left right",
        ),
        (
            "reorder: [who, where]",
            "foot title intro glance facts who where notice pair left right last",
        ),
        (
            "remove: [pair]\nreorder: [last, title]",
            "foot last title intro glance facts where who notice",
        ),
    ],
)
def test_blocks_are_removed_inserted_replaced_and_reordered(verbs: str, expected: str) -> None:
    assert ids(extend(f"extends: sheet\n{verbs}\n")) == expected.split()


def test_history_tells_what_was_done_to_blocks() -> None:
    history = History()
    extend(
        "extends: sheet\n"
        "remove: [pair]\n"
        "insert: [{after: intro, blocks: [{id: new, type: rule}]}]\n"
        "reorder: [last, intro]\n",
        history,
    )
    assert history.acts == [
        BlockAct("removed", "pair", Span("own.yaml", 2, 10), Span("base.yaml", 14, 9)),
        BlockAct("removed", "left", Span("own.yaml", 2, 10), Span("base.yaml", 16, 30)),
        BlockAct("removed", "right", Span("own.yaml", 2, 10), Span("base.yaml", 16, 76)),
        BlockAct("inserted", "new", Span("own.yaml", 3, 39)),
        BlockAct("reordered", "last", Span("own.yaml", 4, 11)),
        BlockAct("reordered", "intro", Span("own.yaml", 4, 17)),
    ]


@pytest.mark.parametrize(
    ("verbs", "message"),
    [
        (
            "change: {intor: {heading: A}}",
            "own.yaml:2:10: error[unknown-block]: the layout has no block 'intor'\n"
            "  hint: did you mean 'intro'?",
        ),
        (
            "insert: [{after: lats, blocks: []}]",
            "own.yaml:2:18: error[unknown-block]: the layout has no block 'lats'\n"
            "  hint: did you mean 'last'?",
        ),
        (
            "remove: [summary]",
            "own.yaml:2:10: error[renamed-block]: the block 'summary' is now called 'intro'\n"
            "  hint: write intro",
        ),
        (
            "remove: [intro]\ninsert: [{after: intro, blocks: []}]",
            "own.yaml:3:18: error[unknown-block]: the block 'intro' is no longer there: "
            "own.yaml:2:10 removes it\n  hint: leave it out",
        ),
        (
            "change: {last: {text: A}}\nremove: [last]",
            "own.yaml:2:10: error[contradiction]: 'last' is removed by this file, so that nothing "
            "of what stands here under 'change' would be printed\n  hint: keep one of them",
        ),
        (
            "chnage: {}",
            "own.yaml:2:1: error[unknown-field]: 'chnage' is not a field of a layout\n"
            "  hint: did you mean 'change'?",
        ),
        (
            "insert: [{afetr: last, blocks: []}]",
            "own.yaml:2:11: error[unknown-field]: 'afetr' is not a field of an insertion\n"
            "  hint: did you mean 'after'?",
        ),
        (
            "change: {intro: {id: other}}",
            "own.yaml:2:18: error[bad-id]: the id of 'intro' cannot be changed: others find it by "
            "its id\n  hint: leave out 'id' here; a block with another id goes under 'insert'",
        ),
        (
            "change: {intro: {type: text}}",
            "own.yaml:2:18: error[bad-content]: the type of 'intro' cannot be changed: its other "
            "properties go by it\n  hint: write the whole block under 'replace'",
        ),
        (
            "replace: {intro: {id: other, type: rule}}",
            "own.yaml:2:18: error[bad-id]: the block in the place of 'intro' must keep its id\n"
            "  hint: write 'id: intro' in it",
        ),
        (
            "reorder: [intro, who]",
            "own.yaml:2:18: error[reordered-apart]: 'who' does not stand in one list with 'intro'\n"
            "  hint: only blocks that stand side by side in one list can change places",
        ),
        (
            "reorder: [intro, last, intro]",
            "own.yaml:2:24: error[duplicate-id]: 'intro' stands here twice\n  hint: keep one",
        ),
        (
            "insert: [{after: last, before: intro, blocks: []}]",
            "own.yaml:2:24: error[bad-content]: an insertion has one place, but this names "
            "several: 'after' and 'before'\n  hint: keep one of them",
        ),
        (
            "insert: [{at-end-of: intro, blocks: []}]",
            "own.yaml:2:22: error[bad-content]: 'intro' holds no blocks\n  hint: name a block that "
            "has 'blocks' or 'facts', or write 'after' or 'before'",
        ),
        (
            "insert: [{after: intro}]",
            "own.yaml:2:10: error[missing-field]: 'blocks' is missing: an insertion needs it\n"
            "  hint: write 'blocks:' and below it the new blocks, each after '- '",
        ),
        (
            "change: [intro]",
            "own.yaml:2:9: error[wrong-type]: 'change' must be blocks by their ids, but this is a "
            "list\n  hint: write what belongs to it on the lines below, indented by spaces",
        ),
        (
            "change:\n  intro:\n  heading: A",
            "own.yaml:4:12: error[wrong-type]: 'change.heading' must be properties of a block, but "
            "this is text\n  hint: write what belongs to it on the lines below, indented by spaces",
        ),
        (
            "remove: intro",
            "own.yaml:2:9: error[wrong-type]: 'remove' must be a list of ids, but this is text\n"
            "  hint: write each on a line of its own that begins with '- '",
        ),
    ],
)
def test_what_an_override_says_wrongly_is_told_at_its_place(verbs: str, message: str) -> None:
    _, told = try_to_extend(f"extends: sheet\n{verbs}\n")
    assert message in told


@pytest.mark.parametrize(
    ("verbs", "place", "problem"),
    [
        ("remove: [title]", "2:10", "the block 'title' is required, and it cannot be removed"),
        (
            "remove: [glance]",
            "2:10",
            "removing 'glance' would take away what is required: 'notice'",
        ),
        (
            "replace: {title: {id: title, type: title, text: A}}",
            "2:11",
            "the block 'title' is required, and it cannot be replaced",
        ),
        (
            "replace: {glance: {id: glance, type: text, text: A}}",
            "2:11",
            "what stands here in the place of 'glance' lacks what is required: 'notice'",
        ),
        (
            "change: {title: {required: no}}",
            "2:28",
            "the block 'title' is required, and 'required' cannot be taken from it",
        ),
        (
            "change: {glance: {blocks: [{id: new, type: rule}]}}",
            "2:19",
            "'blocks' given here to 'glance' lacks what is required: 'notice'",
        ),
        (
            "blocks: [{id: new, type: text, text: New, required: true}]",
            "2:1",
            "'blocks' as it is written here lacks what is required: 'title', 'notice'",
        ),
    ],
)
def test_what_is_required_stays(verbs: str, place: str, problem: str) -> None:
    _, told = try_to_extend(f"extends: sheet\n{verbs}\n")
    assert [line for line in told if "required-block" in line] == [
        f"own.yaml:{place}: error[required-block]: {problem}\n  hint: change its "
        "properties under 'change'; what is required must reach every reader"
    ]


def test_what_is_required_is_in_the_layout_even_where_an_override_was_refused() -> None:
    layout, told = try_to_extend(
        "extends: sheet\nchange: {notice: {required: no}}\nremove: [glance, title]\nblocks: []\n"
    )
    assert len(told) == 4
    assert ids(layout) == ALL


def test_everything_is_told_at_once_and_the_rest_is_done() -> None:
    layout, told = try_to_extend(
        "extends: sheet\nremove: [titel, intro]\nchange: {lats: {text: A}, last: {text: Own}}\n"
    )
    assert len(told) == 2
    assert "intro" not in ids(layout)
    assert block(layout, "last")["text"] == "Own"
