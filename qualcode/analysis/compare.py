"""Two runs side by side: which codings came and went, by which rules, and which numbers moved with them.

Codings are the same where document, place and code are; the same words of a document at another place are a
coding that moved. Tables go in, rows of `columns.COMPARISONS` come out; only what differs has a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qualcode.analysis.load import Row

if TYPE_CHECKING:
    import pandas as pd

Record = Mapping[Any, Any]
LEAST = 2  # contexts an edge needs to be drawn


@dataclass(frozen=True, slots=True)
class Run:
    """The tables of one run that are compared; `rules` are all rules of its codebook, where known."""

    documents: pd.DataFrame
    segments: pd.DataFrame
    codings: pd.DataFrame
    matches: pd.DataFrame
    rules: frozenset[str] = frozenset()


def codings_changed(was: Run, now: Run, *, withheld: Iterable[str] = ()) -> list[Row]:
    """Write the rows of `codings_changed`, in the order of documents and places.

    `withheld` are documents whose words are not shown. A coding that moved and rests on other rules, or
    counts otherwise, is told as moved.
    """
    hidden = frozenset(withheld)
    old, new = _by_place(was), _by_place(now)
    moved = _moved([old[key] for key in old if key not in new], [new[key] for key in new if key not in old])
    gone_to = {id(a): b for a, b in moved}
    come_from = {id(b): a for a, b in moved}
    refused_now, refused_then = _Refusals(now), _Refusals(was)
    found: list[tuple[tuple[object, ...], Row]] = []

    def tell(change: str, a: Record | None, b: Record | None, why: Sequence[str]) -> None:
        at = b if b is not None else a
        assert at is not None
        quote = "" if at["document_id"] in hidden else str(at["quote"])
        row: Row = (
            change,
            str(at["document_id"]),
            str(at["code"]),
            str(at["coder"]),
            str(b["segment_id"]) if b else "",
            str(a["segment_id"]) if a else "",
            tuple(b["rules"]) if b else (),
            tuple(a["rules"]) if a else (),
            tuple(why),
            quote,
        )
        found.append(((at["document_id"], int(at["start"]), int(at["end"]), at["code"], change), row))

    for key, a in old.items():
        if key in new:
            b = new[key]
            came, went = _differ(a, b)
            why = [*refused_now.why(a, went, gone=True), *refused_then.why(b, came, gone=False)]
            if bool(a["countable"]) != bool(b["countable"]):
                tell("counts" if b["countable"] else "counts no more", a, b, why)
            elif came or went:
                tell("rules", a, b, why)
        elif id(a) in gone_to:
            tell("moved", a, gone_to[id(a)], ())
        else:
            tell("lost", a, None, refused_now.why(a, a["rules"], gone=True))
    for key, b in new.items():
        if key not in old and id(b) not in come_from:
            tell("gained", None, b, refused_then.why(b, b["rules"], gone=False))
    return [row for _, row in sorted(found, key=lambda pair: pair[0])]


def rules_changed(changes: Iterable[Row], was: Run, now: Run) -> list[Row]:
    """Write the rows of `rules_changed` for rules with codings gained or lost, or in one run only."""
    gained: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    code: dict[str, str] = {}
    for run in (was, now):
        code |= dict(zip(run.matches["rule"], run.matches["code"], strict=True))
    for change in changes:
        kind, rules, were = change[0], change[6], change[7]
        if kind == "gained" and isinstance(rules, tuple):
            gained.update(rules)
        elif kind == "lost" and isinstance(were, tuple):
            lost.update(were)
    states = {}
    if was.rules and now.rules:
        states = dict.fromkeys(now.rules - was.rules, "new") | dict.fromkeys(was.rules - now.rules, "gone")
    named = {*gained, *lost, *states}
    order = sorted(named, key=lambda rule: (-(gained[rule] + lost[rule]), rule))
    return [(rule, code.get(rule, ""), gained[rule], lost[rule], states.get(rule, "")) for rule in order]


def _by_place(run: Run) -> dict[tuple[object, ...], Record]:
    records: list[dict[Any, Any]] = run.codings.to_dict("records")
    return {(r["document_id"], int(r["start"]), int(r["end"]), r["code"], r["coder"]): r for r in records}


def _moved(old: Sequence[Record], new: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Pair codings of the same words and code in one document, first with first."""
    waiting: dict[tuple[object, ...], list[Record]] = {}
    for b in new:
        waiting.setdefault((b["document_id"], b["code"], b["coder"], b["quote"]), []).append(b)
    pairs = []
    for a in old:
        there = waiting.get((a["document_id"], a["code"], a["coder"], a["quote"]))
        if there:
            pairs.append((a, there.pop(0)))
    return pairs


def _differ(a: Record, b: Record) -> tuple[list[str], list[str]]:
    came = [rule for rule in b["rules"] if rule not in a["rules"]]
    return came, [rule for rule in a["rules"] if rule not in b["rules"]]


class _Refusals:
    """What became, in one run, of rules that stand in the other."""

    def __init__(self, run: Run) -> None:
        self._rules = run.rules or frozenset(run.matches["rule"])
        self._matches: dict[tuple[object, object], list[Record]] = {}
        for match in run.matches.to_dict("records"):
            self._matches.setdefault((match["document_id"], match["rule"]), []).append(match)
        self._texts: dict[str, set[str]] = {}
        for document, text in zip(run.segments["document_id"], run.segments["text"], strict=True):
            self._texts.setdefault(document, set()).add(text)

    def why(self, coding: Record, rules: Iterable[str], *, gone: bool) -> list[str]:
        """Say for each rule of a coding of the other run why this run has not, or had not, its match."""
        return [f"{rule}={self._one(coding, rule, gone)}" for rule in rules]

    def _one(self, coding: Record, rule: str, gone: bool) -> str:
        if rule not in self._rules:
            return "gone" if gone else "new"
        if coding["quote"] not in self._texts.get(str(coding["document_id"]), ()):
            return "text"
        here = [
            match["blocked_by"]
            for match in self._matches.get((coding["document_id"], rule), ())
            if int(match["start"]) < int(coding["end"]) and int(coding["start"]) < int(match["end"])
        ]
        if not here:
            return "not found" if gone else "found"
        return next((str(reason) for reason in here if reason), "found")


def codes_changed(was: pd.DataFrame, now: pd.DataFrame) -> list[Row]:
    """Write the rows of `codes_changed` from two tables `codes`, in the order of the second."""
    columns = ("n_codings", "n_segments", "n_documents", "share")
    return [
        (key[0], *(value for pair in zip(a, b, strict=True) for value in pair))
        for key, a, b in _pairs(was, now, ("code",), columns)
    ]


def edges_changed(was: pd.DataFrame, now: pd.DataFrame) -> list[Row]:
    """Write the rows of `edges_changed` from two tables `cooccurrence_edges`."""
    rows: list[Row] = []
    for key, a, b in _pairs(was, now, ("basis", "unit", "source", "target"), ("n", "lift")):
        before, after = _drawn(a), _drawn(b)
        change = "" if before == after else "drawn" if after else "no longer drawn"
        rows.append((*key, a[0] or 0, b[0] or 0, a[1], b[1], change))
    return rows


def _drawn(edge: Sequence[Any]) -> bool:
    n, lift = edge
    return n is not None and lift is not None and n >= LEAST and lift > 1


def timeline_changed(was: pd.DataFrame, now: pd.DataFrame) -> list[Row]:
    """Write the rows of `timeline_changed` from two tables `timeline`."""
    keys = ("basis", "kind", "code", "modality", "grain", "period")
    return [
        (*key, a[0], b[0], a[1], b[1]) for key, a, b in _pairs(was, now, keys, ("n_segments", "share_macro"))
    ]


def _pairs(
    was: pd.DataFrame, now: pd.DataFrame, keys: Sequence[str], values: Sequence[str]
) -> list[tuple[tuple[str, ...], list[Any], list[Any]]]:
    """Pair the rows of two tables by their keys where a value differs; a missing row has no values."""
    old, new = _keyed(was, keys, values), _keyed(now, keys, values)
    nothing = [None] * len(values)
    order = [*new, *(key for key in old if key not in new)]
    pairs = ((key, old.get(key, nothing), new.get(key, nothing)) for key in order)
    return [(key, a, b) for key, a, b in pairs if a != b]


def _keyed(
    table: pd.DataFrame, keys: Sequence[str], values: Sequence[str]
) -> dict[tuple[str, ...], list[Any]]:
    rows: list[dict[Any, Any]] = table.to_dict("records")
    return {tuple(str(row[key]) for key in keys): [_plain(row[value]) for value in values] for row in rows}


def _plain(value: Any) -> int | float | None:
    """A number as Python has it, None where nothing is known."""
    if value is None or type(value).__name__ in ("NAType", "NaTType") or value != value:
        return None
    return int(value) if float(value).is_integer() and not isinstance(value, float) else float(value)
