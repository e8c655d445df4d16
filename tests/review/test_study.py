"""A study with decisions: what a run says, what verify checks, what corrected and renamed files do."""

import csv
import json

import pytest


def rows(study, table="coded_segments"):
    with (study / "results" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def segment(study, words):
    return next(row["segment_id"] for row in rows(study, "segments") if words in row["text"])


def states(told, study):
    return {
        (one["code"], one["state"], one["segment_id"])
        for one in json.loads(told("corpus", "changes", study, "--all", "--json")[1])
    }


def test_decisions_enter_the_next_run_and_verify_knows_them(study, told):
    assert told("run", study)[0] in (0, 1)
    before = {row["coding_id"]: row for row in rows(study)}
    assert {(row["status"], row["decided_by"]) for row in before.values()} == {("unreviewed", "")}
    fear, refuse = segment(study, "都怕担责"), segment(study, "不给别的")
    assert told("decide", f"{fear}#fear", study, "--coder", "甲", "--recode", "open:厂商锁定")[0] == 0
    assert told("decide", f"{refuse}#refuse", study, "--coder", "乙", "--accept", "--memo", "典型")[0] == 0
    assert told("run", study)[0] in (0, 1)
    after = {row["coding_id"]: row for row in rows(study)}
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {f"{fear}#fear@machine", f"{fear}#open:厂商锁定@甲", f"{refuse}#refuse@machine"}
    assert after[f"{fear}#fear@machine"]["countable"] == "no"
    new = after[f"{fear}#open:厂商锁定@甲"]
    assert (new["status"], new["coder"], new["countable"]) == ("added", "甲", "yes")
    assert next(r for r in rows(study, "codes") if r["code"] == "open:厂商锁定")["n_codings"] == "1"
    assert told("verify", study / "results")[0] == 0
    told("decide", f"{fear}#fear", study, "--coder", "甲", "--reject")
    assert "decisions/甲.jsonl" in "".join(told("verify", study / "results")[1:])


def test_an_undo_gives_back_the_bytes_of_before(study, told):
    told("run", study)
    before = (study / "results" / "coded_segments.csv").read_bytes()
    made = told("decide", f"{segment(study, '都怕担责')}#fear", study, "--coder", "甲", "--reject")[1].strip()
    assert told("decide", "-", study, "--coder", "乙", "--undo", made)[0] == 2
    assert told("decide", "-", study, "--coder", "甲", "--undo", made)[0] == 0
    told("run", study)
    assert (study / "results" / "coded_segments.csv").read_bytes() == before


def test_a_corrected_and_a_renamed_transcript(study, told):
    told("run", study)
    fear, refuse, late = (segment(study, words) for words in ("都怕担责", "不给别的", "后来市里"))
    for place, verdict in ((f"{fear}#fear", "--accept"), (f"{refuse}#refuse", "--reject")):
        told("decide", place, study, "--coder", "甲", verdict)
    told("decide", late, study, "--coder", "甲", "--add", "refuse")
    path = study / "corpus" / "I03.txt"
    path = path.rename(path.with_name("I07.txt"))
    moved = {
        (c, "moved", s.replace("I03", "I07"))
        for c, s in (("fear", fear), ("refuse", refuse), ("refuse", late))
    }
    assert states(told, study) == moved
    told("run", study)
    assert {r["status"] for r in rows(study) if "I07" in r["coding_id"]} >= {"accepted", "rejected", "added"}
    path.rename(study / "corpus" / "I03.txt")
    text = (study / "corpus" / "I03.txt").read_text("utf-8")
    text = text.replace("都怕担责", "都害怕担责任")
    text = text.replace("\n答：后来市里开了会，追责的办法写清楚了，情况就好一些。", "")
    (study / "corpus" / "I03.txt").write_text(text, "utf-8")
    found = states(told, study)
    assert ("fear", "changed", fear) in found
    assert ("refuse", "moved", refuse) in found
    assert [state for code, state, where in found if (code, where) == ("refuse", "")] == ["orphaned"]
    told("run", study)
    status = {row["coding_id"]: row["status"] for row in rows(study)}
    assert status[f"{fear}#fear@machine"] == "review_again"
    assert status[f"{refuse}#refuse@machine"] == "rejected"
    told("decide", f"{fear}#fear", study, "--coder", "甲", "--accept")
    assert {state for code, state, _ in states(told, study) if code == "fear"} == {"unchanged"}


def test_a_transcript_renamed_and_corrected_at_once_is_named_and_its_id_brings_decisions_back(study, told):
    told("run", study)
    for words in ("说实话大家都怕担责", "我们处里的数据", "后来市里开了会"):
        assert told("decide", segment(study, words), study, "--coder", "甲", "--add", "agree").code == 0
    (study / "corpus" / "I99.txt").write_text("问：别的事？\n答：没有。\n", "utf-8")
    path = (study / "corpus" / "I03.txt").rename(study / "corpus" / "I07.txt")
    path.write_text(path.read_text("utf-8").replace("情况就好一些", "情况好多了"), "utf-8")
    code, out, err = told("corpus", "changes", study)
    assert (code, out.count("orphaned")) == (1, 3)
    assert "warning[perhaps-renamed]: 2 of 3 places decided about in I03" in err and "stand in I07" in err
    path.write_text(path.read_text("utf-8").replace("kind:", "id: I03\nkind:"), "utf-8")
    code, out, err = told("corpus", "changes", study)
    assert "perhaps-renamed" not in err
    assert sorted(line.split("\t")[1] for line in out.splitlines() if "\t" in line) == [
        "changed",
        "moved",
        "moved",
    ]


@pytest.mark.parametrize(
    ("call_", "words"),
    [
        (("decide", "I03:2#fear", "--coder", "甲"), "say one thing"),
        (("decide", "I03:2#fear", "--coder", "machine", "--accept"), "cannot be the name of a coder"),
        (("decide", "I03:999#fear", "--coder", "甲", "--accept"), "has no segment 999"),
        (("decide", "I03:2", "--coder", "甲", "--accept"), "which code?"),
        (("decide", "I03:2", "--coder", "甲", "--add", "feer"), "did you mean 'fear'"),
        (("decide", "somewhere", "--coder", "甲", "--accept"), "is no id of a segment"),
    ],
)
def test_a_call_that_makes_no_sense_writes_nothing(study, told, call_, words):
    command, place, *options = call_
    code, _, err = told(command, place, study, *options)
    assert (code, words in err) == (2, True), err
    assert not (study / "decisions").exists()


def test_memos_stand_on_documents_and_codes(study, told):
    assert told("decide", "document:I03", study, "--coder", "甲", "--memo", "录音不清")[0] == 0
    assert told("decide", "code:fear", study, "--coder", "甲", "--memo", "定义要改")[0] == 0
    assert told("run", study)[0] in (0, 1)
    assert {row["status"] for row in rows(study)} == {"unreviewed"}


def test_a_code_that_was_renamed_is_told(study, told):
    told("run", study)
    told("decide", segment(study, "情况就好"), study, "--coder", "甲", "--add", "refuse")
    book = study / "codebook.yaml"
    book.write_text(book.read_text("utf-8").replace("id: refuse", "id: denial"), "utf-8")
    assert "warning[decided-code-missing]" in told("run", study)[2]
    assert "refuse" not in {row["code"] for row in rows(study)}
