"""``docgen completion``: the script that makes a shell complete docgen's commands."""

import click
from click.shell_completion import get_completion_class

from docgen.cli.reporting import print_result


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
      bash: docgen completion bash > ~/.docgen-complete.bash   and source it in ~/.bashrc
      zsh:  docgen completion zsh > ~/.docgen-complete.zsh     and source it in ~/.zshrc
      fish: docgen completion fish > ~/.config/fish/completions/docgen.fish
    """
    completion = get_completion_class(shell)
    if completion is None:
        raise click.UsageError(f"Click knows no completion for {shell}")
    program = ctx.find_root().command
    print_result(completion(program, {}, "docgen", "_DOCGEN_COMPLETE").source())
