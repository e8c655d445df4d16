"""`qualcode init`: a study folder that runs at once."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.common import example, say, talk
from qualcode.language import LANGUAGES


@click.command(
    epilog=example("qualcode init my_study --lang zh", "qualcode run my_study"),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the study; else that of messages.")
def init(folder: Path, lang: str | None) -> None:
    """Begin a study: a folder that runs at once.

    Two short invented texts, a codebook, a qualcode.yaml, a read-me and a .gitignore are written to FOLDER.
    Nothing that is there already is overwritten.
    """
    from qualcode.project.scaffold import begin_study

    for name in begin_study(folder, lang or talk.get().lang):
        say("{path}", path=folder / name)
    say("now try: qualcode run {path}", path=folder)
