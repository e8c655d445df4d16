"""Figures of the named analyses: dominance by phase, chains of the theory, the difference of networks.

Each is drawn where its table has enough for it, as SVG and PNG with a caption in both languages, and goes
into the report too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qualcode.analysis.basis import resting
from qualcode.output.captions import caption_file, coded_by
from qualcode.output.words import KIND_NAMES, Words, words
from qualcode.project.drawings import Drawn, figure_level, language_of, names_of, note_of, with_svg

if TYPE_CHECKING:
    from qualcode.project.passes import Results

Said = Callable[[Words, str], list[str]]


def draw_analyses(results: Results) -> None:
    """Draw what can be drawn of the analyses a run made."""
    for name, draw in (("dominance", _dominance), ("paths", _paths), ("difference", _difference)):
        if name in results.analysed:
            draw(results)


def _dominance(results: Results) -> None:
    from qualcode.output.analysed.over_time import first_family
    from qualcode.output.dominance_figure import dominance_figure

    table = results.analysed["dominance"].tables["dominance"]
    if table.empty:
        return
    lang = language_of(results)
    phases = {phase.id: phase.name.get(lang) or phase.id for phase in results.study.phases}
    family = first_family(table)
    pictures, problems = dominance_figure(
        table,
        family,
        labels=names_of(results.codebook, lang),
        phases=phases,
        lang=lang,
        formats=with_svg(results.study),
        note=note_of(results),
    )

    facets = results.codebook.facets

    def said(say: Words, tongue: str) -> list[str]:
        return [
            say(
                "Codes of the family {family} by phase.",
                family=facets[family].label(tongue) if family in facets else family,
            ),
            say(
                "Points: mean over documents of the share of segments with the code, in talk by the time"
                " told, in documents by date; bars: 95 % interval, resampling documents (seed {seed}).",
                seed=results.study.seed,
            ),
            say("Heights of two codes compare two dictionaries; each code's own course can be read."),
        ]

    _keep(results, "dominance", pictures, said)
    results.problems += problems


def _paths(results: Results) -> None:
    from qualcode.output.sankey_figure import sankey_chain, sankey_figure

    tables = results.analysed["paths"].tables
    chain = sankey_chain(tables["sankey_links"], tables["paths"])
    if chain is None:
        return
    lang = language_of(results)
    pictures, problems = sankey_figure(
        chain,
        labels=names_of(results.codebook, lang),
        lang=lang,
        formats=with_svg(results.study),
        note=note_of(results),
    )

    def said(say: Words, tongue: str) -> list[str]:
        return [
            say(
                "Links of the path {path} in {kind}.",
                path=results.codebook.theories[chain.theory].label(tongue),
                kind=say(KIND_NAMES[chain.kind]),
            ),
            say(
                "A band is a pair of codes of neighbouring levels in one speech, its height how many; dark"
                " ones are on the stated path. Being said together is no cause."
            ),
        ]

    _keep(results, "paths", pictures, said)
    results.problems += problems


def _difference(results: Results) -> None:
    from qualcode.output.difference_figure import difference_figure, difference_rows

    level = figure_level(results.made["nodes"], results.study.network.level)
    facets = results.study.network.facets
    codes = [
        code.id
        for code in results.codebook.codes.values()
        if code.level == level and (not facets or code.facet in facets)
    ]
    rows = difference_rows(results.analysed["difference"].tables["difference_edges"], codes)
    if len(rows) < 3:
        return
    lang = language_of(results)
    pictures, problems = difference_figure(
        rows,
        labels=names_of(results.codebook, lang),
        lang=lang,
        seed=results.study.seed,
        formats=with_svg(results.study),
        note=note_of(results),
    )
    kind, before, after = (str(rows[name].iloc[0]) for name in ("kind", "before", "after"))

    def said(say: Words, tongue: str) -> list[str]:
        return [
            say(
                "Difference of the networks of {before} and {after} in {kind}.",
                before=before,
                after=after,
                kind=say(KIND_NAMES[kind]),
            ),
            say(
                "The {n} pairs of level {level} whose share of contexts changed most. Black: more after than"
                " before; grey, dashed: less; width: by how much; thin: the 95 % interval (resampling"
                " documents, seed {seed}) includes 0. No correction for the number of pairs was made.",
                n=len(rows),
                level=level,
                seed=results.study.seed,
            ),
        ]

    _keep(results, "difference", pictures, said)
    results.problems += problems


def _keep(results: Results, name: str, pictures: dict[str, bytes], said: Said) -> None:
    """Write a figure and its caption, and keep both for the report."""
    if not pictures:
        return

    rest = resting(results.codings, results.basis)

    def caption(tongue: str) -> str:
        say = words(tongue)
        basis = say("Basis: {coded}.", coded=coded_by(rest, results.basis, say))
        return ("" if tongue == "zh" else " ").join([*said(say, tongue), basis])

    results.drawn[name] = Drawn(pictures, caption)
    for form in results.study.output.figures:
        (results.out / f"{name}.{form}").write_bytes(pictures[form])
    (results.out / f"{name}_caption.md").write_bytes(caption_file(caption))
