"""Which assertions count: unassessed always, else the code's own filter, else the kind of document."""

import pytest

from qualcode.codebook.records import Code, Codebook
from qualcode.coding.context import assess, counts
from qualcode.model import UNASSESSED, Assertion, Document, Metadata, Segment, Span


@pytest.mark.parametrize(
    ("kind", "polarity", "modality", "expected"),
    [
        ("interview", "affirmed", "actual", True),
        ("fieldnote", "affirmed", "normative", False),
        ("focus_group", "negated", "actual", False),
        ("policy", "affirmed", "normative", True),
        ("policy", "affirmed", "planned", True),
        ("policy", "prohibited", "normative", False),
        ("minutes", "affirmed", "hypothetical", False),
        ("interview", "unassessed", "unassessed", True),
    ],
)
def test_by_kind_of_document(kind, polarity, modality, expected):
    document = Document("d", "", Metadata(kind=kind))
    assert counts(Assertion(polarity, modality, "other:财政局", "yes"), Code("c"), document) is expected


def test_a_code_decides_the_axes_it_names_and_no_others():
    document = Document("d", "", Metadata(kind="interview"))
    code = Code("c", countable={"modality": ("actual", "hypothetical"), "holder": ("self", "other")})
    assert counts(Assertion("affirmed", "hypothetical", "self", "no"), code, document)
    assert counts(Assertion("affirmed", "actual", "other:财政局", "no"), code, document)
    assert not counts(Assertion("negated", "hypothetical", "self", "no"), code, document)
    assert not counts(Assertion("affirmed", "actual", "unspecified", "no"), code, document)


def test_without_cues_everything_is_unassessed():
    segment = Segment("d:1", "d", 1, Span(0, 2), "不给")
    assert assess(Document("d", "不给"), segment, [(Span(0, 2),)] * 2, Codebook("x")) == (UNASSESSED,) * 2
