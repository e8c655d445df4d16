"""The contexts behind an edge are the first of each document in turn that show segments of their own."""

from itertools import chain, zip_longest

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.contexts import contexts
from qualcode.analysis.evidence import evidence
from qualcode.analysis.meetings import meetings
from qualcode.analysis.passages import passages

from .conftest import Corpus, codebook_of

BOOK = codebook_of("A", "B", "C")
segments = st.sampled_from(("-", "x", "A", "B", "C", "A B", "A B C", "B C"))
documents = st.lists(st.lists(segments, max_size=40), min_size=1, max_size=3)


def plainly(tables, unit, most, each):
    """The same, context by context."""
    found = contexts(tables[0], tables[1], unit)
    marks = evidence(tables[2], found.segments, BOOK)
    ids, stands = found.segments["segment_id"].tolist(), marks.stands.toarray()
    of = {}
    for pair in meetings(found, marks, BOOK):
        by_cluster = {}
        for context in pair.meets.tolist():
            by_cluster.setdefault(int(found.cluster[context]), []).append(context)
        turns = zip_longest(*(by_cluster[cluster] for cluster in sorted(by_cluster)))
        shown = {}
        for context in (one for one in chain.from_iterable(turns) if one is not None):
            rows = range(found.starts[context], found.ends[context])
            here = [ids[row] for row in rows if stands[row, pair.a] or stands[row, pair.b]]
            if len(shown) < most:
                shown.setdefault(tuple(here[:each]), context)
        if shown:
            of[marks.codes[pair.a], marks.codes[pair.b]] = tuple(sorted(shown, key=shown.__getitem__))
    return of


@pytest.mark.parametrize("unit", ["segment", "speech-run3", "document"])
@settings(max_examples=30)
@given(documents, st.sampled_from(((12, 8), (2, 1), (30, 3))))
def test_passages_are_those_found_context_by_context(unit, drawn, bounds):
    corpus = Corpus()
    for number, words in enumerate(drawn):
        corpus.document(f"I{number}", *words)
    most, each = bounds
    assert passages(*corpus.tables, BOOK, unit, most=most, each=each).of == plainly(
        corpus.tables, unit, most, each
    )
