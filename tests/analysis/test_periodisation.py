"""Sets of phases compared by how well the other documents foretell each one."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from qualcode.analysis.given import Given
from qualcode.analysis.periodisation import foretold, periodisation
from qualcode.model import Phase
from qualcode.problems import UsageError

from .test_shift import AB, told

EARLY = (Phase("e1", "2015-01-01", "2017-01-01"), Phase("e2", "2017-01-01", "2024-01-01"))
LATE = (Phase("l1", "2015-01-01", "2020-01-01"), Phase("l2", "2020-01-01", "2024-01-01"))
SETS = {"early": EARLY, "late": LATE}


def by_hand(document, phase, found):
    """The same, sum by sum."""
    errors, plain = [], []
    for d in sorted(set(document)):
        rows = [n for n, name in enumerate(document) if name == d]
        others = sorted(set(document) - {d})

        def share(name, at=None):
            mine = [found[n] for n in range(len(found)) if document[n] == name and at in (None, phase[n])]
            return sum(mine) / len(mine) if mine else None

        rest = sum(share(name) for name in others) / len(others)
        error = 0.0
        for n in rows:
            told_of = [share(name, phase[n]) for name in others]
            told_of = [value for value in told_of if value is not None]
            guess = sum(told_of) / len(told_of) if told_of else rest
            error += (found[n] - guess) ** 2
        errors.append(error / len(rows))
        plain.append(sum((found[n] - rest) ** 2 for n in rows) / len(rows))
    return errors, plain


@drawn(st.data())
def test_errors_are_those_of_sums_by_hand(data):
    document = data.draw(st.lists(st.integers(0, 3), min_size=4, max_size=30).map(lambda x: [0, 1, *x]))
    document = [sorted(set(document)).index(name) for name in document]
    phase = data.draw(st.lists(st.integers(0, 2), min_size=len(document), max_size=len(document)))
    found = data.draw(st.lists(st.integers(0, 1), min_size=len(document), max_size=len(document)))
    made = foretold(np.array(document), np.array(phase), np.array(found))
    errors, plain = by_hand(document, phase, found)
    assert made.with_phases == pytest.approx(errors)
    assert made.without == pytest.approx(plain)


def grown(corpus, documents=6):
    """Every interview tells of 2016, 2018 and 2021; A is said of 2016 and 2018 alone: the break is late."""
    for n in range(documents):
        told(corpus, f"I{n}", _2016="AAA-", _2018="AA-A", _2021="---A")
    return corpus


def lines(made, table, **where):
    held = made.tables[table]
    for name, value in where.items():
        held = held[held[name] == value]
    return held.to_dict("records")


def test_the_division_where_the_code_changed_foretells_best(corpus):
    made = periodisation(Given(*grown(corpus).tables, AB, phase_sets=SETS))
    early, late = lines(made, "phase_sets", code="A")
    assert late["rank"] == 1 and early["rank"] == 2
    assert late["lo"] > 0 and late["skill"] > early["skill"]
    # every interview says the same: 3/4, 3/4 and 1/4, so 7/12 in all
    plain = 7 / 12 * 5 / 12
    inside = (8 * 3 / 4 * 1 / 4 + 4 * 1 / 4 * 3 / 4) / 12
    assert late["skill"] == pytest.approx(1 - inside / plain)
    assert (late["n_segments"], late["n_documents"], late["n_quotes"]) == (72, 6, 42)


def test_more_phases_without_a_change_foretell_no_better(corpus):
    """Who says A is arranged by chance: cutting time finely must not look like a finding."""
    draw = np.random.default_rng(1)
    for n in range(8):
        told(
            corpus, f"I{n}", **{f"_{year}": "".join(draw.choice(["A", "-"], 4)) for year in range(2016, 2023)}
        )
    many = tuple(Phase(f"y{y}", f"{y}-01-01", f"{y + 1}-01-01") for y in range(2016, 2023))
    one = (Phase("all", "2016-01-01", "2023-01-01"),)
    made = periodisation(Given(*corpus.tables, AB, phase_sets={"many": many, "one": one}))
    fine, whole = lines(made, "phase_sets", code="A")
    assert fine["lo"] <= 0 and fine["skill"] < whole["skill"] == pytest.approx(0)


def test_all_are_compared_on_what_each_of_them_places(corpus):
    grown(corpus, 3)
    short = (Phase("s1", "2018-01-01", "2019-01-01"), Phase("s2", "2021-01-01", "2022-01-01"))
    made = periodisation(Given(*corpus.tables, AB, phase_sets={**SETS, "short": short}))
    found = lines(made, "phase_sets", code="A")
    assert {row["n_segments"] for row in found} == {24}
    assert [row["n_lost"] for row in found] == [0, 0, 12]
    assert [row["n_used"] for row in found] == [1, 2, 2]


def test_cells_are_shares_of_phases_and_their_change(corpus):
    made = periodisation(Given(*grown(corpus, 3).tables, AB, phase_sets=SETS))
    first, second = lines(made, "phase_set_cells", code="A", phase_set="early")
    assert (first["p_macro"], second["p_macro"]) == (0.75, 0.5)
    assert np.isnan(first["change"]) and second["change"] == -0.25


@pytest.mark.parametrize(("documents", "code"), list(product((1, 2), "AB")))
def test_too_little_is_said_and_not_compared(corpus, documents, code):
    made = periodisation(Given(*grown(corpus, documents).tables, AB, phase_sets=SETS))
    for row in lines(made, "phase_sets", code=code):
        assert np.isnan(row["skill"]) and "of at least 3 documents" in row["note"]


def test_a_code_in_every_segment_leaves_nothing_to_foretell(corpus):
    for n in range(3):
        told(corpus, f"I{n}", _2016="AA", _2021="A")
    made = periodisation(Given(*corpus.tables, AB, phase_sets=SETS))
    (row, _) = lines(made, "phase_sets", code="A")
    assert np.isnan(row["skill"]) and row["note"] == "the code is in all of them"


def test_one_division_is_nothing_to_compare(corpus):
    with pytest.raises(UsageError, match="one way only"):
        periodisation(Given(*grown(corpus).tables, AB, EARLY))
