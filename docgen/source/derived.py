"""Models whose fields follow from what others say, so that no field has to be written twice."""

from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from msgspec import Struct, defstruct

S = TypeVar("S", bound=Struct)
M = TypeVar("M")

_OPTIONS: Final = ("frozen", "eq", "order", "weakref", "gc")


def with_fields(fields: Iterable[tuple[str, Any]]) -> Callable[[type[S]], type[S]]:
    """Gives a model fields besides those that it is written with; each may be left out.

    A decorator, to stand above a class that has the words for all of them::

        @with_fields((one.column, Annotated[Headings | None, …]) for one in FIELDS)
        class ColumnSection(Positioned, frozen=True, kw_only=True, eq=False):
            \"\"\"The headings of each field.\"\"\"

    A type checker knows nothing of them: they are read by their names.
    """

    def widened(model: type[S]) -> type[S]:
        config = model.__struct_config__
        derived: Any = defstruct(
            model.__name__,
            [(name, hint, None) for name, hint in fields],
            bases=(model,),
            namespace={"__doc__": model.__doc__},
            module=model.__module__,
            kw_only=True,
            **{option: getattr(config, option) for option in _OPTIONS},
        )
        return derived  # type: ignore[no-any-return]

    return widened


def marks_of(model: type[Struct], kind: type[M]) -> dict[str, M]:
    """What the fields of a model carry of a kind, in ``Annotated``, in the order of the model."""
    return {
        name: mark
        for name, hint in model.__annotations__.items()
        for mark in getattr(hint, "__metadata__", ())
        if isinstance(mark, kind)
    }
