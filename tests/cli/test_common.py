"""What is told of many problems, when not all can be."""

from qualcode.cli.common import show_problems
from qualcode.problems import Place, Severity, problem


def many(severity: Severity, count: int, path: str):
    return [problem("x", Place(path, n), "{n}", severity=severity, n=n) for n in range(1, count + 1)]


def test_notes_make_room_for_warnings_and_warnings_for_errors(capsys):
    found = [*many("note", 60, "a.txt"), *many("warning", 5, "b.txt"), *many("error", 3, "c.txt")]
    assert show_problems(found, limit=10, all_in="problems.csv") == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "errors: 3, warnings: 5, notes: 60"
    assert [line.split(":")[0] for line in lines[1:-1]] == ["a.txt"] * 2 + ["b.txt"] * 5 + ["c.txt"] * 3
    assert lines[-1] == "… and 58 more; all of them are in problems.csv"


def test_without_errors_the_answer_is_0(capsys):
    assert show_problems(many("warning", 2, "a.txt")) == 0
    assert show_problems([]) == 0
    assert capsys.readouterr().err.count("a.txt") == 2
