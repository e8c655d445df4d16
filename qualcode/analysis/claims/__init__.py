"""Claims that run: kinds of claims by name, and the table `claims` of what they came to.

`check(claims, asked)` looks every claim up in the tables; `docs/claims.md` is the manual.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from qualcode.analysis.claims import change, presence, relations
from qualcode.analysis.claims.base import (
    BREAKS,
    HOLDS,
    UNTOLD,
    Asked,
    Claim,
    Key,
    Kind,
    Verdict,
)
from qualcode.analysis.given import Remark, basis_of, remark
from qualcode.analysis.load import Row
from qualcode.problems import UsageError
from qualcode.registry import Registry

__all__ = [
    "BREAKS",
    "HOLDS",
    "UNTOLD",
    "Asked",
    "Checked",
    "Claim",
    "Key",
    "Kind",
    "Verdict",
    "check",
    "kinds",
    "rows_of",
]

kinds: Registry[Kind] = Registry("kind of claim", {**change.KINDS, **presence.KINDS, **relations.KINDS})


class Checked(NamedTuple):
    """A claim with what the tables answer in one kind of document ("" for all material)."""

    claim: Claim
    within: str
    answer: Verdict

    @property
    def why(self) -> Remark:
        """The sentence with the claim's id in it."""
        template, values = self.answer.why
        return remark(template, **{"id": self.claim.id, **values})


def check(claims: Iterable[Claim], asked: Asked) -> list[Checked]:
    """Check claims one by one, in the order written; an analysis that cannot be made leaves a claim open."""
    made = []
    for claim in claims:
        kind = kinds[claim.kind]
        for within in claim.within if kind.apart else ("",):
            try:
                answer = kind.check(claim, asked, within)
            except UsageError as error:
                answer = Verdict(UNTOLD, remark("{id}: {note}", note=error.message))
            made.append(Checked(claim, within, answer))
    return made


def rows_of(checked: Iterable[Checked], *, seed: int) -> list[Row]:
    """Return the rows of `claims`."""
    return [
        (
            one.claim.id,
            one.claim.says.get("zh", ""),
            one.claim.says.get("en", ""),
            one.claim.kind,
            basis_of(one.within) if one.within else "",
            one.within,
            one.answer.verdict,
            str(one.why).partition(": ")[2],
            tuple(f"{name}={_number(value)}" for name, value in one.answer.numbers.items()),
            one.answer.table,
            tuple(f"{name}={value}" for name, value in one.answer.where.items() if value),
            one.answer.n_segments,
            one.answer.n_documents,
            len(set(one.answer.supporting) | set(one.answer.contradicting)),
            one.answer.supporting,
            one.answer.contradicting,
            seed,
        )
        for one in checked
    ]


def _number(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
