"""What the preview shows: a sheet as its files say it now, or the last good one and the errors."""

import hashlib
import logging
import threading
from pathlib import Path
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

from docgen import shipped
from docgen.delivery import file_name
from docgen.diagnostics import Diagnostic, DocgenError
from docgen.fonts.own import forget_families
from docgen.project_file import project_paths
from docgen.sheets import RenderOptions, SheetMaker

_log = logging.getLogger(__name__)


class PreviewedCode(Struct, frozen=True, kw_only=True):
    """The code that is previewed, and where its files are."""

    code: str
    code_system: str | None = None
    organization: str | None = None
    folder: Path = Path()
    """The folder of the project."""
    data: tuple[Path, ...] = ()
    layouts: tuple[Path, ...] = ()
    options: RenderOptions = RenderOptions()
    """As every view has them, besides its large print."""

    @property
    def watched(self) -> tuple[Path, ...]:
        """The project's file, and every folder in which a file of the sheet may lie, whether it is
        there yet or not."""
        data = (*self.data, self.folder / "data", shipped.data_folder())
        layouts = (*self.layouts, self.folder / "layouts", shipped.layouts_folder())
        return tuple(dict.fromkeys((*project_paths(self.folder), *data, *layouts)))


class View(Struct, frozen=True):
    """One of the sheets of a subject, as somebody looks at it."""

    layout: str | None = None
    """None is the first that the organization has rendered by default."""
    large_print: bool = False


class Shown(Struct, frozen=True, kw_only=True):
    """What a view shows."""

    data: bytes | None = None
    """The PDF: the same bytes as ``docgen render`` gives, or the last ones that were good."""
    file_name: str = ""
    page_count: int = 0
    version: str = ""
    """Differs wherever the bytes differ; empty where there is no PDF yet."""
    milliseconds: int = 0
    """How long rendering took, all files read anew."""
    diagnostics: tuple[Diagnostic, ...] = ()
    layout: str = ""
    """The layout that was rendered; empty where none could be chosen."""
    is_always_large: bool = False
    """Whether the layout or the organization asks for large print by itself."""
    layouts: tuple[str, ...] = ()
    """The layouts that there are to look at."""

    @property
    def is_current(self) -> bool:
        """Whether the PDF is what the files say now."""
        return not any(found.severity == "error" for found in self.diagnostics)


class Preview:
    """Renders the views of a subject, each once for every change of the files."""

    def __init__(self, subject: PreviewedCode) -> None:
        self.subject = subject
        self._shown: dict[View, tuple[int, Shown]] = {}
        # Fonts are registered for the whole process: one sheet at a time.
        self._rendering = threading.Lock()

    @property
    def kept(self) -> tuple[View, ...]:
        """The views that have a sheet."""
        return tuple(self._shown)

    def show(self, view: View, change: int) -> Shown:
        """What a view shows after a change, counted from 0. May be called from any thread."""
        with self._rendering:
            rendered_at, last = self._shown.get(view, (-1, Shown()))
            if rendered_at >= change:
                return last
            shown = self._render(view, last)
            # Anybody may ask for views that are not there: they must not fill the memory.
            if shown.data is not None:
                self._shown[view] = change, shown
            return shown

    def _render(self, view: View, last: Shown) -> Shown:
        started = perf_counter()
        layout, layouts = view.layout or last.layout, last.layouts
        try:
            # Projects keep what they have read, so that a new one is needed to read it again; the
            # families of their fonts are kept for the whole process.
            forget_families()
            project = self._open()
            layout = view.layout or project.default_layouts[0]
            layouts = tuple(file.name for file in project.layouts.list())
            shown = self._good(project, layout, view.large_print)
        except DocgenError as error:
            shown = replace(last, diagnostics=error.diagnostics)
        except Exception:
            _log.exception("docgen has stumbled over a bug of its own")
            shown = replace(last, diagnostics=(_BUG,))
        took = round((perf_counter() - started) * 1000)
        return replace(shown, layout=layout, layouts=layouts, milliseconds=took)

    def _open(self) -> SheetMaker:
        subject = self.subject
        return SheetMaker.open(
            subject.folder,
            data=subject.data,
            layouts=subject.layouts,
            organization=subject.organization,
        )

    def _good(self, project: SheetMaker, layout: str, large_print: bool) -> Shown:
        plain = replace(self.subject.options, large_print=False)
        options = replace(plain, large_print=large_print)
        code, code_system = self.subject.code, self.subject.code_system
        (sheet,) = project.render(code, (layout,), code_system, options)
        return Shown(
            data=sheet.data,
            file_name=file_name(sheet.code_system, sheet.code, sheet.layout, *sheet.variant),
            page_count=sheet.page_count,
            version=hashlib.sha256(sheet.data).hexdigest()[:16],
            is_always_large=project.layout(layout, plain).loaded.styles.stacked,
            diagnostics=sheet.warnings,
        )


_BUG = Diagnostic(
    "bug",
    "docgen has stumbled over a bug of its own, not over a mistake of yours",
    hint="the terminal in which the preview runs says more; report that",
)
