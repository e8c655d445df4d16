"""A coder's desk: what is kept up to date piece by piece is what is computed from everything anew."""

import random
from dataclasses import replace

import pytest

from qualcode.problems import UsageError
from qualcode.project.bench import open_bench
from qualcode.project.desk import Asked, Filter, OvertakenError, open_desk, read_filter
from qualcode.project.desk.views import codes_view, entry_view, list_view
from qualcode.project.study import load_study
from qualcode.review.journal import Journal

TALK = """问：数据共享推进得怎么样？
答：说实话大家都怕担责，谁也不敢先签字。我们处里的数据一直不给别的部门。
问：是不是担心出了问题说不清楚？
答：对。
问：后来有变化吗？
答：后来追责的办法写清楚了，也不给力了。情况好一些。
"""
BOOK = """
qualcode: 1
id: small
title: {zh: 小}
languages: [zh]
codes:
  - {id: avoidance, name: {zh: 避责}, definition: 避责}
  - {id: avoidance.fear, name: {zh: 怕担责}, definition: 怕, rules: [{id: fear, terms: [担责, 追责]}]}
  - {id: refuse, name: {zh: 拒绝}, definition: 不给, rules: [{id: no, terms: [不给], except: [不给力]}]}
  - {id: agree, name: {zh: 同意}, definition: 对, rules: [{terms: [对]}]}
"""


def text_of(name, extra=""):
    """No two are the same, or one would be taken for the other renamed."""
    return f"---\nkind: interview\n{extra}---\n{TALK}答：这是{name}。\n"


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "study"
    (folder / "corpus").mkdir(parents=True)
    (folder / "codebook.yaml").write_text(BOOK, "utf-8")
    (folder / "qualcode.yaml").write_text("qualcode: 1\n", "utf-8")
    for name, extra in (("I01", ""), ("I02", ""), ("I09", "split: test\n")):
        (folder / "corpus" / f"{name}.txt").write_text(text_of(name, extra), "utf-8")
    return folder


@pytest.fixture
def lay(study):
    def desk(coder="甲", **options):
        made, problems = load_study(study / "qualcode.yaml")
        assert made is not None, problems
        return open_desk(open_bench(made), coder, **options)

    return desk


def state(desk):
    """All a desk says, put together in one value."""
    filters = [
        *(Filter(status=one, show="all") for one in ("all", "undecided", "accepted", "rejected", "conflict")),
        *(Filter(show=one, status="all") for one in ("codings", "uncoded")),
        Filter("all", "all", code="avoidance"),
        Filter("all", "all", code="avoidance", below=False),
        Filter("all", "all", rule="no", refused=True),
        Filter("all", "all", search="不给"),
    ]
    return {
        "queues": [(desk.queue(one).keys, desk.queue(one).decided) for one in filters],
        "cells": {
            s.id: (desk.cell(s.id).entries, desk.cell(s.id).seen, dict(desk.cell(s.id).standings))
            for paper in desk.papers
            for s in paper.segments
        },
        "last": desk.told.last(desk.coder),
        "codes": [code["id"] for code in codes_view(desk)],
    }


def test_after_many_decisions_of_two_coders_a_desk_is_what_it_would_be_laid_anew(lay):
    chance, desks = random.Random(5), [lay(), lay("乙")]
    state(desks[0])  # its queues are made now, and kept up to date from here on
    for _ in range(120):
        desk = chance.choice(desks)
        desk.refresh()
        key = chance.choice(desk.queue(Filter("all", "all")).keys)
        segment = desk.segment_at(key.segment).id
        cell = desk.cell(segment)
        action = chance.choice(["accept", "reject", "recode", "add", "memo", "undo", "redo"])
        if action in ("undo", "redo"):
            last = desk.told.taken_back(desk.coder) if action == "redo" else desk.told.last(desk.coder)
            if last is not None:
                desk.undo(last.id, again=action == "redo")
            continue
        code = key.code or chance.choice(["open:新", "refuse"])
        if not key.code and action in ("reject", "recode"):
            action = "accept"
        asked = Asked(
            action,
            segment,
            "" if action == "accept" and not key.code else code,
            to=chance.choice([one for one in ("agree", "refuse", "open:旧") if one != code])
            if action == "recode"
            else "",
            memo="记" if action == "memo" else "",
            seen=cell.seen,
            settles=action in ("accept", "reject") and chance.random() < 0.2,
        )
        desk.decide(asked)
    for desk in desks:
        desk.refresh()
        assert state(desk) == state(lay(desk.coder))
    mine, theirs = (
        {s.id: dict(desk.cell(s.id).standings) for p in desk.papers for s in p.segments} for desk in desks
    )
    assert mine == theirs  # what stands is the same for everybody


def test_what_is_said_already_is_not_written_again(lay):
    desk = lay()
    first = desk.decide(Asked("accept", "I01:2", "avoidance.fear", seen="-"))
    again = desk.decide(Asked("accept", "I01:2", "avoidance.fear", seen=desk.cell("I01:2").seen))
    assert again == first and desk.written == 1
    other = desk.decide(Asked("accept", "I01:2", "avoidance.fear", memo="典型", seen=desk.cell("I01:2").seen))
    assert other != first and desk.written == 2


def test_a_decision_from_an_old_state_is_refused_whoever_made_it_old(lay):
    desk, theirs = lay(), lay("乙")
    theirs.decide(Asked("reject", "I01:2", "avoidance.fear", seen="-"))
    with pytest.raises(OvertakenError) as told:
        desk.decide(Asked("accept", "I01:2", "avoidance.fear", seen="-"))
    assert told.value.latest is not None and told.value.latest.coder == "乙"
    assert desk.written == 0
    desk.decide(Asked("accept", "I01:3", "refuse", seen="-"))  # another segment is not concerned
    desk.decide(Asked("memo", "I01:2", memo="再看", seen="-"))  # a memo contradicts nobody


def test_blind_the_desk_holds_nothing_of_the_machine_and_of_others(lay, study):
    Journal(study / "decisions", "乙").append("memo", code="refuse", memo="乙的看法")
    theirs = lay("乙")
    theirs.decide(Asked("add", "I01:7", "open:乙的编码", seen="-"))
    desk = lay(blind=True)
    assert all(not paper.coded.matches and not paper.codings for paper in desk.papers)
    shown = str([entry_view(desk, desk.key(s.id), Filter("all")) for p in desk.papers for s in p.segments])
    shown += str(codes_view(desk)) + str(list_view(desk, Filter("all", "all"), 0))
    assert "乙" not in shown and "'rules': ['" not in shown and "unreviewed" not in shown
    made = desk.decide(Asked("accept", "I01:2", seen="-"))
    assert made.blind and made.code == ""


def test_documents_kept_for_testing_are_not_laid_out_unless_opened(lay):
    assert {paper.document.id for paper in lay().papers} == {"I01", "I02"}
    assert {paper.document.id for paper in lay(open_test=True).papers} == {"I01", "I02", "I09"}


def test_a_renamed_transcript_keeps_its_decisions(lay, study):
    lay().decide(Asked("reject", "I02:2", "avoidance.fear", seen="-"))
    path = study / "corpus" / "I02.txt"
    path.write_text(path.read_text("utf-8") + "答：补了一句。\n", "utf-8")
    path.rename(study / "corpus" / "I05.txt")
    desk = lay()  # renamed and changed: nobody can say that it is the same
    assert [one.kind for one in desk.problems] == ["decided-document-missing"]
    (study / "corpus" / "I05.txt").write_text(text_of("I02"), "utf-8")
    desk = lay()
    assert desk.cell("I05:2").standings["avoidance.fear"].status == "rejected"


def test_a_queue_goes_round_and_knows_its_places(lay):
    queue = lay().queue(Filter())
    walked, key = [], None
    for _ in range(len(queue)):
        key = queue.after(key)
        walked.append(key)
    assert walked == queue.keys and queue.after(key) == queue.keys[0]
    assert queue.after(queue.keys[0], back=True) == queue.keys[-1]
    assert [queue.place(key) for key in queue.keys] == list(range(len(queue)))
    between = replace_rank(queue.keys[0])
    assert not queue.holds(between) and queue.after(between) == queue.keys[1]


def replace_rank(key):
    return key._replace(rank=key.rank + 1)


@pytest.mark.parametrize(
    "asked",
    [
        {"show": "x"},
        {"status": "x"},
        {"x": ""},
        {"code": 1},
        {"below": "no"},
        {"refused": 1},
        {"search": None},
    ],
    ids=str,
)
def test_a_filter_that_makes_no_sense_is_refused(asked):
    with pytest.raises(UsageError):
        read_filter(asked)


def test_a_filter_is_what_was_asked_for():
    assert read_filter({"code": "a", "below": False}) == replace(Filter(), code="a", below=False)
    assert Filter(status="accepted", code="a").scope == Filter(status="all", code="a")


def test_words_are_searched_as_rules_search_them(lay):
    desk = lay()
    found = desk.queue(Filter("all", "all", search=" 怕担责 "))
    assert [desk.segment_at(key.segment).id for key in found.keys] == ["I01:2", "I02:2"]


def test_evidence_is_marked_where_it_stands(lay):
    desk = lay()
    view = entry_view(desk, desk.key("I01:2", "avoidance.fear"), Filter(), "zh")
    assert "".join(text for text, *_ in view["text"]) == "说实话大家都怕担责，谁也不敢先签字。"
    assert [(text, codes) for text, kind, codes in view["text"] if kind == "own"] == [
        ("担责", ["avoidance.fear"])
    ]
    both = entry_view(desk, desk.key("I01:7", "avoidance.fear"), Filter(), "zh")
    assert [(text, kind) for text, kind, _ in both["text"] if kind] == [("追责", "own"), ("不给", "refused")]
    refused = next(one for one in both["evidence"] if one["code"] == "refuse")["matches"][0]
    assert (refused["refused"], refused["rule"]) == ("except", "no") and "不给力" in refused["why"]
    assert refused["place"].startswith("codebook.yaml:")
    assert [one["text"] for one in both["before"]][-1] == "后来有变化吗？"


def test_a_far_question_is_shown_all_the_same(lay):
    desk = lay()
    view = entry_view(desk, desk.key("I01:8"), Filter(), around=0)
    assert view["question"] == "后来有变化吗？" and view["before"] == []
    assert entry_view(desk, desk.key("I01:8"), Filter(), around=3)["question"] == ""  # it is among them


def test_two_programs_of_one_coder_write_one_journal_and_tell_each_other(lay, study):
    first, second = lay(), lay()
    first.decide(Asked("reject", "I01:2", "avoidance.fear", seen="-"))
    with pytest.raises(OvertakenError) as told:
        second.decide(Asked("accept", "I01:2", "avoidance.fear", seen="-"))
    assert told.value.latest is not None and told.value.latest.coder == "甲"
    second.decide(Asked("accept", "I01:3", "refuse", seen="-"))
    first.refresh()
    assert first.told.last("甲").code == "refuse"
    assert [one.revision for one in second.journal.decisions] == [1, 2]
    assert state(first) == state(lay())


def test_a_decision_costs_one_segment_however_many_there_are(lay, monkeypatch):
    from qualcode.project.desk import desk as module

    desk = lay()
    desk.queue(Filter())
    asked = []
    whole = module.cell_of

    def one_cell(paper, index, *rest, **options):
        asked.append((paper.document.id, index))
        return whole(paper, index, *rest, **options)

    monkeypatch.setattr(module, "cell_of", one_cell)
    monkeypatch.setattr("qualcode.coding.code_document", None)  # nothing is coded again
    desk.decide(Asked("accept", "I02:2", "avoidance.fear", seen="-"))
    desk.undo(desk.told.last("甲").id)
    assert asked == [("I02", 2)] * 2


def test_a_memo_on_a_document_and_a_code_is_kept_with_them(lay):
    desk = lay()
    desk.decide(Asked("memo", document="I01", memo="录音不清"))
    desk.decide(Asked("memo", code="refuse", memo="定义要改"))
    view = entry_view(desk, desk.key("I01:3", "refuse"), Filter())
    assert [(one["on"], one["text"]) for one in view["memos"]] == [
        ("document", "录音不清"),
        ("code", "定义要改"),
    ]
    assert entry_view(desk, desk.key("I02:2", "avoidance.fear"), Filter())["memos"] == []
    with pytest.raises(UsageError):
        desk.decide(Asked("memo", document="I09", memo="不在桌上"))
