"""What rules did in some material, and what lint says of it."""

import inspect
import re
from pathlib import Path

import pytest

from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.coding.checks import hits_of, lint_tally, tallied, tally
from qualcode.corpus import segment_document
from qualcode.model import Block, Document, Metadata, Span

HEAD = (
    "qualcode: 1\nid: t\nversion: 1.0.0\ncodes:\n- id: a\n  name: A\n  definition: d\n  rules:\n"  # 8 lines
)


def judged(text, *rules, often=0.1):
    """Lint one code's rules on a text whose sentences end with 。"""
    codebook, problems = parse_codebook(HEAD + "".join(f"  - {{{rule}}}\n" for rule in rules))
    assert codebook is not None, [str(p) for p in problems]
    document = Document("d", text, Metadata(kind="policy"), (Block(Span(0, len(text))),))
    segments, _ = segment_document(document, "sentence")
    coded = code_document(document, segments, codebook)
    hits = hits_of(segments, coded, [segment.index for segment in segments])
    counted = tally(hits, segments=len(segments))
    return counted, lint_tally(codebook, counted, often=often)


def places(problems):
    return [(p.place.line, p.severity, p.kind) for p in problems]


def test_a_code_of_which_nothing_is_found_is_named():
    _, found = judged("今天开会。" * 100, "terms: [不给]", "terms: [拒绝]")
    assert places(found) == [(5, "warning", "dead-code")]


def test_a_rule_that_finds_nothing_beside_one_that_does_is_a_note():
    _, found = judged("今天开会。" * 99 + "不给。", "terms: [不给]", "id: r, terms: [拒绝]")
    assert places(found) == [(10, "note", "dead-rule")]
    assert "1 of 2 rules of 'a' find nothing in 100 segments: r" in str(found[0])


def test_small_material_says_nothing_of_what_is_missing():
    assert judged("今天开会。" * 99, "terms: [不给]")[1] == []


def test_a_rule_whose_every_match_is_refused_is_named_with_the_reasons():
    _, found = judged("不给力。" * 4 + "不给力，已经共享。", "terms: [不给], except: [不给力]")
    assert places(found) == [(9, "warning", "refused-rule")]
    assert "all 5 matches of 'a:1' are refused: except 5" in str(found[0])


def test_a_few_refused_matches_may_be_chance():
    assert places(judged("不给力。" * 4, "terms: [不给], except: [不给力]")[1]) == [
        (9, "note", "refused-rule")
    ]


def test_one_match_that_stands_is_enough():
    _, found = judged("不给力。" * 9 + "不给。", "terms: [不给], except: [不给力]", often=1)
    assert places(found) == []


@pytest.mark.parametrize(("often", "kinds"), [(0.24, ["frequent-rule"]), (0.25, [])])
def test_a_rule_fires_too_often_above_the_share_given(often, kinds):
    counted, found = judged("我们不给，就是不给。" * 5 + "今天开会。" * 15, "terms: [不给]", often=often)
    assert (counted.fired["a:1"], counted.stood["a:1"], counted.segments) == (5, 10, 20)
    assert [p.kind for p in found if p.kind == "frequent-rule"] == kinds


def test_a_short_term_is_shown_in_the_words_it_mostly_stands_in():
    _, found = judged("推动了。" * 3 + "推进了。" + "猛推。", "terms: [推]", often=1)
    assert places(found) == [(9, "note", "term-contexts")]
    assert "'推' of 'a:1' stands 5 times, of these in 推动 3, 推进 1, 猛推 1" in str(found[0])


def test_what_an_exception_takes_away_is_no_context_any_more():
    _, found = judged("推动了。" * 9 + "推进了。" * 4 + "猛推。", "terms: [推], except: [推动]", often=1)
    assert [str(p) for p in found if p.kind == "term-contexts" and "推动" in str(p)] == []


def test_parts_of_combinations_are_no_terms_by_themselves():
    _, found = judged("推动共享。" * 9, "near: [[推], [共享]], within: 3", often=1)
    assert found == []


def test_a_segment_that_cannot_be_coded_does_not_make_a_rule_frequent():
    codebook, _ = parse_codebook(HEAD + "  - {terms: [不给]}\n")
    text = "不给。" * 30
    document = Document("d", text, Metadata(kind="policy"), (Block(Span(0, len(text))),))
    segments, _ = segment_document(document, "sentence")
    coded = code_document(document, segments, codebook)
    counted = tally(hits_of(segments, coded, []), segments=30)
    assert (counted.stood["a:1"], counted.fired.get("a:1", 0)) == (30, 0)


def test_every_file_of_checks_is_in_the_registry_and_every_kind_tested():
    folder = Path(inspect.getfile(tallied["dead"])).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__", "tally"} == set(tallied)
    kinds = {
        kind
        for path in folder.glob("*.py")
        for kind in re.findall(r'problem\(\s*"([a-z-]+)"', path.read_text("utf-8"))
    }
    tested = Path(__file__).read_text("utf-8")
    assert [kind for kind in sorted(kinds) if f'"{kind}"' not in tested] == []
