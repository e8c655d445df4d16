"""Co-occurrence and timeline once more, the slow way: loops over `segments.csv` and `coded_segments.csv`.

Written from docs/columns.md and the definitions of what a context is, without looking at speed and without
any of qualcode's code. What it shares with qualcode is networkx, for the centralities.
"""

from __future__ import annotations

import datetime
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

import networkx as nx

from .tables import Row, items, rows, spans

TALK = {"interview", "focus_group", "fieldnote"}
WRITTEN = {"policy", "minutes", "report"}
Match = frozenset[int]  # the characters of the parts of one match


class Study:
    """The codable segments in reading order, and the countable matches of each code on each."""

    def __init__(self, folder: Path, codes: Sequence[str]) -> None:
        self.codes = list(codes)
        self.documents = {row["document_id"]: row for row in rows(folder, "documents")}
        self.segments = [row for row in rows(folder, "segments") if row["codable"] == "yes"]
        self.segments.sort(key=lambda row: (row["document_id"], int(row["start"])))
        self.codings = [row for row in rows(folder, "coded_segments") if row["countable"] == "yes"]
        self.matches: dict[str, dict[str, list[Match]]] = defaultdict(lambda: defaultdict(list))
        for row in self.codings:
            parts = spans(row["spans"])
            for one in items(row["evidence"]):
                signs: set[int] = set()
                for which in one.split("+"):
                    start, end = parts[int(which) - 1]
                    signs |= set(range(start, end))
                for code in [row["code"], *ancestors(row["code"])]:
                    self.matches[row["segment_id"]][code].append(frozenset(signs))

    def kind(self, segment: Row) -> str:
        return self.documents[segment["document_id"]]["kind"]


def ancestors(code: str) -> list[str]:
    steps = code.split(".")
    return [".".join(steps[:n]) for n in range(1, len(steps))]


# --- contexts -------------------------------------------------------------------------------------------


def contexts(study: Study, unit: str) -> list[list[Row]]:
    if unit == "segment":
        return [[segment] for segment in study.segments]
    if unit == "case":
        named = [s for s in study.segments if study.documents[s["document_id"]]["case"]]
        return together(named, lambda s: study.documents[s["document_id"]]["case"])
    if unit == "document":
        return together(study.segments, lambda s: s["document_id"])
    if unit == "speech":
        return speeches(study.segments)
    within, k = unit.split("run")
    stretches = speeches(study.segments) if within else together(study.segments, lambda s: s["document_id"])
    return [
        stretch[n : n + int(k)] for stretch in stretches for n in range(max(1, len(stretch) - int(k) + 1))
    ]


def together(segments: Iterable[Row], key) -> list[list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for segment in segments:
        groups[key(segment)].append(segment)
    return list(groups.values())


def speeches(segments: Iterable[Row]) -> list[list[Row]]:
    """Neighbours of one speech; in text that nobody speaks of one article, under one heading."""
    found: list[list[Row]] = []
    last = None
    for segment in segments:
        place = ("", "") if segment["speech"] else (segment["article"], segment["section"])
        key = (segment["document_id"], segment["speech"], *place)
        if key != last:
            found.append([])
        found[-1].append(segment)
        last = key
    return found


# --- co-occurrence --------------------------------------------------------------------------------------


def has(study: Study, context: list[Row], code: str) -> bool:
    return any(study.matches[segment["segment_id"]][code] for segment in context)


def meet(study: Study, context: list[Row], a: str, b: str) -> bool:
    """Whether some match of a and some match of b in the context share no character."""
    of_a = [(s["segment_id"], m) for s in context for m in study.matches[s["segment_id"]][a]]
    of_b = [(s["segment_id"], m) for s in context for m in study.matches[s["segment_id"]][b]]
    return any(here != there or not one & two for here, one in of_a for there, two in of_b)


def wholly(study: Study, context: list[Row], kinds: set[str]) -> bool:
    return all(study.kind(segment) in kinds for segment in context)


def edges(study: Study, unit: str) -> dict[tuple[str, str], dict[str, object]]:
    """The columns of cooccurrence_edges for all pairs that meet or share."""
    laid = contexts(study, unit)
    holding = {
        code: [n for n, context in enumerate(laid) if has(study, context, code)] for code in study.codes
    }
    found = {}
    for a, b in combinations(study.codes, 2):
        if a in ancestors(b) or b in ancestors(a):
            continue
        both = sorted(set(holding[a]) & set(holding[b]))
        if not both:
            continue
        met = [n for n in both if meet(study, laid[n], a, b)]
        n, shared = len(met), len(both) - len(met)
        left, right, whole = (size - shared for size in (len(holding[a]), len(holding[b]), len(laid)))
        expected = left * right / whole if whole else None
        spread = left * right * (whole - left) * (whole - right)
        found[a, b] = {
            "n": n,
            "n_shared": shared,
            "n_documents": len(documents_of(study, [laid[n] for n in met], unit, (a, b))),
            "n_interview": sum(wholly(study, laid[n], TALK) for n in met),
            "n_document": sum(wholly(study, laid[n], WRITTEN) for n in met),
            "n_source": left,
            "n_target": right,
            "n_contexts": whole,
            "expected": expected,
            "lift": n / expected if expected else None,
            "jaccard": n / (left + right - n) if left + right - n else None,
            "phi": (whole * n - left * right) / math.sqrt(spread) if spread else None,
            "contexts": [{segment["segment_id"] for segment in laid[n]} for n in met],
        }
    return found


def documents_of(study: Study, laid: list[list[Row]], unit: str, codes: Iterable[str]) -> set[str]:
    """Documents of contexts; of a case, which holds several, those with one of the codes."""
    return {
        segment["document_id"]
        for context in laid
        for segment in context
        if unit != "case" or any(study.matches[segment["segment_id"]][code] for code in codes)
    }


def nodes(study: Study, unit: str) -> dict[str, dict[str, object]]:
    laid = contexts(study, unit)
    links = edges(study, unit)
    found = {}
    for code in study.codes:
        held = [context for context in laid if has(study, context, code)]
        found[code] = {
            "level": code.count(".") + 1,
            "n": len(held),
            "n_documents": len(documents_of(study, held, unit, [code])),
            "n_interview": sum(wholly(study, context, TALK) for context in held),
            "n_document": sum(wholly(study, context, WRITTEN) for context in held),
        }
    for level in {code.count(".") for code in study.codes}:
        graph = nx.Graph()
        graph.add_nodes_from(code for code in study.codes if code.count(".") == level)
        for (a, b), link in links.items():
            if a in graph and b in graph and link["n"] >= 2 and link["lift"] > 1:
                graph.add_edge(a, b, weight=link["n"], distance=1 / link["n"])
        between = nx.betweenness_centrality(graph, weight="distance")
        close = nx.closeness_centrality(graph, distance="distance")
        cluster = nx.clustering(graph, weight="weight")
        for code in graph:
            found[code] |= {
                "degree": graph.degree(code),
                "strength": graph.degree(code, weight="weight"),
                "betweenness": between[code],
                "closeness": close[code],
                "clustering": cluster[code],
            }
        linked = graph.subgraph([code for code in graph if graph.degree(code)])
        for code in graph:
            found[code]["eigenvector"] = None
        if len(linked) and nx.is_connected(linked):
            for code, value in power(linked).items():
                found[code]["eigenvector"] = value
    return found


def power(graph: nx.Graph) -> dict[str, float]:
    """The leading eigenvector of a connected graph by repeated multiplication.

    The value itself is added at each step: that keeps a graph of two halves from swinging and changes no
    eigenvector.
    """
    value = dict.fromkeys(graph, 1.0)
    for _ in range(3000):
        new = {v: value[v] + sum(value[w] * graph[v][w]["weight"] for w in graph[v]) for v in graph}
        length = math.sqrt(sum(x * x for x in new.values()))
        value = {v: x / length for v, x in new.items()}
    return value


# --- timeline -------------------------------------------------------------------------------------------

Phase = tuple[str, datetime.date, datetime.date]


def days(start: str, end: str) -> list[datetime.date]:
    """All days that a date, which may be a year or a month only, stands for."""
    if not start:
        return []
    first = datetime.date.fromisoformat(start + "-01-01"[len(start) - 4 :])
    last = end or start
    after = {
        4: lambda: datetime.date(int(last[:4]) + 1, 1, 1),
        7: lambda: datetime.date(int(last[:4]) + int(last[5:7]) // 12, int(last[5:7]) % 12 + 1, 1),
        10: lambda: datetime.date.fromisoformat(last) + datetime.timedelta(1),
    }[len(last)]()
    return [first + datetime.timedelta(n) for n in range((after - first).days)]


def period(grain: str, when: list[datetime.date], phases: Sequence[Phase]) -> str:
    """The period all days lie in; for phases four fifths of them are enough."""
    if not when:
        return ""
    if grain == "phase":
        for name, start, end in phases:
            if sum(start <= day < end for day in when) >= 0.8 * len(when):
                return name
        return ""
    names = {str(d.year) if grain == "year" else f"{d.year}-Q{(d.month + 2) // 3}" for d in when}
    return names.pop() if len(names) == 1 else ""


def told(grain: str, start: str, end: str, phases: Sequence[Phase]) -> dict[str, float]:
    """How much of a told stretch of time lies in each period, day by day; a phase needs four fifths of it.

    A side that is open counts as far as the phases reach, and has no share in years and quarters.
    """
    if grain != "phase" and not (start and end):
        return {}
    when = days(start or min(p[1] for p in phases).isoformat(), end or max(p[2] for p in phases).isoformat())
    if not end:
        when = when[:-1]  # phases end before their last day
    shares: dict[str, float] = defaultdict(float)
    for day in when:
        for name, low, high in phases:
            if grain == "phase" and low <= day < high:
                shares[name] += 1 / len(when)
        if grain != "phase":
            shares[str(day.year) if grain == "year" else f"{day.year}-Q{(day.month + 2) // 3}"] += 1 / len(
                when
            )
    if grain != "phase":
        return dict(shares)
    return {name: 1.0 for name, share in shares.items() if share >= 0.8 - 1e-9}


def narrated(
    study: Study, grain: str, phases: Sequence[Phase]
) -> dict[tuple[str, str, str, str], dict[str, object]]:
    """By (about, kind, code, period): talk by the time it tells of, each segment by its share there."""
    found = {}
    for kind in sorted(TALK):
        inside: dict[str, list[tuple[Row, float]]] = defaultdict(list)
        for segment in study.segments:
            if study.kind(segment) == kind and (segment["t_about_start"] or segment["t_about_end"]):
                shares = told(grain, segment["t_about_start"], segment["t_about_end"], phases)
                for name, share in shares.items():
                    inside[name].append((segment, share))
        for name, exposed in inside.items():
            for code in study.codes:
                found["about", kind, code, name] = counted(study, exposed, code)
    return found


def timeline(
    study: Study, grain: str, phases: Sequence[Phase] = ()
) -> dict[tuple[str, str, str, str], dict[str, object]]:
    """By (basis, kind, code, period) the counts and shares; periods with material only. No cues are in force
    in these studies, so there is one modality."""
    found = {}
    for kind in sorted(TALK | WRITTEN):
        basis = "document" if kind in WRITTEN else "said"
        if basis == "said" and grain == "phase":
            continue  # when talk was held says nothing of the time it tells of
        inside: dict[str, list[tuple[Row, float]]] = defaultdict(list)
        for segment in study.segments:
            if study.kind(segment) == kind:
                dates = (
                    (segment["t_about_start"], segment["t_about_end"])
                    if basis == "document"
                    else (segment["t_said"], "")
                )
                inside[period(grain, days(*dates), phases)].append((segment, 1.0))
        inside.pop("", None)
        for name, exposed in inside.items():
            for code in study.codes:
                found[basis, kind, code, name] = counted(study, exposed, code)
    return found | narrated(study, grain, phases)


def counted(study: Study, exposed: list[tuple[Row, float]], code: str) -> dict[str, object]:
    weight = {segment["segment_id"]: share for segment, share in exposed}
    ids = set(weight)
    codings = [
        row for row in study.codings
        if row["segment_id"] in ids and (row["code"] == code or code in ancestors(row["code"]))
    ]  # fmt: skip
    marked = {row["segment_id"] for row in codings}
    per_document = together([segment for segment, _ in exposed], lambda s: s["document_id"])
    shares = [
        sum(weight[s["segment_id"]] for s in group if s["segment_id"] in marked)
        / sum(weight[s["segment_id"]] for s in group)
        for group in per_document
    ]
    whole = sum(weight.values())
    return {
        "n_codings": len(codings),
        "n_segments": len(marked),
        "n_documents": len({row["document_id"] for row in codings}),
        "exposure_segments": len(exposed),
        "exposure_documents": len(per_document),
        "exposure_characters": sum(not sign.isspace() for s, _ in exposed for sign in s["text"]),
        "w_codings": sum(weight[row["segment_id"]] for row in codings),
        "w_segments": sum(weight[name] for name in marked),
        "w_exposure": whole,
        "share_micro": sum(weight[name] for name in marked) / whole,
        "share_macro": sum(shares) / len(shares),
    }
