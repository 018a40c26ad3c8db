"""How the program starts, what it imports, and how it ends."""

import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from docgen import __version__
from docgen.cli.program import COMMANDS, program
from tests.commands import DOCGEN, ROOT, environment, run_docgen, start_docgen

HEAVY = ("reportlab", "jinja2", "yaml", "markdown_it", "zxingcpp", "icu4py", "PIL")


def test_help_names_every_command() -> None:
    result = CliRunner().invoke(program, ["--help"])
    assert result.exit_code == 0
    for name in COMMANDS:
        assert f"  {name} " in result.stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name: str) -> None:
    result = CliRunner().invoke(program, [name, "--help"])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: program {name}")


def test_version(tmp_path: Path) -> None:
    assert (
        run_docgen("--version", cwd=tmp_path).stdout.decode() == f"docgen, version {__version__}\n"
    )


def test_unknown_command_is_a_usage_error(tmp_path: Path) -> None:
    run = run_docgen("rendr", cwd=tmp_path)
    assert run.returncode == 2
    assert "No such command 'rendr'" in run.stderr.decode()
    assert run.stdout == b""


def test_no_code_shows_help(tmp_path: Path) -> None:
    run = run_docgen("render", cwd=tmp_path)
    assert run.returncode == 2
    assert run.stderr.decode().startswith("Usage: docgen render [OPTIONS] CODE...")


def test_no_code_at_a_terminal_shows_help(tmp_path: Path) -> None:
    terminal, inner = pty.openpty()
    run = subprocess.run(
        [*DOCGEN, "render"],
        cwd=tmp_path,
        stdin=inner,
        stdout=inner,
        stderr=inner,
        check=False,
        env=environment(),
    )
    os.close(inner)
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    assert run.returncode == 2
    assert shown.startswith("Usage: docgen render [OPTIONS] CODE...")
    assert "Traceback" not in shown


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from docgen.cli.program import program\n"
        "assert CliRunner().invoke(program, ['--help']).exit_code == 0\n"
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"


def test_public_names_are_there() -> None:
    import docgen  # noqa: PLC0415

    for name in docgen.__all__:
        assert getattr(docgen, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'Projekt'"):
        _ = docgen.Projekt


def test_interrupt_ends_with_130(tmp_path: Path) -> None:
    """While docgen waits for codes on stdin."""
    with start_docgen("render", "-", cwd=tmp_path) as process:
        wait_until_reading(process.pid)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)
    assert process.returncode == 130
    assert stderr.decode().strip() == "docgen: interrupted"


def wait_until_reading(pid: int) -> None:
    """Waits until a process sleeps in a read, on systems that show it; else for a second."""
    for _ in range(200):
        wchan = Path(f"/proc/{pid}/wchan")
        if wchan.exists() and "pipe_read" in wchan.read_text():
            return
        time.sleep(0.05)


def test_closed_pipe_is_quiet(tmp_path: Path) -> None:
    with start_docgen("schema", "layout", cwd=tmp_path) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize("setting", [{}, {"NO_COLOR": "1"}])
def test_colour_is_for_terminals_that_want_it(tmp_path: Path, setting: dict[str, str]) -> None:
    terminal, inner = pty.openpty()
    surroundings = environment()
    surroundings.pop("NO_COLOR", None)
    subprocess.run(
        [*DOCGEN, "render", "00000"],
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        stderr=inner,
        check=False,
        env={**surroundings, **setting},
    )
    os.close(inner)
    shown = os.read(terminal, 10_000)
    os.close(terminal)
    assert b"there is no record of the code" in shown
    assert (b"\x1b[" in shown) is not bool(setting)


def test_completion_script_completes(tmp_path: Path) -> None:
    run = run_docgen("completion", "bash", cwd=tmp_path)
    assert run.returncode == 0
    assert "_DOCGEN_COMPLETE=bash_complete" in run.stdout.decode()
    completed = run_docgen(
        cwd=tmp_path, _DOCGEN_COMPLETE="bash_complete", COMP_WORDS="docgen rec", COMP_CWORD="1"
    )
    assert completed.stdout.decode().strip() == "plain,records"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("docgen re", "render records"),
        ("docgen records sh", "show"),
        ("docgen render --lay", "--layout --layouts"),
        ("docgen render --pass", "--password-file"),
        ("docgen records list --format j", "json"),
    ],
)
def test_bash_completes(typed: str, offered: str, tmp_path: Path) -> None:
    """The script as the documentation has it sourced, called as bash calls it."""
    (tmp_path / "docgen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m docgen "$@"\n')
    (tmp_path / "docgen").chmod(0o755)
    script = (
        "docgen completion bash > complete.bash\n. ./complete.bash\n"
        f"COMP_WORDS=({typed}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))\n"
        "complete -p docgen > bound\nread -ra words < bound\n"
        '"${words[-2]}" docgen\necho "${COMPREPLY[*]}"'
    )
    run = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=tmp_path,
        env=environment(PATH=f"{tmp_path}{os.pathsep}{os.environ['PATH']}"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == f"{offered}\n"


def test_what_the_system_does_not_give_is_a_sentence(tmp_path: Path) -> None:
    """Standard input that can be written only, as no refusal of its own foresees it."""
    with (tmp_path / "file").open("wb") as unreadable:
        run = subprocess.run(
            [*DOCGEN, "render", "-"],
            cwd=tmp_path,
            stdin=unreadable,
            capture_output=True,
            check=False,
            env=environment(),
        )
    assert (run.returncode, run.stdout) == (1, b"")
    assert run.stderr.decode() == (
        "error[system-error]: docgen could not go on: bad file descriptor\n"
        "  hint: check that the file or folder is there, and who may read and write it\n"
    )
