"""Edits of a codebook whose effect is known by hand, and what comparing the two runs says of them."""

from __future__ import annotations

import pytest

from qualcode.analysis.codes import code_rows
from qualcode.analysis.compare import Run, codes_changed, codings_changed, edges_changed, rules_changed
from qualcode.analysis.load import frame
from qualcode.analysis.tables import coding_rows, document_row, match_rows, segment_rows
from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.columns import COMPARISONS, names
from qualcode.model import Document, Metadata, Segment, Span

BOOK = """\
qualcode: 1
id: t
version: 1.0.0
title: t
codes:
  - id: fear
    name: n
    definition: d
    rules:
      - {id: blame, terms: [怕担责]}
      - {id: sign, terms: [不敢签]}
  - id: refuse
    name: n
    definition: d
    rules:
      - {id: no, terms: [不给]}
"""
TALK = ("怕担责，不敢签。", "不敢签字。", "就是不给。", "今天天气好。")


def run(book=BOOK, lines=TALK, split=""):
    codebook, problems = parse_codebook(book)
    assert codebook is not None, [str(p) for p in problems]
    text, segments = "", []
    for index, words in enumerate(lines, 1):
        span = Span(len(text), len(text) + len(words))
        segments.append(Segment(f"D:{index}", "D", index, span, words, turn=1, role="respondent"))
        text += words
    document = Document("D", text, Metadata(kind="interview", split=split))
    coded = code_document(document, segments, codebook)
    return Run(
        frame([document_row(document, segments, coded, codebook)], "documents"),
        frame(segment_rows(document, segments, coded, codebook), "segments"),
        frame(coding_rows(document, segments, coded, codebook), "coded_segments"),
        frame(match_rows(document, segments, coded, codebook), "matches"),
        frozenset(rule.id for rule in codebook.rules),
    ), codebook


def changes(was, now, *shown, **options):
    header = names("codings_changed")
    rows = [dict(zip(header, row, strict=True)) for row in codings_changed(was, now, **options)]
    return [tuple(row[name] for name in ("change", "code", *shown)) for row in rows]


def edited(*edits, **options):
    book = BOOK
    for old, new in edits:
        assert old in book
        book = book.replace(old, new)
    return run(book, **options)[0]


def test_the_same_runs_differ_in_nothing():
    was, now = run()[0], run()[0]
    assert codings_changed(was, now) == []
    assert rules_changed([], was, now) == []


def test_a_rule_taken_out_and_one_put_in():
    now = edited(("- {id: sign, terms: [不敢签]}", "- {id: weather, terms: [天气]}"))
    assert changes(run()[0], now, "segment_id", "was_segment_id", "why") == [
        ("rules", "fear", "D:1", "D:1", ("sign=gone",)),
        ("lost", "fear", "", "D:2", ("sign=gone",)),
        ("gained", "fear", "D:4", "", ("weather=new",)),
    ]
    assert rules_changed(codings_changed(run()[0], now), run()[0], now) == [
        ("sign", "fear", 0, 1, "gone"),
        ("weather", "fear", 1, 0, "new"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("terms: [不给]}", "terms: [不给], except: [就是不给]}", "no=except"),
        ("terms: [不给]}", "terms: [不给], unless: [就是]}", "no=unless"),
        ("terms: [不给]}", "terms: [不给], where: {kind: policy}}", "no=where"),
        ("terms: [不给]}", "terms: [不给], weight: 0.5}", "no=threshold"),
        ("terms: [怕担责]}", "terms: [怕担责, 是不给]}", "no=longer:blame"),
        ("terms: [不给]}", "terms: [不予]}", "no=not found"),
    ],
)
def test_why_a_coding_is_lost_or_gained(old, new, why):
    was, now = run()[0], edited((old, new))
    lost = [one for one in changes(was, now, "why") if one[1] == "refuse"]
    assert lost == [("lost", "refuse", (why,))]
    back = [one for one in changes(now, was, "why") if one[1] == "refuse"]
    assert back == [("gained", "refuse", (why.replace("not found", "found"),))]


def test_words_that_moved_are_told_as_moved():
    now = run(lines=("开场白。", *TALK))[0]
    assert changes(run()[0], now, "was_segment_id", "segment_id", "why") == [
        ("moved", "fear", "D:1", "D:2", ()),
        ("moved", "fear", "D:2", "D:3", ()),
        ("moved", "refuse", "D:3", "D:4", ()),
    ]


def test_words_that_are_no_more():
    now = run(lines=TALK[:2])[0]
    assert changes(run()[0], now, "why") == [("lost", "refuse", ("no=text",))]


def test_a_coding_that_counts_no_more():
    cue = "context: [{id: neg, set: {polarity: negated}, any: [就是]}]\ncodes:"
    now = edited(("codes:", cue))
    assert changes(run()[0], now) == [("counts no more", "refuse")]
    assert changes(now, run()[0]) == [("counts", "refuse")]


def test_words_of_documents_kept_for_testing_are_not_shown():
    now = edited(("terms: [不给]}", "terms: [不予]}"))
    assert changes(run()[0], now, "quote", withheld=["D"]) == [("lost", "refuse", "")]
    assert changes(run()[0], now, "quote") == [("lost", "refuse", "就是不给。")]


def test_totals_that_move():
    (was, book), (now, other) = run(), run(BOOK.replace("[不给]", "[不予]"))
    tables = [
        frame(code_rows(one.documents, one.segments, one.codings, codebook), "codes")
        for one, codebook in ((was, book), (now, other))
    ]
    assert codes_changed(*tables) == [("refuse", 1, 0, 1, 0, 1, 0, 0.25, 0.0)]


def test_edges_that_cross_lift_one():
    def edges(*rows):
        table = frame([], "cooccurrence_edges")
        for n, (source, lift, count) in enumerate(rows):
            table.loc[n, ["basis", "unit", "source", "target", "lift", "n"]] = [
                *("machine", "run3", source, "z"),
                lift,
                count,
            ]
        return table

    was = edges(("a", 0.9, 5), ("b", 2.0, 5), ("c", 1.5, 2), ("d", 1.5, 2))
    now = edges(("a", 1.1, 5), ("b", 2.0, 5), ("c", 1.5, 1))
    assert [(row[2], *row[4:]) for row in edges_changed(was, now)] == [
        ("a", 5, 5, 0.9, 1.1, "drawn"),
        ("c", 2, 1, 1.5, 1.5, "no longer drawn"),
        ("d", 2, 0, 1.5, None, "no longer drawn"),
    ]
    assert all(len(row) == len(COMPARISONS["edges_changed"]) for row in edges_changed(was, now))
