"""Every coefficient against other people's programs, on 200 random tables each and on published ones.

scikit-learn: Cohen's kappa, positive and negative agreement (F1 of either value). statsmodels: Fleiss' kappa
and Wilson's interval. krippendorff: alpha, of single values and of sets. irrCAC 0.4.4 asks for an older
pandas, so its AC1 of 200 tables is kept in `gwet_irrcac.csv`, with the tables.
"""

import csv
import warnings
from pathlib import Path

import krippendorff
import numpy as np
import pytest
from sklearn.exceptions import UndefinedMetricWarning
from sklearn.metrics import cohen_kappa_score, f1_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa
from statsmodels.stats.proportion import proportion_confint

from qualcode.analysis.agreement.cohen import cohen
from qualcode.analysis.agreement.distances import jaccard, masi
from qualcode.analysis.agreement.fleiss import fleiss
from qualcode.analysis.agreement.gwet import gwet
from qualcode.analysis.agreement.krippendorff import alpha
from qualcode.analysis.agreement.patterns import patterns_of
from qualcode.analysis.agreement.sets import alpha_jaccard, alpha_masi
from qualcode.analysis.agreement.specific import negative, positive
from qualcode.analysis.validation import wilson

EXACT = 1e-9
TABLES = range(200)


def drawn(seed, *, coders=None, values=None, gaps=True):
    """A table, coders by units; -1 is a gap. Rare codes and coders who hardly agree are among them."""
    chance = np.random.default_rng([20190625, seed])
    coders = coders or int(chance.integers(2, 6))
    values = values or int(chance.choice([2, 2, 3, 5]))
    units = int(chance.integers(3, 61))
    rare = chance.choice([0.03, 0.1, 0.4])
    truth = np.where(chance.random(units) < rare, chance.integers(1, values, units), 0)
    slips = chance.random((coders, units)) < chance.choice([0.05, 0.2, 0.6])
    made = np.where(slips, chance.integers(0, values, (coders, units)), truth)
    if gaps:
        made[chance.random((coders, units)) < chance.choice([0, 0.1, 0.3])] = -1
    return made


def of(table, names=None):
    """The same as patterns; `names` are the values that numbers stand for."""
    values = names or range(int(table.max()) + 1)
    return patterns_of(tuple(None if v < 0 else values[v] for v in unit) for unit in table.T.tolist())


def undefined(value):
    return value is None or value != value


@pytest.mark.parametrize("seed", TABLES)
def test_cohen_is_scikit_learns(seed):
    table = drawn(seed, coders=2, gaps=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tables where nothing varies
        theirs = cohen_kappa_score(*table)
    ours = cohen(of(table))
    if undefined(theirs):
        assert ours is None
    else:
        assert ours == pytest.approx(theirs, abs=EXACT)


@pytest.mark.parametrize("seed", TABLES)
def test_specific_agreement_of_two_is_f1_of_scikit_learn(seed):
    table = drawn(seed, coders=2, values=2, gaps=False)
    patterns = of(table, (False, True))
    for value, coefficient in ((1, positive), (0, negative)):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UndefinedMetricWarning)
            theirs = f1_score(*table, pos_label=value, zero_division=np.nan)
        ours = coefficient(patterns)
        assert (ours is None) == bool(np.isnan(theirs))
        assert ours is None or ours == pytest.approx(theirs, abs=EXACT)


@pytest.mark.parametrize("seed", TABLES)
def test_fleiss_is_that_of_statsmodels(seed):
    table = drawn(seed, gaps=False)
    counts, _ = aggregate_raters(table.T)
    with np.errstate(invalid="ignore", divide="ignore"):
        theirs = fleiss_kappa(counts)
    ours = fleiss(of(table))
    if len(np.unique(table)) == 1:
        assert ours is None
    else:
        assert ours == pytest.approx(theirs, abs=EXACT)


@pytest.mark.parametrize("seed", TABLES)
def test_alpha_is_that_of_the_krippendorff_package(seed):
    table = drawn(seed)
    data = np.where(table < 0, np.nan, table)
    pairable = data[:, (table >= 0).sum(axis=0) > 1]
    ours = alpha(of(table))
    if len(np.unique(pairable[~np.isnan(pairable)])) < 2:
        assert ours is None
    else:
        theirs = krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")
        assert ours == pytest.approx(theirs, abs=EXACT)


SETS = tuple(frozenset(s) for s in ("", "a", "b", "ab", "abc", "bc"))


def metric(distance):
    """A distance of sets as the krippendorff package takes one, over numbers of sets."""
    between = np.array([[distance(one, other) for other in SETS] for one in SETS])

    def of_numbers(v1, v2, **_):
        return between[v1.astype(int), v2.astype(int)]

    return of_numbers


@pytest.mark.parametrize("seed", TABLES)
@pytest.mark.parametrize(("coefficient", "distance"), [(alpha_jaccard, jaccard), (alpha_masi, masi)])
def test_alpha_of_sets_is_that_of_the_krippendorff_package(seed, coefficient, distance):
    table = drawn(seed, values=len(SETS))
    ours = coefficient(of(table, SETS))
    pairable = table[:, (table >= 0).sum(axis=0) > 1]
    if len(np.unique(pairable[pairable >= 0])) < 2:
        assert ours is None
        return
    data = np.where(table < 0, np.nan, table)
    theirs = krippendorff.alpha(
        reliability_data=data, level_of_measurement=metric(distance), value_domain=list(range(len(SETS)))
    )
    assert ours == pytest.approx(theirs, abs=EXACT)


KEPT = list(csv.DictReader((Path(__file__).parent / "gwet_irrcac.csv").read_text("ascii").splitlines()))


def test_ac1_is_that_of_irrcac():
    assert len(KEPT) == 200
    for row in KEPT:
        coders = [[None if v == "-" else v for v in line] for line in row["coders"].split("|")]
        ours = gwet(patterns_of(zip(*coders, strict=True)))
        if len(set(row["coders"]) - set("|-")) == 1:
            assert ours is None  # theirs is 1: nothing varies
        else:
            assert ours == pytest.approx(float(row["ac1"]), abs=EXACT), row


@pytest.mark.parametrize("of_", [1, 2, 3, 7, 20, 30, 199, 2500])
def test_wilson_is_that_of_statsmodels(of_):
    for right in sorted({0, 1, of_ // 3, of_ // 2, of_ - 1, of_} & set(range(of_ + 1))):
        assert wilson(right, of_) == pytest.approx(proportion_confint(right, of_, method="wilson"), abs=EXACT)


# Fleiss 1971, table 1: six psychiatrists' diagnoses of thirty patients, as R's package irr and the tests of
# statsmodels hold them. 1 depression, 2 personality disorder, 3 schizophrenia, 4 neurosis, 5 other.
TABLE_1 = """
    444444 222555 233335 555555 222444 113333 333355 113334 114444 555555
    144444 124444 222333 144444 224445 333335 111455 111112 224444 133555
    555555 244444 224555 114444 144445 222224 111155 224444 133333 555555
"""
DIAGNOSES = TABLE_1.split()


def test_fleiss_of_the_paper_that_defined_it():
    """Fleiss 1971 prints .430, and of the five diagnoses .245, .245, .520, .471, .566."""
    assert fleiss(patterns_of(map(tuple, DIAGNOSES))) == pytest.approx(0.430, abs=5e-4)
    of_one = [
        fleiss(patterns_of(tuple(sign == value for sign in patient) for patient in DIAGNOSES))
        for value in "12345"
    ]
    assert of_one == pytest.approx([0.245, 0.245, 0.520, 0.471, 0.566], abs=5e-4)


def test_ac1_of_the_handbook():
    """Four raters and twelve subjects with gaps, of Gwet 2014: irrCAC 0.4.4 gives 0.775444068126995."""
    coders = ("123321412---", "1233224125--", "-33323422513", "12332441251-")
    table = patterns_of(zip(*([None if v == "-" else v for v in line] for line in coders), strict=True))
    assert gwet(table) == pytest.approx(0.775444068126995, abs=EXACT)
