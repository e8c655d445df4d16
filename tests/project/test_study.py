"""qualcode.yaml: what is read, and what is said about what cannot be."""

from pathlib import Path

import pytest

from qualcode.project.study import Study, find_study, load_study, parse_study

BARE = "corpus: texts\ncodebook: book.yaml\n"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "book.yaml").write_text("", "utf-8")
    return tmp_path


@pytest.fixture
def read(home):
    def parsed(text: str) -> Study:
        study, problems = parse_study(text, home / "qualcode.yaml")
        assert study is not None, problems
        return study

    return parsed


@pytest.fixture
def wrong(home):
    """Problems of a study as (line, kind), in the order of the file."""

    def problems(text: str) -> list[tuple[int, str]]:
        _, found = parse_study(text, home / "qualcode.yaml")
        return [(p.place.line, p.kind) for p in sorted(found, key=lambda p: (p.place, p.kind))]

    return problems


def test_a_study_is_a_corpus_and_a_codebook_and_defaults(read, home):
    study = read(BARE)
    assert study.corpus_folder == home / "texts"
    assert study.codebook == home / "book.yaml"
    assert study.results == home / "results"
    assert (study.unit, study.events, study.phases) == ("", (), ())
    assert study.network.figure == "speech-run3"
    assert study.output.figures == ("svg", "png")


def test_everything_that_can_be_said(read, home):
    study = read(
        BARE.replace("corpus: texts", "corpus: {folder: texts, ignore: [旧稿/*], unit: turn}")
        + """
qualcode: 1
title: {zh: 研究, en: Study}
events:
  - {id: E1, date: 2016年9月5日, name: 办法, type: policy, level: national, aliases: [那个办法, 51号文]}
  - {id: E2, date: 2019-06-25, name: {zh: 会议, en: Conference}, node: yes}
phases:
  - {id: B, start: E2, end: 2024, name_zh: 之后}
  - {id: A, start: E1, end: E2, name: {zh: 之前, en: Before}}
network: {units: [segment], figure: run5, least: 3, level: 2}
timeline: {by: phase}
coding: {code_interviewers: yes}
output: {folder: out/new, excel: yes, parquet: yes, xlsx: yes, figures: [png]}
language: en
seed: 7
"""
    )
    first, second = study.events
    assert (first.id, first.date, first.aliases) == ("E1", "2016-09-05", ("那个办法", "51号文"))
    assert (second.name, second.node) == ({"zh": "会议", "en": "Conference"}, True)
    assert [(p.id, p.start, p.end) for p in study.phases] == [
        ("A", "2016-09-05", "2019-06-25"),
        ("B", "2019-06-25", "2024-01-01"),
    ]
    assert study.network.units == ("segment", "run5"), "the figure's unit is computed too"
    assert (study.network.least, study.network.level) == (3, 2)
    assert study.timeline.by == ("phase",)
    assert study.coding.code_interviewers is True
    assert study.results == home / "out/new"
    assert (study.output.excel, study.output.parquet, study.output.xlsx) == (True, True, True)
    assert study.output.figures == ("png",)
    assert (study.language, study.seed, study.unit) == ("en", 7, "turn")
    assert study.corpus.ignores("旧稿/a.txt")


def test_the_result_folder_may_be_named_alone(read, home):
    assert read(BARE + "output: 结果\n").results == home / "结果"


def test_all_mistakes_come_at_once_with_their_lines(wrong):
    text = """corpus: nowhere
codebook: book.yaml
unitt: turn
events:
  - {id: E1, date: someday}
  - {date: 2019}
  - {id: E2, date: 2019, nod: yes}
phases:
  - {id: A, start: 2016}
  - {id: B, start: 2019, end: 2018}
  - {id: C, start: E9, end: 2020}
network: {units: [segment, page]}
seed: -1
"""
    assert wrong(text) == [
        (1, "no-corpus"),
        (3, "unknown-key"),
        (5, "no-date"),
        (6, "missing-key"),
        (7, "unknown-key"),
        (9, "missing-key"),
        (10, "empty-phase"),
        (11, "no-date"),
        (12, "unknown-unit"),
        (13, "out-of-range"),
    ]


def test_phases_must_not_overlap_and_a_gap_is_told(wrong):
    phases = "phases:\n  - {id: A, start: 2016-09-05, end: 2019-06-26}\n  - {id: B, start: %s, end: 2024}\n"
    assert wrong(BARE + phases % "2019-06-25") == [(5, "phases-overlap")]
    assert wrong(BARE + phases % "2019-06-26") == []
    assert wrong(BARE + phases % "2019-06-27") == [(5, "phases-gap")]


def test_an_id_twice_names_the_first_place(home):
    text = BARE + "events:\n  - {id: E, date: 2018}\n  - {id: E, date: 2019}\n"
    study, problems = parse_study(text, home / "qualcode.yaml")
    assert study is None
    assert [(p.kind, p.place.line) for p in problems] == [("duplicate-id", 5)]
    assert str(problems[0].values["first"]).endswith("qualcode.yaml:4:5")


@pytest.mark.parametrize("form", ["csv", "yaml", "list.yaml", "xlsx"])
def test_events_may_stand_in_a_file_of_their_own(form, home, read):
    rows = [
        ("id", "date", "name_zh", "name_en", "type", "level", "node", "aliases"),
        (
            "E2019",
            "2019-06-25",
            "放管服会议",
            "Conference",
            "conference",
            "national",
            "yes",
            "放管服会议；那次会",
        ),
        ("E2016", "2016/9/5", "办法", "", "policy", "", "", ""),
    ]
    path = home / f"events.{form}"
    if form == "csv":
        path.write_text("\ufeff" + "\r\n".join(",".join(row) for row in rows), "utf-8")
    elif form == "xlsx":
        from openpyxl import Workbook

        book = Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        text = (
            "- {id: E2019, date: 2019-06-25, name_zh: 放管服会议, name_en: Conference, type: conference,"
            " level: national, node: yes, aliases: [放管服会议, 那次会]}\n"
            "- {id: E2016, date: 2016/9/5, name_zh: 办法, type: policy}\n"
        )
        path.write_text(text if form == "list.yaml" else "events:\n" + text, "utf-8")
    study = read(BARE + f"events: {path.name}\n")
    first, second = study.events
    assert (first.id, first.date, first.name) == ("E2016", "2016-09-05", {"zh": "办法"})
    assert (second.id, second.node, second.aliases) == ("E2019", True, ("放管服会议", "那次会"))
    assert study.events_file == path


def test_a_table_of_events_is_checked_row_by_row(home, wrong):
    (home / "events.csv").write_text("id,date,node\nE1,2019,yes\n\nE2,soon,\nE1,2020,perhaps\n", "utf-8")
    assert wrong(BARE + "events: events.csv\n") == [(4, "no-date"), (5, "duplicate-id"), (5, "wrong-type")]
    (home / "events.csv").write_text("id,datum\nE1,2019\n", "utf-8")
    assert wrong(BARE + "events: events.csv\n") == [(1, "wrong-columns")]


def test_the_study_is_the_nearest_one_upward(home):
    (home / "qualcode.yaml").write_text(BARE, "utf-8")
    deep = home / "texts" / "a" / "b"
    deep.mkdir(parents=True)
    assert find_study(deep) == home / "qualcode.yaml"
    (home / "texts" / "qualcode.yaml").write_text(BARE, "utf-8")
    assert find_study(deep) == home / "texts" / "qualcode.yaml"


def test_a_corpus_given_elsewhere_need_not_be_where_the_file_says(home, tmp_path_factory):
    (home / "qualcode.yaml").write_text("corpus: gone\ncodebook: gone.yaml\n", "utf-8")
    texts = tmp_path_factory.mktemp("texts")
    book: Path = texts / "b.yaml"
    book.write_text("", "utf-8")
    study, problems = load_study(home / "qualcode.yaml", corpus=texts, codebook=book)
    assert problems == []
    assert study is not None
    assert (study.corpus_folder, study.codebook) == (texts, book)


def test_sets_of_phases_divide_one_time_in_several_ways(read):
    study = read(
        BARE
        + """
phases:
  - {id: P1, start: 2016, end: 2019-06-25}
  - {id: P2, start: 2019-06-25, end: 2024, transition_days: 90}
  - {id: early, start: 2016, end: 2018}
  - {id: late, start: 2018, end: 2024}
phase_sets: {reform: [late, early], node: [P1, P2]}
"""
    )
    sets = {name: [phase.id for phase in phases] for name, phases in study.phase_sets.items()}
    assert sets == {"reform": ["early", "late"], "node": ["P1", "P2"]}
    assert study.phases == study.phase_sets["reform"]
    assert [phase.transition for phase in study.phase_sets["node"]] == [0, 90]


def test_phases_of_different_sets_may_overlap_those_of_one_may_not(wrong):
    phases = "phases:\n  - {id: A, start: 2016, end: 2020}\n  - {id: B, start: 2018, end: 2024}\n"
    assert wrong(BARE + phases + "phase_sets: {one: [A], two: [B]}") == []
    assert wrong(BARE + phases + "phase_sets: {one: [A, B]}") == [(5, "phases-overlap")]
    assert wrong(BARE + phases + "phase_sets: {one: [A, C]}") == [(5, "phase-not-used"), (6, "unknown-phase")]
    assert wrong(BARE + phases + "phase_sets: [A]")[-1] == (6, "wrong-type")


def test_days_of_transition_leave_every_phase_days_of_its_own(wrong):
    phases = (
        "phases:\n  - {id: A, start: 2019-01-01, end: 2019-06-25}\n"
        "  - {id: B, start: 2019-06-25, end: 2024, transition_days: %s}\n"
    )
    assert wrong(BARE + phases % 174) == []
    assert wrong(BARE + phases % 175) == [(4, "empty-phase")]
    assert wrong(BARE + phases % -1) == [(5, "out-of-range")]


LINKED = """
events:
  - {id: A, date: 2016}
  - {id: B, date: 2017, requires: [A]}
  - {id: C, date: 2019, requires: {B: 方案以它为依据, A: ""}}
"""


def test_events_say_what_they_rest_on_and_why(read, home):
    events = read(BARE + LINKED).events
    assert [dict(event.requires) for event in events] == [{}, {"A": ""}, {"B": "方案以它为依据", "A": ""}]
    (home / "events.csv").write_text("id,date,requires\nA,2016,\nB,2017,\nC,2019,A;B\n", "utf-8")
    assert list(read(BARE + "events: events.csv").events[2].requires) == ["A", "B"]


def test_links_between_events_are_held_against_each_other(wrong):
    assert wrong(BARE + LINKED) == []
    assert wrong(BARE + LINKED.replace("requires: [A]", "requires: [D]")) == [(6, "unknown-event")]
    later = LINKED.replace("{id: A, date: 2016}", "{id: A, date: 2018}")
    assert wrong(BARE + later) == [(6, "later-event")]
    circle = LINKED.replace("{id: A, date: 2016}", "{id: A, date: 2016, requires: [C]}")
    assert [kind for _, kind in wrong(BARE + circle)].count("circular-events") >= 1
    assert wrong(BARE + "\nevents: [{id: A, date: 2016, requires: A}]") == [(4, "circular-events")]
