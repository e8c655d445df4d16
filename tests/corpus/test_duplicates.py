"""Documents that repeat each other are found, however long; others are not."""

import random
import re

import pytest

from qualcode.corpus.duplicates import Repeat, find_repeats, repeat_notes, sketch
from qualcode.model import Block, Document, Source, Span

COMMON = "数据共享交换平台部门之间信息资源目录责任清单审批流程改革办公室群众办事材料窗口" * 2


def prose(seed: int, length: int) -> str:
    """Text without repetition: random characters in sentences."""
    draw = random.Random(seed)
    return "".join(draw.choice(COMMON) if n % 17 else "。" for n in range(1, length + 1))


def document(name: str, text: str, blocks: tuple[Block, ...] = ()) -> Document:
    return Document(name, text, blocks=blocks, source=Source(f"{name}.txt"))


def repeats(**texts: str) -> list[Repeat]:
    return find_repeats([sketch(document(name, text)) for name, text in texts.items()])


def test_the_same_text_in_two_formats() -> None:
    text = prose(1, 3000)
    as_web_page = text.replace("。", ". \n").replace("数", "數")
    [found] = repeats(a=text, b=as_web_page, c=prose(2, 3000))
    assert (found.first, found.second, found.share_of_first, found.share_of_second) == ("a", "b", 1.0, 1.0)


@pytest.mark.parametrize("length", [300, 2_000, 20_000, 200_000])
def test_a_circular_that_forwards_a_notice_in_full(length: int) -> None:
    """The expected shares are the lengths' own: of 1.5 n characters n are the notice's."""
    notice = prose(3, length)
    [found] = repeats(notice=notice, circular=prose(4, length // 2) + notice)
    assert found.share_of_first == pytest.approx(1.0, abs=0.02)
    assert found.share_of_second == pytest.approx(2 / 3, abs=0.06)


def test_a_short_notice_inside_a_long_collection() -> None:
    notice = prose(5, 6_000)
    [found] = repeats(notice=notice, book=prose(6, 150_000) + notice + prose(7, 150_000))
    assert found.share_of_first > 0.8 and found.share_of_second < 0.1


def test_texts_that_share_little_are_not_listed() -> None:
    shared = prose(8, 400)
    assert repeats(a=prose(9, 2000) + shared, b=shared + prose(10, 2000)) == []
    assert repeats(a="", b="", c="短") == []
    assert find_repeats([]) == []


def test_only_body_text_counts() -> None:
    head, one, two = prose(11, 2000), prose(12, 500), prose(13, 500)
    made = [
        document(
            name,
            head + body,
            (Block(Span(0, len(head)), "front"), Block(Span(len(head), len(head + body)))),
        )
        for name, body in (("a", one), ("b", two))
    ]
    assert find_repeats([sketch(d) for d in made]) == []


def test_notes_name_both_and_leave_out_what_is_marked() -> None:
    text = prose(14, 3000)
    found = repeats(a=text, b=text[:1500] + prose(15, 1500), c=text)
    notes = repeat_notes(found)
    assert [(p.severity, p.values["inner"]) for p in notes] == [("note", "a")]
    assert re.fullmatch(r"b \(\d\d %\), c \(100 %\)", str(notes[0].values["outers"]))
    assert all("duplicate_of" in str(p) for p in notes)
    [left] = repeat_notes(found, frozenset({"c"}))
    assert (left.values["inner"], left.values["outer"]) == ("a", "b")


def test_copies_of_one_text_are_one_note_and_another_pair_is_another() -> None:
    one, two = prose(16, 3000), prose(17, 2000)
    found = repeats(**{f"copy{n}": one for n in range(9)}, part=two[:1200], whole=two)
    assert len(found) == 9 * 8 // 2 + 1
    copies, pair = repeat_notes(found)
    assert copies.values["inner"] == "copy0" and copies.values["n"] == 8
    assert (pair.values["inner"], pair.values["outer"]) == ("part", "whole")


def test_order_and_sketches_are_the_same_every_time() -> None:
    texts = {f"d{n}": prose(n % 3, 1000) for n in range(9)}
    assert repeats(**texts) == repeats(**texts)
    assert [(r.first, r.second) for r in repeats(**texts)] == sorted(
        (a, b) for a in texts for b in texts if a < b and int(a[1]) % 3 == int(b[1]) % 3
    )
