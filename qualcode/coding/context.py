"""How the words of a match are meant: cues -> assertion.

No cue file is in force as long as a codebook brings none: every assertion is `unassessed`, which is not a
guess but the statement that nobody looked. Unassessed matches count, and a report says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.codebook.records import Code, Codebook
from qualcode.model import UNASSESSED, Assertion, Document, Segment
from qualcode.patterns.base import Parts

_DEFAULTS: dict[bool, dict[str, tuple[str, ...]]] = {
    True: {"polarity": ("affirmed",), "modality": ("actual",)},
    False: {"polarity": ("affirmed",), "modality": ("actual", "normative", "planned")},
}
_AXES = ("polarity", "modality", "holder", "reported")


def assess(
    document: Document, segment: Segment, evidence: Sequence[Parts], codebook: Codebook
) -> tuple[Assertion, ...]:
    """Return how each piece of evidence in a segment is meant, in the order given."""
    return (UNASSESSED,) * len(evidence)


def counts(assertion: Assertion, code: Code, document: Document) -> bool:
    """Whether words meant so enter the counts of a code.

    Each axis asks the code's own `countable` first, then the kind of document: talk and field notes count
    what is affirmed and actual; documents also what is normative or planned; any holder, reported or not.
    `unassessed` always counts; a holder `other:财政局` also answers to `other`.
    """
    defaults = _DEFAULTS[document.metadata.is_talk]
    for axis in _AXES:
        allowed = code.countable.get(axis) or defaults.get(axis)
        value: str = getattr(assertion, axis)
        if allowed and value != "unassessed" and value not in allowed and value.split(":")[0] not in allowed:
            return False
    return True
