"""Talk against documents: what ought to be is no practice, silence is no disagreement."""

import pytest

from qualcode.analysis.given import Given
from qualcode.analysis.triangulate import triangulate
from qualcode.model import Phase

from .conftest import codebook_of, row_of

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
