"""score: words that speak for a code, or against it, each with a weight; they add up.

    - {score: {$waiting: 0.5, $those_above: 0.4, 不敢: 0.8, 试点: -0.5}, reach: 1}
    - {score: {0.8: [不敢, 担责], 0.4: [$those_above, 签字, 责任], -0.5: [试点, 主动]}}
    - {score: {不敢: 0.8, 担责: 0.8, 签字: 0.4}, reach: 1.2, reach_in_turn: 0.8}

An entry is a term or a `$lexicon` and counts once per segment, however many of its words stand there. The
rule matches where the weights of the entries that are there add up to `reach` (1 where it is not written) or
more. There is one match per segment; it shows the heaviest entries, of equals the one written first, as few
as come to `reach` by themselves, each by its first word that stands. Terms that are equal after folding are
one term, which speaks for every entry that lists it.

With `reach_in_turn`, so much is enough where another segment of the same turn comes to `reach`: who has said
it clearly goes on about it in fewer words. What `except` hides here is not hidden there.

Refuses weights that are no numbers, or 0; a word or weight named twice; a `reach` no entries come to; and a
`reach_in_turn` that is not below `reach`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from qualcode.model import Span
from qualcode.patterns.base import Looking, Parts, ReadContext, Schema, View, hull, in_order
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import TERMS_SCHEMA, read_terms
from qualcode.problems import problem
from qualcode.text.folding import fold_each
from qualcode.yamlnodes import Fields, Node

name = "score"
keys = ("score", "reach", "reach_in_turn")
schema: Schema = {
    "score": {
        "description": "Terms and $lexicons, each with its weight",
        "type": "object",
        "additionalProperties": {"anyOf": [{"type": "number"}, TERMS_SCHEMA]},
        "minProperties": 1,
    },
    "reach": {"type": "number", "exclusiveMinimum": 0},
    "reach_in_turn": {
        "description": "Enough in a turn of which another segment comes to reach",
        "type": "number",
        "exclusiveMinimum": 0,
    },
}
REACHES = ("reach", "reach_in_turn")
ROUNDING = 1e-9  # three tenths and seven tenths are one


@dataclass(frozen=True)
class Score(Looking):
    """Weighted entries that must add up.

    `entries` are the terms of each, `weights` what each weighs; `kinds` says what folding makes equal.
    """

    entries: tuple[tuple[Term, ...], ...]
    weights: tuple[float, ...]
    reach: float = 1.0
    reach_in_turn: float | None = None
    kinds: frozenset[str] = frozenset()

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms of all entries, distinct after folding."""
        return self._owned[0]

    @property
    def owners(self) -> tuple[tuple[int, ...], ...]:
        """The entries that each of the terms speaks for."""
        return self._owned[1]

    @property
    def lists(self) -> tuple[tuple[Term, ...], ...]:
        return self.entries

    @property
    def anchored(self) -> bool:
        return any(self.entries)

    @cached_property
    def _owned(self) -> tuple[tuple[Term, ...], tuple[tuple[int, ...], ...]]:
        """Terms and owners: made when first asked for, as there may be thousands in each of many rules."""
        terms = [term for its_terms in self.entries for term in its_terms]
        texts = _folded(terms, self.kinds)
        owners: dict[str, tuple[int, ...]] = {}
        at = 0
        for entry, its_terms in enumerate(self.entries):
            own: tuple[int, ...] = (entry,)
            its = dict.fromkeys(texts[at : at + len(its_terms)], own)
            for text in its.keys() & owners.keys():
                its[text] = (*owners[text], entry)
            owners |= its
            at += len(its_terms)
        first = dict(zip(reversed(texts), reversed(terms), strict=True))  # of equal ones the first
        return tuple(first[text] for text in owners), tuple(owners.values())

    def find(self, view: View) -> list[Parts]:
        placed = view.placed(self.terms)
        here = self._weighed(placed)
        if _comes_to(here, self.reach):
            return [in_order(self._shown(placed, self.reach))]
        less = self.reach_in_turn
        if less is None or not _comes_to(here, less):
            return []
        clear = any(_comes_to(self._weighed(one.placed(self.terms)), self.reach) for one in view.others())
        return [in_order(self._shown(placed, less))] if clear else []

    def total(self, entries: Iterable[int]) -> float:
        """Return what some entries weigh together, each once."""
        return sum(self.weights[entry] for entry in sorted(set(entries)))

    def can_match(self, entries: Iterable[int]) -> bool:
        """Whether some entries weigh enough, at best in a turn that reaches elsewhere."""
        return _comes_to(self.total(entries), self.reach_in_turn or self.reach)

    def _weighed(self, placed: Sequence[tuple[int, Sequence[Parts]]]) -> float:
        return self.total(entry for place, _ in placed for entry in self.owners[place])

    def _shown(self, placed: Sequence[tuple[int, Sequence[Parts]]], reach: float) -> list[Span]:
        """Return the first words of the heaviest entries that come to `reach` without the others."""
        first: dict[int, Parts] = {}
        for place, found in placed:
            for entry in self.owners[place]:
                if entry not in first or (hull(found[0]), found[0]) < (hull(first[entry]), first[entry]):
                    first[entry] = found[0]
        parts: list[Span] = []
        come_to = 0.0
        for entry in sorted(first, key=lambda entry: (-self.weights[entry], entry)):
            parts += first[entry]
            come_to += self.weights[entry]
            if _comes_to(come_to, reach):
                break
        return parts


def _comes_to(weight: float, reach: float) -> bool:
    return weight >= reach - ROUNDING


def scored(
    entries: Iterable[tuple[Iterable[Term], float]],
    reach: float,
    kinds: frozenset[str],
    reach_in_turn: float | None = None,
) -> Score:
    """Put entries, each of some terms and a weight, together; `kinds` says what folding makes equal."""
    listed = [(tuple(its_terms), weight) for its_terms, weight in entries]
    its_entries, weights = tuple(its for its, _ in listed), tuple(weight for _, weight in listed)
    return Score(its_entries, weights, reach, reach_in_turn, kinds)


def _folded(terms: Sequence[Term], kinds: frozenset[str]) -> list[str]:
    """Return the texts of terms as they are searched, white space squeezed."""
    folded = fold_each([term.text for term in terms], kinds)
    return [" ".join(text.split()) if " " in text else text for text in folded]


def read(node: Node, context: ReadContext) -> Score | None:
    before = len(context.problems)
    listed = node.get("score")
    if listed is None or listed.kind != "map" or not listed.entries:
        context.problems.append(
            problem(
                "wrong-type",
                listed.place if listed else node.place,
                "score takes terms with their weights",
                hint="write it like score: {{不敢: 0.6, $papers: 0.4}}",
            )
        )
        return None
    own = Node("map", node.place, entries=tuple(pair for pair in node.entries if pair[0].text in REACHES))
    fields = Fields(own, what="a score rule", known=REACHES, problems=context.problems)
    reach = fields.number("reach", 1.0, above=0)
    in_turn = fields.number("reach_in_turn", 0.0, above=0) if node.get("reach_in_turn") else None
    if in_turn is not None and len(context.problems) == before and in_turn >= reach:
        context.problems.append(
            problem(
                "impossible-rule",
                fields.place_of("reach_in_turn"),
                "reach_in_turn ({in_turn}) is not below reach ({reach})",
                hint="reach_in_turn is the lower one: what is enough where the turn is clear elsewhere",
                in_turn=f"{in_turn:g}",
                reach=f"{reach:g}",
            )
        )
    entries = [(read_terms(key, context), weight) for key, weight in _weights(listed, context)]
    most = sum(weight for _, weight in entries if weight > 0)
    if len(context.problems) == before and not _comes_to(most, reach):
        context.problems.append(
            problem(
                "impossible-rule",
                fields.place_of("reach"),
                "all weights together come to {most}, and {reach} is asked for",
                hint="lower reach or raise the weights",
                most=f"{most:g}",
                reach=f"{reach:g}",
            )
        )
    return scored(entries, reach, context.fold, in_turn) if len(context.problems) == before else None


def _weights(listed: Node, context: ReadContext) -> Iterator[tuple[Node, float]]:
    """Yield each entry with its weight: `word: weight`, or `weight: [words]`."""
    for key, value in listed.entries:
        entries = value.items if value.kind == "list" else (key,)
        weight = _number(key if value.kind == "list" else value, context)
        yield from ((entry, weight) for entry in entries)


def _number(node: Node, context: ReadContext) -> float:
    try:
        weight = float(node.text)
    except ValueError:
        weight = float("nan")
    if not 0 < abs(weight) < 1e12:
        context.problems.append(
            problem(
                "out-of-range",
                node.place,
                "{weight!r} is no weight",
                hint="write a number above or below 0: score: {{不敢: 0.6}} or score: {{0.6: [不敢, 担责]}}",
                weight=node.text,
            )
        )
        return 1.0
    return weight
