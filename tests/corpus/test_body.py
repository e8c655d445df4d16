"""The body of a document taken at once is the body taken block by block."""

from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus.body import whole_bodies
from qualcode.corpus.layout import KINDS, Blocks, Turns
from qualcode.corpus.stretches import Stretches
from qualcode.model import Document, Metadata

words = st.sampled_from(
    ["第三条 略。", "第三条规定", "Article 5 Yes", "甲", "*乙", " 丙", "丁\u3000", "𠮷 \n 😀"]
)
laid = st.lists(st.tuples(words, st.sampled_from(KINDS), st.integers(0, 2), st.booleans()), max_size=8)


def document(parts: list[tuple[str, str, int, bool]], *, trim: bool, cut: int) -> Document:
    """A document of these blocks; those marked begin a turn that reaches to the next one's block."""
    text, blocks, places = "", Blocks(), []
    for words, kind, gap, speaks in parts:
        start = len(text) + (len(words) - len(words.lstrip()) if trim else 0)
        blocks.add(start, len(text) + len(words.rstrip() if trim else words), kind, 1)
        places += [(start, speaks)]
        text += words + " " * gap
    turns, begun = Turns(), [start for start, speaks in places if speaks]
    for n, start in enumerate(begun):
        turns.add("甲", start, max((begun[n + 1] if n + 1 < len(begun) else len(text)) - cut, start + 1))
    return Document("d", text, Metadata(kind="" if turns else "policy"), blocks, turns)


@given(laid, st.booleans(), st.integers(0, 2))
def test_at_once_and_one_by_one(parts: list[tuple[str, str, int, bool]], trim: bool, cut: int) -> None:
    made = document(parts, trim=trim, cut=cut)
    by_block = Stretches(made.turns)
    by_block._fill_one_by_one(made)
    assert list(Stretches.of(made)) == list(by_block)


@given(st.lists(st.tuples(laid, st.booleans(), st.integers(0, 2)), max_size=4))
def test_several_documents_and_each_by_itself(
    many: list[tuple[list[tuple[str, str, int, bool]], bool, int]],
) -> None:
    made = [document(parts, trim=trim, cut=cut) for parts, trim, cut in many]
    together, apart = Stretches.of_each(made), map(Stretches.of, made)
    assert list(map(list, together)) == list(map(list, apart))


def test_what_must_be_trimmed_or_cut_is_looked_at_one_by_one() -> None:
    whole = [("甲。", "paragraph", 1, True), ("第一条 乙", "heading", 0, False), ("丙", "note", 0, True)]
    one = document(whole, trim=True, cut=0)
    untrimmed = document([*whole, ("丁 ", "item", 0, False)], trim=False, cut=0)
    torn = document([("甲乙丙", "paragraph", 0, True)], trim=True, cut=2)
    assert whole_bodies([one, untrimmed, Document("d", "甲"), torn, one])[0] == [0, 4]
    assert whole_bodies([torn, untrimmed]) == ([], None)
