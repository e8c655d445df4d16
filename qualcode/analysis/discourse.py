"""Who stands with whom? The tables `affiliation` and `actor_edges`, and the same as graphs.

After discourse network analysis (Leifeld 2017). A statement is a coding with a known actor that affirms or
negates: of what is countable, and of what does not count only because it is negated. `affiliation` counts
statements, actors by codes; repeats are left out by `duplicates`: of one actor, code and polarity one counts
in each document (the default), month or year, or all do (include).

Actors are compared by their stances, a stance being a code affirmed or a code negated at least once. With
stances A and B of two actors:

    congruence = |A and B|          conflict = codes one affirms and the other negates
    average = congruence / ((|A| + |B|) / 2)      cosine = congruence / sqrt(|A| |B|)
    jaccard = congruence / (|A| + |B| - congruence)

An actor who both affirms and negates a code has both stances. The same stance is no alliance: people who
never met say the same of the same rule, and the codes are the codebook's. Kinds of document are not added.
Edges need actors from two documents; actors as holders are shown where most holders are known.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.analysis.given import Given, Made, Remark, basis_of, remark
from qualcode.analysis.lean import values_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.numbering import distinct
from qualcode.model import KINDS
from qualcode.problems import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    import pandas as pd

POLARITIES = ("affirmed", "negated")
DUPLICATES = ("include", "document", "month", "year")
KNOWN = 0.5


class Statement(NamedTuple):
    kind: str
    actor: str
    code: str
    polarity: str
    row: int


class Stance(NamedTuple):
    code: str
    polarity: str


def discourse(given: Given, *, duplicates: str = "document") -> Made:
    """Return `affiliation` and `actor_edges` for the codes asked for, else all codes that have no code below.

    The graphs are the two-mode network and the actors' congruence and conflict, by kind and role.
    """
    if duplicates not in DUPLICATES:
        raise UsageError(
            "'{name}' is no way to leave out repeats",
            hint="one of include, document, month, year",
            name=duplicates,
        )
    codes = given.codes or tuple(code for code in given.codebook.codes if not given.codebook.children(code))
    said, remarks = _statements(given, codes)
    affiliation: list[Row] = []
    edges: list[Row] = []
    graphs: dict[str, nx.Graph[str]] = {}
    for role, statements in said.items():
        for kind in KINDS:
            here = [one for one in statements if one.kind == kind]
            if not here:
                continue
            table = _affiliation(given, role, kind, here, codes, duplicates)
            links = _edges(given, role, kind, here)
            affiliation += table
            edges += links
            graphs[f"affiliation_{kind}_{role}"] = _two_mode(table)
            graphs[f"actors_{kind}_{role}"] = _one_mode(table, links)
    if not affiliation:
        remarks.append(remark("no coding with a known actor affirms or negates: there is no network"))
    remarks.append(remark("the same stance is no alliance: read what each of them says"))
    tables = {
        "affiliation": frame(affiliation, "affiliation"),
        "actor_edges": frame(edges, "actor_edges"),
    }
    return Made(tables, remarks, graphs)


def likeness(one: frozenset[Stance], other: frozenset[Stance]) -> tuple[int, int, float, float, float]:
    """Return congruence, conflict, average, jaccard and cosine of two sets of stances; NaN for empty ones.

    >>> a = frozenset({Stance("x", "affirmed"), Stance("y", "affirmed")})
    >>> b = frozenset({Stance("x", "affirmed"), Stance("y", "negated")})
    >>> likeness(a, b)
    (1, 1, 0.5, 0.3333333333333333, 0.5)
    """
    shared = len(one & other)
    opposed = {code for code, polarity in one if Stance(code, _other(polarity)) in other}
    if not one or not other:
        return shared, len(opposed), float("nan"), float("nan"), float("nan")
    return (
        shared,
        len(opposed),
        shared / ((len(one) + len(other)) / 2),
        shared / (len(one) + len(other) - shared),
        shared / (len(one) * len(other)) ** 0.5,
    )


def _other(polarity: str) -> str:
    return POLARITIES[1 - POLARITIES.index(polarity)]


def _statements(given: Given, codes: Sequence[str]) -> tuple[dict[str, list[Statement]], list[Remark]]:
    """Statements by role, and what must be said of those without an actor."""
    import numpy as np

    units = given.kept["actor"].array
    under = given.under(codes)
    polarity, code = (values_of(given.codings[name]) for name in ("polarity", "code"))
    denied = (given.codings["polarity"] == POLARITIES[1]) & (given.codings["modality"] == "actual")
    stated = (given.codings["countable"] | denied).to_numpy(dtype=bool) & (given.coding_rows >= 0)
    many = np.array([len(under[found]) for found in distinct(code)] or [0])[code.at] * stated
    assessed = np.array([said in POLARITIES for said in distinct(polarity)] or [False])[polarity.at]
    asked, bare = int(many.sum()), int(many[~assessed].sum())
    speaker: list[Statement] = []
    holder: list[Statement] = []
    known = silent = 0
    for row, found, said, held in given.told(
        "code", "polarity", "holder", codes=codes, which=stated & assessed
    ):
        kind, unit = str(given.kinds[row]), str(units[row])
        whose = unit if held == "self" else held.removeprefix("other:") if held.startswith("other:") else ""
        for own in under[found]:
            if unit:
                speaker.append(Statement(kind, unit, own, said, row))
            else:
                silent += 1
            if whose:
                known += 1
                holder.append(Statement(kind, whose, own, said, row))
    remarks: list[Remark] = []
    if bare:
        remarks.append(
            remark(
                "{n} of {all} codings neither affirm nor negate (not assessed): left out", n=bare, all=asked
            )
        )
    if silent:
        remarks.append(remark("{n} of {all} codings have no actor who speaks", n=silent, all=asked))
    made = {"speaker": speaker}
    if asked and known >= KNOWN * asked:
        made["holder"] = holder
    elif asked:
        remarks.append(remark("too few holders are known: actors are shown as speakers only"))
    return made, remarks


def _affiliation(
    given: Given, role: str, kind: str, here: Sequence[Statement], codes: Sequence[str], duplicates: str
) -> list[Row]:
    import numpy as np

    said = [str(day) for day in given.kept["t_said"].tolist()]
    order = {code: n for n, code in enumerate(codes)}
    of: dict[tuple[str, int], list[Statement]] = {}
    whole: dict[str, set[int]] = {}
    for one in here:
        of.setdefault((one.actor, order[one.code]), []).append(one)
        whole.setdefault(one.actor, set()).add(one.row)
    rows: list[Row] = []
    for (actor, number), mine in sorted(of.items()):
        yes, no = (
            len({_occasion(given, one.row, said[one.row], duplicates) for one in mine if one.polarity == way})
            for way in POLARITIES
        )
        places = np.array(sorted({one.row for one in mine}), dtype=int)
        rows.append(
            (
                *(basis_of(kind), kind, role, actor, codes[number], yes, no, yes + no, yes - no),
                *(len(whole[actor]), len({given.names[row] for row in places.tolist()}), len(places)),
                *(duplicates, given.quotes(places)),
            )
        )
    return rows


def _occasion(given: Given, row: int, said: str, duplicates: str) -> str | int:
    """What a statement is counted once in; one without a date counts by its document."""
    if duplicates == "include":
        return row
    digits = {"month": 7, "year": 4}.get(duplicates, 0)
    return said[:digits] if digits and len(said) >= digits else given.names[row]


def _edges(given: Given, role: str, kind: str, here: Sequence[Statement]) -> list[Row]:
    held: dict[str, set[Stance]] = {}
    places: dict[tuple[str, str], set[int]] = {}
    for said in here:
        held.setdefault(said.actor, set()).add(Stance(said.code, said.polarity))
        places.setdefault((said.actor, said.code), set()).add(said.row)
    stances = {actor: frozenset(held[actor]) for actor in sorted(held)}
    rows_of = {
        actor: set().union(*(places[actor, stance.code] for stance in own)) for actor, own in stances.items()
    }
    made: list[Row] = []
    for a, b in combinations(stances, 2):
        one, other = stances[a], stances[b]
        same, opposed, average, jaccard, cosine = likeness(one, other)
        if not same and not opposed:
            continue
        alike = sorted({stance.code for stance in one & other})
        disputed = sorted({s.code for s in one if Stance(s.code, _other(s.polarity)) in other})
        texts = {given.names[row] for row in rows_of[a] | rows_of[b]}
        quoted = set().union(
            *(places[actor, code] for actor in (a, b) for code in dict.fromkeys([*alike, *disputed]))
        )
        made.append(
            (
                *(basis_of(kind), kind, role, a, b, same, opposed, same - opposed, average, jaccard, cosine),
                *(len(one), len(other), len(rows_of[a] | rows_of[b]), len(texts), len(quoted)),
                *(tuple(alike), tuple(disputed)),
                "one document speaks for both" if len(texts) < 2 else "",
            )
        )
    return made


def _two_mode(table: Sequence[Row]) -> nx.Graph[str]:
    """Actors and codes, an edge for what an actor says of a code; node names carry their sort."""
    import networkx as nx

    made: nx.Graph[str] = nx.Graph()
    rows = _dicts(table, "affiliation")
    for actor in dict.fromkeys(line["actor"] for line in rows):
        made.add_node(f"actor:{actor}", name=actor, sort="actor")
    for code in dict.fromkeys(line["code"] for line in rows):
        made.add_node(f"code:{code}", name=code, sort="code")
    for line in rows:
        made.add_edge(
            f"actor:{line['actor']}",
            f"code:{line['code']}",
            **{name: line[name] for name in ("affirmed", "negated", "combined", "subtracted", "n_documents")},
            weight=line["combined"],
        )
    return made


def _one_mode(table: Sequence[Row], links: Sequence[Row]) -> nx.Graph[str]:
    import networkx as nx

    made: nx.Graph[str] = nx.Graph()
    for line in _dicts(table, "affiliation"):
        made.add_node(line["actor"], n_segments=line["n_segments"])
    for line in _dicts(links, "actor_edges"):
        kept = {k: v for k, v in line.items() if k not in ("basis", "kind", "role", "source", "target")}
        made.add_edge(line["source"], line["target"], **kept, weight=line["congruence"])
    return made


def _dicts(rows: Sequence[Row], table: str) -> list[Mapping[str, Any]]:
    held: pd.DataFrame = frame(rows, table)
    return held.to_dict("records")  # type: ignore[return-value]
