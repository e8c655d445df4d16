"""What `qualcode report` reads back of a run."""

from qualcode.problems import Place
from qualcode.project.reporting import problems_of

HEAD = "path,line,column,cell,severity,kind,message,hint\n"


def test_problems_that_stand_at_no_line_are_read_back(tmp_path):
    (tmp_path / "problems.csv").write_text(HEAD + "a.txt,,,,note,near-duplicate,much the same,\n", "utf-8")
    assert [(p.place, p.kind) for p in problems_of(tmp_path)] == [(Place("a.txt"), "near-duplicate")]


def test_problems_with_and_without_a_line_are_read_back_together(tmp_path):
    rows = "a.txt,,,,note,k,m,\nbook.yaml,3,5,,error,k,m,try this\ns.csv,,,B2,warning,k,m,\n"
    (tmp_path / "problems.csv").write_text(HEAD + rows, "utf-8")
    places = [Place("a.txt"), Place("book.yaml", 3, 5), Place("s.csv", 0, 0, "B2")]
    assert [p.place for p in problems_of(tmp_path)] == places


def test_a_folder_without_problems_has_none(tmp_path):
    assert problems_of(tmp_path) == []
