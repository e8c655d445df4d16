"""Everything said in English has a Chinese form with the same names in it."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import click

from qualcode.cli.main import COMMANDS, cli
from qualcode.language import fill, translations
from qualcode.languages.templates import placeholders, templates

PACKAGE = Path(inspect.getfile(import_module("qualcode"))).parent
SAID = templates(PACKAGE)
CHINESE = translations("zh")


def helps(command: click.Command):
    """Every paragraph of help below a command, as the catalogue has it."""
    for paragraph in re.split(r"\n\s*\n", command.help or ""):
        yield " ".join(paragraph.split())
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            yield option.help
    for member in getattr(command, "commands", {}).values():
        yield from helps(member)


def all_helps():
    found = list(helps(cli))
    for entry in COMMANDS.values():
        module, _, name = entry.target.partition(":")
        found += helps(getattr(import_module(module), name))
    return {text for text in found if text}


def test_every_template_has_a_chinese_form():
    missing = [f"{place}: {text}" for text, place in SAID.items() if text not in CHINESE]
    assert not missing, "\n".join(missing)


def test_every_help_has_a_chinese_form():
    assert sorted(all_helps() - CHINESE.keys()) == []


def test_a_chinese_form_names_what_the_english_names():
    wrong = {text: form for text, form in CHINESE.items() if placeholders(text) != placeholders(form)}
    assert wrong == {}


def test_every_form_can_be_filled():
    for text in CHINESE:
        fill(text, "zh", dict.fromkeys(placeholders(text) or {"nothing"}, 3))


def test_braces_that_stand_for_themselves_do_so_in_both():
    assert [t for t, form in CHINESE.items() if t.count("{{") != form.count("{{")] == []


def test_a_template_without_a_form_stays_english():
    assert fill("nobody says this of {x}", "zh", {"x": 1}) == "nobody says this of 1"


def test_forms_for_sentences_nobody_says_any_more_are_gone():
    from qualcode.languages import zh_codebook, zh_commands, zh_corpus

    files = (path for path in sorted(PACKAGE.rglob("*.py")) if "languages" not in path.parts)
    source = "".join(path.read_text("utf-8") for path in files)
    forms = {**zh_commands.CATALOGUE, **zh_corpus.CATALOGUE, **zh_codebook.CATALOGUE}
    stale = [text for text in forms if text not in SAID and f'"{text}"' not in source and text not in CLICK]
    assert not stale, "\n".join(stale)


CLICK = {"Options", "Commands"}  # said by click itself


def test_templates_are_found_behind_names_conditions_and_tables():
    assert "what was refused: {refused}" in SAID  # hint = "..." in a branch, then hint=hint
    assert "a quote is opened and never closed" in SAID  # hint=_ADVICE.get(...)
    assert "{n} lines are indented with tabs, this one first" in SAID  # message=INDENTS[...] of another file
