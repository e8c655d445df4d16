"""Small codebooks and small texts in which much can go wrong, drawn at random."""

from __future__ import annotations

from hypothesis import strategies as st

from qualcode.codebook.records import Code, Codebook, Condition, Facet, Rule, Unless
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.patterns.all_ import All
from qualcode.patterns.any_ import Any
from qualcode.patterns.code import Code as CodePattern
from qualcode.patterns.count import Count
from qualcode.patterns.distance import Distance
from qualcode.patterns.near import Near
from qualcode.patterns.regex import Regex
from qualcode.patterns.term import Term, make_term
from qualcode.patterns.terms import Terms
from qualcode.problems import Place

FOLDS = [
    frozenset(),
    frozenset({"case"}),
    frozenset({"case", "width"}),
    frozenset({"case", "width", "script"}),
]
HAN = ["数", "據", "据", "共", "給", "给", "不"]
LATIN = ["a", "b", "A", "ｂ", "é", "1", "Ω"]
SIGNS = ["'", "’", " ", "  ", " \n\t ", "\u3000", "，", "。", "-", "😀", "𠀀", "カ"]

texts = st.lists(st.sampled_from([*HAN * 3, *LATIN * 3, *SIGNS * 2]), max_size=24).map("".join)


@st.composite
def terms(draw: st.DrawFn) -> Term:
    pieces = draw(st.lists(_piece(), min_size=1, max_size=3).filter(lambda p: len(p) == 1 or len(p) < 4))
    made = make_term("…".join(pieces), Place(), problems := [])
    return made if made is not None and not problems else Term("数", ("数",))


@st.composite
def _piece(draw: st.DrawFn) -> str:
    inner = st.sampled_from([*HAN, *LATIN, "'", " ", "-", "😀"])
    text = "".join(draw(st.lists(inner, min_size=1, max_size=3)))
    return text + draw(st.sampled_from(["", "", "", "*"]))


simple_terms = st.lists(st.sampled_from([*HAN, "a", "b", "A"]), min_size=1, max_size=2).map(
    lambda characters: Term("".join(characters), ("".join(characters),))
)
term_lists = st.lists(st.one_of(simple_terms, simple_terms, terms()), min_size=1, max_size=3).map(tuple)
distances = st.one_of(
    st.builds(Distance, st.integers(0, 8), st.sampled_from(["characters", "words"])),
    st.just(Distance(0, "sentence")),
)
near = st.builds(Near, st.lists(term_lists, min_size=2, max_size=3).map(tuple), distances, st.booleans())
regexes = st.sampled_from(["a+", "[数据].?", r"\w+", "(?:不|é)*", r"\bb", "(a|数)b?"]).map(Regex)
leaves = st.one_of(
    st.builds(Terms, term_lists),
    st.builds(Terms, term_lists),
    near,
    st.builds(Count, term_lists, st.integers(1, 3)),
    regexes,
)
nested = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(All, st.lists(inner, min_size=1, max_size=2).map(tuple)),
        st.builds(Any, st.lists(inner, min_size=1, max_size=2).map(tuple)),
    ),
    max_leaves=4,
)
WHERE = [
    Condition("role", ("respondent",)),
    Condition("role", ("respondent", ""), negated=True),
    Condition("kind", ("interview",)),
    Condition("speaker", ("B",)),
]
NAMES = ["a", "a.x", "b", "c", "d"]


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    """Draw a codebook of up to five codes; a code asks only about codes that stand before it in NAMES."""
    few_terms = st.lists(simple_terms, max_size=1).map(tuple)
    conditions = st.lists(st.sampled_from(WHERE), max_size=1).map(tuple) | st.just(())
    codes = {}
    facets = ["f", "g", ""]
    for n, name in enumerate(NAMES[: draw(st.integers(1, len(NAMES)))]):
        asked = [other for other in NAMES[:n] if not name.startswith(other)]
        patterns = nested
        if asked:
            patterns |= st.builds(
                CodePattern,
                st.lists(st.sampled_from(asked), min_size=1, max_size=2).map(tuple),
                st.sampled_from(["segment", "turn"]),
            )
        unless = st.none() | st.none() | st.builds(Unless, patterns, st.sampled_from(["segment", "turn"]))
        rules = tuple(
            Rule(
                id=draw(st.sampled_from(["", "z"])) + f"{name}:{number}",
                code=name,
                kind="",
                pattern=draw(patterns),
                excepts=draw(few_terms),
                unless=draw(unless),
                where=draw(conditions),
                weight=draw(st.sampled_from([1.0, 1.0, 0.5, 0.1, 0.3, 0.6])),
                nested_keep=draw(st.booleans()),
            )
            for number in range(1, draw(st.integers(1, 3)) + 1)
        )
        codes[name] = Code(
            name,
            facet=draw(st.sampled_from(facets)),
            rules=rules,
            excepts=draw(few_terms),
            unless=draw(unless),
            where=draw(conditions),
        )
    return Codebook(
        "generated",
        fold=draw(st.sampled_from(FOLDS)),
        facets={"f": Facet("f"), "g": Facet("g")},
        codes=codes,
        code_interviewers=draw(st.booleans()),
        overlap=draw(st.sampled_from(["facet", "codebook"])),
    )


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, list[Segment]]:
    """Draw a document of a few segments, side by side or with something between, some of them one turn."""
    text = draw(st.sampled_from(["", "A：", " "]))
    segments: list[Segment] = []
    turn = draw(st.integers(0, 1))
    role = "respondent"
    for index in range(1, draw(st.integers(1, 3)) + 1):
        if draw(st.booleans()):
            turn = turn + 1 if turn else 0
            role = draw(st.sampled_from(["respondent", "interviewer", "moderator", "unknown"]))
        words = draw(texts)
        span = Span(len(text), len(text) + len(words))
        speaker = role[0].upper() if turn else ""
        segments.append(
            Segment(
                f"d:{index}", "d", index, span, words, turn=turn, speaker=speaker, role=role if turn else ""
            )
        )
        text += words + draw(st.sampled_from(["", "", "\n", "数 "]))
    kind = draw(st.sampled_from(["interview", "policy"]))
    return Document("d", text, Metadata(kind=kind)), segments
