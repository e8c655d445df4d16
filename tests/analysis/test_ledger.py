"""What rules brought, what is lost without them, and where codes of one facet conflict."""

from __future__ import annotations

from qualcode.analysis.conflicts import conflict_rows
from qualcode.analysis.ledger import ledger_rows
from qualcode.analysis.load import frame
from qualcode.analysis.tables import coding_rows, match_rows, segment_rows
from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.columns import names
from qualcode.model import Document, Segment, Span

HEAD = "qualcode: 1\nid: t\nversion: 1.0.0\ntitle: t\n"


def tables(codebook, *coded_documents):
    segments, codings, matches = [], [], []
    for document, its_segments in coded_documents:
        coded = code_document(document, its_segments, codebook)
        segments += segment_rows(document, its_segments, coded, codebook)
        codings += coding_rows(document, its_segments, coded, codebook)
        matches += match_rows(document, its_segments, coded, codebook)
    return frame(segments, "segments"), frame(codings, "coded_segments"), frame(matches, "matches")


def ledger(codebook, *documents):
    segments, codings, matches = tables(codebook, *documents)
    conflicts = conflict_rows(segments, codings, matches, codebook)
    rows = ledger_rows(codings, matches, conflicts, codebook)
    header = names("ledger")
    return {(row[0], row[2]): dict(zip(header, row, strict=True)) for row in rows}


def said(*lines, name="D"):
    text, segments = "", []
    for index, words in enumerate(lines, 1):
        span = Span(len(text), len(text) + len(words))
        segments.append(Segment(f"{name}:{index}", name, index, span, words, turn=1, role="respondent"))
        text += words
    return Document(name, text), segments


BOOK = (
    HEAD
    + """\
facets:
  loose: {question: q}
  strict: {question: q, exclusive: true}
codes:
  - {id: a, name: a, facet: loose, definition: d,
     rules: [{id: a1, terms: [数据安全]}, {id: a2, terms: [共享]}]}
  - {id: a.b, name: b, definition: d, rules: [{id: b1, terms: [安全网], nested: keep}]}
  - {id: c, name: c, facet: loose, definition: d,
     rules: [{id: c1, terms: [安全网]}, {id: c2, terms: [不给]}]}
  - {id: x, name: x, facet: strict, definition: d, rules: [{id: x1, terms: [共享]}]}
  - {id: y, name: y, facet: strict, definition: d, rules: [{id: y1, terms: [不给]}]}
"""
)


def book(text):
    made, problems = parse_codebook(text)
    assert made is not None, [str(p) for p in problems]
    return made


def test_conflicts_are_listed_with_their_words():
    codebook = book(BOOK)
    rows = conflict_rows(*tables(codebook, said("数据安全网", "共享，不给")), codebook)
    assert [row[1:9] for row in rows] == [
        # 数据安全 and 安全网 cross in 安全; a and a.b are ancestor and descendant, which is no conflict.
        ("D:1", "loose", "a", "c", "evidence", ("安全",), ("a1",), ("c1",)),
        ("D:1", "loose", "a.b", "c", "evidence", ("安全网",), ("b1",), ("c1",)),
        # a and c stand on different words of the second segment, and their facet is not exclusive.
        ("D:2", "strict", "x", "y", "exclusive", (), ("x1",), ("y1",)),
    ]
    found = ledger(codebook, said("数据安全网", "共享，不给"))
    assert [found[key]["n_conflicts"] for key in (("a", "a1"), ("a", "a2"), ("c", "c1"), ("c", ""))] == [
        1,
        0,
        2,
        2,
    ]


def test_what_is_lost_without_a_rule():
    codebook = book(BOOK)
    found = ledger(codebook, said("数据安全，共享", "共享", name="D1"), said("共享", name="D2"))
    assert (found["a", "a2"]["n_needed"], found["a", "a2"]["share_needed"]) == (2, 2 / 3)
    assert found["a", "a1"]["n_needed"] == 0
    assert found["a", "a1"]["overlap"] == ("a2=1",)
    assert found["a", "a2"]["n_documents"] == 2
    assert found["a", ""]["n_needed"] == 2
    assert (found["a.b", "b1"]["n_hits"], found["a.b", "b1"]["share_needed"]) == (0, None)
    assert found["a.b", "b1"]["share_refused"] is None


def test_nothing_coded_is_a_ledger_of_zeros():
    found = ledger(book(BOOK), said("今天天气好。"))
    assert all(row["n_hits"] == row["n_refused"] == row["n_needed"] == 0 for row in found.values())


def test_what_people_decided_is_counted_for_every_rule_a_coding_rests_on():
    codebook = book(BOOK)
    segments, codings, matches = tables(codebook, said("数据安全共享。", "共享。", "不给。"))
    accepted = (codings["segment_id"] == "D:1") & (codings["code"] == "a")
    rejected = (codings["segment_id"] == "D:2") & (codings["code"] == "a")
    codings.loc[accepted, "status"] = "accepted"
    codings.loc[rejected, "status"] = "rejected"
    conflicts = conflict_rows(segments, codings, matches, codebook)
    rows = [
        dict(zip(names("ledger"), row, strict=True))
        for row in ledger_rows(codings, matches, conflicts, codebook)
    ]
    judged = {(row["code"], row["rule"]): (row["n_reviewed"], row["share_rejected"]) for row in rows}
    assert judged["a", ""] == (2, 0.5)
    assert judged["a", "a1"] == (1, 0.0), "accepted once"
    assert judged["a", "a2"] == (2, 0.5), "accepted once, rejected once"
    assert judged["c", "c2"] == (0, None), "nobody looked at it"


def test_without_decisions_nothing_is_said_of_them():
    rows = ledger(book(BOOK), said("共享。")).values()
    assert {(row["n_reviewed"], row["share_rejected"]) for row in rows} == {(None, None)}


def test_matches_are_added_up_block_by_block_and_in_any_order(monkeypatch):
    codebook = book(BOOK)
    words = ("数据安全网", "共享，不给", "共享数据安全", "无", "不给安全网")
    segments, codings, matches = tables(codebook, *(said(*words[n:], name=f"D{n}") for n in range(5)))
    conflicts = conflict_rows(segments, codings, matches, codebook)

    def rows(codings, matches):
        return ledger_rows(codings, matches, conflicts, codebook)

    expected = rows(codings, matches)
    for seed in range(3):
        mixed = [table.sample(frac=1, random_state=seed) for table in (codings, matches)]
        assert rows(*mixed) == expected
    monkeypatch.setattr("qualcode.analysis.ledger.AT_ONCE", 1)
    assert rows(codings, matches) == expected


def naive(codings, matches, name, value):
    """Hits, segments, documents, countable segments and refused matches of a code or rule, match by match."""
    counting = {
        (line.segment_id, line.code) for line in codings.itertuples() if line.countable and line.rules
    }
    own = [line for line in matches.itertuples() if getattr(line, name) == value]
    stands = [line for line in own if not line.blocked_by]
    return (
        len(stands),
        len({line.segment_id for line in stands}),
        len({line.document_id for line in stands}),
        len({line.segment_id for line in stands if (line.segment_id, line.code) in counting}),
        len(own) - len(stands),
    )


def test_codes_and_rules_are_counted_match_by_match():
    codebook = book(BOOK)
    segments, codings, matches = tables(
        codebook, said("数据安全网共享", "不给，共享"), said("安全网", name="E")
    )
    conflicts = conflict_rows(segments, codings, matches, codebook)
    columns = names("ledger")
    for row in ledger_rows(codings, matches, conflicts, codebook):
        line = dict(zip(columns, row, strict=True))
        name, value = ("rule", line["rule"]) if line["rule"] else ("code", line["code"])
        found = [line[n] for n in ("n_hits", "n_segments", "n_documents", "n_countable", "n_refused")]
        assert tuple(found) == naive(codings, matches, name, value), value
