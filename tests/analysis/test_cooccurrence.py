"""What co-occurrence counts, by hand, and against its definition written out naively."""

import math
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.contexts import UNITS, contexts
from qualcode.analysis.cooccurrence import association, cooccurrence

from .conftest import Corpus, codebook_of

AB = codebook_of("A", "B")


def edge(corpus, codebook=AB, unit="segment", source="A", target="B"):
    """The one edge asked for, as a dict; None where there is none."""
    _, edges = cooccurrence(*corpus.tables, codebook, units=[unit])
    found = edges[(edges["source"] == source) & (edges["target"] == target)]
    assert len(found) <= 1
    return found.iloc[0].to_dict() if len(found) else None


def test_two_codes_on_words_of_their_own_meet(corpus):
    corpus.document("I1", "A@0-2 B@5-7", "-", "A@200-202")
    found = edge(corpus)
    assert (found["n"], found["n_shared"], found["n_contexts"]) == (1, 0, 3)


def test_two_codes_on_the_same_word_are_shared_evidence_and_leave_the_table(corpus):
    corpus.document("I1", "A@0-2 B@0-2", "A@100-102 B@105-107", "-", "A@300-302")
    found = edge(corpus)
    assert (found["n"], found["n_shared"]) == (1, 1)
    assert (found["n_source"], found["n_target"], found["n_contexts"]) == (2, 1, 3)


def test_touching_words_share_no_character(corpus):
    corpus.document("I1", "A@0-2 B@2-4")
    assert edge(corpus)["n"] == 1


def test_one_common_character_is_shared(corpus):
    corpus.document("I1", "A@0-3 B@2-4")
    assert (edge(corpus)["n"], edge(corpus)["n_shared"]) == (0, 1)


def test_a_match_of_two_parts_shares_if_one_part_does(corpus):
    """near(涉密, 不给) beside 不给: the free part 涉密 does not make it other evidence."""
    corpus.document("I1", "A@0-2+6-8 B@6-8")
    assert edge(corpus)["n"] == 0


def test_a_second_match_elsewhere_makes_them_meet(corpus):
    corpus.document("I1", "A@0-2|10-12 B@0-2")
    assert edge(corpus)["n"] == 1


def test_shared_evidence_is_no_matter_where_the_context_has_the_code_twice(corpus):
    corpus.document("I1", "A@0-2 B@0-2", "A@100-102")
    assert edge(corpus, unit="document")["n"] == 1
    assert edge(corpus, unit="segment")["n"] == 0


def test_a_person_s_codings_without_words_meet(corpus):
    corpus.document("I1", "A B")
    assert edge(corpus)["n"] == 1


def test_what_does_not_count_does_not_meet(corpus):
    corpus.document("I1", "A@0-2 B!@5-7", "A@100-102 B@105-107")
    assert (edge(corpus)["n"], edge(corpus)["n_target"]) == (1, 1)


def test_an_interviewer_s_words_are_in_no_context_and_break_no_run(corpus):
    corpus.document("I1", "A@0-2", "x", "B@200-202")
    found = edge(corpus, unit="run2")
    assert (found["n"], found["n_contexts"]) == (1, 1)


def test_a_parent_counts_its_descendants_and_is_no_neighbour_of_them(corpus):
    tree = codebook_of("A", "A.x", "A.y", "B")
    corpus.document("I1", "A.x@0-2 B@4-6", "A.y@100-102", "A.x@200-202 A.y@205-207")
    assert edge(corpus, tree)["n"] == 1 and edge(corpus, tree)["n_source"] == 3
    assert edge(corpus, tree, source="A", target="A.x") is None
    assert edge(corpus, tree, source="A.x", target="A.y")["n"] == 1


def test_units_of_context(corpus):
    """Counted by hand: 2 speeches of 3 and 2 segments, then a policy of two articles, one segment each."""
    corpus.document("I1", "A", "-", "B", "A", "B", speeches=[1, 1, 1, 2, 2], case="J市")
    corpus.document("P1", "A", "B", kind="policy", articles=["第一条", "第二条"])
    size = {unit: len(contexts(corpus.documents, corpus.segments, unit)) for unit in UNITS}
    assert size == {"segment": 7, "speech": 4, "run3": 4, "speech-run3": 4, "document": 2, "case": 1}
    met = {unit: (edge(corpus, unit=unit) or {"n": 0})["n"] for unit in UNITS}
    assert met == {"segment": 0, "speech": 2, "run3": 4, "speech-run3": 2, "document": 2, "case": 1}


def test_kinds_are_told_apart(corpus):
    corpus.document("I1", "A B").document("P1", "A B", "A B", kind="policy").document("U", "A B", kind="")
    found = edge(corpus)
    assert (found["n"], found["n_interview"], found["n_document"], found["n_documents"]) == (4, 1, 2, 3)


def test_association_by_hand_and_by_scipy():
    """phi of [[4, 1], [4, 11]] is the square root of chi-square / N, without Yates (scipy)."""
    from scipy.stats import chi2_contingency

    expected, lift, jaccard, phi = association(4, 5, 8, 20)
    assert (expected, lift, jaccard) == (2, 2, pytest.approx(4 / 9))
    assert phi == pytest.approx(math.sqrt(chi2_contingency([[4, 1], [4, 11]], correction=False)[0] / 20))


def test_a_table_without_room_has_no_phi():
    assert math.isnan(association(3, 3, 3, 3)[3]) and association(3, 3, 3, 3)[1] == 1
    assert all(math.isnan(value) for value in association(0, 0, 0, 0))


def test_p_counts_the_turns_of_one_code_within_documents(corpus):
    """By hand: each document of four has its A and B together in one of four turns; three documents: 1/64."""
    for name in ("I1", "I2", "I3"):
        corpus.document(name, "A B", "-", "-", "-")
    found = edge(corpus)
    assert found["p"] == pytest.approx(1 / 64) and found["p_floor"] == pytest.approx(1 / 64)


def test_p_is_withheld_where_no_smaller_one_could_come_out(corpus):
    corpus.document("I1", "A B", "A B", "-", "-")
    found = edge(corpus)
    assert found["p_floor"] == pytest.approx(1 / 4) and math.isnan(found["p"])


def test_documents_as_contexts_cannot_be_turned(corpus):
    for name in ("I1", "I2", "I3"):
        corpus.document(name, "A", "B")
    assert edge(corpus, unit="document")["p_floor"] == 1


def test_an_interval_needs_three_documents_with_each_code(corpus):
    corpus.document("I1", "A B", "A", "-").document("I2", "A B", "-", "B")
    assert math.isnan(edge(corpus)["lo"])
    corpus.document("I3", "A B", "-", "-", "A")
    found = edge(corpus)
    assert found["lo"] <= found["lift"] <= found["hi"]


def test_examples_come_from_different_documents_first(corpus):
    corpus.document("I1", "A B", "A B", "A B").document("I2", "-", "A B").document("I3", "A B")
    assert edge(corpus)["example_ids"] == ("I1:1", "I2:2", "I3:1", "I1:2", "I1:3")


def test_repeated_documents_change_nothing(corpus):
    corpus.document("I1", "A B", "-")
    before = cooccurrence(*corpus.tables, AB)
    corpus.document("I1-copy", "A B", "-", duplicate_of="I1")
    after = cooccurrence(*corpus.tables, AB)
    assert after[0].equals(before[0]) and after[1].equals(before[1])


def test_nothing_in_nothing_out(corpus):
    nodes, edges = cooccurrence(*corpus.tables, AB)
    assert edges.empty and list(nodes["n"]) == [0] * len(nodes) and len(nodes) == 2 * (len(UNITS) - 1)


# --- the definition, naively ---

CODES = ("A", "A.x", "A.y", "B", "B.z", "C")
spans = st.builds(lambda a, n: (a, a + n), st.integers(0, 6), st.integers(1, 3))
words = st.builds(
    lambda code, matches: (code, matches),
    st.sampled_from(CODES),
    st.lists(st.lists(spans, min_size=1, max_size=2), max_size=2),
)
segment_words = st.one_of(st.just("x"), st.lists(words, max_size=3, unique_by=lambda word: word[0]))
documents = st.lists(
    st.tuples(
        st.lists(st.tuples(segment_words, st.booleans()), max_size=6),
        st.sampled_from(("interview", "policy")),
    ),
    max_size=4,
)


def build(drawn, order=None) -> Corpus:
    corpus = Corpus()
    for number in order or range(len(drawn)):
        segments, kind = drawn[number]
        lines, speeches, speech = [], [], 1
        for index, (codes, new) in enumerate(segments):
            speech += new
            speeches.append(speech)
            at = index * 100
            lines.append(
                "x"
                if codes == "x"
                else " ".join(
                    code
                    + ("@" if matches else "")
                    + "|".join("+".join(f"{at + a}-{at + b}" for a, b in m) for m in matches)
                    for code, matches in codes
                )
                or "-"
            )
        corpus.document(f"D{number}", *lines, speeches=speeches, kind=kind, case=f"c{number % 2}")
    return corpus


def naive(drawn, unit):
    """n and n_shared per pair, from the words of the definition."""
    contexts_ = []
    for number, (segments, _) in enumerate(drawn):
        speech, kept = 1, []
        for codes, new in segments:
            speech += new
            if codes != "x":
                kept.append((len(kept), number, speech, codes))
        groups = {}
        for entry in kept:
            groups.setdefault(entry[2] if unit.startswith("speech") else 0, []).append(entry)
        for group in groups.values():
            if unit == "segment":
                contexts_ += [[entry] for entry in group]
            elif unit.endswith("run3"):
                contexts_ += [group[i : i + 3] for i in range(max(1, len(group) - 2))]
            else:
                contexts_.append(group)
    counts = {}
    for context in contexts_:
        evidence = {}
        for place, _, _, codes in context:
            for code, matches in codes:
                for up in CODES:
                    if code == up or code.startswith(up + "."):
                        evidence.setdefault(up, []).extend((place, m) for m in matches or [[]])
        for a, b in combinations(CODES, 2):
            if b.startswith(a + ".") or a not in evidence or b not in evidence:
                continue
            apart = any(
                p != q or not any(x[0] < y[1] and y[0] < x[1] for x in m for y in k)
                for p, m in evidence[a]
                for q, k in evidence[b]
            )
            n, shared = counts.get((a, b), (0, 0))
            counts[a, b] = (n + apart, shared + (not apart))
    return counts, len(contexts_)


@pytest.mark.parametrize("unit", ["segment", "speech", "run3", "speech-run3", "document"])
@settings(max_examples=25)
@given(documents)
def test_counts_are_those_of_the_definition(unit, drawn):
    _, edges = cooccurrence(*build(drawn).tables, codebook_of(*CODES), units=[unit], resamples=10)
    found = {
        (a, b): (n, shared)
        for a, b, n, shared in edges[["source", "target", "n", "n_shared"]].itertuples(index=False)
    }
    expected, size = naive(drawn, unit)
    assert found == expected
    assert set(edges["n_contexts"] + edges["n_shared"]) <= {size}


@settings(max_examples=10)
@given(documents, st.randoms())
def test_the_order_of_documents_and_rows_changes_nothing(drawn, random):
    straight = build(drawn)
    order = list(range(len(drawn)))
    random.shuffle(order)
    mixed = build(drawn, order)
    random.shuffle(mixed.segment_rows)
    random.shuffle(mixed.coding_rows)
    book = codebook_of(*CODES)
    one, two = (cooccurrence(*corpus.tables, book, resamples=20) for corpus in (straight, mixed))
    assert one[0].equals(two[0]) and one[1].equals(two[1])


@settings(max_examples=20)
@given(documents)
def test_a_pair_is_the_same_from_both_ends(drawn):
    tables = build(drawn).tables
    forth, back = (
        cooccurrence(*tables, codebook_of(*codes), units=["speech"], resamples=20)[1]
        for codes in (CODES, CODES[::-1])
    )
    measures = [
        "n",
        "n_shared",
        "n_documents",
        "expected",
        "lift",
        "jaccard",
        "phi",
        "lo",
        "hi",
        "p",
        "p_floor",
    ]
    for row in forth.to_dict("records"):
        mirrored = back[(back["source"] == row["target"]) & (back["target"] == row["source"])]
        assert mirrored[measures].astype(float).iloc[0].to_dict() == pytest.approx(
            {name: row[name] for name in measures}, nan_ok=True
        )
