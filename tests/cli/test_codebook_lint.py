"""`codebook check` and `codebook diff`: what they print, where, and how they end."""

import json
import sys

import pytest

BOOK = (
    "qualcode: 1\nid: t\nversion: 1.0.0\nlanguages: [zh]\ncodes:\n"
    "- {id: a, name: A, definition: d, rules: [{terms: [不给], except: [给]}]}\n"
)
CLEAN = BOOK.replace(", except: [给]", "")
TALK = "访谈者：为什么不给？\n受访者：不给就是不给。今天开会。大家都来了。\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "b.yaml").write_text(BOOK, encoding="utf-8")
    (tmp_path / "clean.yaml").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def corpus(folder):
    texts = folder / "texts"
    texts.mkdir()
    for n in range(1, 9):
        (texts / f"i{n}.txt").write_text(TALK, encoding="utf-8")
    return texts


def test_warnings_leave_the_exit_code_0_unless_strict(qualcode, here):
    answer = qualcode("codebook", "check", "b.yaml")
    assert answer.code == 0
    assert "b.yaml:6:43: warning[never-matches]: 'a:1' can never match" in answer.err
    assert "nothing hinders its use" in answer.err
    assert qualcode("codebook", "check", "b.yaml", "--strict").code == 1
    assert qualcode("codebook", "check", "clean.yaml", "--strict").code == 0


def test_notes_are_counted_and_shown_when_asked_for(qualcode, here):
    answer = qualcode("codebook", "check", "clean.yaml")
    assert "note[no-examples]" not in answer.err
    assert "1 notes are not shown" in answer.err
    assert "note[no-examples]" in qualcode("codebook", "check", "clean.yaml", "--notes").err


def test_errors_end_with_3_whatever_else_is_asked(qualcode, here):
    (here / "b.yaml").write_text(BOOK.replace("terms", "trems"), encoding="utf-8")
    assert qualcode("codebook", "check", "b.yaml", "--strict", "--format", "sarif").code == 3


def test_json_has_every_finding(qualcode, here):
    answer = qualcode("codebook", "check", "b.yaml", "--json")
    found = json.loads(answer.out)
    assert (answer.code, found["usable"], found["rules"]) == (0, True, 1)
    assert [(p["severity"], p["kind"]) for p in found["problems"]] == [
        ("note", "no-examples"),
        ("warning", "never-matches"),
    ]


def test_sarif_names_the_place_an_editor_jumps_to(qualcode, here):
    answer = qualcode("codebook", "check", "b.yaml", "--format", "sarif", "--strict")
    log = json.loads(answer.out)
    assert (answer.code, log["version"]) == (1, "2.1.0")
    (run,) = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    (one,) = [r for r in run["results"] if r["ruleId"] == "never-matches"]
    assert one["level"] == "warning"
    assert one["message"]["text"].startswith("'a:1' can never match")
    assert run["tool"]["driver"]["rules"][one["ruleIndex"]] == {"id": "never-matches"}
    assert one["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "b.yaml"},
        "region": {"startLine": 6, "startColumn": 43},
    }


def test_a_corpus_shows_what_the_rules_do_in_it(qualcode, here):
    corpus(here)
    answer = qualcode("codebook", "check", "clean.yaml", "--corpus", "texts")
    assert answer.code == 0
    # Of four sentences a document three are a respondent's; 不给 stands in one of these.
    assert "warning[frequent-rule]: 'a:1' fires in 33.3 % of 24 segments" in answer.err
    often = qualcode("codebook", "check", "clean.yaml", "--corpus", "texts", "--often", "34")
    assert "frequent-rule" not in often.err
    refused = qualcode("codebook", "check", "b.yaml", "--corpus", "texts", "--strict")
    assert refused.code == 1
    assert "warning[refused-rule]: all 24 matches of 'a:1' are refused: except 24" in refused.err


def test_results_say_the_same_as_coding_the_corpus_anew(qualcode, here):
    texts = corpus(here)
    for book in ("b.yaml", "clean.yaml"):
        assert qualcode("code", texts, "--codebook", book, "--out", f"of_{book}").code == 0
        coded = qualcode("codebook", "check", book, "--corpus", texts, "--json")
        read = qualcode("codebook", "check", book, "--results", f"of_{book}", "--json")
        assert json.loads(read.out) == json.loads(coded.out)


def test_documents_kept_for_testing_are_left_out(qualcode, here):
    texts = corpus(here)
    (texts / "kept.txt").write_text("访谈者：怎么样？\n" + "受访者：拒绝。\n" * 50, encoding="utf-8")
    (texts / "kept.meta.yaml").write_text("split: test\n", encoding="utf-8")
    (here / "clean.yaml").write_text(CLEAN.replace("不给", "不给, 拒绝"), encoding="utf-8")
    assert qualcode("code", texts, "--codebook", "clean.yaml", "--out", "results").code == 0
    for material in (("--corpus", "texts"), ("--results", "results")):
        answer = qualcode("codebook", "check", "clean.yaml", *material)
        assert "fires in 33.3 % of 24 segments" in answer.err
        assert "1 documents kept for testing were left out" in answer.err


def test_results_of_another_codebook_are_told(qualcode, here):
    texts = corpus(here)
    assert qualcode("code", texts, "--codebook", "b.yaml", "--out", "results").code == 0
    answer = qualcode("codebook", "check", "clean.yaml", "--results", "results")
    assert "warning[codebook-changed]" in answer.err


def test_one_material_at_a_time(qualcode, here):
    answer = qualcode("codebook", "check", "b.yaml", "--corpus", "x", "--results", "y")
    assert answer.code == 2
    assert "exclude each other" in answer.err


def test_a_corpus_that_is_not_there_ends_with_2(qualcode, here):
    assert qualcode("codebook", "check", "b.yaml", "--corpus", "nowhere").code == 2
    assert qualcode("codebook", "check", "b.yaml", "--results", "nowhere").code == 3


def test_diff_says_in_words_what_changed(qualcode, here):
    answer = qualcode("codebook", "diff", "b.yaml", "clean.yaml")
    assert answer.out == "rule a:1 changed (a)\n  except: -给\n"
    assert "clean.yaml:6:43: warning[version-unchanged]" in answer.err
    assert "1 changes, 1 of them may change a result" in answer.err
    assert answer.code == 0
    assert qualcode("codebook", "diff", "b.yaml", "clean.yaml", "--strict").code == 1


def test_diff_in_chinese(qualcode, here):
    answer = qualcode("--lang", "zh", "codebook", "diff", "b.yaml", "clean.yaml")
    assert answer.out == "改动规则 a:1 (a)\n  except: -给\n"


def test_diff_as_json(qualcode, here):
    found = json.loads(qualcode("codebook", "diff", "--json", "b.yaml", "clean.yaml").out)
    assert found["versions"] == ["1.0.0", "1.0.0"]
    assert found["of_results"] is True
    (change,) = found["changes"]
    assert (change["what"], change["how"], change["id"], change["line"]) == ("rule", "changed", "a:1", 6)
    assert change["lists"] == [{"name": "except", "added": [], "removed": ["给"]}]
    assert [p["kind"] for p in found["problems"]] == ["version-unchanged"]


def test_nothing_changed_is_no_output(qualcode, here):
    answer = qualcode("codebook", "diff", "b.yaml", "b.yaml", "--strict")
    assert (answer.code, answer.out) == (0, "")


def test_an_unusable_codebook_cannot_be_compared(qualcode, here):
    (here / "c.yaml").write_text("qualcode: 1\n", encoding="utf-8")
    answer = qualcode("codebook", "diff", "b.yaml", "c.yaml")
    assert answer.code == 3
    assert "c.yaml cannot be used" in answer.err


def test_audit_lists_terms_that_cut_words(qualcode, here):
    pytest.importorskip("rjieba", reason="the extra 'audit' is not installed")
    (here / "b.yaml").write_text(CLEAN.replace("不给", "负责"), encoding="utf-8")
    (here / "texts").mkdir()
    talk = "访谈者：谁负责？\n受访者：他负责。可是他不负责任。\n"
    (here / "texts" / "i.txt").write_text(talk, encoding="utf-8")
    answer = qualcode("codebook", "audit", "b.yaml", "--corpus", "texts", "--json")
    (cut,) = json.loads(answer.out)
    assert (cut["term"], cut["n"], cut["n_cut"], cut["within"]) == ("负责", 2, 1, {"不负责任": 1})
    shown = qualcode("codebook", "audit", "b.yaml", "--corpus", "texts")
    assert (shown.code, shown.out.splitlines()[1].split()) == (
        0, ["负责", "a:1", "1", "2", "不负责任", "1", "i:3", "可是他不[负责]任。"],
    )  # fmt: skip
    assert (
        qualcode("codebook", "audit", "b.yaml", "--corpus", "texts", "--unit", "turn", "--least", "2").out
        == ""
    )


def test_audit_without_the_extra_says_what_to_install(qualcode, here, monkeypatch):
    monkeypatch.setitem(sys.modules, "rjieba", None)
    corpus(here)
    answer = qualcode("codebook", "audit", "clean.yaml", "--corpus", "texts")
    assert answer.code == 4
    assert 'pip install "qualcode[audit]"' in answer.err
