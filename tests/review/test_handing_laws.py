"""Laws of hand coding that comes in: nothing lost, nothing twice, in any order, no other words than meant."""

from datetime import UTC, datetime
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.codebook import parse_codebook
from qualcode.corpus import segment_document
from qualcode.model import Block, Document, Span
from qualcode.problems import Place
from qualcode.review.anchors import anchor_of
from qualcode.review.copies import Copy
from qualcode.review.covering import covered
from qualcode.review.handed import Handed, news, settled
from qualcode.review.naming import Names
from qualcode.review.records import Decision, text_hash
from qualcode.review.squeezed import Squeezed

from .conftest import BOOK

LINES = (
    "问：是吗？",
    "答：对。",
    "答：大家都怕担责，谁也不签。",
    "答：后来好一些。",
    "问：the API，ok?",
    "答：对。不给。",
)
texts = st.lists(st.sampled_from(LINES), min_size=1, max_size=8).map("\n".join)
CODES = ("fear", "refuse", "agree", "open:厂商锁定")


def document(text, name="I03"):
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(Span(at + len(line) - len(line.lstrip()), at + len(line.rstrip()))))
        at += len(line) + 1
    return Document(name, text, blocks=tuple(blocks))


@given(texts, st.data())
def test_words_are_found_where_they_stand_and_only_there(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    held, wanted = Squeezed.of(text), Squeezed.of(words).text
    found = held.find(words)
    assert all(Squeezed.of(text[a:b]).text == wanted for a, b in found)
    assert len(set(found)) == len(found)
    inside = any(
        0 < at < len(text) and text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalnum()
        for at in (start, end)
    )
    if words.strip() and not inside:
        trimmed = Span(end - len(words.lstrip()), start + len(words.rstrip()))
        assert trimmed in found


@given(
    texts,
    st.sampled_from(["\n", " ", "　\n", "\n\n"]),
    st.sampled_from(["", "题目\n", "---\nid: x\n---\n"]),
    st.data(),
)
def test_in_a_copy_word_for_word_every_mark_is_where_it_was(text, gap, head, data):
    copy_text = head + text.replace("\n", f"{gap}\n").replace("，", ",")
    copy, held = Copy.of(copy_text), Squeezed.of(text)
    beside = copy.beside(document(text), held)
    start = data.draw(st.integers(len(head), len(copy_text) - 1))
    end = data.draw(st.integers(start + 1, len(copy_text)))
    there = copy.place(Span(start, end), beside, held)
    if there is not None:
        assert (
            Squeezed.of(text[there.start : there.end]).text.strip()
            == Squeezed.of(copy_text[start:end]).text.strip()
        )
    if beside.way == "whole" and copy_text[start:end].strip():
        signs = len("".join(copy_text[len(head) : start].split()))
        assert there is not None
        assert len("".join(text[: there.start].split())) == signs


@given(
    texts, st.lists(st.integers(0, 7), max_size=3), st.lists(st.sampled_from(LINES), max_size=2), st.data()
)
def test_in_a_changed_copy_a_mark_is_where_its_words_are_or_nowhere(text, gone, added, data):
    lines = (
        [line for n, line in enumerate(text.split("\n")) if n not in gone]
        + added
        + ["答：另有一行没有的话。"]
    )
    copy, held = Copy.of("\n".join(lines)), Squeezed.of(text)
    beside = copy.beside(document(text), held)
    start = data.draw(st.integers(0, len(copy.text) - 1))
    end = data.draw(st.integers(start + 1, len(copy.text)))
    there = copy.place(Span(start, end), beside, held)
    words = Squeezed.of(copy.text[start:end]).text
    if there is not None:
        assert Squeezed.of(text[there.start : there.end]).text == words
    if beside.way == "lines" and "另有一行" in copy.text[start:end]:
        assert there is None


@given(texts, st.data())
def test_a_span_means_segments_it_touches_and_all_it_holds(text, data):
    its = segment_document(document(text))[0]
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = covered(its, span)
    assert all(span.contains(part) and segment.span.contains(part) for segment, part in found)
    assert {s.id for s in its if span.contains(s.span)} <= {s.id for s, _ in found}
    assert [s.index for s, _ in found] == sorted({s.index for s, _ in found})


@cache
def material():
    made = document("\n".join(LINES))
    return made, segment_document(made)[0]


def things():
    made, its = material()
    verdicts = st.sampled_from(
        [("add", ""), ("accept", ""), ("reject", ""), ("recode", "agree"), ("memo", "")]
    )

    def handed(n, coder, index, code, verdict, dated, memo):
        action, to = verdict
        place = Place("t.csv", n)
        if action == "memo":
            return Handed(place, coder, made, its[index], "memo", memo=memo or "注", source="t.csv")
        plain = action == "add"
        code = "fear" if action == "recode" else code
        return Handed(
            place, coder, made, its[index], action, code, to, dated=dated, source="t.csv", plain=plain
        )

    return st.builds(
        handed,
        st.integers(1, 40),
        st.sampled_from(["甲", "乙"]),
        st.integers(0, len(its) - 1),
        st.sampled_from(CODES),
        verdicts,
        st.sampled_from(["", "2024-03-01"]),
        st.sampled_from(["", "另注"]),
    )


def written(handed, before=()):
    """The decisions that are written for what is new, after those of before."""
    made = list(before)
    for one in handed:
        made.append(
            Decision(
                len(made) + 1,
                one.coder,
                datetime(2024, 1, 1, tzinfo=UTC).isoformat(),
                one.action,
                document=one.document.id,
                text=text_hash(one.document.text),
                anchor=anchor_of(one.document, one.segment),
                code=one.code,
                to=one.to,
                memo=one.memo,
                source=one.source,
                dated=one.dated,
            )
        )
    return made


def bare(handed):
    return [(one.target, one.action, one.to, one.memo) for one in handed]


@settings(max_examples=60)
@given(st.lists(things(), max_size=10), st.randoms(use_true_random=False))
def test_order_says_nothing_and_a_second_time_adds_nothing(handed, chance):
    made, its = material()
    segments = {made.id: its}
    clear, wrong = settled(handed)
    shuffled = list(handed)
    chance.shuffle(shuffled)
    again, also = settled(shuffled)
    assert bare(again) == bare(clear)
    assert len(also) == len(wrong)
    first = news(clear, {}, segments)
    assert (len(first.new), first.known, first.problems) == (len(clear), 0, ())
    journal = written(first.new)
    second = news(clear, {made.id: journal}, segments)
    assert (second.new, second.problems, second.known) == ((), (), len(clear))


@settings(max_examples=60)
@given(st.lists(things(), max_size=10))
def test_everything_is_kept_or_named(handed):
    clear, wrong = settled(handed)
    kept = set(bare(clear))
    named = {p.values["segment"] for p in wrong}
    yes = {(one.target) for one in clear if one.action in ("accept", "add")}
    for one in handed:
        mine = (one.target, one.action, one.to, one.memo)
        same_side = one.action in ("accept", "add") and one.target in yes
        assert mine in kept or same_side or one.segment.id in named
    verdicts = [one.target for one in clear if one.action != "memo"]
    assert len(set(verdicts)) == len(verdicts)


@settings(max_examples=40)
@given(
    st.lists(things().filter(lambda one: one.plain), max_size=6),
    st.lists(things().filter(lambda one: one.plain), max_size=6),
)
def test_two_files_say_the_same_in_either_order(one, other):
    made, its = material()
    segments = {made.id: its}

    def after(*files):
        journal = []
        for handed in files:
            journal = written(news(settled(handed)[0], {made.id: journal}, segments).new, journal)
        return {(d.coder, d.anchor.start, d.action, d.code, d.memo) for d in journal}

    assert after(one, other) == after(other, one)


@given(
    st.lists(st.sampled_from(["fear", "怕担责", "ＦＥＡＲ", "拒绝", "open：新", "feer", ""]), max_size=5),
    st.sampled_from("；;，,\n"),
)
def test_every_word_of_a_comment_is_a_code_or_named(words, sign):
    book = parse_codebook(BOOK)[0]
    codes, unknown = Names(book).codes(sign.join(words))
    meant = {"fear": "fear", "怕担责": "fear", "ＦＥＡＲ": "fear", "拒绝": "refuse", "open：新": "open:新"}
    assert set(codes) == {meant[word] for word in words if word in meant}
    assert [one.word for one in unknown] == [word for word in words if word == "feer"]
