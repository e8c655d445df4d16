"""The ladder from quotes to dimensions is the codebook's tree."""

from dataclasses import replace

from qualcode.analysis.given import Given
from qualcode.analysis.structure import structure

from .conftest import codebook_of

BOOK = codebook_of("A", "A.x", "B", "open:新的")


def found(corpus, **asked):
    book = replace(
        BOOK,
        codes={name: replace(c, facet="logic" if c.id[0] == "A" else "") for name, c in BOOK.codes.items()},
    )
    made = structure(Given(*corpus.tables, book, **asked))
    return made.tables["data_structure"]


def test_codes_themes_and_dimensions_come_from_the_tree(corpus):
    corpus.document("I1", "B A.x", "A x!", "open:新的")
    table = found(corpus)
    ladder = table[["aggregate", "second_order", "first_order", "origin"]].to_numpy().tolist()
    assert ladder == [
        ["logic", "A", "A", "codebook"],
        ["logic", "A", "A.x", "codebook"],
        ["B", "B", "B", "codebook"],
        ["open:新的", "open:新的", "open:新的", "reading"],
    ]
    assert table["segment_id"].tolist() == ["I1:2", "I1:1", "I1:1", "I1:3"]


def test_codes_asked_for_bring_those_below_them(corpus):
    corpus.document("I1", "B A.x", "A")
    assert found(corpus, codes=("A",))["first_order"].tolist() == ["A", "A.x"]


def test_what_does_not_count_is_no_row(corpus):
    corpus.document("I1", "A!")
    assert found(corpus).empty
