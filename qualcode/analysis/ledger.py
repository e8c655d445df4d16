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
from qualcode.analysis.lean import values_of
from qualcode.analysis.load import Row
from qualcode.analysis.numbering import distinct, numbered, numbered_alike
from qualcode.analysis.once import once_of_any
from qualcode.text.ordered import begins, portions
from qualcode.text.ordered import distinct as each_once

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Code, Codebook, Rule

DECIDED = {"accepted": False, "rejected": True, "recoded": True}  # status -> whether the coding was refused
AT_ONCE = 500_000  # matches looked at together
LARGEST_KEY = 1 << 62
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
    machine = codings[[name for name in names if name in codings]]
    if len(machine) and not (resting := codings["rules"].map(len).to_numpy() > 0).all():
        machine = machine[resting]
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
    key, most = np.zeros(len(table), dtype=np.int64), 1
    for column in held:
        size = len(distinct(column)) + 1
        if most * size > LARGEST_KEY:
            known, key = np.unique(key, return_inverse=True)
            most = len(known)
        key *= size
        key += column.at
        most *= size
    order = np.argsort(key)
    first = np.flatnonzero(begins(key[order]))
    counts = np.diff(first, append=len(key))
    for row, n in zip(order[first].tolist(), counts.tolist(), strict=True):
        cells = tuple(column[row] for column in held)
        yield (cells if len(cells) > 1 else cells[0]), n


def _matched(
    machine: pd.DataFrame, matches: pd.DataFrame, codes: dict[str, _Account], rules: dict[str, _Account]
) -> None:
    """Add up the matches of codes and rules: what stands, where it counts, and what was refused why."""
    import numpy as np

    counting = machine["countable"].to_numpy(dtype=bool)
    where, counted = numbered_alike(matches["segment_id"], machine["segment_id"][counting])
    counted *= len(codes)
    counted += numbers_among(machine["code"][counting], codes)
    counted.sort()
    document, blocked = numbered(matches["document_id"]), values_of(matches["blocked_by"])
    stands = np.array([not why for why in distinct(blocked)] + [False])
    added = [_Sums(named, len(distinct(blocked))) for named in (codes, rules)]
    for low, high in _blocks(document, where):
        block = slice(low, high)
        why, part = blocked.at[block], matches.iloc[block]
        own, rule = numbers_among(part["code"], codes), numbers_among(part["rule"], rules)
        standing = stands[why]
        key = where[block] * len(codes) + own
        at = np.minimum(counted.searchsorted(key), max(len(counted) - 1, 0))
        counts = (counted[at] == key) & (own >= 0) & standing if len(counted) else np.zeros_like(standing)
        segment = np.unique(where[block], return_inverse=True)[1]  # small numbers, with room for a rule's
        for sums, number in zip(added, (own, rule), strict=True):
            sums.add(number, segment, document[block], standing, counts, why)
    for sums in added:
        sums.tell(distinct(blocked))


def _blocks(document: Any, segment: Any) -> Iterator[tuple[int, int]]:
    """Cut matches into blocks that share no document; into one where those of some do not come together."""
    import numpy as np

    edges = np.flatnonzero(begins(document))
    if (document[1:] < document[:-1]).any() or (segment[1:] < segment[:-1]).any():
        edges = edges[:1]
    edges = np.append(edges, len(document))
    for some in portions(edges[1:], AT_ONCE):
        yield int(edges[some.start]), int(edges[some.stop])


class _Sums:
    """What the matches of some codes or rules, by number, add up to, block by block."""

    def __init__(self, accounts: dict[str, _Account], reasons: int) -> None:
        import numpy as np

        self.accounts, size = accounts, len(accounts)
        self.hits, self.segments, self.documents, self.countable = np.zeros((4, size), dtype=np.int64)
        self.refused = np.zeros((size, reasons), dtype=np.int64)

    def add(self, number: Any, segment: Any, document: Any, stands: Any, counts: Any, why: Any) -> None:
        import numpy as np

        size, known = len(self.accounts), number >= 0
        held, counted = stands & known, counts & known
        self.hits += np.bincount(number[held], minlength=size)
        self.segments += _distinct(number[held], segment[held], size)
        self.documents += _distinct(number[held], document[held], size)
        self.countable += _distinct(number[counted], segment[counted], size)
        refused = ~stands & known
        key = number[refused] * self.refused.shape[1] + why[refused]
        self.refused += np.bincount(key, minlength=self.refused.size).reshape(self.refused.shape)

    def tell(self, reasons: Sequence[str]) -> None:
        """Write what it comes to into the accounts."""
        for n, account in enumerate(self.accounts.values()):
            account.hits, account.segments = int(self.hits[n]), int(self.segments[n])
            account.documents, account.countable = int(self.documents[n]), int(self.countable[n])
            for why, times in zip(reasons, self.refused[n].tolist(), strict=True):
                if times:
                    account.refused[str(why).partition(":")[0]] += times


def _distinct(number: Any, of: Any, size: int) -> Any:
    """Count, by number, the different ones of something."""
    import numpy as np

    width = int(of.max(initial=0)) + 1
    return np.bincount(each_once(number * width + of) // width, minlength=size)


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
