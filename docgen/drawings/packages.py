"""The drawing functions of installed packages, by the names of their entry points."""

import site
import sysconfig
from collections.abc import Callable, Sequence
from functools import lru_cache
from importlib.metadata import EntryPoint, distributions
from inspect import signature
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from docgen.diagnostics import DocgenError, Span, did_you_mean, quoted, refuse, some_of

GROUP: Final = "docgen.drawings"
_INSTALL: Final = "install its package again, or ask who made it"


class DrawingFunction(Struct, frozen=True, eq=False):
    """A function of a package that makes a drawing."""

    name: str
    package: str
    """The name that it is installed under."""
    call: Callable[..., Any]

    def __str__(self) -> str:
        return f"drawing {self.name!r} of the package {self.package!r}"


def drawing_names() -> tuple[str, ...]:
    """The names of all drawings that are installed."""
    return tuple(sorted(_entry_points()))


def drawing_function(name: str, span: Span | None, *, has_values: bool) -> DrawingFunction:
    """The function of a name. ``has_values`` is whether it is called with values.

    Raises DocgenError at ``span``, the place that names it, where there is none, where two packages
    have it, and where it cannot be imported or called.
    """
    found = _entry_points().get(name)
    if not found:
        known = drawing_names()
        raise refuse(
            "unknown-drawing",
            f"no package that is installed has a drawing {name!r}",
            span,
            did_you_mean(name, known) or f"there is: {some_of(known)}",
        )
    if len(found) > 1:
        packages = " and ".join(repr(package) for package, _ in found)
        raise refuse(
            "unknown-drawing",
            f"several packages have a drawing {name!r}: {packages}",
            span,
            "uninstall one of them, or have it renamed",
        )
    package, entry = found[0]
    function = DrawingFunction(name, package, _imported(name, package, entry, span))
    _check_call(function, span, has_values=has_values)
    return function


def _imported(name: str, package: str, entry: EntryPoint, span: Span | None) -> Callable[..., Any]:
    try:
        loaded = entry.load()
    except (Exception, SystemExit) as error:  # whatever a module does that is imported
        message = (
            f"drawing {name!r} of the package {package!r} cannot be imported: {described(error)}"
        )
        raise refuse("drawing-fails", message, span, _INSTALL) from error
    if not callable(loaded):
        message = f"drawing {name!r} of the package {package!r} is no function"
        raise refuse("drawing-fails", message, span, _INSTALL)
    function: Callable[..., Any] = loaded
    return function


def _check_call(function: DrawingFunction, span: Span | None, *, has_values: bool) -> None:
    given: dict[str, Any] = {"values": ()} if has_values else {}
    try:
        signature(function.call).bind({}, 1.0, None, **given)
    except (TypeError, ValueError) as error:
        raise _called_otherwise(function, span, has_values=has_values) from error


def _called_otherwise(
    function: DrawingFunction, span: Span | None, *, has_values: bool
) -> DocgenError:
    if has_values:
        return refuse(
            "drawing-fails",
            f"{function} takes no values, or more than record, width, theme and values",
            span,
            "leave out 'values' here",
        )
    return refuse(
        "drawing-fails",
        f"{function} cannot be called with record, width and theme alone",
        span,
        "write the 'values' that it shows",
    )


def described(error: BaseException) -> str:
    """An error of a package in one line."""
    return f"{type(error).__name__}: {quoted(str(error))}" if str(error) else type(error).__name__


@lru_cache(maxsize=1)
def _entry_points() -> dict[str, Sequence[tuple[str, EntryPoint]]]:
    """Entry points of the group with their packages.

    Only where packages are installed, and beside docgen itself: a folder that a program was started
    in may hold a file that looks like a package's.
    """
    found: dict[str, dict[str, EntryPoint]] = {}
    for one in distributions(path=_folders()):
        package = one.metadata["Name"]
        for entry in one.entry_points:
            if entry.group == GROUP:
                found.setdefault(entry.name, {}).setdefault(package, entry)
    return {name: tuple(sorted(by_package.items())) for name, by_package in found.items()}


def _folders() -> list[str]:
    paths = sysconfig.get_paths()
    own = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    beside = str(Path(__file__).parents[2])
    installed = paths["purelib"], paths["platlib"], *site.getsitepackages()
    return list(dict.fromkeys([*installed, *own, beside]))
