"""The reference page of the Python API, out of the source: signatures, docstrings, examples."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import indent

import docgen

INTRODUCTION = """\
All names below are imported from `docgen`; the package is typed. Every example runs, one after
the other, in a folder whose `docgen.yaml` says `samples: yes`, so that packets may be made of the
sample records. Whatever docgen refuses is a `DocgenError`."""
FIRST = "Project"
WIDTH = 92
_PROPERTIES = {"property", "cached_property"}
_CODE = re.compile("``(.+?)``", re.DOTALL)


def python_page(note: str) -> str:
    """The page, under a note that says where it comes from."""
    parts = ["# Python reference", note, INTRODUCTION]
    for name in sorted(docgen.__all__, key=lambda name: (name != FIRST, name)):
        value = getattr(docgen, name)
        if isinstance(value, type):
            parts += _class(name, value)
        elif not name.startswith("_"):
            parts += [f"## {name}", f"```python\n{name} = {_spelled(value)}\n```"]
    return "\n\n".join(parts) + "\n"


def _spelled(value: object) -> str:
    """A value as ruff would write it."""
    return repr(value).replace("'", '"')


def _class(name: str, kind: type) -> Iterator[str]:
    yield f"## {name}"
    yield from _described(_source_of(kind))
    fields = list(_fields(kind))
    if fields:
        yield "| field | type | |\n|---|---|---|\n" + "\n".join(fields)
    told: set[str] = set()
    for owner in _classes(kind):
        for member in _source_of(owner).body:
            if isinstance(member, ast.FunctionDef) and member.name not in told:
                told.add(member.name)
                if not member.name.startswith("_"):
                    yield f"### {name}.{member.name}"
                    yield f"```python\n{_signature(member)}\n```"
                    yield from _described(member)


def _classes(kind: type) -> tuple[type, ...]:
    """A class and those of docgen that it inherits from, itself first."""
    return tuple(one for one in kind.__mro__ if one.__module__.partition(".")[0] == "docgen")


def _source_of(kind: type) -> ast.ClassDef:
    path = inspect.getsourcefile(importlib.import_module(kind.__module__))
    assert path
    tree = ast.parse(Path(path).read_text("utf-8"))
    found = (node for node in tree.body if isinstance(node, ast.ClassDef))
    return next(node for node in found if node.name == kind.__name__)


def _described(node: ast.ClassDef | ast.FunctionDef) -> Iterator[str]:
    """A docstring as Markdown, with its examples in blocks of code."""
    text = ast.get_docstring(node)
    if text is None:
        raise ValueError(f"{node.name} is public, and has no docstring")
    for part in text.split("\n\n"):
        yield f"```python\n{part}\n```" if part.startswith(">>> ") else _markdown(part)


def _markdown(text: str) -> str:
    return _CODE.sub(r"`\1`", text)


def _fields(kind: type) -> Iterator[str]:
    """The fields that a class defines, each with the text below it."""
    for owner in reversed(_classes(kind)):
        body = _source_of(owner).body
        for member, below in zip(body, [*body[1:], None], strict=True):
            if not isinstance(member, ast.AnnAssign) or not isinstance(member.target, ast.Name):
                continue
            if member.target.id.startswith("_") or _is_of_class(member.annotation):
                continue
            told = " ".join(_markdown(_text(below)).split())
            default = f"Default: `{ast.unparse(member.value)}`." if member.value else ""
            cells = (
                f"`{member.target.id}`",
                f"`{ast.unparse(member.annotation)}`",
                " ".join(filter(None, (told, default))),
            )
            yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _is_of_class(annotation: ast.expr) -> bool:
    """Whether what is annotated so is no field: ``ClassVar[…]``."""
    return isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "ClassVar"


def _text(node: ast.stmt | None) -> str:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return str(node.value.value) if is_text else ""  # type: ignore[union-attr]


def _signature(node: ast.FunctionDef) -> str:
    """How a member is called: a method without its ``self``, a property without brackets."""
    kinds = {one.id for one in node.decorator_list if isinstance(one, ast.Name)}
    given = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    if kinds & _PROPERTIES:
        return f"{node.name}{given}"
    arguments = ast.arguments(
        posonlyargs=node.args.posonlyargs,
        args=node.args.args if "staticmethod" in kinds else node.args.args[1:],
        vararg=node.args.vararg,
        kwonlyargs=node.args.kwonlyargs,
        kw_defaults=node.args.kw_defaults,
        kwarg=node.args.kwarg,
        defaults=node.args.defaults,
    )
    line = f"{node.name}({ast.unparse(arguments)}){given}"
    if len(line) <= WIDTH:
        return line
    each = ",\n".join(_each(arguments))
    return f"{node.name}(\n{indent(each, '    ')},\n){given}"


def _each(arguments: ast.arguments) -> Iterator[str]:
    """The arguments one by one; what has a default says it."""
    without = len(arguments.args) - len(arguments.defaults)
    defaults: list[ast.expr | None] = [*[None] * without, *arguments.defaults]
    for argument, default in zip(arguments.args, defaults, strict=True):
        yield _argument(argument, default)
    if arguments.kwonlyargs:
        yield "*"
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _argument(argument, default)


def _argument(argument: ast.arg, default: ast.expr | None) -> str:
    said = ast.unparse(argument)
    return f"{said} = {ast.unparse(default)}" if default else said
