"""Where decisions are after a transcript was corrected: known edits, known consequences."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.model import Block, Document, Segment, Span
from qualcode.review.anchors import anchor_of, find_again

from .conftest import TALK


def states(read, was, now):
    """What became of every segment of the first text, by its words (and number, where they come back)."""
    old, segments = read(was)
    anchors = [anchor_of(old, segment) for segment in segments]
    new, after = read(now)
    found = [find_again(new, after, one, same_text=False) for one in anchors]
    return [
        (one.quote, f.state, f.segment.text if f.segment else "")
        for one, f in zip(anchors, found, strict=True)
    ]


def test_an_unchanged_text_keeps_all(read):
    assert {state for _, state, _ in states(read, TALK, TALK)} == {"unchanged"}


def test_words_in_front_move_all_and_lose_none(read):
    found = states(
        read, TALK, "问：先请您介绍一下自己，在哪个单位工作多久了？\n答：我在数据局工作了三年。\n" + TALK
    )
    assert {state for _, state, _ in found} == {"moved"}
    assert all(quote == now for quote, _, now in found)


def test_a_corrected_sentence_is_looked_at_again_and_its_neighbours_stay(read):
    found = states(read, TALK, TALK.replace("都怕担责，谁也不敢", "都害怕承担责任，谁也不敢"))
    by_words = {quote: (state, now) for quote, state, now in found}
    assert by_words["说实话大家都怕担责，谁也不敢先签字。"] == (
        "changed",
        "说实话大家都害怕承担责任，谁也不敢先签字。",
    )
    others = {state for quote, (state, _) in by_words.items() if "担责，谁" not in quote}
    assert others == {"unchanged", "moved"}


def test_a_repeated_answer_never_lands_on_the_other_one(read):
    once = "问：是不是担心出了问题说不清楚？\n答：对。\n"
    found = states(read, TALK, TALK.replace(once, "", 1))
    assert [state for quote, state, _ in found if quote == "对。"] == ["orphaned", "orphaned"]


def test_a_further_equal_answer_makes_all_of_them_uncertain(read):
    one = "问：那么这件事情以后还会不会再有人来过问呢你觉得？\n答：对。\n"
    found = states(read, one * 3, one * 4)
    assert {state for _, state, _ in found} == {"orphaned"}


def test_words_taken_out_are_orphaned(read):
    found = states(read, TALK, TALK.replace("我们处里的数据一直不给别的部门。", ""))
    assert {quote: state for quote, state, _ in found}["我们处里的数据一直不给别的部门。"] == "orphaned"


def test_words_given_to_another_speaker_are_looked_at_again(read):
    named = TALK.replace("答：", "受访者A：").replace("问：", "访谈者：")
    found = states(read, named, named.replace("受访者A：后来", "受访者B：后来"))
    assert [state for quote, state, _ in found if quote.startswith("后来市里")] == ["changed"]


def _made(parts: list[str]) -> tuple[Document, list[Segment]]:
    """A document of sentences on lines, each a segment."""
    text, segments = "", []
    for n, part in enumerate(parts, 1):
        span = Span(len(text), len(text) + len(part))
        segments.append(Segment(f"D:{n}", "D", n, span, part))
        text += part + "\n"
    return Document("D", text, blocks=(Block(Span(0, len(text))),)), segments


sentences = st.lists(
    st.sampled_from(["对。", "嗯。", "不给。", "怕追责。", "是这样的吗？"]), min_size=1, max_size=9
)


@given(sentences, st.data())
def test_an_insertion_never_moves_a_decision_to_other_words(parts, data):
    old, segments = _made(parts)
    at = data.draw(st.integers(0, len(parts) - 1))
    new, after = _made([*parts[:at], "这句是后来补的。", *parts[at:]])
    for n, segment in enumerate(segments):
        found = find_again(new, after, anchor_of(old, segment), same_text=False)
        if found.state in ("unchanged", "moved"):
            assert found.segment is not None
            assert found.segment.index == n + 1 + (n >= at), (parts, at, n)


@given(st.integers(1, 9), st.data())
def test_of_different_sentences_one_taken_out_is_orphaned_and_the_others_stay(count, data):
    parts = [f"第{n}句说的是别的事情。" for n in range(count)]
    old, segments = _made(parts)
    at = data.draw(st.integers(0, count - 1))
    new, after = _made([*parts[:at], *parts[at + 1 :]])
    for n, segment in enumerate(segments):
        found = find_again(new, after, anchor_of(old, segment), same_text=False)
        certain = found.state in ("unchanged", "moved")
        assert certain == (n != at)
        if certain:
            assert found.segment is not None
            assert found.segment.text == parts[n]
