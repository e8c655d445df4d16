"""qualcode.yaml: what a study is made of, read into one frozen `Study`.

    qualcode: 1
    title: {zh: 一网通办, en: One-network reform}
    corpus: interviews                 # a folder, or a map: see qualcode.corpus.settings
    codebook: codebook.yaml
    unit: sentence                     # sentence clause turn paragraph article window:k; else the codebook's
    events: events.csv                 # or a list: - {id: E2019, date: 2019-06-25, name_zh: …, node: yes}
    phases:                            # half-open [start, end): a date or the id of an event
      - {id: P1, start: 2016-09-05, end: E2019}
      - {id: P2, start: E2019, end: 2024-01-01, transition_days: 90}
    phase_sets: {node: [P1, P2]}       # other divisions to be weighed: see qualcode.project.phases
    network: {units: [segment, speech-run3], figure: speech-run3, least: 2, facets: [logic]}
    timeline: {by: [year, phase]}      # year quarter phase rolling; window: 12 (months of a rolling one)
    analyses: all                      # or none, or names; or a map: see qualcode.project.asked
    coding: {code_interviewers: no, runner: serial}
    output: {folder: results, excel: no, parquet: no, xlsx: no, figures: [svg, png]}
    claims: claims.yaml                # what every run must check; read without being named, too
    validation: validation             # what 'qualcode validate --out' wrote, to correct levels of codes by
    language: zh                       # of the report
    seed: 20190625

Every key may be left out; `corpus` and `codebook` default to `corpus` and `codebook.yaml`. Paths are relative
to the file. All that is wrong comes back as `Problem`s with their places.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.corpus.settings import CorpusSettings, is_unit, read_settings
from qualcode.model import Event, Phase
from qualcode.problems import Place, Problem, problem
from qualcode.project.asked import AnalysesOptions, read_analyses
from qualcode.project.events import load_events
from qualcode.project.options import (
    CodingOptions,
    NetworkOptions,
    OutputOptions,
    TimelineOptions,
    read_coding,
    read_network,
    read_output,
    read_timeline,
)
from qualcode.project.phases import read_phases
from qualcode.yamlnodes import Fields, Node, decode_yaml, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME = "qualcode.yaml"
CLAIMS = "claims.yaml"
SEED = 20190625
KEYS = (
    "qualcode",
    "title",
    "corpus",
    "codebook",
    "unit",
    "events",
    "phases",
    "phase_sets",
    "network",
    "timeline",
    "analyses",
    "coding",
    "output",
    "claims",
    "validation",
    "language",
    "seed",
)


@dataclass(frozen=True, slots=True)
class Study:
    """All a run needs to know. `home` is the folder that paths are shown relative to.

    `file` is the study file, None for a study made up of command-line options.
    """

    home: Path
    corpus_folder: Path
    codebook: Path
    results: Path
    file: Path | None = None
    title: Mapping[str, str] = field(default_factory=dict)
    corpus: CorpusSettings = field(default_factory=CorpusSettings)
    unit: str = ""  # "": the codebook's
    events: tuple[Event, ...] = ()
    events_file: Path | None = None
    phases: tuple[Phase, ...] = ()
    phase_sets: Mapping[str, tuple[Phase, ...]] = field(default_factory=dict)  # `phases` is the first
    network: NetworkOptions = field(default_factory=NetworkOptions)
    timeline: TimelineOptions = field(default_factory=TimelineOptions)
    analyses: AnalysesOptions = field(default_factory=AnalysesOptions)
    coding: CodingOptions = field(default_factory=CodingOptions)
    output: OutputOptions = field(default_factory=OutputOptions)
    claims: Path | None = None  # the file of claims
    validation: Path | None = None
    language: str = ""  # "": the codebook's first
    seed: int = SEED


def find_study(start: Path) -> Path | None:
    """Return the nearest `qualcode.yaml` in a folder or above it, or None."""
    for folder in (start.absolute(), *start.absolute().parents):
        if (folder / NAME).is_file():
            return folder / NAME
    return None


def load_study(
    path: Path, *, corpus: Path | None = None, codebook: Path | None = None
) -> tuple[Study | None, list[Problem]]:
    """Read a study file, its corpus and codebook replaced where given.

    None when any problem is an error; raises `OSError` where the file cannot be read.
    """
    text, problems = decode_yaml(path.read_bytes(), str(path))
    if text is None:
        return None, problems
    study, found = parse_study(text, path, corpus=corpus, codebook=codebook)
    return study, problems + found


def parse_study(
    text: str, path: Path, *, corpus: Path | None = None, codebook: Path | None = None
) -> tuple[Study | None, list[Problem]]:
    """Read the text of a study file that stands at `path`; what it names is looked for beside it."""
    shown = str(path)
    node, problems = read_yaml(text, shown)
    if any(p.severity == "error" for p in problems):
        return None, problems
    if node is None or node.empty:
        problems.append(
            problem(
                "empty-study",
                Place(shown),
                "the study file is empty",
                hint="name at least a corpus and a codebook; 'qualcode init' writes an example",
            )
        )
        return None, problems
    fields = Fields(node, what="a study", known=KEYS, problems=problems, path=shown)
    if node.kind != "map":
        return None, problems
    study = _study(fields, path, problems, corpus, codebook)
    return (None if any(p.severity == "error" for p in problems) else study), problems


def _study(
    fields: Fields, path: Path, problems: list[Problem], corpus: Path | None, codebook: Path | None
) -> Study:
    home = path.absolute().parent
    if fields.has("qualcode") and fields.text("qualcode") != "1":
        fields.say(
            "unknown-format",
            fields.place_of("qualcode"),
            "this study is written for format {value}, this qualcode reads format 1",
            hint="install a newer qualcode",
            value=fields.text("qualcode"),
        )
    settings, found = read_settings(fields.node("corpus"))
    problems += found
    events, events_file = load_events(fields.node("events"), home, problems)
    output = read_output(fields.node("output"), problems)
    phases, phase_sets = read_phases(fields.node("phases"), fields.node("phase_sets"), events, problems)
    folder = corpus.absolute() if corpus else home / (settings.folder or "corpus")
    book = codebook.absolute() if codebook else home / fields.text("codebook", "codebook.yaml")
    corpus_node = fields.node("corpus")
    named = (
        corpus_node.get("folder") if corpus_node is not None and corpus_node.kind == "map" else corpus_node
    )
    _must_be_folder(folder, (named or corpus_node).place if corpus_node else fields.place, problems)
    _must_be_file(book, fields.place_of("codebook"), problems)
    return Study(
        home=home,
        file=path.absolute(),
        corpus_folder=folder,
        codebook=book,
        results=home / output.folder,
        title=_title(fields.node("title"), fields),
        corpus=settings,
        unit=_unit(fields) or settings.unit,
        events=events,
        events_file=events_file,
        phases=phases,
        phase_sets=phase_sets,
        network=read_network(fields.node("network"), problems),
        timeline=read_timeline(fields.node("timeline"), problems),
        analyses=read_analyses(fields.node("analyses"), problems),
        coding=read_coding(fields.node("coding"), problems),
        output=output,
        claims=_claims(fields, home),
        validation=_validation(fields, home),
        language=fields.choice("language", ("zh", "en")),
        seed=fields.integer("seed", SEED, least=0),
    )


def _title(node: Node | None, fields: Fields) -> dict[str, str]:
    if node is None:
        return {}
    if node.kind == "text":
        return {"": node.text}
    inner = Fields(node, what="a title", known=("zh", "en"), problems=fields.problems)
    return {lang: inner.text(lang) for lang in ("zh", "en") if inner.has(lang)}


def _unit(fields: Fields) -> str:
    unit = fields.text("unit").strip()
    if not unit or is_unit(unit):
        return unit
    fields.say(
        "unknown-unit",
        fields.place_of("unit"),
        "'{unit}' is not a unit",
        hint="one of sentence, clause, turn, paragraph, article, window or window:k",
        unit=unit,
    )
    return ""


def _claims(fields: Fields, home: Path) -> Path | None:
    """The file of claims that is named, else the one that lies beside the study, else none."""
    path = home / (fields.text("claims").strip() or CLAIMS)
    if path.is_file():
        return path
    if fields.has("claims"):
        fields.say(
            "no-claims",
            fields.place_of("claims"),
            "there is no file of claims '{path}'",
            hint="paths are relative to the study file",
            path=fields.text("claims").strip(),
        )
    return None


def _validation(fields: Fields, home: Path) -> Path | None:
    if not fields.has("validation"):
        return None
    path = home / fields.text("validation").strip()
    file = path / "validation.csv" if path.is_dir() else path
    if not file.is_file():
        fields.say(
            "no-validation",
            fields.place_of("validation"),
            "there is no validation '{path}'",
            hint="name the folder 'qualcode validate --out' wrote",
            path=fields.text("validation").strip(),
        )
        return None
    return file


def _must_be_folder(path: Path, place: Place, problems: list[Problem]) -> None:
    if path.is_dir():
        return
    if path.exists():
        problems.append(
            problem(
                "no-corpus",
                place,
                "the corpus '{path}' is a file",
                hint="name the folder it lies in",
                path=path.name,
            )
        )
        return
    problems.append(
        problem(
            "no-corpus",
            place,
            "there is no corpus folder '{path}'",
            hint="paths are relative to the study file",
            path=path.name,
        )
    )


def _must_be_file(path: Path, place: Place, problems: list[Problem]) -> None:
    if path.is_file():
        return
    if path.exists():
        problems.append(
            problem(
                "no-codebook",
                place,
                "the codebook '{path}' is a folder",
                hint="name the YAML file in it",
                path=path.name,
            )
        )
        return
    problems.append(
        problem(
            "no-codebook",
            place,
            "there is no codebook '{path}'",
            hint="paths are relative to the study file",
            path=path.name,
        )
    )
