"""What cues do, one claim at a time, with small cue lists of the test's own."""

import pytest

from qualcode.codebook import parse_codebook
from qualcode.coding import code_document
from qualcode.coding.context import assess, assess_with_cues
from qualcode.model import UNASSESSED, Document, Metadata, Segment, Span

NEG = "{id: neg, set: {polarity: negated}, any: [没有, 不, not], until: clause, max: 10 characters}"
BE = "{id: be, set: {polarity: negated}, any: [不是], until: clause, past: 12}"
PSEUDO = "{id: p, kind: pseudo, any: [不得不, 非…不可]}"
BUT = "{id: but, kind: terminate, any: [但, but], ends: [polarity]}"
PROHIBIT = "{id: no, set: {polarity: prohibited, modality: normative}, any: [不得, 禁止]}"
IF = "{id: if, set: {modality: hypothetical}, any: [如果], until: clause}"
ASK = "{id: ask, set: {modality: question}, echo: [不]}"
WE = "{id: we, set: {holder: self}, any: [我们], not_after: [找]}"
THEY = "{id: they, set: {holder: other}, any: [他们, 那边]}"
NAMED = "{id: named, set: {holder: other}, actors: true}"
SAID = "{id: said, set: {reported: yes}, any: [说]}"
ACTORS = "actors: {police: [公安局, 公安], tax: [税务局]}\n"


def book(*cues, actors=""):
    text = "qualcode: 1\nid: t\nversion: 1.0.0\nfold: [case, width]\ncodes: []\ncontext:\n"
    text += "".join(f"- {cue}\n" for cue in cues) + actors
    codebook, problems = parse_codebook(text)
    assert codebook is not None, problems
    return codebook


def meant(codebook, text, *evidence, actor=""):
    at, parts = 0, []
    for word in evidence:
        at = text.index(word, at)
        parts.append(Span(at, at + len(word)))
        at += len(word)
    segment = Segment("d:1", "d", 1, Span(0, len(text)), text)
    (one,) = assess(Document("d", text, Metadata(actor=actor)), segment, [tuple(parts)], codebook)
    return one


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        ("我们没有推诿", "推诿", "negated"),
        ("我们推诿", "推诿", "affirmed"),
        ("没有人，推诿", "推诿", "affirmed"),  # the clause ends
        ("没有给但推诿", "推诿", "affirmed"),  # a terminator
        ("没有一二三四五六七八九十推诿", "推诿", "negated"),  # ten characters between
        ("没有一二三四五六七八九十一推诿", "推诿", "affirmed"),  # eleven
        ("推诿没有", "推诿", "affirmed"),  # forward only
        ("不得不推诿", "推诿", "affirmed"),  # a pseudo cue
        ("非推诿不可", "推诿", "affirmed"),
        ("我们不给", "不给", "affirmed"),  # the 不 is part of the term
        ("不是不给", "不给", "negated"),
        ("没有不愿意", "愿意", "affirmed"),  # twice no
        ("没有不愿意", "不愿意", "negated"),
        ("不是没有推诿", "推诿", "affirmed"),
        ("没有文件没有依据", "依据", "negated"),  # one list
        ("没有依据也不给", "给", "negated"),  # the first is too far before the second
        ("不愿、不敢", "不敢", "affirmed"),  # a list, not a denial
        ("not refusing", "refusing", "negated"),
        ("nothing, refusing", "refusing", "affirmed"),  # whole words only
    ],
)
def test_negation(text, evidence, expected):
    assert meant(book(NEG, BE, PSEUDO, BUT), text, evidence).polarity == expected


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        ("不得以涉密为由拒绝", ["涉密", "拒绝"], "prohibited"),
        ("没有禁止共享", ["共享"], "affirmed"),
        ("没有以涉密为由拒绝", ["涉密", "拒绝"], "negated"),
        ("涉密的我们没有拒绝", ["涉密", "拒绝"], "negated"),  # a cue on one part is a cue on the match
    ],
)
def test_prohibition_and_evidence_in_parts(text, evidence, expected):
    assert meant(book(NEG, PROHIBIT), text, *evidence).polarity == expected


def test_prohibition_is_normative():
    assert meant(book(PROHIBIT), "不得拒绝", "拒绝").modality == "normative"


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        ("就看他敢不敢签", "签", "question"),
        ("就看他敢不敢签", "敢", "question"),  # acts on what lies in it
        ("愿意不愿意给", "给", "question"),
        ("不敢签", "签", "actual"),
        ("如果敢不敢签", "签", "hypothetical"),  # the stronger
        ("如果给，他签", "签", "actual"),
    ],
)
def test_modality(text, evidence, expected):
    assert meant(book(ASK, IF), text, evidence).modality == expected


@pytest.mark.parametrize(
    ("text", "evidence", "actor", "expected"),
    [
        ("我们不给", "不给", "", "self"),
        ("我们要，他们不给", "不给", "", "other"),
        ("公安局不给", "不给", "", "other:police"),
        ("公安局不给", "不给", "J市公安局科技处", "self"),
        ("公安局不给", "不给", "税务局", "other:police"),
        ("公安那边不给", "不给", "", "other:police"),  # touching cues are one
        ("我们公安局不给", "不给", "", "self"),
        ("他们找我们要", "要", "", "other"),  # behind a preposition
        ("不给", "不给", "", "unspecified"),
        ("税务局说：“我们不给。”", "不给", "", "other:tax"),  # 我们 is who is quoted
        ("税务局说我们不给", "不给", "", "self"),
    ],
)
def test_holder(text, evidence, actor, expected):
    codebook = book(WE, THEY, NAMED, SAID, actors=ACTORS)
    assert meant(codebook, text, evidence, actor=actor).holder == expected


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        ("他说不给", "不给", "yes"),
        ("他说：“不给”，就黄了", "不给", "yes"),
        ("他说：“不给”，就黄了", "黄了", "no"),  # the quotation is over
        ("“他说没事”，不给", "不给", "no"),  # a cue does not leave its quotation
        ("不给，他说", "不给", "no"),
    ],
)
def test_reported(text, evidence, expected):
    assert meant(book(SAID), text, evidence).reported == expected


def test_quotation_marks_as_a_cue():
    codebook = book("{id: q, set: {reported: yes}, quotes: ['“”'], least: 4}")
    assert meant(codebook, "“谁也不给你”，不给", "不给你").reported == "yes"
    assert meant(codebook, "搞“创新”", "创新").reported == "no"
    assert meant(codebook, "“谁也不给你”，不签", "不签").reported == "no"


@pytest.mark.parametrize(
    ("text", "evidence", "expected"),
    [
        ("不是怕而是烦", "怕", "negated"),
        ("不是怕而是烦", "烦", "affirmed"),
        ("不是怕，而是不烦", "烦", "negated"),  # what stands in the slot still acts
        ("不是不怕而是烦", "怕", "affirmed"),
        ("没有说不是怕而是烦", "烦", "affirmed"),  # an affirmed slot keeps out what stands before
        ("not fear but money", "fear", "negated"),
        ("not fear but money", "money", "affirmed"),
        ("不是怕。而是烦", "怕", "negated"),  # by 不是 alone: a construct lies in one sentence
    ],
)
def test_constructs(text, evidence, expected):
    frame = (
        "{id: f, kind: construct, pattern: ['不是{X}而是{Y}', 'not {X} but {Y}'],"
        " set: {X: {polarity: negated}, Y: {polarity: affirmed}}}"
    )
    assert meant(book(NEG, BE, frame), text, evidence).polarity == expected


def test_a_regular_expression_may_name_its_cue_by_a_group():
    codebook = book("{id: r, set: {modality: question}, regex: '(吗)[？?]', dir: backward}")
    assert meant(codebook, "怕吗？", "怕").modality == "question"
    assert meant(codebook, "怕吗", "怕").modality == "actual"


def test_a_backward_cue_and_a_terminator_that_looks_forward():
    behind = "{id: b, set: {polarity: negated}, dir: backward, any: [一纸空文]}"
    then = "{id: t, kind: terminate, any: [就], dir: DIR}"
    assert meant(book(behind, then.replace("DIR", "forward")), "清单就一纸空文", "清单").polarity == "negated"
    assert meant(book(behind, then.replace("DIR", "both")), "清单就一纸空文", "清单").polarity == "affirmed"


def test_what_no_cue_of_the_language_sets_is_unassessed():
    one = meant(book(NEG.replace(", not", "")), "我们没有推诿", "推诿")
    assert (one.polarity, one.modality, one.holder) == ("negated", "unassessed", "unassessed")
    assert meant(book(NEG.replace(", not", "")), "we refuse", "refuse") == UNASSESSED
    assert meant(book(), "没有推诿", "推诿") == UNASSESSED


def test_reasons_name_the_cue_and_its_place_in_the_document():
    text = "前。我们没有推诿"
    segment = Segment("d:2", "d", 2, Span(2, len(text)), text[2:])
    (one,) = assess_with_cues(Document("d", text), segment, [(Span(6, 8),)], book(NEG, WE))
    told = [(r.axis, r.value, r.cue, text[r.span.start : r.span.end]) for r in one.reasons]
    assert told == [("polarity", "negated", "neg", "没有"), ("holder", "self", "we", "我们")]


def test_offsets_survive_squeezed_white_space():
    text = "x   y\nnot   at  refuse"
    segment = Segment("d:1", "d", 1, Span(6, len(text)), text[6:])
    start = text.index("refuse")
    (one,) = assess(Document("d", text), segment, [(Span(start, start + 6),)], book(NEG))
    assert one.polarity == "negated"


def test_codings_show_and_count_what_is_meant():
    text = (
        "qualcode: 1\nid: t\nversion: 1.0.0\ncontext:\n- " + NEG + "\n- " + IF + "\n"
        "codes:\n- {id: a, name: n, definition: d, rules: [terms: [推诿]]}\n"
        "- {id: b, name: n, definition: d, rules: [terms: [推诿]], countable: {polarity: [negated]}}\n"
    )
    codebook, _ = parse_codebook(text)
    words = "没有推诿，如果推诿，推诿"
    segment = Segment("d:1", "d", 1, Span(0, len(words)), words)
    document = Document("d", words, Metadata(kind="interview"))
    a, b = code_document(document, [segment], codebook).codings
    assert [m.assertion.polarity for m in a.matches] == ["negated", "affirmed", "affirmed"]
    assert [m.assertion.modality for m in a.matches] == ["actual", "hypothetical", "actual"]
    assert (a.countable, a.assertion.polarity, a.assertion.modality) == (True, "affirmed", "actual")
    assert (b.countable, b.assertion.polarity) == (True, "negated")
