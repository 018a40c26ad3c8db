"""YAML and JSON made bad in what they say, not in how they are written: values, keys, lists."""

import copy
import json
from collections.abc import Sequence
from random import Random
from typing import Any

import yaml

from tests.fire.mutations import NUMBERS, ODD, mutated

Path = tuple[Any, ...]


def mutated_yaml(sample: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """Half of them as text, half of them in a few values."""
    if chance.random() < 1 / 2:
        return mutated(sample, others, chance)
    tree = _changed(yaml.load(sample, yaml.BaseLoader), chance)
    if chance.random() < 1 / 4:
        return json.dumps(tree, ensure_ascii=False, indent=1).encode("utf-8", "replace")
    said = yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=80)
    return said.encode("utf-8", "replace")


class _Dumper(yaml.SafeDumper):
    """Writes values that are the same object twice in full: docgen reads no references."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def mutated_json(sample: bytes, others: Sequence[bytes], chance: Random) -> bytes:
    """The same for JSON, and for JSON Lines, of which some lines are changed."""
    if chance.random() < 1 / 2:
        return mutated(sample, others, chance)
    try:
        return _json(_changed(json.loads(sample), chance), chance)
    except json.JSONDecodeError:
        lines = sample.splitlines()
    for _ in range(chance.choice((1, 1, 3))):
        at = chance.randrange(len(lines))
        lines[at] = _json(_changed(json.loads(sample.splitlines()[at]), chance), chance)
    return b"\n".join(lines) + b"\n"


def _json(tree: object, chance: Random) -> bytes:
    written = json.dumps(tree, ensure_ascii=chance.random() < 1 / 2)
    return written.encode("utf-8", "replace")


def _changed(tree: Any, chance: Random) -> Any:
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        paths = list(_paths(tree))
        if not paths:
            return _value(tree, chance)
        *way, last = chance.choice(paths)
        holder = tree
        for key in way:
            holder = holder[key]
        kind = chance.randrange(6)
        if kind == 0:
            del holder[last]
        elif kind == 1:
            _put(holder, copy.deepcopy(tree), chance)
        elif kind == 2 and isinstance(holder, dict):
            keys = [path[-1] for path in paths if isinstance(path[-1], str)]
            holder[chance.choice((*keys, chance.choice(ODD)))] = holder.pop(last)
        elif kind == 3:
            holder[last] = copy.deepcopy(_at(tree, chance.choice(paths)))
        else:
            holder[last] = _value(holder[last], chance)
    return tree


def _put(holder: Any, tree: Any, chance: Random) -> None:
    """One more value, perhaps one that stands elsewhere."""
    value = chance.choice((_at(tree, chance.choice(list(_paths(tree)))), chance.choice(ODD), None))
    if isinstance(holder, dict):
        holder[chance.choice(("more", chance.choice(ODD), "text", "title", "id"))] = value
    else:
        holder.insert(chance.randint(0, len(holder)), value)


def _value(value: Any, chance: Random) -> Any:
    """Something in the place of a value."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    worse = mutated(text[:5000].encode("utf-8", "replace"), (b"x",), chance)
    return chance.choice(
        (
            *(worse.decode("utf-8", "replace"), chance.choice(ODD), chance.choice(NUMBERS), ""),
            *(f"{text}{chance.choice(ODD)}", f"{text} " * chance.choice((2, 40)), None, True),
            *([], {}, [value], [value] * 30, {"text": value}, _deep(value, chance)),
        )
    )


def _deep(value: Any, chance: Random) -> Any:
    for _ in range(chance.choice((3, 60))):
        value = [value] if chance.random() < 1 / 2 else {"a": value}
    return value


def _paths(tree: Any, path: Path = ()) -> list[Path]:
    """The way to each value below another."""
    if isinstance(tree, dict):
        items = list(tree.items())
    elif isinstance(tree, list):
        items = list(enumerate(tree))
    else:
        return []
    return [one for key, inner in items for one in ((*path, key), *_paths(inner, (*path, key)))]


def _at(tree: Any, path: Path) -> Any:
    for key in path:
        tree = tree[key]
    return tree
