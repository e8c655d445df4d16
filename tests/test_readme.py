"""The README says what is: its figures are those of a run on the sample corpus, its commands exist."""

import csv
import re
import shlex
from dataclasses import replace
from pathlib import Path

import click
import pandas as pd
import pytest

from qualcode.analysis.load import read_table
from qualcode.cli.main import cli
from qualcode.project.run import run
from qualcode.project.study import load_study

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"^ *(qualcode [a-z][^#\n]*?) *(?:#.*)?$", README, re.MULTILINE)))


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    """The result tables of the study that `make run` runs."""
    study, problems = load_study(ROOT / "sample_corpus" / "qualcode.yaml")
    assert study is not None, problems
    folder = tmp_path_factory.mktemp("readme") / "results"
    run(replace(study, results=folder))
    names = ("documents", "segments", "coded_segments", "cooccurrence_edges", "timeline")
    return {name: read_table(folder / f"{name}.csv", name) for name in names}


def percent(value: float) -> str:
    return f"{value * 100:.0f} %"


def told(tables: dict[str, pd.DataFrame], code: str, phase: str) -> str:
    """Mean share of an interview's sentences about a phase that carry a code."""
    asked = {"basis": "about", "grain": "phase", "kind": "interview", "code": code, "period": phase}
    table = tables["timeline"]
    row = table[(table[list(asked)] == pd.Series(asked)).all(axis=1)]
    return percent(float(row["share_macro"].iloc[0]))


def story(tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """What the README tells of the sample corpus, with the figures of the results."""
    documents, segments, codings = tables["documents"], tables["segments"], tables["coded_segments"]
    counted = codings[codings["countable"]]
    codable = int(segments["codable"].sum())
    interviews = set(documents[documents["kind"] == "interview"]["document_id"])
    field = counted[counted["code"].str.split(".").str[0] == "field"]
    pairs = zip(field["document_id"], field["phase"], strict=True)
    cells = {(document, phase) for document, phase in pairs if document in interviews and phase}
    phases = sorted({phase for phase in counted["phase"] if phase})
    edges = tables["cooccurrence_edges"]
    asked = {"unit": "speech-run3", "source": "innovation", "target": "field"}
    edge = edges[(edges[list(asked)] == pd.Series(asked)).all(axis=1)].iloc[0]
    coded = counted["segment_id"].nunique()
    before, after = told(tables, "avoidance", "P1"), told(tables, "avoidance", "P2")
    return {
        "read": f"{len(documents)} documents became {len(segments):,} sentences, and {coded} of the "
        f"{codable:,} that can be coded carry a code",
        "avoidance": f"avoidance is in {before} of what an interview says of the time before the "
        f"conference of June 2019 and in {after} of what it says of the time after",
        "innovation": f"innovation goes from {told(tables, 'innovation', 'P1')} to "
        f"{told(tables, 'innovation', 'P2')}",
        "field": f"field is there in {len(cells)} of the {len(interviews) * len(phases)} cells of "
        "interview and phase",
        "bridge": f"innovation and field meet in {edge['n']} runs of three sentences, "
        f"{edge['lift']:.2f} times as often as chance would have it (95 % interval {edge['lo']:.2f} "
        f"to {edge['hi']:.2f})",
    }


@pytest.mark.parametrize("name", ["read", "avoidance", "innovation", "field", "bridge"])
def test_the_story_has_the_figures_of_the_results(name: str, tables: dict[str, pd.DataFrame]) -> None:
    expected = story(tables)[name]
    assert expected in " ".join(README.split()), f"the README should say: {expected}"


def test_the_lines_of_csv_shown_are_lines_of_the_results(tables: dict[str, pd.DataFrame]) -> None:
    block = re.search(r"```csv\n(.*?)```", README, re.DOTALL)
    assert block, "the README shows no lines of coded_segments.csv"
    shown = list(csv.DictReader(block[1].splitlines()))
    assert len(shown) == 10
    table = tables["coded_segments"]
    for row in shown:
        found = table[(table["segment_id"] == row["segment_id"]) & (table["code"] == row["code"])]
        assert len(found) == 1, row
        for column, value in row.items():
            cell = found[column].iloc[0]
            assert (";".join(cell) if isinstance(cell, tuple) else str(cell)) == value, (column, row)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_readme_exists_with_its_options(command: str) -> None:
    words = shlex.split(command)[1:]
    known: click.Command = cli
    context = click.Context(cli)
    options = {name for option in cli.params for name in option.opts}
    for word in words:
        found = known.get_command(context, word) if isinstance(known, click.Group) else None
        if found is None:
            break
        known = found
        options |= {name for option in known.params for name in option.opts}
    assert known is not cli, f"no such command: {command}"
    assert {word for word in words if word.startswith("--")} <= options


def test_the_readme_begins_with_the_two_commands() -> None:
    first = README.index("make run")
    assert first < README.index("make test") < README.index("```csv")
