"""`qualcode try` and `qualcode watch`, as one works on a codebook with them."""

import json
import time

import pytest

from qualcode.cli.main import call


def edit(study, old, new):
    book = study / "codebook.yaml"
    text = book.read_text("utf-8")
    assert old in text
    book.write_text(text.replace(old, new), "utf-8")


def test_a_code_is_tried_with_those_below_it(study, qualcode):
    code, out, err = qualcode("try", "avoidance", study)
    assert code == 0
    hits, _, refused = out.partition("refused:")
    assert "[不敢签]" in hits and "[以安全为由]" in hits
    assert "[怕担责]" in refused and "who asks (interviewer)" in refused
    assert "5 hits in 4 segments of 2 of 2 documents; 1 refused" in err
    assert "against the last run: +0 −0 segments" in err
    assert held_nothing_new(study)


def held_nothing_new(study):
    return not (study / ".qualcode").exists()


def test_a_rule_is_tried_before_anything_is_run(study, qualcode):
    edit(study, "[以安全为由, 以保密为由]", "[以保密为由, 怎么不敢签, 吭声]")
    code, out, err = qualcode("try", "sec_terms", study)
    assert code == 0
    assert "[吭声]" in out
    assert "against the last run: +1 −1 segments" in err
    assert "+ 访谈01:6" in err
    assert "− 办法:3" in err


def test_an_expression_is_tried(study, qualcode):
    out = qualcode("try", "near: [[不敢], [字]], within: 6 characters", study).out
    assert "[不敢签字]" in out
    answer = qualcode("try", "吭声", study)
    assert "of its segments 1 had no code in the last run" in answer.err
    assert qualcode("try", "没有这个词", study).code == 1
    code, _, err = qualcode("try", "sec_term", study)
    assert (code, "did you mean 'sec_terms'?" in err) == (2, True)
    code, _, err = qualcode("try", "near: [[不敢]], withn: 6", study)
    assert code == 2
    assert "<expression>:1" in err
    assert "did you mean 'within'" in err


def test_a_sample_is_the_same_for_the_same_seed(study, qualcode):
    first = qualcode("try", "avoidance", study, "--sample", 2, "--seed", 3)
    assert first.out == qualcode("try", "avoidance", study, "--sample", 2, "--seed", 3).out
    assert "2 of 5 places, drawn at random with seed 3" in first.err


def test_matches_stand_one_below_the_other(study, qualcode):
    from qualcode.cli.common import display_width

    lines = qualcode("try", "数据", study).out.partition("refused")[0].strip().splitlines()
    assert len(lines) > 3
    assert len({display_width(line.partition("[")[0]) for line in lines}) == 1


def test_documents_kept_for_testing_are_left_out(study, qualcode):
    path = study / "corpus" / "办法.txt"
    path.write_text(path.read_text("utf-8").replace("---\n", "---\nsplit: test\n", 1), "utf-8")
    answer = qualcode("try", "avoidance", study)
    assert "办法:" not in answer.out + answer.err
    assert "1 documents kept for testing were left out" in answer.err
    opened = qualcode("try", "avoidance", study, "--open-test")
    assert "[以安全为由]" in opened.out
    assert "warning[test-opened]" in opened.err
    journal = (study / ".qualcode" / "opened.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["command"] for line in journal] == ["try avoidance"]


@pytest.fixture
def saves(monkeypatch):
    """Save something between two looks, one after the other, then interrupt."""

    def between(*edits):
        waiting = list(edits)

        def sleep(seconds):
            if not waiting:
                raise KeyboardInterrupt
            waiting.pop(0)()

        monkeypatch.setattr(time, "sleep", sleep)

    return between


def test_watching_repeats_check_test_and_try_on_every_save(study, capfd, saves):
    saves(
        lambda: edit(study, "[不敢签, 怕担责", "[吭声, 不敢签, 怕担责"),
        lambda: None,
        lambda: edit(study, "terms: [吭声", "trems: [吭声"),
        lambda: edit(study, "trems: [吭声", "terms: [吭声"),
        lambda: edit(study, "definition: 主动想办法", "definition: 自己想办法"),
    )
    assert call(["watch", str(study)]) == 130
    out, err = capfd.readouterr()
    looks = err.split("── ")[1:]
    assert [look.count("examples tried") for look in looks if "examples" in look] == [1, 1, 1, 1]
    assert len(looks) == 5, "a look at which nothing was saved says nothing"
    first, tried, broken, mended, renamed = looks
    assert "avoidance:" not in first
    assert "avoidance:" in tried and "against the last run: +1 −0 segments" in tried
    assert "[吭声]" in out
    assert "did you mean 'terms'" in broken and "cannot be used" in broken
    assert "avoidance:" not in mended, "its rules are those of the last usable look"
    assert "avoidance:" not in renamed, "a definition changes no coding"
    assert "interrupted" in err


def test_watching_tells_examples_that_do_not_hold(study, capfd, saves):
    saves(lambda: edit(study, "[不敢签, 怕担责", "[怕担责"))
    assert call(["watch", str(study)]) == 130
    err = capfd.readouterr().err
    assert "error[example-missed]" in err
    assert "1 not as the codebook says" in err
