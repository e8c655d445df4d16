"""What further interviews bring: new codes of a run against those of the base, in order of date."""

import math

import pytest

from qualcode.analysis.given import Given
from qualcode.analysis.saturation import saturation

from .conftest import codebook_of

BOOK = codebook_of("A", "B", "C", "D")


def rows(corpus, seed=1):
    return saturation(Given(*corpus.tables, BOOK, seed=seed)).tables["saturation"].to_dict("records")


def held(corpus, *words):
    for n, word in enumerate(words):
        corpus.document(f"I{9 - n}", *word.split(), date=f"2021-0{n + 1}-01")
    return corpus


def test_order_is_by_date_and_ratio_is_new_codes_of_the_run_over_those_of_the_base(corpus):
    """By hand: base of four has A B C; documents 5 and 6 bring D: 1/3; 7 and 8 nothing: 0."""
    held(corpus, "A", "A B", "C", "- A", "-", "D", "A", "B")
    found = rows(corpus)
    assert [r["document_id"] for r in found] == [f"I{9 - n}" for n in range(8)]
    assert [r["new_codes"] for r in found] == [1, 1, 1, 0, 0, 1, 0, 0]
    assert [r["cum_codes"] for r in found] == [1, 2, 3, 3, 3, 4, 4, 4]
    assert all(math.isnan(r["ratio"]) for r in found[:5])
    assert [r["ratio"] for r in found[5:]] == pytest.approx([1 / 3, 1 / 3, 0])
    assert [r["met"] for r in found] == [""] * 5 + ["no", "no", "yes"]
    assert found[4]["uncoded_share"] == 1.0 and found[3]["uncoded_share"] == 0.5


def test_random_orders_begin_with_the_mean_of_single_documents_and_end_with_all(corpus):
    held(corpus, "A", "A B", "C", "A", "A", "A")
    found = rows(corpus)
    assert found[-1]["cum_mean"] == 3 == found[-1]["cum_codes"]
    assert found[0]["cum_mean"] == pytest.approx(7 / 6, abs=0.05)  # one of six documents has two codes
    assert [r["cum_mean"] for r in rows(corpus)] == [r["cum_mean"] for r in found]


def test_fewer_than_six_interviews_have_no_ratio_and_documents_do_not_enter(corpus):
    held(corpus, "A", "B").document("D1", "C", kind="policy")
    made = saturation(Given(*corpus.tables, BOOK))
    assert list(made.tables["saturation"]["ratio"].isna()) == [True, True]
    assert "2 of at least 6" in str(made.remarks[-1])


def test_an_empty_corpus_gives_an_empty_table(corpus):
    assert saturation(Given(*corpus.tables, BOOK)).tables["saturation"].empty
