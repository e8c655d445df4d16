"""network.html: the co-occurrence network to look into, one file that works offline.

Filter by unit, level, facet, source and count; click an edge, or choose it in the table, and read the
segments behind it. Everything is counted and laid out here; the page only shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from qualcode.analysis.basis import CURRENT, Rest
from qualcode.analysis.codes import reference
from qualcode.analysis.network import graph, includes_chance
from qualcode.analysis.passages import Passages, marked, passages
from qualcode.model import TALK
from qualcode.output.captions import NOBODY, coded_by, unit_name
from qualcode.output.layout import layout
from qualcode.output.page import json_data, packaged, policy
from qualcode.output.words import words

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook.records import Codebook

SHOWN = 800
# Columns of edges, and what the page calls them.
_COUNTS = {
    "n": "n",
    "n_shared": "shared",
    "n_documents": "docs",
    "n_interview": "talk",
    "n_document": "written",
}
_MEASURES = ("lift", "lo", "hi", "p")
ACROSS, DOWN = 1100, 760

# Everything the page says; the keys are looked up by its script.
SAID = {
    "title": "Co-occurrence network",
    "unit": "Context",
    "level": "Level of the code tree",
    "facets": "Facets",
    "nofacet": "without a facet",
    "source": "Material",
    "all": "all",
    "talk": "interviews, focus groups, field notes",
    "written": "policies, minutes, reports",
    "least": "At least this many contexts",
    "strong": "only more often than independence (lift > 1)",
    "edges": "Edges",
    "pair": "Pair",
    "n": "n",
    "docs": "documents",
    "lift": "lift",
    "interval": "95 % interval",
    "p": "p",
    "shown": "{shown} edges shown.",
    "hidden": "{hidden} more, with the fewest contexts, are not shown.",
    "showall": "Show all",
    "none": "No edge passes these filters.",
    "choose": "Click an edge, or choose a pair in the table, to read the segments behind it.",
    "behind": "Segments behind {a} – {b}",
    "contexts": "{shown} of {n} contexts, spread over documents; all are in coded_segments.csv.",
    "shared": "{n} further contexts have both only on the same words; they are not counted.",
    "whole": "Lift, interval and p are of all material together.",
    "withheld": "withheld",
    "nointerval": "too few documents",
    "legend": "Circle: documents with the code. Line: contexts; grey and dashed where the interval includes "
    "chance or none could be given.",
    "mentions": "Counts are mentions, not importance; lines are no causes.",
    "picture": "Picture of the network; the table holds the same edges.",
}


def network_html(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    *,
    lang: str = "zh",
    unit: str = "",
    level: int = 1,
    facets: Sequence[str] = (),
    title: str = "",
    rest: Rest = NOBODY,
    basis: str = CURRENT,
    seed: int = 0,
    shown: int = SHOWN,
    data: Mapping[str, Any] | None = None,
) -> bytes:
    """Return the page for all units in the tables of nodes and edges.

    It opens in `lang` with `unit` (the first where not given), `level` and `facets` (all where none); at most
    `shown` edges are drawn at first. `data` is what `page_data` gathered of the same tables, where that was
    done before. Quotes are in the page, so it is as confidential as the material.
    """
    import jinja2
    from markupsafe import Markup

    scripts = (packaged("vendor", "cytoscape", "cytoscape.min.js"), packaged("templates", "network.js"))
    if data is None:
        data = page_data(
            documents, segments, codings, codebook, nodes, edges, rest=rest, basis=basis, seed=seed
        )
    data = dict(data) | {
        "lang": lang,
        "unit": unit or data["units"][0]["id"],
        "level": level,
        "facets": list(facets),
        "named": {facet.id: facet.label(lang) for facet in codebook.facets.values()},
        "shown": shown,
    }
    page = jinja2.Environment(autoescape=True, keep_trailing_newline=True).from_string(
        packaged("templates", "network.html")
    )
    return page.render(
        lang=lang,
        title=title or words(lang)(SAID["title"]),
        policy=policy(scripts),
        style=Markup(packaged("templates", "network.css")),
        data=Markup(json_data(data)),
        scripts=[Markup(script) for script in scripts],
        licence=packaged("vendor", "cytoscape", "LICENSE").splitlines()[0],
    ).encode()


def page_data(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    *,
    rest: Rest = NOBODY,
    basis: str = CURRENT,
    seed: int = 0,
    behind: Mapping[str, Passages] | None = None,
) -> dict[str, Any]:
    """Gather all the page shows as plain values; segments stand once and edges name them by number.

    `rest` and `basis` say whose codings these are; `behind` are the segments behind the edges by unit, where
    they are known.
    """
    units = list(dict.fromkeys(nodes["unit"]))
    if behind is None:
        behind = {unit: passages(documents, segments, codings, codebook, unit) for unit in units}
    of = {unit: behind[unit].of for unit in units}
    wanted = {name for one in of.values() for groups in one.values() for group in groups for name in group}
    number = {code: n for n, code in enumerate(codebook.codes)}
    listed, quotes = _quotes(documents, segments, codings, codebook, wanted, number)
    return {
        "units": [_unit(unit) for unit in units],
        "codes": _codes(codebook, nodes, edges, units, seed),
        "edges": {unit: _edges(edges, unit, number, of[unit], listed) for unit in units},
        "segments": quotes,
        "said": {tongue: {key: words(tongue)(text) for key, text in SAID.items()} for tongue in ("zh", "en")},
        "coded": {tongue: coded_by(rest, basis, words(tongue)) for tongue in ("zh", "en")},
    }


def _unit(unit: str) -> dict[str, Any]:
    return {"id": unit, **{tongue: unit_name(unit, words(tongue)) for tongue in ("zh", "en")}}


def _codes(
    codebook: Codebook, nodes: pd.DataFrame, edges: pd.DataFrame, units: list[str], seed: int
) -> list[dict[str, Any]]:
    """Describe the codes in tree order, each with its place: one layout per level, for all units the same."""
    places: dict[str, tuple[float, float]] = {}
    figure = "speech-run3" if "speech-run3" in units else units[0]
    for level in sorted(set(nodes["level"])):
        places |= layout(graph(nodes, edges, level=int(level), unit=figure), seed=seed)
    counts: dict[str, dict[str, list[int]]] = {}
    for unit, code, *found in _lines(nodes, "unit", "code", "n", "n_documents", "n_interview", "n_document"):
        counts.setdefault(unit, {})[code] = [*map(int, found)]
    return [
        {
            "id": code.id,
            "zh": code.label("zh"),
            "en": code.label("en"),
            "facet": code.facet,
            "level": code.level,
            "x": round(places[code.id][0] * ACROSS, 1),
            "y": round((1 - places[code.id][1]) * DOWN, 1),
            "n": {unit: counts[unit][code.id] for unit in units},
        }
        for code in codebook.codes.values()
    ]


def _edges(
    edges: pd.DataFrame,
    unit: str,
    number: Mapping[str, int],
    behind: Mapping[tuple[str, str], tuple[tuple[str, ...], ...]],
    listed: Mapping[str, int],
) -> list[dict[str, Any]]:
    """Describe the edges of one unit that meet at least once, most contexts first."""
    rows = edges[((edges["unit"] == unit) & (edges["n"] > 0)).to_numpy(dtype=bool)]
    chances = includes_chance(rows).tolist()
    made: list[dict[str, Any]] = []
    for line, chance in zip(_lines(rows, "source", "target", *_COUNTS, *_MEASURES), chances, strict=True):
        source, target, *found = line
        counts, measures = found[: len(_COUNTS)], found[len(_COUNTS) :]
        made.append(
            {
                "a": number[source],
                "b": number[target],
                **dict(zip(_COUNTS.values(), map(int, counts), strict=True)),
                **dict(zip(_MEASURES, map(_number, measures), strict=True)),
                "chance": chance,
                "at": [[listed[name] for name in group] for group in behind.get((source, target), ())],
            }
        )
    return sorted(made, key=lambda edge: (-edge["n"], edge["a"], edge["b"]))


def _quotes(
    documents: pd.DataFrame,
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    codebook: Codebook,
    wanted: set[str],
    number: Mapping[str, int],
) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """Return the number of each segment, and the segments: reference, material, pieces with their codes."""
    kind = dict(zip(documents["document_id"], documents["kind"], strict=True))
    pieces = marked(segments, codings, codebook, wanted)
    kept = segments[segments["segment_id"].isin(wanted).to_numpy(dtype=bool)]
    listed: dict[str, int] = {}
    quotes: list[dict[str, Any]] = []
    for name, document, *where in _lines(kept, "segment_id", "document_id", "speaker", "time", "article"):
        listed[name] = len(quotes)
        quotes.append(
            {
                "ref": reference(document, *where),
                "id": name,
                "from": "talk" if kind.get(document) in TALK else "written" if kind.get(document) else "",
                "text": [[text, [number[code] for code in codes]] for text, codes in pieces[name]],
            }
        )
    return listed, quotes


def _lines(table: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """Some columns of a table line by line."""
    return zip(*(table[name].tolist() for name in names), strict=True)


def _number(value: Any) -> float | None:
    return float(f"{value:.6g}") if isfinite(value) else None
