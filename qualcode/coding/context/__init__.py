"""How the words of a match are meant: cues -> assertion.

    reading = read_context(document, segment, codebook)      what stands round the evidence of a segment
    reading.meaning(parts)                                   -> Assessed(assertion, reasons)
    assertions_of([Told.of(document, segments, positions, parts), ...], codebook)
                                                             the assertions alone, of many documents at once

`table.py` prepares the cues of a codebook, `quotations.py`, `signs.py` and `constructs.py` find them in a
segment, `scope.py` says what each acts on, `resolve.py` what they say together, `countable.py` what of it
counts, `answers.py` which answers take over a question. `together.py` says the same of many segments at once,
in columns: with `cuecolumns.py`, `page.py`, `signcolumns.py`, `reach.py` and `sums.py`.

An axis is assessed in a segment where some cue of its language sets that axis; else it is `unassessed`, which
is not a guess but the statement that nobody looked. Without cues everything is.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.codebook.records import Codebook
from qualcode.coding.context.countable import counts
from qualcode.coding.context.reading import Assessed, Reading, Reason, read_context
from qualcode.coding.context.together import Told, assertions_of
from qualcode.model import Assertion, Document, Segment
from qualcode.patterns.base import Parts

__all__ = [
    "Assessed",
    "Reading",
    "Reason",
    "Told",
    "assertions_of",
    "assess",
    "assess_with_cues",
    "counts",
    "read_context",
]


def assess(
    document: Document, segment: Segment, evidence: Sequence[Parts], codebook: Codebook
) -> tuple[Assertion, ...]:
    """Return how each piece of evidence in a segment is meant, in the order given."""
    return tuple(one.assertion for one in assess_with_cues(document, segment, evidence, codebook))


def assess_with_cues(
    document: Document, segment: Segment, evidence: Sequence[Parts], codebook: Codebook
) -> tuple[Assessed, ...]:
    """Return how each piece of evidence is meant and which cues say so, in the order given."""
    reading = read_context(document, segment, codebook)
    return tuple(map(reading.meaning, evidence))
