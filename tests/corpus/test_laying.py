"""Turns laid out side by side are those laid out block by block."""

from unittest import mock

from hypothesis import event, given
from hypothesis import strategies as st

from qualcode.corpus import laying
from qualcode.corpus.labelled import Labelled, Lines, read_labels
from qualcode.corpus.readers import read_extracts

lines = st.sampled_from(
    [
        "访谈者：给吗？",
        "受访者： 不给。",
        "Q1: why?",
        "A1: because 他们说：不行",
        "受访者：",
        "受访者：以上内容由AI生成",
        "以上内容由AI生成",
        "他想了想。",
        "\u3000又说了一句。",
        "### 第二部分",
        "- 一点",
        "— 3 —",
        "[00:01:02] 李四：话",
        "李四 00:01:02",
        "00:12:31",
        "",
    ]
)


@given(
    st.lists(lines, max_size=12), st.sampled_from(["\n", "\n\n"]), st.booleans(), st.sets(st.integers(0, 3))
)
def test_turns_side_by_side(written: list[str], between: str, stays: bool, left_out: set[int]) -> None:
    for name in ("a.md", "a.txt", "a.html"):
        for extract in read_extracts(between.join(written).encode(), name)[0]:
            columns = Lines.of(extract)
            read = read_labels(extract, columns, frozenset())
            kept: Labelled = read.without(left_out)
            if not kept.places:
                continue
            made = laying.lay_turns(extract.text, columns, kept, (), stays=stays)
            with mock.patch.object(laying, "_side_by_side", return_value=None):
                plainly = laying.lay_turns(extract.text, columns, kept, (), stays=stays)
            event(f"side by side: {laying._side_by_side(extract.text, columns, kept) is not None}")
            assert made == plainly


def test_an_ordinary_transcript_is_laid_out_side_by_side() -> None:
    text = "---\ntitle: x\n---\n\n访谈者：给吗？\n\n受访者：不给。\n\n他想了想。\n\n访谈者：为何？\n"
    [extract] = read_extracts(text.encode(), "a.txt")[0]
    columns = Lines.of(extract)
    found = laying._side_by_side(text, columns, read_labels(extract, columns, frozenset()))
    assert found is not None
    starts, ends, *_ = found.blocks
    assert [text[start:end] for start, end in zip(starts, ends, strict=True)] == [
        *("访谈者：", "给吗？", "受访者：", "不给。", "他想了想。", "访谈者：", "为何？")
    ]
    assert [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)] == [
        *("给吗？", "不给。\n\n他想了想。", "为何？")
    ]
