"""A narrowed codebook codes what it was narrowed to as the whole one does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.coding import code_document
from qualcode.coding.narrow import narrowed

from .generated import Draw


@given(st.integers(min_value=0, max_value=2**32))
def test_its_codings_and_matches_are_those_of_the_whole(seed):
    draw = Draw(seed)
    codebook = draw.codebook()
    document, segments = draw.document()
    whole = code_document(document, segments, codebook)
    for name in codebook.codes:
        found = code_document(document, segments, narrowed(codebook, [name]))
        assert [c for c in found.codings if c.code == name] == [c for c in whole.codings if c.code == name]
        assert [m for m in found.matches if m.code == name] == [m for m in whole.matches if m.code == name]
