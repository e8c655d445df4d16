"""What the report's script shows: quotes by number, the network and the timeline, as plain values.

Segments stand once; cells, lines and points name them by number. At most `MOST` are in the page, those behind
tables first: a report of a large corpus stays a file that can be mailed. What is left out is still counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from qualcode.analysis.codes import reference
from qualcode.analysis.instances import Point, instances
from qualcode.analysis.numbering import places_of
from qualcode.analysis.passages import marked
from qualcode.codebook.records import Facet, spoken
from qualcode.output.captions import unit_name
from qualcode.output.report_blocks import Behind, Findings, Section, Table, Widget, Words
from qualcode.output.timeline_figure import without_thin_ends
from qualcode.output.words import KIND_NAMES

if TYPE_CHECKING:
    import pandas as pd

MOST = 3000  # segments in the page
EDGES, POINTS = 500, 6000  # lines of the network, points of the timeline
CONTEXTS = 5  # of a line of the network
GRAINS = ("year", "phase")
SHORT = 12  # characters of a facet's question that can stand for its name
BASES = {"document": "by date in force", "about": "by the time it tells of", "said": "by when it was held"}
SAID = {
    "quotes": "{shown} of {n} segments; all are in coded_segments.csv.",
    "some": "Some segments behind this; all are in coded_segments.csv.",
    "close": "Close",
    "show": "Show the segments behind {what}",
    "level": "Level of the code tree",
    "facets": "Facets",
    "nofacet": "without a facet",
    "material": "Material",
    "all": "all",
    "talk": "interviews, focus groups, field notes",
    "written": "policies, minutes, reports",
    "least": "At least this many contexts",
    "strong": "only more often than independence (lift > 1)",
    "sure": "only where the interval lies above chance",
    "with": "with the code",
    "any": "any code",
    "pair": "Pair",
    "n": "n",
    "lift": "lift",
    "interval": "95 % interval",
    "p": "p",
    "edges": "{shown} of {n} pairs that pass the filter are shown, those with most contexts.",
    "none": "No pair passes the filter.",
    "network": "Network of codes; the table below it has the same pairs.",
    "behind": "Contexts behind {what}",
    "kind": "Material and its time",
    "period": "Period",
    "codes": "Codes",
    "share": "mean share",
    "segments": "segments",
    "documents": "documents",
    "exposure": "of codable",
    "code": "Code",
    "timeline": "Shares over time; the table below it has the same points.",
    "empty": "No material for this choice.",
    "year": "years",
    "phase": "phases",
}


def page_data(
    findings: Findings, sections: Sequence[Section], say: Words, lang: str
) -> tuple[dict[str, Any], dict[str, int]]:
    """Return all the script needs, and the number of each segment that is in the page."""
    import pandas as pd

    widgets = {b.name for section in sections for b in section.blocks if isinstance(b, Widget)}
    wanted = dict.fromkeys(_behind(sections))
    points = (
        instances(findings.documents, findings.codings, findings.codebook) if "timeline" in widgets else {}
    )
    series = _series(findings, points, say, lang) if "timeline" in widgets else {}
    edges = _edges(findings) if "network" in widgets else []
    for row in series.get("rows", ()):
        wanted |= dict.fromkeys(row[-1])
    for edge in edges:
        wanted |= dict.fromkeys(name for group in edge["at"] for name in group)
    rows = places_of(pd.Series(list(wanted), dtype=object), findings.segments["segment_id"])
    chosen = [name for name, row in zip(wanted, rows.tolist(), strict=True) if row >= 0][:MOST]
    number = {name: n for n, name in enumerate(chosen)}
    for row in series.get("rows", ()):
        row[-1] = [number[name] for name in row[-1] if name in number]
    for edge in edges:
        edge["at"] = [[number[n] for n in group if n in number] for group in edge["at"]]
    data = {
        "quotes": _quotes(findings, chosen),
        "codes": [
            {"id": c.id, "label": c.label(lang), "facet": c.facet, "level": c.level}
            for c in findings.codebook.codes.values()
        ],
        "said": {key: say(text) for key, text in SAID.items()},
        "network": _network(findings, edges, say, lang) if edges else None,
        "timeline": series or None,
    }
    return data, number


def _behind(sections: Iterable[Section]) -> Iterable[str]:
    for section in sections:
        for block in section.blocks:
            for row in block.rows if isinstance(block, Table) else ():
                for cell in row:
                    yield from cell.ids if isinstance(cell, Behind) else ()


def _quotes(findings: Findings, chosen: Sequence[str]) -> list[dict[str, Any]]:
    """The words of the segments, split at their evidence, with where they come from."""
    wanted = set(chosen)
    code = {name: n for n, name in enumerate(findings.codebook.codes)}
    pieces = marked(findings.segments, findings.codings, findings.codebook, wanted)
    kept = findings.segments[findings.segments["segment_id"].isin(wanted).to_numpy(dtype=bool)]
    columns = ("segment_id", "document_id", "speaker", "time", "article")
    lines = zip(*(kept[column].tolist() for column in columns), strict=True)
    where = {name: reference(*place) for name, *place in lines}
    return [
        {
            "id": name,
            "ref": where[name],
            "text": [[text, [code[one] for one in codes]] for text, codes in pieces[name]],
        }
        for name in chosen
    ]


def _edges(findings: Findings) -> list[dict[str, Any]]:
    """The lines of the network in the figure's unit, most contexts first, segments by id."""
    page = findings.network
    if not page:
        return []
    ids = [str(segment["id"]) for segment in page["segments"]]
    rows = list(page["edges"].get(findings.figure_unit, ()))[:EDGES]
    return [edge | {"at": [[ids[n] for n in group] for group in edge["at"][:CONTEXTS]]} for edge in rows]


def _network(findings: Findings, edges: Sequence[Mapping[str, Any]], say: Words, lang: str) -> dict[str, Any]:
    facets = findings.codebook.facets.values()
    places = [
        [code["x"], code["y"], code["n"].get(findings.figure_unit, [0, 0])[1]]
        for code in findings.network["codes"]
    ]
    return {
        "edges": edges,
        "places": places,
        "level": findings.level,
        "facets": list(findings.facets),
        "names": {facet.id: _called(facet, lang) for facet in facets},
        "unit": unit_name(findings.figure_unit, say),
    }


def _called(facet: Facet, lang: str) -> str:
    """The name of a facet; where it has none its question, if that is short, else its id."""
    question = spoken(facet.question, lang).rstrip("?？")
    return facet.label(lang) if facet.name or not 0 < len(question) <= SHORT else question


def _series(
    findings: Findings, points: Mapping[Point, tuple[str, ...]], say: Words, lang: str
) -> dict[str, Any]:
    """The points of years and phases with material, of the codes found most, segments by id."""
    table = findings.timeline
    if table.empty:
        return {}
    kept = table[(table["grain"].isin(GRAINS) & (table["exposure_segments"] > 0)).to_numpy(dtype=bool)]
    kept = _without_thin_years(kept)
    sizes = kept.groupby("code", sort=False)["n_segments"].sum()
    order = [str(name) for name in sizes[sizes > 0].sort_values(ascending=False, kind="stable").index]
    code = {name: n for n, name in enumerate(findings.codebook.codes)}
    found: list[list[Any]] = []
    columns = ("basis", "kind", "grain", "period", "modality", "n_segments", "exposure_segments")
    more = ("exposure_documents", "share_macro", "lo", "hi")
    groups: dict[str, list[tuple[Any, ...]]] = {}
    for name, *line in zip(*(kept[column].tolist() for column in ("code", *columns, *more)), strict=True):
        groups.setdefault(name, []).append(tuple(line))
    for name in order:
        part = groups[name]
        if len(found) + len(part) > POINTS:
            break
        for basis, kind, grain, period, modality, n, exposure, documents, *shares in part:
            ids = points.get(Point(basis, kind, grain, period, name, modality), ())
            found.append(
                [
                    *(f"{basis}|{kind}|{modality}", grain, period, code[name], int(n), int(exposure)),
                    *(int(documents), *map(_number, shares), list(ids)),
                ]
            )
    kinds = {
        row[0]: " · ".join(
            (
                say(KIND_NAMES[row[0].split("|")[1]]),
                say(BASES[row[0].split("|")[0]]),
                say(row[0].split("|")[2]),
            )
        )
        for row in found
    }
    chosen = [code[name] for name in order if findings.codebook.codes[name].level == 1]
    phases = {phase.id: phase.name.get(lang) or phase.id for phase in findings.phases}
    return {"rows": found, "kinds": kinds, "first": chosen[:4], "phases": phases}


def _without_thin_years(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out told years at either end that few documents tell of, as the figure does."""
    import pandas as pd

    told = ((rows["grain"] == "year") & (rows["basis"] == "about")).to_numpy(dtype=bool)
    parts = [without_thin_ends(part) for _, part in rows[told].groupby("kind", sort=False)]
    return pd.concat([rows[~told], *parts]).sort_index(kind="stable")


def _number(value: Any) -> float | None:
    return float(f"{value:.4g}") if isfinite(value) else None
