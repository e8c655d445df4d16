"""Which assertions enter counts."""

from __future__ import annotations

from qualcode.codebook.cues import AXES
from qualcode.codebook.records import Code
from qualcode.model import Assertion, Document

_DEFAULTS: dict[bool, dict[str, tuple[str, ...]]] = {
    True: {"polarity": ("affirmed",), "modality": ("actual",)},
    False: {"polarity": ("affirmed",), "modality": ("actual", "normative", "planned")},
}


def counts(assertion: Assertion, code: Code, document: Document) -> bool:
    """Whether words meant so enter the counts of a code.

    Each axis asks the code's own `countable` first, then the kind of document: talk and field notes count
    what is affirmed and actual; documents also what is normative or planned; any holder, reported or not.
    `unassessed` always counts; a holder `other:财政局` also answers to `other`.
    """
    defaults = _DEFAULTS[document.metadata.is_talk]
    for axis in AXES:
        allowed = code.countable.get(axis) or defaults.get(axis)
        value: str = getattr(assertion, axis)
        if allowed and value != "unassessed" and value not in allowed and value.split(":")[0] not in allowed:
            return False
    return True
