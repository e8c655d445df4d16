"""Talk against documents: what ought to be is no practice, silence is no disagreement."""

import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from qualcode.analysis.given import Given
from qualcode.analysis.triangulate import triangulate
from qualcode.model import Phase

from .conftest import Corpus, codebook_of, row_of

PHASES = (Phase("P1", "2016-01-01", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))
TIME = {"t_about_start": "2018-03-01", "t_about_end": "2018-03-01"}


def found(corpus, *cells):
    """One interview and one policy, both with A, their codings meant as given; "" leaves one without A."""
    for name, kind, meant in zip(("I1", "D1"), ("interview", "policy"), cells, strict=True):
        corpus.document(name, "A" if meant else "-", kind=kind, **TIME)
        if meant:
            names = list(corpus.codings.columns)
            held = dict(zip(names, corpus.coding_rows[-1], strict=True)) | meant
            corpus.coding_rows[-1] = row_of("coded_segments", **held)
    made = triangulate(Given(*corpus.tables, codebook_of("A", "B"), PHASES))
    return made.tables["triangulation"].to_dict("records")


FACT = {"polarity": "affirmed", "modality": "actual"}
NORM = {"polarity": "affirmed", "modality": "normative"}
OWN = {"polarity": "affirmed", "holder": "self"}
DENIED = {"polarity": "negated", "countable": False}


@pytest.mark.parametrize(
    ("talk", "document", "verdict"),
    [
        (OWN, FACT, "convergent"),
        (OWN, NORM, "partial"),
        (DENIED, FACT, "dissonant"),
        (DENIED, NORM, "partial"),
        (None, FACT, "partial"),
        (None, None, "silent"),
    ],
)
def test_verdicts(corpus, talk, document, verdict):
    first = found(corpus, talk, document)[0]
    assert (first["phase"], first["code"], first["verdict"]) == ("P1", "A", verdict)
    assert first["talk_id"] == ("I1:1" if talk and not (talk is DENIED and document is NORM) else "")


def test_a_phase_with_one_kind_of_source_has_no_verdict(corpus):
    rows = found(corpus, OWN, FACT)
    assert [row["verdict"] for row in rows] == ["convergent", "silent", "", ""]
    assert "no verdict" in rows[-1]["note"] and rows[0]["n_talk_self"] == rows[0]["n_fact"] == 1


meant = st.fixed_dictionaries(
    {
        "code": st.sampled_from(["A", "A.x", "B"]),
        "polarity": st.sampled_from(["affirmed", "negated", ""]),
        "modality": st.sampled_from(["normative", "actual", "hypothetical", ""]),
        "holder": st.sampled_from(["self", "other", "other:police", ""]),
        "countable": st.booleans(),
    }
)
sources = st.lists(
    st.tuples(
        st.sampled_from(["interview", "policy"]), st.sampled_from(["2018", "2020", ""]), st.lists(meant)
    ),
    max_size=5,
)


def sort_of(kind, one):
    """The column a coding counts in, None for none."""
    if one["polarity"] == "negated":
        return "n_talk_negated" if kind == "interview" else None
    if not one["countable"]:
        return None
    if kind == "interview":
        return "n_talk_" + {"self": "self", "": "open"}.get(one["holder"], "other")
    return {"normative": "n_normative", "actual": "n_fact"}.get(one["modality"], "n_document_open")


@settings(max_examples=60, deadline=None)
@holds(sources)
def test_documents_are_counted_coding_by_coding(documents):
    corpus, names = Corpus(), None
    expected = {}
    for n, (kind, year, codings) in enumerate(documents):
        about = {"t_about_start": f"{year}-03-01", "t_about_end": f"{year}-03-01"} if year else {}
        corpus.document(f"D{n}", " ".join("A" for _ in codings) or "-", kind=kind, **about)
        names = names or list(corpus.codings.columns)
        last = len(corpus.coding_rows) - len(codings)
        for k, one in enumerate(codings):
            held = dict(zip(names, corpus.coding_rows[last + k], strict=True)) | one
            corpus.coding_rows[last + k] = row_of("coded_segments", **held)
            for code in {one["code"], one["code"].partition(".")[0]}:
                expected.setdefault((year, code, sort_of(kind, one)), set()).add(n)
    book = codebook_of("A", "A.x", "B")
    made = triangulate(Given(*corpus.tables, book, PHASES, codes=("A", "A.x", "B"))).tables["triangulation"]
    for row in made.to_dict("records"):
        year = {"P1": "2018", "P2": "2020"}[row["phase"]]
        for column in (name for name in row if name.startswith("n_")):
            if column not in ("n_segments", "n_documents", "n_quotes"):
                assert row[column] == len(expected.get((year, row["code"], column), ())), column
