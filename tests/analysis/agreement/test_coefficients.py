"""Coefficients against published tables and independent programs, and what is always true of them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qualcode.analysis.agreement import OF_CODE, OF_SETS, coefficients
from qualcode.analysis.agreement.cohen import cohen
from qualcode.analysis.agreement.fleiss import fleiss
from qualcode.analysis.agreement.gwet import gwet
from qualcode.analysis.agreement.krippendorff import alpha
from qualcode.analysis.agreement.patterns import patterns_of
from qualcode.analysis.agreement.percent import percent
from qualcode.analysis.agreement.sets import alpha_jaccard, alpha_masi
from qualcode.analysis.agreement.specific import negative, positive
from qualcode.analysis.agreement.unitising import disagreements, joined, unitising

EXACT = 1e-9


def of(*coders):
    return patterns_of(zip(*coders, strict=True))


# Krippendorff, Computing Krippendorff's alpha-reliability (2011), example C: four observers, twelve units.
BOOK = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
# The worked example under "Fleiss' kappa" in Wikipedia: 10 subjects, 14 raters, 5 categories; kappa .210.
FLEISS_REPRINT = (
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
)


def ratings(counts):
    return patterns_of(tuple(v for v, n in enumerate(row) for _ in range(n)) for row in counts)


def test_alpha_of_the_textbook_matrix():
    """Krippendorff 2011 prints .743; krippendorff 0.9.0 gives 0.743421052631579."""
    assert alpha(of(*BOOK)) == pytest.approx(0.743421052631579, abs=EXACT)


def read(line):
    return tuple(None if sign == "-" else sign == "1" for sign in line)


def test_alpha_of_a_rare_code_with_gaps():
    """Value of krippendorff 0.9.0 (nominal) on the same matrix."""
    coders = (
        read("00100-00-0-00011000-10-00-0--1"),
        read("000-0010-0-0-00--000-0-0-01-10"),
        read("1-1000000-0-1010-00-10001100--"),
    )
    assert alpha(of(*coders)) == pytest.approx(0.07467532467532467, abs=EXACT)


def test_cohen_of_three_values():
    """Value of scikit-learn 1.9.1, cohen_kappa_score."""
    one = "bbcbcbcbaabbccaaccbcccbbcbcbabbacabaabac"
    other = "bbabcbcbabbaccaaccbccccccbcbabbacbbaabac"
    assert cohen(of(one, other)) == pytest.approx(0.7714285714285715, abs=EXACT)


def test_kappa_falls_where_a_code_is_rare_and_ac1_does_not():
    """Gwet 2002, "Kappa statistic is not satisfactory", table 2: 118, 5, 2, 0: kappa -.0234, AC1 .941."""
    table = {(True, True): 118, (True, False): 5, (False, True): 2, (False, False): 0}
    assert cohen(table) == pytest.approx(-0.023391812865497075, abs=EXACT)
    p = (123 / 125 + 120 / 125) / 2
    chance = 2 * p * (1 - p)
    assert gwet(table) == pytest.approx((118 / 125 - chance) / (1 - chance), abs=EXACT)
    assert gwet(table) == pytest.approx(0.941, abs=5e-4)


def test_fleiss_of_the_reprinted_table():
    """Printed .210; exactly (P - Pe) / (1 - Pe) with P = 688/1820 and Pe = 4170/19600, by hand."""
    assert fleiss(ratings(FLEISS_REPRINT)) == pytest.approx(0.20993070442195522, abs=EXACT)


def test_positive_and_negative_agreement_by_hand():
    table = {(True, True): 40, (True, False): 9, (False, True): 6, (False, False): 45}
    assert positive(table) == pytest.approx(80 / 95, abs=EXACT)
    assert negative(table) == pytest.approx(90 / 105, abs=EXACT)
    assert percent(table) == 0.85


SETS = [frozenset(s) for s in ("", "a", "b", "ab", "abc", "bc")]
SET_CODERS = (
    "400251344-00----301043-10",
    "241030341424222522-4003-3",
    "24-440202-242-0-40052-154",
)


def test_alpha_of_sets_of_codes():
    """Values of krippendorff 0.9.0 with the two distances given as its metric."""
    coders = [[None if s == "-" else SETS[int(s)] for s in line] for line in SET_CODERS]
    assert alpha_jaccard(of(*coders)) == pytest.approx(-0.06001805054151621, abs=EXACT)
    assert alpha_masi(of(*coders)) == pytest.approx(-0.048160473285265404, abs=EXACT)


def test_half_right_counts_half():
    full, half = frozenset("ab"), frozenset("a")
    apart = patterns_of([(full, half), (frozenset("c"), frozenset("c"))])
    assert alpha(apart) < alpha_masi(apart) < alpha_jaccard(apart)


def test_unitizing_alpha_of_the_textbook():
    """Krippendorff 2004, p. 254, category c (150 to 450): .0144, .0532, alpha .7286 (DKPro Statistics)."""
    one, other = C_MARKS
    observed, expected = disagreements((one, other), 300)
    assert observed == pytest.approx(0.0144, abs=1e-4)
    assert expected == pytest.approx(0.0532, abs=1e-4)
    assert unitising((one, other), 300) == pytest.approx(0.7286, abs=1e-4)


C_MARKS = (((75, 145), (220, 250)), ((70, 150), (205, 225), (250, 270)))


def test_spans_nobody_marked_have_no_alpha():
    assert unitising(([], []), 100) is None
    assert unitising(([(0, 5)],), 100) is None
    assert unitising(([(3, 9)], [(3, 9)]), 100) == 1.0


def test_marks_that_overlap_are_one():
    assert joined([(4, 8), (0, 5), (8, 9), (9, 9)]) == [(0, 8), (8, 9)]


def test_what_is_undefined_is_not_a_number():
    same = {(True, True): 5}
    for name in ("cohen", "fleiss", "alpha", "ac1", "negative"):
        assert coefficients[name](same) is None, name
    for name in OF_CODE:
        assert coefficients[name]({}) is None, name
    assert positive({(False, False): 3}) is None
    assert cohen({(True, False, True): 3, (False, False, True): 1}) is None
    assert alpha({(True, None): 3, (None, False): 2}) is None


def test_agreement_worse_than_chance_is_negative():
    assert cohen({(True, False): 5, (False, True): 5}) == -1.0


binary = st.sampled_from([True, False])
sets = st.frozensets(st.sampled_from("abc"))


def coders_of(values, count=3):
    return st.lists(st.tuples(*[st.one_of(st.none(), values)] * count), max_size=20)


@given(st.lists(binary, max_size=20), st.integers(2, 4))
def test_agreement_with_oneself_is_one_or_undefined(values, count):
    table = patterns_of((v,) * count for v in values)
    for name in OF_CODE:
        if name != "prevalence":
            found = coefficients[name](table)
            assert found is None or found == pytest.approx(1.0, abs=EXACT), name
    if len(set(values)) == 2:
        assert all(coefficients[n](table) is not None for n in OF_CODE if n != "cohen" or count == 2)


@given(coders_of(binary), st.permutations(range(3)))
def test_it_does_not_matter_who_is_named_first(units, order):
    table, turned = patterns_of(units), patterns_of(tuple(u[i] for i in order) for u in units)
    for name in OF_CODE:
        assert coefficients[name](table) == pytest.approx(coefficients[name](turned)), name


@given(coders_of(binary, 2))
def test_kappa_is_symmetric(units):
    assert cohen(patterns_of(units)) == pytest.approx(cohen(patterns_of((b, a) for a, b in units)))


@given(coders_of(sets), st.randoms(use_true_random=False))
def test_the_order_of_units_does_not_matter(units, chance):
    shuffled = list(units)
    chance.shuffle(shuffled)
    for name in OF_SETS:
        assert coefficients[name](patterns_of(units)) == pytest.approx(
            coefficients[name](patterns_of(shuffled))
        ), name


@given(coders_of(sets), st.integers(2, 3))
def test_nothing_exceeds_one(units, _):
    for name in OF_SETS:
        found = coefficients[name](patterns_of(units))
        assert found is None or found <= 1 + EXACT, name


@given(coders_of(binary, 2))
def test_alpha_of_many_units_is_scotts_pi(units):
    """Without gaps alpha = pi + (1 - pi) / 2N (Krippendorff 2004, ch. 11); pi is Fleiss' kappa of two."""
    full = [u for u in units if None not in u]
    assume(full)
    table = patterns_of(full)
    kappa = fleiss(table)
    if kappa is None:
        assert alpha(table) is None
    else:
        assert alpha(table) == pytest.approx(kappa + (1 - kappa) / (2 * len(full)))


marks = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=3).map(
    lambda found: [(min(m), max(m) + 1) for m in found]
)


@given(marks, marks)
def test_spans_agree_alike_from_either_side(one, other):
    assert unitising((one, other), 40) == pytest.approx(unitising((other, one), 40))


@given(marks)
def test_spans_agree_with_themselves(one):
    assert unitising((one, one), 40) == (1.0 if one else None)
