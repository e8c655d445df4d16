"""The ledger: what every rule of a codebook brought, what it was refused, and what would be lost without it.

A rule that brings nothing can go; one that a code hangs on had better be right; one that is mostly refused is
too wide. Numbers are counts of this material, not of the language.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.analysis.evidence import numbers_among
from qualcode.analysis.lean import numbered, numbered_alike
from qualcode.analysis.load import Row
from qualcode.analysis.once import once

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
    documents: set[int] = field(default_factory=set)
    countable: int = 0
    needed: int = 0
    conflicts: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    reviewed: int = 0
    rejected: int = 0
    last: int = -1  # the segment looked at last, and the last with a countable coding
    last_countable: int = -1

    def row(self, codings: int, overlap: tuple[str, ...], *, decided: bool) -> Row:
        refused = sum(self.refused.values())
        return (
            self.hits,
            self.segments,
            len(self.documents),
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


@once
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
    import numpy as np

    names = ["segment_id", "code", "countable", "rules", "needs", "status"]
    codings = codings[[name for name in names if name in codings]]
    machine = codings[codings["rules"].map(len).to_numpy() > 0] if len(codings) else codings
    total = Counter(machine["code"])
    counts = machine[machine["countable"].to_numpy(dtype=bool)]
    where, counted = numbered_alike(matches["segment_id"], counts["segment_id"])
    own = numbers_among(matches["code"], codebook.codes)
    theirs = counted * len(codes) + numbers_among(counts["code"], codebook.codes)
    counts_here = np.isin(where * len(codes) + own, theirs) & (own >= 0)
    order = where.argsort(kind="stable")  # segment by segment, so that each is counted once
    listed = matches[["code", "rule", "blocked_by"]].iloc[order].itertuples(index=False, name=None)
    document = numbered(matches["document_id"])
    for at, (code, rule, blocked) in zip(order.tolist(), listed, strict=True):
        segment = int(where[at])
        for account in (rules.get(rule), codes.get(code)):
            if account is None:
                continue
            if blocked:
                account.refused[blocked.partition(":")[0]] += 1
                continue
            account.hits += 1
            account.segments += account.last != segment
            account.last = segment
            account.documents.add(int(document[at]))
            if counts_here[at]:
                account.countable += account.last_countable != segment
                account.last_countable = segment
    together: dict[str, Counter[str]] = {}
    decided = bool(machine["status"].isin(list(DECIDED)).any())
    for code, fired, needed, status in zip(
        *(machine[name] for name in ("code", "rules", "needs", "status")), strict=True
    ):
        if status in DECIDED:
            for account in (codes.get(code), *(rules.get(rule) for rule in fired)):
                if account is not None:
                    account.reviewed += 1
                    account.rejected += DECIDED[status]
        for rule in fired:
            together.setdefault(rule, Counter()).update(other for other in fired if other != rule)
        for rule in needed:
            if rule in rules:
                rules[rule].needed += 1
        if needed and code in codes:
            codes[code].needed += 1
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
