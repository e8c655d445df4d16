"""Chains of codes that a theory states: found in speeches, on words of their own, against shuffles."""

import math
from itertools import permutations

import numpy as np
import pytest
from scipy.stats.contingency import association as scipy_association

from qualcode.analysis.chains import Held
from qualcode.analysis.conformity import (
    agrees,
    association,
    conformity,
    cramers_v,
    goodman_lambda,
    labels_of,
    linked,
    masks_of,
)
from qualcode.analysis.given import Given
from qualcode.analysis.paths import paths
from qualcode.codebook.records import Code, Codebook, Facet, Theory
from qualcode.problems import UsageError

FACETS = {"why": ("push", "wish"), "how": ("wait", "act"), "logic": ("avoid", "new")}
CHAIN = Theory(
    "chain",
    levels=("why", "how", "logic"),
    stated=(
        {"why": ("push",), "how": ("wait",), "logic": ("avoid",)},
        {"why": ("wish",), "how": ("act",), "logic": ("new",)},
    ),
)


def book(*theories: Theory) -> Codebook:
    codes = {code: Code(code, facet=facet) for facet, held in FACETS.items() for code in held}
    codes["avoid.fear"] = Code("avoid.fear", facet="logic")
    facets = {facet: Facet(facet) for facet in FACETS}
    return Codebook("test", facets=facets, codes=codes, theories={t.id: t for t in theories})


def asked(corpus, table, *, theory=CHAIN, codes=(), **where):
    made = paths(Given(*corpus.tables, book(theory) if theory else book(), codes=codes)).tables[table]
    for name, value in ({"unit": "speech", "phase": ""} | where).items():
        made = made[(made[name] == value).to_numpy(dtype=bool)]
    return made.to_dict("records")


def test_a_chain_is_put_together_within_a_speech(corpus):
    """Speech 1 holds push, wait, avoid (a child counts as it); speech 2 only wish and new, which agree."""
    corpus.document("I1", "push@0-2", "wait@0-2 avoid.fear@5-7", "wish@0-2", "new@0-2", speeches=(1, 1, 2, 2))
    whole, part = asked(corpus, "paths")
    assert (whole["level_1"], whole["level_2"], whole["level_3"]) == ("push", "wait", "avoid")
    assert whole["complete"] and whole["on_theory"] == "yes" and whole["n"] == 1 and whole["n_quotes"] == 2
    assert (part["level_2"], part["on_theory"], part["n_levels"]) == ("", "partial", 2)
    (row,) = asked(corpus, "path_conformity")
    assert (row["n_units"], row["n_two"], row["complete"], row["completeness"]) == (2, 2, 1, 0.5)
    assert (row["on_theory"], row["conformity"], row["partial"]) == (1, 1, 1) and "1 of at least 10" in row[
        "note"
    ]
    assert math.isnan(row["p"])


def test_codes_of_equal_weight_share_their_level(corpus):
    """By hand: avoid and new each once: half a path each, one on the theory, one not."""
    corpus.document("I1", "push@0-1 wait@2-3", "avoid@0-1", "new@0-1", speeches=(1, 1, 1))
    held = {row["level_3"]: (row["n"], row["on_theory"], row["confidence"]) for row in asked(corpus, "paths")}
    assert held == {"avoid": (0.5, "yes", 0.5), "new": (0.5, "no", 0.5)}
    assert asked(corpus, "path_conformity")[0]["conformity"] == 0.5
    corpus.document("I2", "push@0-1 wait@2-3", "avoid@0-1", "avoid@0-1", "new@0-1", speeches=(1, 1, 1, 1))
    assert {row["level_3"]: row["n"] for row in asked(corpus, "paths")} == {"avoid": 1.5, "new": 0.5}


def test_words_listed_at_two_levels_make_no_chain(corpus):
    """push and wait stand on the same two characters: the later level's code is left out and counted."""
    corpus.document("I1", "push@0-2 wait@0-2", speeches=(1,))
    assert asked(corpus, "paths") == [] and asked(corpus, "sankey_links") == []
    assert asked(corpus, "path_conformity")[0]["n_shared"] == 1
    corpus.document("I2", "push@0-2 wait@1-3|7-9", speeches=(1,))
    assert [row["n_documents"] for row in asked(corpus, "paths")] == [1]


def test_links_count_what_follows_what_and_who_says_so(corpus):
    """By hand: push->wait 3 of 4 links out of push; lift 3 * 5 / (4 * 3) of five links."""
    for n, why in enumerate(("push", "push", "push")):
        corpus.document(f"I{n}", f"{why}@0-1 wait@2-3")
    corpus.document("J1", "push@0-1 act@2-3").document("J2", "wish@0-1 act@2-3")
    links = {(r["source"], r["target"]): r for r in asked(corpus, "sankey_links")}
    link = links["push", "wait"]
    assert (link["value"], link["confidence"], link["skipped"], link["on_theory"]) == (3, 0.75, 0, "yes")
    assert math.isclose(link["lift"], 3 * 5 / (4 * 3)) and link["n_asserted"] == 0
    assert links["push", "act"]["on_theory"] == "no"
    row = list(corpus.segment_rows[0])
    row[10] = "因为压着，所以等着"
    corpus.segment_rows[0] = tuple(row)
    link = {(r["source"], r["target"]): r for r in asked(corpus, "sankey_links")}["push", "wait"]
    assert (link["n_asserted"], link["asserted_ids"]) == (1, ("I0:1",))


def test_a_link_may_skip_a_level_and_a_wider_window_reaches_further(corpus):
    corpus.document("I1", "push@0-1 avoid@2-3", "wait@0-1", speeches=(1, 2))
    (link,) = asked(corpus, "sankey_links")
    assert (link["source"], link["target"], link["skipped"]) == ("push", "avoid", 1)
    wide = asked(corpus, "path_conformity", unit="speech+1")[0]
    assert (wide["n_units"], wide["complete"]) == (2, 2)


def test_codes_asked_for_narrow_the_list_not_the_statistics(corpus):
    corpus.document("I1", "push@0-1 wait@2-3", "wish@0-1 act@2-3", speeches=(1, 2))
    assert [row["level_1"] for row in asked(corpus, "paths", codes=("wish",))] == ["wish"]
    assert asked(corpus, "path_conformity", codes=("wish",))[0]["n_units"] == 2


def test_without_a_theory_nothing_conforms(corpus):
    corpus.document("I1", "push@0-1 wait@2-3")
    with pytest.raises(UsageError, match="states no path"):
        asked(corpus, "paths", theory=None)
    (row,) = asked(corpus, "paths", theory=Theory("open", levels=("why", "how")))
    assert row["on_theory"] == ""


def units(*documents):
    """Units by document, each as codes by level, with nothing else known of them."""
    return [
        Held(f"I{n}", "", tuple((code,) if code >= 0 else () for code in codes), {}, (), 0)
        for n, held in enumerate(documents)
        for codes in held
    ]


def test_shuffles_agree_with_listing_every_arrangement():
    """Two documents of 4 and 3 units: 4! * 3! arrangements of the second level, listed."""
    one = [(0, 0), (0, 0), (1, 1), (1, 1)]
    two = [(0, 0), (1, 1), (1, 0)]
    theory = Theory(
        "t", levels=("a", "b"), stated=({"a": ("a0",), "b": ("b0",)}, {"a": ("a1",), "b": ("b1",)})
    )
    members = [("a0", "a1"), ("b0", "b1")]
    labels = labels_of(units(one, two), (2, 2))
    found = conformity(labels, masks_of(theory, members), (0, 1), seed=1)
    every = [
        sum(a == b for (a, _), b in zip([*one, *two], [*p, *q], strict=True)) / 7
        for p in permutations([b for _, b in one])
        for q in permutations([b for _, b in two])
    ]
    assert found.observed == 6 / 7 == max(every)
    assert found.mean == pytest.approx(np.mean(every), abs=0.02)
    assert (
        found.p == pytest.approx(np.mean(np.array(every) >= 6 / 7 - 1e-9), abs=0.03)
        and found.p == found.floor
    )


def test_documents_that_always_say_one_thing_prove_nothing():
    """Each document has one chain throughout: every shuffle is the same, whatever the table."""
    theory = Theory(
        "t", levels=("a", "b"), stated=({"a": ("a0",), "b": ("b0",)}, {"a": ("a1",), "b": ("b1",)})
    )
    labels = labels_of(units(*([(n % 2, n % 2)] * 6 for n in range(6))), (2, 2))
    masks = masks_of(theory, [("a0", "a1"), ("b0", "b1")])
    found = conformity(labels, masks, (0, 1), seed=1)
    assert linked(labels, masks, 0, 1, seed=1) == (association(labels, 0, 1, seed=1), found)
    assert (found.observed, found.mean, found.p, found.floor) == (1, 1, 1, 1)
    assert association(labels, 0, 1, seed=1).p == 1


@pytest.mark.parametrize("table", [[[10, 2], [3, 9]], [[5, 1, 0], [2, 7, 4], [1, 1, 9]], [[3, 3], [2, 2]]])
def test_cramers_v_is_scipys(table):
    assert cramers_v(np.array(table, dtype=float)) == pytest.approx(scipy_association(np.array(table)))


def test_lambda_of_a_published_table():
    """Eyes and hair of 6,800 (Goodman & Kruskal 1954): lambda .1924 of hair by eyes, .2241 the other way."""
    table = np.array([[1768, 807, 189, 47], [946, 1387, 746, 53], [115, 438, 288, 16]])
    assert goodman_lambda(table) == pytest.approx(0.1924, abs=1e-4)
    assert goodman_lambda(table.T) == pytest.approx(0.2241, abs=1e-4)
    assert math.isnan(goodman_lambda(np.array([[3, 0], [4, 0]])))


def test_a_level_left_open_agrees_with_anything():
    theory = Theory("t", levels=("a", "b", "c"), stated=({"a": ("x", "y"), "c": ("z",)},))
    assert agrees({0: "y", 1: "anything", 2: "z"}, theory) == "yes"
    assert agrees({0: "y", 1: "anything"}, theory) == "partial" and agrees({0: "w", 2: "z"}, theory) == "no"


def test_ten_whole_paths_are_tested(corpus):
    for n in range(4):
        corpus.document(
            f"I{n}",
            *("push@0-1 wait@2-3 avoid@4-5", "wish@0-1 act@2-3 new@4-5", "push@0-1 wait@2-3 avoid@4-5"),
            speeches=(1, 2, 3),
        )
    (row,) = asked(corpus, "path_conformity")
    assert (row["complete"], row["conformity"], row["note"]) == (12, 1.0, "") and row["p"] == 0.001
    assert row["chance"] < 0.5
    for level in asked(corpus, "path_levels"):  # one of three arrangements of a document conforms as much
        assert level["p"] == pytest.approx(3**-4, abs=0.01) and level["p_holm"] == 2 * level["p"]
