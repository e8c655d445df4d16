"""The build of Chinese documents: chapters, articles, items, tables of contents."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.articles import article_of, articles_of, heading_level, mark_structure
from qualcode.corpus.segment import segment_document
from qualcode.model import Block, Document, Metadata, Span


def document(text: str, kind: str = "policy") -> Document:
    """A document whose every line is a paragraph before its structure is looked at."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line:
            blocks.append(Block(Span(at, at + len(line))))
        at += len(line) + 1
    return Document("d", text, Metadata(kind=kind), mark_structure(text, blocks))


@pytest.mark.parametrize(
    ("line", "article"),
    [
        ("第一条 为了规范。", "第一条"),
        ("第　十二　条　略。", "第十二条"),
        ("第 十 二 条 略。", "第十二条"),
        ("第二十条之一 略。", "第二十条之一"),
        ("第12条 略。", "第12条"),
        ("第一百〇二条略。", "第一百〇二条"),
        ("**第三条** 略。", "第三条"),
        ("Article 12. Data are shared.", "Article 12"),
        ("第三条规定的情形，从其规定。", ""),
        ("第三条第二款所称部门。", ""),
        ("第五条、第六条不适用。", ""),
        ("第五条修改为：略。", ""),
        ("依照第三条办理。", ""),
        ("第一章 总则", ""),
        ("Articles were bought.", ""),
        ("", ""),
    ],
)
def test_a_paragraph_begins_an_article_or_only_speaks_of_one(line: str, article: str) -> None:
    assert article_of(line) == article


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一编 总则", 1),
        ("第一章 总　则", 2),
        ("第 三 章 共享", 2),
        ("第一节 一般规定", 3),
        ("一、总体要求", 2),
        ("十二、提高认识，加强领导", 2),
        ("一、本市推进改革。", 0),
        ("二、各部门应当：", 0),
        ("第一章程是旧的", 0),
        ("一、" + "很" * 50, 0),
        ("（一）总体要求", 0),
        ("总则", 0),
    ],
)
def test_a_heading_is_short_and_no_sentence(line: str, level: int) -> None:
    assert heading_level(line) == level


def test_items_and_headings_are_known_and_nothing_else_changes() -> None:
    text = "一、总体要求\n（一）加强领导；\n1. 落实责任；\n二、本市推进改革。\n各部门应当共享。"
    assert [(b.kind, b.level) for b in document(text).blocks] == [
        ("heading", 2),
        ("item", 1),
        ("item", 1),
        ("item", 1),
        ("paragraph", 0),
    ]


def test_a_table_of_contents_is_front_matter() -> None:
    contents = "目　录\n第一章 总则\n第二章 共享\n第三章 附则\n"
    text = contents + "第一章 总则\n第一条 略。\n第二章 共享\n第二条 略。\n第三章 附则\n第三条 略。"
    kinds = [b.kind for b in document(text).blocks]
    assert kinds == ["front"] * 4 + ["heading", "paragraph"] * 3


def test_the_same_heading_twice_is_no_table_of_contents() -> None:
    text = "第一章 总则\n第一节 一般规定\n第一条 略。\n第二章 共享\n第一节 一般规定\n第二条 略。"
    assert "front" not in {b.kind for b in document(text).blocks}


LAW = (
    "第一章 总则\n第一条 略一。\n第二款。\n（一）甲；\n（二）乙。\n第二条 略二。\n"
    "第二章 共享\n引言。\n第 三 条 略三。"
)


def test_an_article_goes_on_until_the_next_article_or_heading() -> None:
    segments, _ = segment_document(document(LAW), "sentence")
    assert [(s.text, s.section, s.article) for s in segments] == [
        ("第一章 总则", "第一章 总则", ""),
        ("第一条 略一。", "第一章 总则", "第一条"),
        ("第二款。", "第一章 总则", "第一条"),
        ("（一）甲；", "第一章 总则", "第一条"),
        ("（二）乙。", "第一章 总则", "第一条"),
        ("第二条 略二。", "第一章 总则", "第二条"),
        ("第二章 共享", "第二章 共享", ""),
        ("引言。", "第二章 共享", ""),
        ("第 三 条 略三。", "第二章 共享", "第三条"),
    ]


def test_the_unit_article_is_the_whole_article_and_else_the_paragraph() -> None:
    segments, _ = segment_document(document(LAW), "article")
    assert [(s.kind, s.text) for s in segments] == [
        ("heading", "第一章 总则"),
        ("article", "第一条 略一。\n第二款。\n（一）甲；\n（二）乙。"),
        ("article", "第二条 略二。"),
        ("heading", "第二章 共享"),
        ("paragraph", "引言。"),
        ("article", "第 三 条 略三。"),
    ]


def test_articles_read_aloud_in_an_interview_are_none() -> None:
    segments, _ = segment_document(document("第三条 大家都知道。\n我们没有依据。", kind="interview"))
    assert {s.article for s in segments} == {""}


STARTS = st.sampled_from(
    ["第三条 略。", "第三条规定", "*第 十 条", "Article 5. Yes", "**Article V", " 第一条", "A", "甲\n"]
)


@given(st.lists(STARTS))
def test_the_articles_of_many_paragraphs_are_those_of_each(paragraphs: list[str]) -> None:
    text = "".join(paragraphs)
    starts = [len("".join(paragraphs[:n])) for n in range(len(paragraphs))]
    assert articles_of(text, starts) == [article_of(text, start) for start in starts]
