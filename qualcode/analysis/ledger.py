"""The ledger: what every rule of a codebook brought, what it was refused, and what would be lost without it.

A rule that brings nothing can go; one that a code hangs on had better be right; one that is mostly refused is
too wide. Numbers are counts of this material, not of the language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from qualcode.analysis.evidence import numbers_among
from qualcode.analysis.lean import distinct, numbered, numbered_alike, values_of
from qualcode.analysis.load import Row
from qualcode.analysis.once import once_of_any

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Code, Codebook, Rule

DECIDED = {"accepted": False, "rejected": True, "recoded": True}  # status -> whether the coding was refused
REASONS = ("longer", "except", "unless", "where", "interviewer", "threshold")


@dataclass(slots=True)
class _Account:
    """What one rule, or one code, adds up to."""

    hits: int = 0
    segments: int = 0
    documents: int = 0
    countable: int = 0
    needed: int = 0
    conflicts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    reviewed: int = 0
    rejected: int = 0

    def row(self, codings: int, overlap: tuple[str, ...], *, decided: bool) -> Row:
        refused = sum(self.refused.values())
        return (
            self.hits,
            self.segments,
            self.documents,
            self.countable,
            self.needed,
            self.needed / codings if codings else None,
            overlap,
            self.conflicts,
            refused,
            *(self.refused[reason] for reason in REASONS),
            refused / (refused + self.hits) if refused + self.hits else None,
            self.reviewed if decided else None,
            self.rejected / self.reviewed if self.reviewed else None,
        )


@once_of_any
def ledger_rows(
    codings: pd.DataFrame, matches: pd.DataFrame, conflicts: Iterable[Row], codebook: Codebook
) -> list[Row]:
    """Write the rows of `ledger`: for every code of the codebook one of its own, then one for each rule.

    Codes and rules come in the order of the codebook, found or not; those it does not have are left out.
    Codings of people, which rest on no rule, are not counted. `conflicts` are the rows of that table. What
    people decided is counted where anybody decided anything: a coding recoded to another code was rejected.
    """
    rules: dict[str, _Account] = {rule.id: _Account() for rule in codebook.rules}
    codes: dict[str, _Account] = {code: _Account() for code in codebook.codes}
    names = ["segment_id", "code", "countable", "rules", "needs", "status"]
    codings = codings[[name for name in names if name in codings]]
    machine = codings[codings["rules"].map(len).to_numpy() > 0] if len(codings) else codings
    total = Counter(dict(_counted(machine[["code"]])))
    _matched(machine, matches, codes, rules)
    together: dict[str, Counter[str]] = {}
    decided = bool(machine["status"].isin(list(DECIDED)).any())
    for (code, fired, needed, status), n in _counted(machine[["code", "rules", "needs", "status"]]):
        if status in DECIDED:
            for account in (codes.get(code), *(rules.get(rule) for rule in fired)):
                if account is not None:
                    account.reviewed += n
                    account.rejected += n * DECIDED[status]
        for rule in fired:
            others = together.setdefault(rule, Counter())
            for other in fired:
                if other != rule:
                    others[other] += n
        for rule in needed:
            if rule in rules:
                rules[rule].needed += n
        if needed and code in codes:
            codes[code].needed += n
    for conflict in conflicts:
        _, _, _, one, other, _, _, its_rules, other_rules, _ = conflict
        for account in (codes.get(str(one)), codes.get(str(other))):
            if account is not None:
                account.conflicts += 1
        for rule in (*_texts(its_rules), *_texts(other_rules)):
            if rule in rules:
                rules[rule].conflicts += 1
    rows: list[Row] = []
    for code in codebook.codes.values():
        if not code.rules:
            continue
        rows.append(_row(code, None, codes[code.id].row(total[code.id], (), decided=decided), codebook))
        for rule in code.rules:
            overlap = _overlap(together.get(rule.id))
            own = rules[rule.id].row(total[code.id], overlap, decided=decided)
            rows.append(_row(code, rule, own, codebook))
    return rows


def _counted(table: pd.DataFrame) -> Iterator[tuple[Any, int]]:
    """Count the rows that are alike: their cells (of one column the cell), and how many there are."""
    import numpy as np

    held = [values_of(table[name]) for name in table.columns]
    key = np.zeros(len(table), dtype=np.int64)
    for column in held:
        key = np.unique(key, return_inverse=True)[1] * (len(distinct(column)) + 1) + column.at
    _, first, count = np.unique(key, return_index=True, return_counts=True)
    for row, n in zip(first.tolist(), count.tolist(), strict=True):
        cells = tuple(column[row] for column in held)
        yield (cells if len(cells) > 1 else cells[0]), n


def _matched(
    machine: pd.DataFrame, matches: pd.DataFrame, codes: dict[str, _Account], rules: dict[str, _Account]
) -> None:
    """Add up the matches of codes and rules: what stands, where it counts, and what was refused why."""
    import numpy as np

    where, counted = numbered_alike(
        matches["segment_id"], machine["segment_id"][machine["countable"].to_numpy(dtype=bool)]
    )
    own = numbers_among(matches["code"], codes)
    blocked = values_of(matches["blocked_by"])
    stands = np.array([not why for why in distinct(blocked)] + [False])[blocked.at]
    counted *= len(codes)
    counted += numbers_among(machine["code"][machine["countable"].to_numpy(dtype=bool)], codes)
    counted.sort()
    key = where * len(codes) + own
    at = np.minimum(counted.searchsorted(key), max(len(counted) - 1, 0))
    counts = (counted[at] == key) & (own >= 0) & stands if len(counted) else np.zeros(len(key), dtype=bool)
    del key, at, counted
    segment = np.unique(where, return_inverse=True)[1]
    document = numbered(matches["document_id"])
    for accounts, number in ((codes, own), (rules, numbers_among(matches["rule"], rules))):
        size = len(accounts)
        hits = _distinct(number, np.arange(len(number)), stands, size)
        segments = _distinct(number, segment, stands, size)
        documents = _distinct(number, document, stands, size)
        countable = _distinct(number, segment, counts, size)
        reasons = np.zeros((size, len(distinct(blocked))), dtype=np.int64)
        refused = ~stands & (number >= 0)
        np.add.at(reasons, (number[refused], blocked.at[refused]), 1)
        for n, account in enumerate(accounts.values()):
            account.hits, account.segments = int(hits[n]), int(segments[n])
            account.documents, account.countable = int(documents[n]), int(countable[n])
            for why, times in zip(distinct(blocked), reasons[n].tolist(), strict=True):
                if times:
                    account.refused[str(why).partition(":")[0]] += times


def _distinct(number: Any, of: Any, which: Any, size: int) -> Any:
    """Count, by number, the different ones of something among some of the rows."""
    import numpy as np

    which = which & (number >= 0)
    width = int(of.max(initial=0)) + 1
    keys = np.unique(number[which].astype(np.int64) * width + of[which])
    return np.bincount(keys // width, minlength=size)


def _texts(cell: object) -> Sequence[str]:
    return cell if isinstance(cell, tuple) else ()


def _overlap(together: Counter[str] | None) -> tuple[str, ...]:
    found = sorted((together or {}).items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(f"{rule}={n}" for rule, n in found)


def _row(code: Code, rule: Rule | None, account: Row, codebook: Codebook) -> Row:
    place = rule.place if rule else code.place
    about: Row = (
        code.id,
        code.facet,
        rule.id if rule else "",
        rule.kind if rule else "",
        codebook.file_of(place),
        place.line or None,
        rule.weight if rule else None,
    )
    return (*about, *account)
