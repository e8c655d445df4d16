"""The commands of `qualcode codebook`: what they print, where, and how they end."""

import json

import pytest

from qualcode.cli.main import call

BROKEN = "qualcode: 1\nid: t\nversion: 1.0.0\ncodes:\n- {id: a, nam: n, definition: d}\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUALCODE_LANG", "en")

    def run(*arguments):
        code = call(["codebook", *arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return run


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_new_codebook_passes_check_and_test_at_once(run, lang):
    assert run("new", "mine.yaml", "--lang", lang)[0] == 0
    assert run("check", "mine.yaml")[0] == 0
    code, out, err = run("test", "mine.yaml")
    assert (code, out) == (0, "")
    assert "5 examples tried, 0 not as the codebook says" in err


def test_new_never_writes_over_a_file(run, tmp_path):
    (tmp_path / "mine.yaml").write_text("precious", encoding="utf-8")
    code, out, err = run("new", "mine.yaml")
    assert (code, out) == (2, "")
    assert "mine.yaml is already there" in err
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "precious"


def test_new_needs_a_folder_that_is_there(run):
    code, _, err = run("new", "nowhere/mine.yaml")
    assert code == 2
    assert "there is no folder nowhere" in err


def test_check_ends_with_3_and_names_the_place(run, tmp_path):
    (tmp_path / "b.yaml").write_text(BROKEN, encoding="utf-8")
    code, out, err = run("check", "b.yaml")
    assert (code, out) == (3, "")
    assert "b.yaml:5:11: error[unknown-key]: 'nam' is not a key of a code; did you mean 'name'?" in err


def test_check_as_json_is_one_document_on_stdout(run, tmp_path):
    (tmp_path / "b.yaml").write_text(BROKEN, encoding="utf-8")
    code, out, _ = run("check", "b.yaml", "--json")
    found = json.loads(out)
    assert (code, found["usable"]) == (3, False)
    assert [(p["line"], p["column"], p["kind"]) for p in found["problems"]] == [
        (5, 3, "missing-key"),
        (5, 11, "unknown-key"),
    ]


def test_a_missing_codebook_ends_with_3_and_a_guess(run):
    run("new", "codebook.yaml")
    code, _, err = run("check", "codebok.yaml")
    assert code == 3
    assert "did you mean 'codebook.yaml'?" in err


def test_failing_examples_end_with_1_each_at_its_line(run, tmp_path):
    (tmp_path / "c.yaml").write_text(
        "qualcode: 1\nid: t\nversion: 1.0.0\ncodes:\n"
        "- {id: a, name: n, definition: d}\n"
        "- id: a.b\n  name: n\n  definition: d\n  rules: [{id: r, terms: [不给]}]\n"
        "  except: [不给力]\n"
        "  examples: [他们不给。, 他们很不给力。, 他们不行。]\n"
        "  not_examples: [谁说不给了。]\n",
        encoding="utf-8",
    )
    code, out, err = run("test", "c.yaml")
    assert (code, out) == (1, "")
    assert "c.yaml:11:21: error[example-missed]" in err
    assert "what was refused: r (except)" in err
    assert "c.yaml:11:30: error[example-missed]" in err
    assert "c.yaml:12:18: error[example-caught]" in err
    assert "what fired: r" in err
    code, out, _ = run("test", "c.yaml", "--json")
    found = json.loads(out)
    assert (code, found["tried"], found["failed"]) == (1, 4, 3)
    assert [one["got"] for one in found["examples"]] == [True, False, False, True]


def test_an_example_of_a_parent_may_be_coded_with_a_child(run, tmp_path):
    (tmp_path / "c.yaml").write_text(
        "qualcode: 1\nid: t\nversion: 1.0.0\ncodes:\n"
        "- {id: a, name: n, definition: d, examples: [他们不给。]}\n"
        "- {id: a.b, name: n, definition: d, rules: [{terms: [不给]}]}\n",
        encoding="utf-8",
    )
    assert run("test", "c.yaml")[0] == 0


def test_an_unusable_codebook_is_not_tested_nor_shown(run, tmp_path):
    (tmp_path / "b.yaml").write_text(BROKEN, encoding="utf-8")
    for command in ("test", "show"):
        code, out, err = run(command, "b.yaml")
        assert (code, out) == (3, "")
        assert "error[unknown-key]" in err


def test_show_prints_the_tree_in_the_language_asked_for(run):
    run("new", "mine.yaml", "--lang", "zh")
    _, out, _ = run("show", "mine.yaml")
    assert [line.split()[0] for line in out.splitlines()[1:]] == [
        "avoidance",
        "avoidance.security",
        "avoidance.fear",
    ]
    assert "以安全保密为由" in out


def test_show_one_code_with_its_rules_and_their_lines(run, tmp_path):
    run("new", "mine.yaml", "--lang", "en")
    _, out, _ = run("show", "mine.yaml", "avoidance.fear")
    line = (tmp_path / "mine.yaml").read_text(encoding="utf-8").splitlines().index(
        "      - terms: [take the blame, afraid to sign, held responsible]"
    ) + 1
    assert out.splitlines()[0] == "avoidance.fear"
    assert (
        "  rules: avoidance.fear:1  terms: [take the blame, afraid to sign, held responsible]"
        f"  (mine.yaml:{line})" in out.splitlines()
    )


def test_show_as_json_has_everything(run):
    run("new", "mine.yaml", "--lang", "zh")
    record = json.loads(run("show", "mine.yaml", "--json")[1])
    assert [code["id"] for code in record["codes"]] == ["avoidance", "avoidance.security", "avoidance.fear"]
    assert record["lexicons"]["refusal"] == ["不给", "不予", "拒绝", "挡回"]
    assert record["codes"][1]["facet"] == "logic"


def test_show_of_an_unknown_code_guesses(run):
    run("new", "mine.yaml")
    code, _, err = run("show", "mine.yaml", "avoidnce")
    assert code == 2
    assert "did you mean 'avoidance'?" in err


def test_the_schema_goes_to_stdout(run):
    code, out, err = run("schema")
    assert (code, err) == (0, "")
    assert json.loads(out)["title"] == "qualcode codebook"
