"""Which entries of a segment pass a filter."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from qualcode.model import Match
from qualcode.project.desk.entries import Entry
from qualcode.project.desk.filters import Filter
from qualcode.project.desk.queue import Passing
from qualcode.project.desk.told import SegmentKey
from qualcode.text.folding import fold

if TYPE_CHECKING:
    from qualcode.project.desk.desk import Desk


def passing(desk: Desk, wanted: Filter) -> Passing:
    """Return the function that says which entries of a segment pass."""
    kinds = desk.base.fold | {"case", "width"}
    words = fold(wanted.search.strip(), kinds)
    number = desk.paper(wanted.document).number if wanted.document else None

    @cache
    def has_words(key: SegmentKey) -> bool:  # texts never change; statuses do
        return words in fold(desk.segment_at(key).text, kinds)

    def of(key: SegmentKey) -> list[Entry]:
        if number is not None and key[0] != number:
            return []
        found = [entry for entry in desk.entries(key) if wanted.status in ("all", *entry.labels)]
        if not found or (words and not has_words(key)):
            return []
        if desk.blind:
            codes = {coding.code for coding in desk.cell_at(key).codings}
            return found if not wanted.code or any(map(wanted.takes_code, codes)) else []
        found = [
            entry for entry in found if wanted.show in ("all", "codings" if entry.key.code else "uncoded")
        ]
        if wanted.refused:
            refused = desk.papers[key[0]].refused.get(key[1], ())
            return found if any(_asked_for(match, wanted) for match in refused) else []
        if wanted.code or wanted.rule:
            found = [e for e in found if e.key.code and wanted.takes_code(e.key.code)]
            found = [e for e in found if not wanted.rule or wanted.rule in e.rules]
        return found

    return of


def _asked_for(match: Match, wanted: Filter) -> bool:
    return wanted.takes_code(match.code) and wanted.rule in ("", match.rule)
