"""Evidence that cuts words, on words cut by hand; and what the segmenter itself says."""

import pytest

from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.coding.audit import cuts, evidence_places
from qualcode.corpus import segment_document
from qualcode.model import Block, Document, Metadata, Span

HEAD = "qualcode: 1\nid: t\nversion: 1.0.0\ncodes:\n- id: a\n  name: A\n  definition: d\n  rules:\n"


def by_bars(marked):
    """A segmenter that knows one text, its words marked by bars."""
    known = {}
    for sentence in marked.split("\n"):
        at, spans = 0, []
        for word in sentence.split("|"):
            spans.append((at, at + len(word)))
            at += len(word)
        known[sentence.replace("|", "")] = spans
    return known.__getitem__


def audited(marked, *rules):
    codebook, problems = parse_codebook(HEAD + "".join(f"  - {{{rule}}}\n" for rule in rules))
    assert codebook is not None, [str(p) for p in problems]
    text = marked.replace("|", "")
    document = Document("d", text, Metadata(kind="policy"), (Block(Span(0, len(text))),))
    segments, _ = segment_document(document, "sentence")
    coded = code_document(document, segments, codebook)
    return cuts(evidence_places(segments, coded, by_bars(marked)))


def test_a_term_inside_a_longer_word_is_listed_with_the_word():
    (cut,) = audited("他|负责|。\n他|不负责任|。", "terms: [负责]")
    assert (cut.term, cut.n, cut.n_cut, cut.within) == ("负责", 2, 1, (("不负责任", 1),))
    assert [(one.segment, one.left, one.right) for one in cut.examples] == [("d:2", "他不", "任。")]


def test_a_term_across_words_names_those_it_cuts():
    (cut,) = audited("上海市|数据局|。", "terms: [市数据]")
    assert cut.within == (("上海市|数据局", 1),)


def test_a_term_of_whole_words_is_no_cut():
    assert audited("大|数据|局|。", "terms: [数据, 大数据]") == []


def test_ends_beside_letters_and_signs_are_not_looked_at():
    assert audited("API接口|。", "terms: [接口]") == []
    assert audited("，给了|。", "terms: [给了]") == []


def test_every_part_of_a_combination_is_looked_at_by_itself():
    (cut,) = audited("数据库|不给|。", "near: [[数据], [不给]], within: 3")
    assert (cut.term, cut.within) == ("数据", (("数据库", 1),))


def test_refused_matches_are_no_evidence():
    assert audited("他|不负责任|。", "terms: [负责], except: [不负责]") == []


def test_the_most_frequent_cuts_come_first():
    found = audited("推动|推进|推动|签字|。", "terms: [签, 推]")
    assert [(cut.term, cut.n_cut, cut.within) for cut in found] == [
        ("推", 3, (("推动", 2), ("推进", 1))),
        ("签", 1, (("签字", 1),)),
    ]


def test_the_segmenter_sees_words_at_their_offsets():
    pytest.importorskip("rjieba", reason="the extra 'audit' is not installed")
    from qualcode.text.segmenter import words

    text = "😀他不負責任，我们不得不推动API。"
    found = words(text)
    assert [text[start:end] for start, end in found] == [
        *("😀", "他", "不負責任", "，", "我们", "不得不", "推动", "API", "。")
    ]
    assert words("") == []
