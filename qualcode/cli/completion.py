"""`qualcode completion`: the script that completes commands and options in a shell."""

from __future__ import annotations

import click

from qualcode.cli.common import example

SHELLS = ("bash", "zsh", "fish")


@click.command(
    epilog=example(
        "qualcode completion bash >> ~/.bashrc",
        "qualcode completion zsh >> ~/.zshrc",
        "qualcode completion fish > ~/.config/fish/completions/qualcode.fish",
    )
)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print the completion script for a shell."""
    from click.shell_completion import get_completion_class

    from qualcode.cli.main import COMPLETE, cli

    made = get_completion_class(shell)
    assert made is not None
    click.echo(made(cli, {}, "qualcode", COMPLETE).source())
