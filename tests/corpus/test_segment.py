"""Segments: every character of the body once, in order, within one turn; and what each unit holds."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.extract import lay_out
from qualcode.corpus.readers import read_extracts
from qualcode.corpus.segment import segment_document, segment_documents
from qualcode.corpus.settings import CorpusSettings
from qualcode.corpus.speakers import find_turns
from qualcode.model import Block, Document, Metadata, Segment, Source, Span, Speaker, Turn
from qualcode.problems import UsageError

UNITS = ("sentence", "clause", "turn", "paragraph", "article", "window", "window:1", "window:2")
NO_BODY = {"label", "front", "furniture"}


def read(text: str, kind: str = "interview", *, name: str = "a.md", **metadata: str) -> Document:
    extract = read_extracts(text.encode(), name)[0][0] if text.strip() else lay_out([])
    meta = Metadata(kind=kind, **metadata)
    blocks, turns, speakers, _ = find_turns(extract, meta, CorpusSettings())
    return Document("d", extract.text, meta, blocks, turns, speakers, source=Source("a.md"))


def texts(document: Document, unit: str) -> list[str]:
    return [segment.text for segment in segment_document(document, unit)[0]]


TALK = "访谈记录\n问：给吗？为何？\n\n答：没有依据。\n\n以前不给。现在，给了。后来呢。\n问：好。\n"


def test_the_units_of_an_interview() -> None:
    document = read(TALK)
    assert texts(document, "sentence") == [
        "给吗？", "为何？", "没有依据。", "以前不给。", "现在，给了。", "后来呢。", "好。",
    ]  # fmt: skip
    assert texts(document, "clause") == [
        "给吗？", "为何？", "没有依据。", "以前不给。", "现在，", "给了。", "后来呢。", "好。",
    ]  # fmt: skip
    assert texts(document, "paragraph") == texts(document, "article") == [
        "给吗？为何？", "没有依据。", "以前不给。现在，给了。后来呢。", "好。",
    ]  # fmt: skip
    assert texts(document, "turn") == ["给吗？为何？", "没有依据。\n\n以前不给。现在，给了。后来呢。", "好。"]
    assert texts(document, "window:3") == texts(document, "window") == [
        "给吗？为何？", "没有依据。\n\n以前不给。现在，给了。", "后来呢。", "好。",
    ]  # fmt: skip


def test_a_segment_knows_where_it_stands() -> None:
    segment = segment_document(read(TALK))[0][2]
    assert (segment.id, segment.document_id, segment.index) == ("d:3", "d", 3)
    assert (segment.turn, segment.speech, segment.speaker) == (2, 2, "答")
    assert (segment.role, segment.role_source, segment.kind) == ("respondent", "pattern", "sentence")


def test_a_time_belongs_to_all_segments_of_its_turn() -> None:
    document = read("张三(00:01:05): 不给。没有依据。\n李四(00:01:09): 好。\n张三(00:02:00): 行。\n")
    assert [s.time for s in segment_document(document)[0]] == ["00:01:05", "00:01:05", "00:01:09", "00:02:00"]


def test_the_actor_is_the_speakers_or_the_documents_but_never_the_interviewers() -> None:
    document = read("问：给吗？\n答：不给。\n问：好。\n", actor="J市公安局")
    assert [s.actor for s in segment_document(document)[0]] == ["", "J市公安局", ""]
    policy = read("各部门应当共享。\n", "policy", actor="J市人民政府")
    assert [s.actor for s in segment_document(policy)[0]] == ["J市人民政府"]


def test_text_of_no_turn_has_no_role() -> None:
    segment = segment_document(read("各部门应当共享。\n", "policy"))[0][0]
    assert (segment.turn, segment.speech, segment.speaker, segment.role, segment.role_source) == (
        0,
        0,
        "",
        "",
        "",
    )


def test_a_heading_is_a_segment_of_its_own_in_every_unit() -> None:
    document = read("# 规定\n\n应当共享。不得拒绝。\n\n## 附则\n\n本规定施行。\n", "policy")
    for unit in UNITS:
        segments = segment_document(document, unit)[0]
        assert [s.text for s in segments if s.kind == "heading"] == ["规定", "附则"], unit
        assert [s.section for s in segments if s.kind != "heading"][-1] == "附则", unit


def test_a_heading_within_talk_is_nobodys_words() -> None:
    document = read("问：给吗？\n答：不给。\n\n## 二、后来\n\n问：好。\n")
    assert [(s.kind, s.text, s.speaker) for s in segment_document(document)[0]] == [
        ("sentence", "给吗？", "问"),
        ("sentence", "不给。", "答"),
        ("heading", "二、后来", ""),
        ("sentence", "好。", "问"),
    ]


def test_a_window_never_leaves_its_section() -> None:
    document = read("甲。乙。\n丙。\n\n## 附则\n\n丁。戊。\n", "policy")
    assert texts(document, "window:2") == ["甲。乙。", "丙。", "附则", "丁。戊。"]


def test_a_page_number_within_an_article_cuts_it_and_lies_in_no_segment() -> None:
    text = "第一条 应当共享。\n— 3 —\n不得拒绝。\n"
    assert texts(read(text, "policy", name="a.txt"), "article") == ["第一条 应当共享。", "不得拒绝。"]


def test_a_wrapped_paragraph_is_cut_where_its_sentences_end() -> None:
    text = "We could not\nshare it. Never."
    document = Document("d", text, blocks=(Block(Span(0, len(text))),))
    assert texts(document, "sentence") == ["We could not\nshare it.", "Never."]


def test_a_document_without_blocks_is_taken_line_by_line() -> None:
    assert texts(Document("d", "没有依据\n我们不给。真的。\n"), "sentence") == [
        "没有依据",
        "我们不给。",
        "真的。",
    ]


def test_a_block_is_cut_where_a_turn_ends_within_it() -> None:
    text = "前言甲不给乙给后记"
    turns = (Turn(1, 1, "甲", Span(3, 5)), Turn(2, 2, "乙", Span(6, 7)))
    document = Document("d", text, blocks=(Block(Span(0, 9)),), turns=turns, speakers=(Speaker("甲"),))
    for unit in UNITS:
        segments = segment_document(document, unit)[0]
        assert [(s.text, s.speaker) for s in segments] == [
            ("前言甲", ""), ("不给", "甲"), ("乙", ""), ("给", "乙"), ("后记", ""),
        ], unit  # fmt: skip


def test_an_empty_document_has_no_segments() -> None:
    assert segment_document(Document("d", "")) == ((), [])
    assert segment_document(read("---\ntitle: 空\n---\n"))[0] == ()


@pytest.mark.parametrize("unit", ["word", "window:0", "window:x", "window:", "sentence:3", "window:-1", ""])
def test_an_unknown_unit_is_a_usage_error(unit: str) -> None:
    with pytest.raises(UsageError):
        segment_document(Document("d", "好。"), unit)


def test_a_chinese_text_of_endless_sentences_is_named_and_clauses_suggested() -> None:
    endless = (
        "问：好。\n"
        + ("答：" + "我们没有依据，" * 10 + "不给。\n问：" + "你们那时候怎么办，" * 8 + "好。\n") * 3
    )
    problems = segment_document(read(endless))[1]
    assert [(p.kind, p.severity, p.place.path) for p in problems] == [("long-sentences", "warning", "a.md")]
    assert "clause" in problems[0].hint
    assert segment_document(read(endless), "clause")[1] == []
    assert segment_document(read(TALK))[1] == []


def test_a_text_without_any_full_stop_is_named_too() -> None:
    [found] = segment_document(read("我们没有依据所以不给他们" * 200))[1]
    assert (found.kind, found.values["middle"]) == ("long-sentences", 2400)
    assert segment_document(read("我们没有依据所以不给他们" * 9))[1] == []


def test_a_document_of_which_nothing_can_be_coded_is_named() -> None:
    head = "---\ntitle: 只有文首\n---\n"
    [found] = segment_document(read(head))[1]
    assert (found.kind, found.severity, found.place.path) == ("no-body", "warning", "a.md")
    assert segment_document(read(head + "怕担责。"))[1] == []
    assert segment_document(Document("d", ""))[1] == []


LINES = st.sampled_from(
    [
        "问：给吗？为何？", "答：没有依据，不给。", "（笑）", "### 二、后来", "[00:01:00] 😀好；",
        "I: Why? Mr. Lee asked.", "R: No. 5 was, e.g., ours.", "— 3 —", "第一条 应当。", "𠮷野：行",
        "张三 00:03", "- 一；二。", "  ", "",
    ]
)  # fmt: skip


def body_of(document: Document) -> list[int]:
    return [
        i
        for block in document.blocks
        if block.kind not in NO_BODY
        for i in range(*block.span)
        if not document.text[i].isspace()
    ]


@given(
    st.lists(LINES, max_size=25),
    st.sampled_from(UNITS),
    st.sampled_from(["interview", "policy", "minutes", ""]),
)
def test_segments_share_out_the_body_without_rest_or_overlap(lines: list[str], unit: str, kind: str) -> None:
    document = read("\n".join(lines), kind)
    segments, _ = segment_document(document, unit)
    held = [i for s in segments for i in range(*s.span) if not document.text[i].isspace()]
    assert held == body_of(document)
    assert [s.index for s in segments] == list(range(1, len(segments) + 1))
    assert all(one.span.end <= two.span.start for one, two in pairwise(segments))
    for segment in segments:
        assert (
            segment.text == document.text[segment.span.start : segment.span.end] == segment.text.strip() != ""
        )
        assert all(
            turn.span.contains(segment.span)
            or not turn.span.overlaps(segment.span)
            or segment.kind == "heading"
            for turn in document.turns
        )


@given(
    st.lists(st.tuples(st.lists(LINES, max_size=9), st.sampled_from(["interview", "policy"])), max_size=5),
    st.sampled_from(UNITS),
)
def test_several_documents_have_the_segments_of_each(many: list[tuple[list[str], str]], unit: str) -> None:
    documents = [read("\n".join(lines), kind) for lines, kind in many]
    assert segment_documents(documents, unit) == [segment_document(document, unit) for document in documents]


@given(st.lists(LINES, max_size=25))
def test_a_sentence_never_leaves_its_paragraph(lines: list[str]) -> None:
    document = read("\n".join(lines))
    for segment in segment_document(document)[0]:
        assert any(block.span.contains(segment.span) for block in document.blocks)


@given(st.lists(LINES, max_size=12))
def test_finer_units_cut_wherever_coarser_ones_do(lines: list[str]) -> None:
    document = read("\n".join(lines))

    def ends(unit: str) -> set[int]:
        return {s.span.end for s in segment_document(document, unit)[0]}

    assert ends("turn") <= ends("paragraph") <= ends("sentence") <= ends("clause")
    assert ends("window:2") <= ends("sentence") == ends("window:1")


def _lookups(document: Document) -> int:
    """Count the turns looked at while a document is cut: time without a clock."""
    seen = 0

    class Turns(tuple):  # type: ignore[type-arg]
        def __getitem__(self, index):
            nonlocal seen
            seen += 1
            return super().__getitem__(index)

    segment_document(replace(document, turns=Turns(document.turns)))
    return seen


def test_two_megabytes_of_talk_are_cut_by_looking_at_each_turn_a_few_times() -> None:
    document = read("问：给吗？为什么不给？\n答：没有依据，（那时候）不给。后来就给了！\n" * 21_000)
    assert len(document.text.encode()) > 2_000_000
    assert len(document.turns) == 42_000
    assert _lookups(document) <= 6 * 42_000


def test_segments_are_frozen_values() -> None:
    first, second = segment_document(read(TALK)), segment_document(read(TALK))
    assert first == second
    assert isinstance(first[0][0], Segment)
