"""Style sheets in SVGs: rules for elements, classes and names, told by their place."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import Any, Final

from msgspec import Struct

Declare = Callable[[str, str, int, int], tuple[str, str] | None]
"""Checks a property and its value, which stand in a line and column of the sheet; gives both as
they are spelled, or None where they say nothing."""
Tell = Callable[[str, str, int, int], None]
"""Tells what is wrong in a line and column of the sheet, with a hint."""

_BRACKETS: Final = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}
_DEEPEST: Final = 20
_SIMPLE: Final = re.compile(r"\*|(?:[A-Za-z][\w-]*)?(?:[.#][A-Za-z_][\w-]*)*")
_PART: Final = re.compile(r"([.#]?)([A-Za-z_][\w-]*)")


class Selector(Struct, frozen=True):
    """An element's name, an id and classes that all have to fit; None fits any."""

    element: str | None
    id: str | None
    classes: frozenset[str]

    def fits(self, element: str, id: str | None, classes: frozenset[str]) -> bool:
        """Whether an element is meant."""
        return (
            (self.element is None or self.element == element)
            and (self.id is None or self.id == id)
            and self.classes <= classes
        )

    @property
    def weight(self) -> tuple[int, int, int]:
        """What wins over what (CSS 2.1, 6.4.3)."""
        return int(self.id is not None), len(self.classes), int(self.element is not None)


class StyleRule(Struct, frozen=True):
    """What a rule of a sheet says of the elements that it means."""

    selector: Selector
    declared: dict[str, str]


class StyleSheetReader:
    """Reads style sheets, in their order."""

    def __init__(self, declare: Declare, tell: Tell) -> None:
        self._declare = declare
        self._tell = tell
        self._rules: list[StyleRule] = []

    def read(self, text: str) -> None:
        """Reads one more sheet."""
        import tinycss2  # noqa: PLC0415 - few pictures have one

        if self._is_too_deep(text):
            return
        for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
            if rule.type == "error":
                self._wrong(f"this is no CSS: {rule.message}", rule)
            elif rule.type == "at-rule":
                self._wrong(f"@{rule.at_keyword} is not read", rule)
            else:
                declared = dict(self._declarations(rule.content))
                selectors = list(self._selectors(rule))
                self._rules += [StyleRule(selector, declared) for selector in selectors]

    def declarations(self, text: str) -> dict[str, str]:
        """What a ``style`` attribute says."""
        return {} if self._is_too_deep(text) else dict(self._declarations(text))

    def rules(self) -> list[StyleRule]:
        """All rules, those first that others win over."""
        return sorted(self._rules, key=lambda rule: rule.selector.weight)

    def _is_too_deep(self, text: str) -> bool:
        """Whether brackets stand in each other deeper than styles need and tinycss2 can follow."""
        steps = (_BRACKETS.get(sign, 0) for sign in text)
        # What closes nothing is passed over, as CSS has it.
        if max(accumulate(steps, lambda depth, step: max(depth + step, 0), initial=0)) <= _DEEPEST:
            return False
        hint = "keep rules of 'name { property: value }' alone"
        self._tell(f"brackets stand more than {_DEEPEST} deep in each other", hint, 1, 1)
        return True

    def _declarations(self, content: Any) -> Iterator[tuple[str, str]]:
        import tinycss2  # noqa: PLC0415

        listed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        for one in listed:
            if one.type != "declaration":
                self._wrong("this is no 'property: value'", one)
            elif one.important:
                self._wrong(f"'!important' on {one.name!r} is not read", one)
            else:
                value = tinycss2.serialize(one.value).strip()
                name = one.lower_name
                declared = self._declare(name, value, one.source_line, one.source_column)
                if declared:
                    yield declared

    def _selectors(self, rule: Any) -> Iterable[Selector]:
        import tinycss2  # noqa: PLC0415

        for written in tinycss2.serialize(rule.prelude).split(","):
            text = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL).strip()
            if not text or not _SIMPLE.fullmatch(text):
                self._tell(
                    f"the selector {text[:40]!r} is not read",
                    "name elements, .classes or #names alone, such as rect or .line",
                    rule.source_line,
                    rule.source_column,
                )
                continue
            parts = _PART.findall(text)
            ids = [name for sign, name in parts if sign == "#"]
            yield Selector(
                next((name for sign, name in parts if not sign), None),
                ids[-1] if ids else None,
                frozenset(name for sign, name in parts if sign == "."),
            )

    def _wrong(self, message: str, at: Any) -> None:
        hint = "keep rules of 'name { property: value }' alone"
        self._tell(message, hint, at.source_line, at.source_column)
