"""`where`: whether a segment is of the material a rule applies to."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.codebook.records import Condition
from qualcode.model import Document, Segment
from qualcode.text.dates import WRITTEN, first_day, last_day

_OF_SEGMENT = frozenset({"role", "speaker", "actor", "section", "article"})
_OF_DOCUMENT = frozenset(
    {
        *("kind", "language", "actor_level", "actor_type", "case", "site", "split"),
        *("doc_number", "interviewer", "title", "date", "issued", "effective", "expired"),
    }
)


def holds(conditions: Iterable[Condition], document: Document, segment: Segment) -> bool:
    """Whether every condition holds; with none, it does.

    A field is looked up in the segment (role, speaker, actor, section, article), in the document's metadata,
    then among the attributes of the speaker and of the document. Something not known has the value "" and is
    none of the values asked for: `{case: 上海}` is false and `{case: {not: 上海}}` true where no case is
    given. A date known by its month or year alone lies in a period only where all its days do.
    """
    return all(_holds(condition, document, segment) for condition in conditions)


def of_document(conditions: Iterable[Condition]) -> bool:
    """Whether all conditions ask about fields of the document, and hold in all its segments or in none."""
    return all(condition.field in _OF_DOCUMENT for condition in conditions)


def _holds(condition: Condition, document: Document, segment: Segment) -> bool:
    value = field_of(condition.field, document, segment)
    if condition.since or condition.before:
        inside = _in_period(value, condition.since, condition.before)
    else:
        inside = value in condition.values
    return inside != condition.negated


def field_of(field: str, document: Document, segment: Segment) -> str:
    """Return the value of a field for a segment, "" where it is not known."""
    if field in _OF_SEGMENT:
        value: str = getattr(segment, field)
        return value or (document.metadata.actor if field == "actor" else "")
    if field in _OF_DOCUMENT:
        known: str = getattr(document.metadata, field)
        return known
    attributes = document.speaker(segment.speaker).attributes if segment.speaker else {}
    return attributes.get(field) or document.metadata.attributes.get(field, "")


def _in_period(date: str, since: str, before: str) -> bool:
    if not WRITTEN.fullmatch(date):
        return False
    starts_in_time = not since or first_day(date) >= first_day(since)
    return starts_in_time and (not before or last_day(date) < first_day(before))
