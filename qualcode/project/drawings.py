"""The network, the timeline and the report of a run: files to look at and to open elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from qualcode.analysis.basis import resting
from qualcode.codebook.records import spoken
from qualcode.problems import StudyError
from qualcode.project.provenance import at_home

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.analysis.passages import Passages
    from qualcode.codebook import Codebook
    from qualcode.project.passes import Results
    from qualcode.project.study import Study


class Drawn(NamedTuple):
    """A figure in each format and its caption by language."""

    pictures: Mapping[str, bytes]
    caption: Callable[[str], str]


LEGIBLE = 4  # codes that a figure of one level should at least show


def language_of(results: Results) -> str:
    """The language of figures and pages: the study's, else the codebook's first."""
    return results.study.language or next(iter(results.codebook.languages), "zh")


def names_of(codebook: Codebook, lang: str) -> dict[str, str]:
    """Return the name of each code in a language, else in the other, else its id."""
    return {code.id: spoken(code.name, lang, code.id) for code in codebook.codes.values()}


def note_of(results: Results) -> str:
    """The line below every figure: whose codings it rests on."""
    from qualcode.output.captions import basis_note

    return basis_note(resting(results.codings, results.basis), results.basis, language_of(results))


def figure_level(nodes: pd.DataFrame, wanted: int = 0) -> int:
    """Return the level of the code tree to draw: the one asked for, else the top one with enough codes found.

    Where no level has at least `LEGIBLE` codes, it is the one with the most.
    """
    if wanted:
        return wanted
    found = nodes[(nodes["n"] > 0).to_numpy(dtype=bool)]
    counts = Counter(level for level, _ in set(zip(found["level"].tolist(), found["code"], strict=True)))
    enough = [level for level in sorted(counts) if counts[level] >= LEGIBLE]
    best = enough or sorted(counts, key=lambda level: (-counts[level], level)) or [1]
    return int(best[0])


def draw_network(
    results: Results, nodes: pd.DataFrame, edges: pd.DataFrame, behind: Mapping[str, Passages]
) -> None:
    """Write network.graphml, .gexf, .html, the figure and its caption, for the study's unit and level.

    `behind` are the segments behind the edges, by unit.
    """
    from qualcode.analysis.network import graph
    from qualcode.output.captions import caption_file, network_caption
    from qualcode.output.gexf import gexf
    from qualcode.output.graphml import graphml
    from qualcode.output.layout import layout
    from qualcode.output.network_figure import network_figure
    from qualcode.output.network_html import network_html, page_data

    study, lang = results.study, language_of(results)
    unit = study.network.figure
    shown = _of_facets(results, nodes)
    level = figure_level(shown, study.network.level)
    drawn = graph(shown, _between(edges, shown), level=level, unit=unit, least=study.network.least)
    labels = names_of(results.codebook, lang)
    tables = (results.documents, results.segments, results.codings, results.codebook, nodes, edges)
    rest = resting(results.codings, results.basis)
    results.network_page = page_data(*tables, rest=rest, basis=results.basis, seed=study.seed, behind=behind)
    files = {
        "network.graphml": graphml(drawn),
        "network.gexf": gexf(drawn, labels=labels, positions=layout(drawn, seed=study.seed)),
        "network.html": network_html(
            *tables,
            lang=lang,
            unit=unit,
            level=level,
            facets=study.network.facets,
            data=results.network_page,
        ),
    }
    pictures, problems = network_figure(
        drawn,
        labels=labels,
        lang=lang,
        seed=study.seed,
        formats=with_svg(study),
        note=note_of(results),
    )
    results.problems += problems
    held = behind.get(unit)  # without a case there is nothing behind cases

    def caption(tongue: str) -> str:
        return network_caption(
            drawn,
            tongue,
            contexts=held.contexts if held else 0,
            documents=held.documents if held else 0,
            unit=unit,
            level=level,
            labels=names_of(results.codebook, tongue),
            seed=study.seed,
            rest=rest,
            basis=results.basis,
        )

    results.drawn["network"] = Drawn(pictures, caption)
    files |= {f"network.{form}": pictures[form] for form in study.output.figures}
    files["network_caption.md"] = caption_file(caption)
    _write(results, files)


def _of_facets(results: Results, nodes: pd.DataFrame) -> pd.DataFrame:
    """The nodes of the facets that the study wants drawn; all where it names none."""
    wanted = results.study.network.facets
    unknown = [facet for facet in wanted if facet not in set(results.codebook.facets)]
    if unknown:
        raise StudyError(
            "network.facets names '{facet}', but the codebook has no such facet",
            hint="its facets are: {known}",
            facet=unknown[0],
            known=", ".join(results.codebook.facets),
        )
    return nodes[nodes["facet"].isin(wanted)] if wanted else nodes


def _between(edges: pd.DataFrame, nodes: pd.DataFrame) -> pd.DataFrame:
    """The edges whose ends are both among the nodes."""
    codes = set(nodes["code"])
    return edges[edges["source"].isin(codes) & edges["target"].isin(codes)]


def draw_timeline(results: Results, table: pd.DataFrame) -> None:
    """Write the timeline figure and its caption."""
    from qualcode.output.captions import caption_file, timeline_caption
    from qualcode.output.timeline_figure import commonest, drawn_panels, timeline_figure

    study, lang = results.study, language_of(results)
    years = table[(table["grain"] == "year").to_numpy(dtype=bool)]
    codes = commonest(years)
    left_out = drawn_panels(years, codes)[1]
    pictures, problems = timeline_figure(
        table,
        study.events,
        labels=names_of(results.codebook, lang),
        codes=codes,
        lang=lang,
        formats=with_svg(study),
        note=note_of(results),
    )
    results.problems += problems

    def caption(tongue: str) -> str:
        names = names_of(results.codebook, tongue)
        return timeline_caption(
            tongue,
            codes=[names[code] for code in codes],
            seed=study.seed,
            left_out=left_out,
            rest=resting(results.codings, results.basis),
            basis=results.basis,
        )

    results.drawn["timeline"] = Drawn(pictures, caption)
    files = {f"timeline.{form}": pictures[form] for form in study.output.figures}
    _write(results, {**files, "timeline_caption.md": caption_file(caption)})


def write_report(results: Results) -> None:
    """Write report.html from the tables and figures the passes before it made."""
    from qualcode import __version__
    from qualcode.output.report_blocks import Findings
    from qualcode.output.report_html import report_html

    study, lang, made = results.study, language_of(results), results.made
    findings = Findings(
        codebook=results.codebook,
        documents=results.documents,
        segments=results.segments,
        codings=results.codings,
        matches=results.matches,
        nodes=made["nodes"],
        edges=made["edges"],
        timeline=made["timeline"],
        events=study.events,
        phases=study.phases,
        phase_sets=study.phase_sets,
        figures={name: drawn.pictures["svg"] for name, drawn in results.drawn.items()},
        captions={name: drawn.caption(lang) for name, drawn in results.drawn.items()},
        problems=(*results.known, *at_home(results.problems, study)),
        analysed=results.analysed,
        unasked=results.unasked,
        network=results.network_page,
        claims=made.get("claims"),
        reasons=results.reasons,
        title=spoken(study.title, lang),
        unit=results.unit,
        figure_unit=study.network.figure,
        level=figure_level(_of_facets(results, made["nodes"]), study.network.level),
        facets=study.network.facets,
        seed=study.seed,
        version=__version__,
    )
    _write(results, {"report.html": report_html(findings, lang)})


def with_svg(study: Study) -> tuple[str, ...]:
    """The formats asked for, and SVG, which the report needs."""
    return tuple(dict.fromkeys((*study.output.figures, "svg")))


def _write(results: Results, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (results.out / name).write_bytes(content)
