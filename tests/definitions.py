"""How often fields are defined in docgen: ``python -m tests.definitions`` counts them.

A field is defined where an attribute of a class carries its marker, and wherever else the package
writes one of the texts that are the field's own: its description, a heading of several words.
"""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

from docgen.records import SECTION_TITLES
from docgen.visits import VisitField
from docgen.worklist.columns.fields import ALL, CANCELLED, STATUS

PACKAGE = Path(__file__).resolve().parent.parent / "docgen"
_LEAST = 2
"""Words of a phrase that no other field would say by chance."""


@cache
def _nodes() -> tuple[ast.AST, ...]:
    trees = (ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py")))
    kinds = (ast.AnnAssign, ast.Constant)
    return tuple(node for tree in trees for node in ast.walk(tree) if isinstance(node, kinds))


def marked(marker: str) -> Counter[str]:
    """The attributes of classes that carry a marker, each with how often one of its name does."""
    found: Counter[str] = Counter()
    for node in _nodes():
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            calls = (one for one in ast.walk(node.annotation) if isinstance(one, ast.Call))
            names = {one.func.id for one in calls if isinstance(one.func, ast.Name)}
            found[node.target.id] += marker in names
    return +found


def written() -> Counter[str]:
    """Every text that the package writes, with how often."""
    return Counter(
        node.value
        for node in _nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def phrases(field: VisitField) -> tuple[str, ...]:
    """The words of a field of a visit that are its own."""
    said = (field.about, *field.headings)
    return tuple(phrase for phrase in said if len(phrase.split()) >= _LEAST)


def visit_definitions() -> dict[str, int]:
    """How often each field of a visit is defined."""
    attributes, texts = marked("VisitField"), written()
    return {
        field.column: max(
            1 if field in (STATUS, CANCELLED) else attributes[field.attribute],
            *(texts[phrase] for phrase in phrases(field)),
        )
        for field in ALL
    }


def section_definitions() -> dict[str, int]:
    """How often each section of a record is defined: as a field, and by its title."""
    attributes, texts = marked("RecordField"), written()
    return {name: max(attributes[name], texts[title]) for name, title in SECTION_TITLES.items()}


def matchers() -> tuple[str, ...]:
    """The modules that go through the headings of a table and ask of each which field it is."""
    loops = {
        path.relative_to(PACKAGE).as_posix(): [
            call.func.attr
            for loop in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(loop, ast.For) and "enumerate(headings)" in ast.unparse(loop.iter)
            for call in ast.walk(loop)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
        ]
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    return tuple(module for module, asked in loops.items() if "field_under" in asked)


def main() -> None:
    """Prints each field with the number of its definitions, and the column matchers."""
    for field, count in visit_definitions().items():
        print(f"{count}  visit.{field}")
    for section, count in section_definitions().items():
        print(f"{count}  record.{section}")
    print(f"{len(matchers())}  column matcher: {', '.join(matchers())}")


if __name__ == "__main__":
    main()
