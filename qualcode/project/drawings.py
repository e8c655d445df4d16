"""The network and the timeline of a run as files to look at and to open elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualcode.codebook.records import spoken

if TYPE_CHECKING:
    import pandas as pd

    from qualcode.codebook import Codebook
    from qualcode.project.passes import Results

LEGIBLE = 4  # codes that a figure of one level should at least show


def language_of(results: Results) -> str:
    """The language of figures and pages: the study's, else the codebook's first."""
    return results.study.language or next(iter(results.codebook.languages), "zh")


def names_of(codebook: Codebook, lang: str) -> dict[str, str]:
    """Return the name of each code in a language, else in the other, else its id."""
    return {code.id: spoken(code.name, lang, code.id) for code in codebook.codes.values()}


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


def draw_network(results: Results, nodes: pd.DataFrame, edges: pd.DataFrame) -> None:
    """Write network.graphml, .gexf, .html, the figure and its caption, for the study's unit and level."""
    from qualcode.analysis.contexts import contexts
    from qualcode.analysis.network import graph
    from qualcode.output.captions import caption_file, network_caption
    from qualcode.output.gexf import gexf
    from qualcode.output.graphml import graphml
    from qualcode.output.layout import layout
    from qualcode.output.network_figure import network_figure
    from qualcode.output.network_html import network_html

    study, lang = results.study, language_of(results)
    unit = study.network.figure
    level = figure_level(nodes, study.network.level)
    drawn = graph(nodes, edges, level=level, unit=unit)
    labels = names_of(results.codebook, lang)
    files = {
        "network.graphml": graphml(drawn),
        "network.gexf": gexf(drawn, labels=labels, positions=layout(drawn, seed=study.seed)),
        "network.html": network_html(
            results.documents,
            results.segments,
            results.codings,
            results.codebook,
            nodes,
            edges,
            lang=lang,
            unit=unit,
            level=level,
            seed=study.seed,
        ),
    }
    pictures, problems = network_figure(
        drawn, labels=labels, lang=lang, seed=study.seed, formats=study.output.figures
    )
    results.problems += problems
    held = contexts(results.documents, results.segments, unit)

    def caption(tongue: str) -> str:
        return network_caption(
            drawn,
            tongue,
            contexts=len(held),
            documents=held.segments["document_id"].nunique(),
            unit=unit,
            level=level,
            labels=names_of(results.codebook, tongue),
            seed=study.seed,
        )

    files |= {f"network.{form}": picture for form, picture in pictures.items()}
    files["network_caption.md"] = caption_file(caption)
    _write(results, files)


def draw_timeline(results: Results, table: pd.DataFrame) -> None:
    """Write the timeline figure and its caption."""
    from qualcode.output.captions import caption_file, timeline_caption
    from qualcode.output.timeline_figure import commonest, timeline_figure

    study, lang = results.study, language_of(results)
    codes = commonest(table[(table["grain"] == "year").to_numpy(dtype=bool)])
    pictures, problems = timeline_figure(
        table,
        study.events,
        labels=names_of(results.codebook, lang),
        codes=codes,
        lang=lang,
        formats=study.output.figures,
    )
    results.problems += problems

    def caption(tongue: str) -> str:
        names = names_of(results.codebook, tongue)
        return timeline_caption(tongue, codes=[names[code] for code in codes], seed=study.seed)

    files = {f"timeline.{form}": picture for form, picture in pictures.items()}
    _write(results, {**files, "timeline_caption.md": caption_file(caption)})


def _write(results: Results, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        (results.out / name).write_bytes(content)
