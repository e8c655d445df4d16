"""Codings made of the matches that stand, in columns.

All that stands of a code in a segment is one coding. Its weight is that of the rules it rests on, each once;
it counts where those of its matches that count weigh enough, and shows how the first of these is meant.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from qualcode.coding.context import counts
from qualcode.coding.found import Codings, Matches
from qualcode.coding.judge import reaches
from qualcode.coding.plan import Plan
from qualcode.model import Document

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualcode.coding.occurrences import Column


def codings_of(matches: Matches, plan: Plan, document: Document) -> Codings:
    """Return the codings of a document by segment and code, given its matches."""
    places, edges = _by_coding(matches, plan)
    rules = matches.rules[places]
    firsts = rules[edges[:-1]]
    numbers = firsts.tolist()
    codes = list(map(plan.owners.__getitem__, numbers))
    resting: list[tuple[str, ...]] = list(map(plan.alone.__getitem__, numbers))
    weights = plan.weight_of_rule[firsts]
    known: dict[tuple[int, ...], tuple[str, ...]] = {}  # the same few again and again, each held once
    for n in _of_several_rules(rules, edges):
        its = tuple(dict.fromkeys(rules[edges[n] : edges[n + 1]].tolist()))
        if its not in known:
            known[its] = tuple(map(plan.ids.__getitem__, its))
        resting[n] = known[its]
        weights[n] = _weight(its, plan)
    shown, countable = _meaning(matches, places, edges, plan, document)
    segments = matches.segments[places[edges[:-1]]]
    return Codings(matches, places, edges, segments, codes, resting, weights, shown, countable)


def _by_coding(matches: Matches, plan: Plan) -> tuple[Column, Column]:
    """Return the places of the matches that stand, coding by coding, and where each coding begins, and all
    end.
    """
    places = np.flatnonzero(matches.reasons == 0)
    key = matches.segments[places] * len(plan.codes) + plan.of_code[matches.rules[places]]
    if (key[1:] < key[:-1]).any():
        order = np.argsort(key, kind="stable")
        places, key = places[order], key[order]
    edge = np.ones(len(key) + 1, bool)
    edge[1:-1] = key[1:] != key[:-1]
    return places, np.flatnonzero(edge) if len(key) else np.zeros(1, np.int64)


def _of_several_rules(rules: Column, edges: Column) -> list[int]:
    """Return the codings that rest on more than one rule."""
    if len(rules) == len(edges) - 1:
        return []
    firsts = edges[:-1]
    found = np.flatnonzero(np.minimum.reduceat(rules, firsts) != np.maximum.reduceat(rules, firsts))
    return found.tolist()


def _weight(rules: Iterable[int], plan: Plan) -> float:
    """Sum the weights of some rules, in the order of the rules."""
    return float(sum(plan.weight_of_rule[sorted({*rules})].tolist()))


def _meaning(
    matches: Matches, places: Column, edges: Column, plan: Plan, document: Document
) -> tuple[Column | None, NDArray[np.bool_] | None]:
    """Return the number of the assertion each coding shows, and whether it counts; None: it was not read."""
    if matches.meant is None or not len(places):
        return None, None
    meant, rules, firsts = matches.meant[places], matches.rules[places], edges[:-1]
    counting = _counting(matches, plan.of_code[rules], meant, plan, document)
    row = np.arange(len(places))
    first = np.minimum.reduceat(np.where(counting, row, len(row)), firsts)
    number, whole = np.add.reduceat(counting.astype(np.int64), firsts), np.diff(edges)
    countable = number == whole
    for n in np.flatnonzero((number > 0) & ~countable).tolist():
        its = slice(edges[n], edges[n + 1])
        countable[n] = reaches(_weight(rules[its][counting[its]].tolist(), plan))
    return meant[np.where(number > 0, first, firsts)], countable


def _counting(
    matches: Matches, codes: Column, meant: Column, plan: Plan, document: Document
) -> NDArray[np.bool_]:
    """Say which matches of some codes, meant so, enter counts; asked once of all that are alike."""
    several = len(matches.assertions)
    pairs, which = np.unique(plan.counted_as[codes] * several + meant, return_inverse=True)
    found = [
        counts(matches.assertions[n % several], plan.codes[n // several], document) for n in pairs.tolist()
    ]
    return np.array(found, bool)[which]
