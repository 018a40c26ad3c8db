"""``docgen preview``: a sheet in the browser that follows each save."""

import threading
from pathlib import Path

import click

from docgen.cli.dates import moment_of_environment
from docgen.cli.options import (
    code_system_option,
    complete_layout,
    data_option,
    language_options,
    layouts_option,
    organization_option,
)
from docgen.cli.reporting import Reporter, print_result, reports_diagnostics
from docgen.diagnostics import Diagnostic
from docgen.project import BASE_LAYOUTS, RenderOptions

PORT = 8642
_OPEN_TO_ALL = Diagnostic(
    "open-to-all",
    "other computers can see this preview",
    hint="leave out --host to keep it on this one",
    severity="warning",
)


@click.command(no_args_is_help=True)
@click.argument("code", metavar="CODE")
@click.option(
    "--layout",
    metavar="NAME",
    shell_complete=complete_layout,
    help="Show this layout first; the page lets you choose another.  [default: the first that "
    f"the organization has rendered by default, or {BASE_LAYOUTS[0]}]",
)
@organization_option("Whose name, look and words to print.")
@click.option("--large-print", is_flag=True, help="Show the sheet in large print first.")
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    default=PORT,
    show_default=True,
    help="Serve on this port of this computer; 0 takes a free one.",
)
@click.option(
    "--host",
    metavar="HOST",
    default="127.0.0.1",
    show_default=True,
    help="Serve at this address of this computer. Any but the default lets other computers in.",
)
@click.option("--open", "opens", is_flag=True, help="Open the page in your browser.")
@language_options
@code_system_option
@data_option
@layouts_option
@reports_diagnostics
def command(
    reporter: Reporter,
    *,
    code: str,
    layout: str | None,
    organization: str | None,
    large_print: bool,
    port: int,
    host: str,
    opens: bool,
    language: str | None,
    fallback_language: str | None,
    code_system: str | None,
    data: tuple[Path, ...],
    layout_folders: tuple[Path, ...],
) -> None:
    """Show a sheet in the browser and render it anew whenever you save one of its files.

    Prints the address of the page; Ctrl-C ends it. What is wrong is told in the page, with file
    and line, and the last good sheet stays. Needs a server:

    \b
      pip install 'docgen-procedures[preview]'

    \b
      docgen preview 77299 --open
      docgen preview EXAMPLE-1 --organization my-clinic --layout clinician-summary
    """
    from docgen.preview import PreviewedCode, View, require_server

    require_server()
    from docgen.preview.serving import serve
    from docgen.source import current_folder

    current_folder()

    subject = PreviewedCode(
        code=code,
        code_system=code_system,
        organization=organization,
        data=data,
        layouts=layout_folders,
        options=RenderOptions(
            created=moment_of_environment(),
            language=language,
            fallback_language=fallback_language,
        ),
    )

    def ready(address: str, open_to_all: bool) -> None:
        if open_to_all:
            reporter.tell([_OPEN_TO_ALL])
        print_result(address)
        if opens:
            _open_browser(address)

    serve(subject, View(layout, large_print), host=host, port=port, ready=ready)


def _open_browser(address: str) -> None:
    import webbrowser

    # A browser may not return before it is closed.
    threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
