"""`qualcode analyze`: analyses by name, of a result folder."""

import csv
import io

import pytest

from qualcode.analysis.catalogue import analyses
from qualcode.columns import TABLES


def test_without_a_name_the_analyses_are_listed(qualcode):
    answer = qualcode("analyze")
    assert answer.code == 0
    assert [line.split()[0] for line in answer.out.splitlines()[1:]] == list(analyses)


@pytest.mark.parametrize("name", list(analyses))
def test_each_analysis_prints_its_declared_columns_or_says_what_it_needs(qualcode, study, name):
    answer = qualcode("analyze", name, study / "results")
    if answer.code:
        assert answer.code == 2 and "name" in answer.err  # the codes it asks for are not in this codebook
        return
    header = next(csv.reader(io.StringIO(answer.out)))
    assert header in [[column.name for column in columns] for columns in TABLES.values()]


def test_out_writes_all_tables_and_twice_the_same_bytes(qualcode, study, tmp_path):
    for folder in ("one", "two"):
        assert qualcode("analyze", "shift", study / "results", "--out", tmp_path / folder).code == 0
    names = {"shift.csv", "placebo.csv", "scan.csv"}
    assert names <= {path.name for path in (tmp_path / "one").iterdir()}
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_unknown_names_codes_and_dates_are_answered(qualcode, study):
    results = study / "results"
    assert "did you mean 'dominance'" in qualcode("analyze", "dominence", results).err
    assert qualcode("analyze", "shift", results, "--code", "nothing_like_it").code == 2
    assert "no date" in qualcode("analyze", "shift", results, "--node", "sometime").err
    assert "result folder" in qualcode("analyze", "shift").err
    assert "it has shift" in qualcode("analyze", "shift", results, "--table", "nodes").err


def test_another_set_of_phases_places_anew(qualcode, study):
    results = study / "results"
    assert (
        "no set of phases 'reform'" in qualcode("analyze", "dominance", results, "--phase-set", "reform").err
    )
    path = study / "qualcode.yaml"
    halves = "phases: [{id: H1, start: 2016, end: 2020}, {id: H2, start: 2020, end: 2024}]\n"
    kept = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("  - {id: P")]
    text = "\n".join(line for line in kept if not line.startswith("phases:"))
    path.write_text(text + "\n" + halves + "phase_sets: {both: [H1, H2], late: [H2]}\n", "utf-8")
    assert qualcode("run", study, "--force").code == 0
    for name, phases in (("both", {"H1", "H2"}), ("late", {"H2"})):
        answer = qualcode("analyze", "dominance", results, "--phase-set", name)
        found = {line["phase"] for line in csv.DictReader(io.StringIO(answer.out))}
        assert found == phases


def test_validation_is_read_or_refused_with_what_it_should_hold(qualcode, study, tmp_path):
    path = tmp_path / "validation.csv"
    path.write_text("code,found,wrong,missed\nx,8,2,many\n", encoding="utf-8")
    answer = qualcode("analyze", "dominance", study / "results", "--validation", path)
    assert answer.code == 3 and "code, found, wrong, missed" in answer.err
