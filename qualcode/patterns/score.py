"""score: words that speak for a code, or against it, each with a weight; they add up.

    - {score: {$waiting: 0.5, $those_above: 0.4, 不敢: 0.8, 试点: -0.5}, reach: 1}
    - {score: {0.8: [不敢, 担责], 0.4: [$those_above, 签字, 责任], -0.5: [试点, 主动]}}

An entry is a term or a `$lexicon` and counts once per segment, however many of its words stand there. The
rule matches where the weights of the entries that are there add up to `reach` (1 where it is not written) or
more. There is one match per segment; its parts are the first occurrence of each term of an entry with a
positive weight. Terms that are equal after folding are one term, which speaks for every entry that lists it.

Refuses weights that are no numbers, or 0; a word or weight named twice; and a `reach` no entries come to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualcode.patterns.base import Parts, ReadContext, Schema, View, in_order
from qualcode.patterns.term import Term
from qualcode.patterns.termlist import TERMS_SCHEMA, read_terms
from qualcode.problems import problem
from qualcode.text.folding import fold
from qualcode.yamlnodes import Fields, Node

name = "score"
keys = ("score", "reach")
schema: Schema = {
    "score": {
        "description": "Terms and $lexicons, each with its weight",
        "type": "object",
        "additionalProperties": {"anyOf": [{"type": "number"}, TERMS_SCHEMA]},
        "minProperties": 1,
    },
    "reach": {"type": "number", "exclusiveMinimum": 0},
}
ROUNDING = 1e-9  # three tenths and seven tenths are one


@dataclass(frozen=True, slots=True)
class Score:
    """Weighted entries that must add up.

    `terms` are distinct after folding; `owners` says, for each, the entries it speaks for.
    """

    terms: tuple[Term, ...]
    owners: tuple[tuple[int, ...], ...]
    weights: tuple[float, ...]
    reach: float = 1.0

    @property
    def expressions(self) -> tuple[str, ...]:
        return ()

    @property
    def codes(self) -> tuple[str, ...]:
        return ()

    @property
    def anchored(self) -> bool:
        return True

    def find(self, view: View) -> list[Parts]:
        placed = view.placed(self.terms)
        if not self.reaches(entry for place, _ in placed for entry in self.owners[place]):
            return []
        return [in_order([part for place, found in placed if self._speaks_for(place) for part in found[0]])]

    def total(self, entries: Iterable[int]) -> float:
        """Return what some entries weigh together, each once."""
        return sum(self.weights[entry] for entry in sorted(set(entries)))

    def reaches(self, entries: Iterable[int]) -> bool:
        """Whether some entries weigh enough."""
        return self.total(entries) >= self.reach - ROUNDING

    def _speaks_for(self, place: int) -> bool:
        return any(self.weights[entry] > 0 for entry in self.owners[place])


def scored(entries: Iterable[tuple[Iterable[Term], float]], reach: float, kinds: frozenset[str]) -> Score:
    """Put entries, each of some terms and a weight, together; `kinds` says what folding makes equal."""
    weights: list[float] = []
    places: dict[str, int] = {}
    terms: list[Term] = []
    owners: list[list[int]] = []
    for entry, (its_terms, weight) in enumerate(entries):
        weights.append(weight)
        for term in its_terms:
            folded = " ".join(fold(term.text, kinds).split())
            if folded not in places:
                places[folded] = len(terms)
                terms.append(term)
                owners.append([])
            if entry not in owners[places[folded]]:
                owners[places[folded]].append(entry)
    return Score(tuple(terms), tuple(map(tuple, owners)), tuple(weights), reach)


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
    own = Node("map", node.place, entries=tuple(pair for pair in node.entries if pair[0].text == "reach"))
    fields = Fields(own, what="a score rule", known=("reach",), problems=context.problems)
    reach = fields.number("reach", 1.0, above=0)
    entries = [(read_terms(key, context), weight) for key, weight in _weights(listed, context)]
    most = sum(weight for _, weight in entries if weight > 0)
    if len(context.problems) == before and most < reach - ROUNDING:
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
    return scored(entries, reach, context.fold) if len(context.problems) == before else None


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
