"""The analyses a study asks for: which are made in a run, and what is said of those that cannot be."""

from dataclasses import replace

import pytest

from qualcode.analysis.catalogue import analyses
from qualcode.analysis.load import read_table
from qualcode.columns import TABLES
from qualcode.project.asked import AnalysesOptions
from qualcode.project.run import run
from qualcode.project.scaffold import begin_study
from qualcode.project.study import Study, load_study, parse_study

BARE = "corpus: texts\ncodebook: book.yaml\n"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "book.yaml").write_text("", "utf-8")
    return tmp_path


def asked(home, text: str) -> tuple[AnalysesOptions, list[tuple[int, str]]]:
    study, problems = parse_study(BARE + text, home / "qualcode.yaml")
    found = [(p.place.line, p.kind) for p in problems]
    return (study.analyses if study else AnalysesOptions()), found


@pytest.fixture(scope="module")
def study(tmp_path_factory) -> Study:
    folder = tmp_path_factory.mktemp("asked") / "study"
    begin_study(folder, "zh")
    found, problems = load_study(folder / "qualcode.yaml")
    assert found is not None, problems
    return found


def test_all_are_asked_unless_said_otherwise(home):
    assert asked(home, "")[0].names == tuple(analyses)
    assert asked(home, "analyses: none\n")[0].names == ()
    assert asked(home, "analyses: [shift, dominance]\n")[0].names == ("dominance", "shift")
    assert "echo" not in asked(home, "analyses: {leave_out: [echo]}\n")[0].names


def test_a_map_says_codes_and_dates(home):
    text = "analyses:\n  codes: {bridge: [a, b, c]}\n  node: E1\n  placebos: [2018-01-01]\n  resamples: 200\n"
    options, problems = asked(home, text)
    assert problems == [] and options.codes == {"bridge": ("a", "b", "c")}
    assert (options.node, options.placebos, options.resamples) == ("E1", ("2018-01-01",), 200)


def test_what_is_no_analysis_is_a_problem_with_its_place(home):
    assert asked(home, "analyses: [shfit]\n")[1] == [(3, "unknown-analysis")]
    assert asked(home, "analyses:\n  leave_out: [ecko]\n")[1] == [(4, "unknown-value")]
    assert asked(home, "analyses:\n  codes: {brigde: [a]}\n")[1] == [(4, "unknown-key")]


def test_a_run_writes_every_table_asked_for_and_says_what_could_not_be_made(study):
    outcome = run(study)
    listed = read_table(study.results / "analyses.csv", "analyses")
    assert listed["analysis"].tolist() == list(analyses)
    for line in listed.to_dict("records"):
        assert line["remarks"] or line["made"], line
        for table in line["tables"]:
            name = table.partition(" ")[0]
            assert name in TABLES and f"{name}.csv" in outcome.files


def test_none_leaves_an_empty_list_and_no_table(study, tmp_path):
    less = replace(study, results=tmp_path / "out", analyses=AnalysesOptions(run=()))
    files = run(less).files
    assert "analyses.csv" in files and "shift.csv" not in files
    assert read_table(less.results / "analyses.csv", "analyses").empty


def test_codes_that_do_not_exist_are_told_and_the_rest_is_made(study, tmp_path):
    options = AnalysesOptions(run=("shift", "saturation"), codes={"shift": ("nothing_like_it",)})
    outcome = run(replace(study, results=tmp_path / "out", analyses=options))
    assert [p.kind for p in outcome.problems if p.kind == "analysis-not-made"] == ["analysis-not-made"]
    assert "saturation.csv" in outcome.files and "shift.csv" not in outcome.files
