"""The difference of two phases' networks: which pairs of codes meet more, which less.

A solid black line is a pair that meets in a larger share of the contexts after than before, a dashed grey one
in a smaller; the width is the difference. Thin lines have an interval that includes 0. Codes without a line
are not drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.output.figures import (
    CM,
    FORMATS,
    GREY,
    INK,
    PALE,
    WIDTH,
    font_problems,
    printable,
    rendered,
    style,
)
from qualcode.output.words import words
from qualcode.problems import Problem

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from matplotlib.axes import Axes

HEIGHT = 9.5 * CM
ACROSS, UP = WIDTH * 72, HEIGHT * 72 * 0.94  # points
RADIUS = 4.5
LINES = 18
WIDEST = 4.5


def difference_rows(table: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    """Return the pairs of these codes to draw: of one kind and pair of phases, the ones that changed most."""
    inside = table["source"].isin(codes) & table["target"].isin(codes)
    rows = table[(inside & table["lo"].notna()).to_numpy(dtype=bool)]
    if rows.empty:
        return rows
    best: Any = rows.groupby(["kind", "before", "after"], sort=False).size().idxmax()
    same = (rows["kind"] == best[0]) & (rows["before"] == best[1]) & (rows["after"] == best[2])
    mine = rows[same.to_numpy(dtype=bool)]
    mine = mine.assign(size=mine["diff"].abs()).sort_values(["sure", "size"], ascending=False, kind="stable")
    chosen: pd.DataFrame = mine[(mine["size"] > 0).to_numpy(dtype=bool)].head(LINES)
    return chosen


def difference_figure(
    rows: pd.DataFrame,
    *,
    labels: Mapping[str, str],
    lang: str = "zh",
    seed: int = 0,
    formats: Sequence[str] = FORMATS,
    note: str = "",
) -> tuple[dict[str, bytes], list[Problem]]:
    """Draw the rows that `difference_rows` chose; return the bytes by format, and a warning about fonts."""
    import networkx as nx
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from qualcode.output.layout import layout

    say = words(lang)
    graph: nx.Graph[str] = nx.Graph()
    for line in rows.to_dict("records"):
        graph.add_edge(line["source"], line["target"], weight=1, n=1)
    names = {code: labels.get(code, code) for code in graph}
    places = {
        code: (60 + x * (ACROSS - 120), 22 + y * (UP - 40))
        for code, (x, y) in layout(graph, seed=seed).items()
    }
    problems = font_problems([*names.values(), say("meet more after")])
    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0.06, 1, 0.94))
        axes.set_axis_off()
        axes.set_xlim(0, ACROSS)
        axes.set_ylim(0, UP)
        _lines(axes, rows, places)
        _codes(axes, graph, places, {code: printable(name, code) for code, name in names.items()})
        _key(figure, say)
        return rendered(figure, formats, note), problems


def _lines(axes: Axes, rows: pd.DataFrame, places: Mapping[str, tuple[float, float]]) -> None:
    most = float(rows["size"].max())
    dashes: Any = (0, (3, 1.6))
    for order, line in enumerate(reversed(rows.to_dict("records"))):
        (x, y), (far, end) = places[line["source"]], places[line["target"]]
        width = WIDEST * line["size"] / most if line["sure"] else 0.6
        more = line["diff"] > 0
        axes.plot(
            [x, far], [y, end], color=INK if more else GREY, ls="-" if more else dashes, lw=max(width, 0.6),
            zorder=2 + order / 1000, solid_capstyle="round",
        )  # fmt: skip


def _codes(
    axes: Axes, graph: nx.Graph[str], places: Mapping[str, tuple[float, float]], names: Mapping[str, str]
) -> None:
    """Draw the circles, and their names where they cover least."""
    from matplotlib.patheffects import withStroke

    from qualcode.output.labels import Box, Node, place_labels
    from qualcode.output.network_figure import text_size

    order = list(graph)
    nodes = [Node(*places[code], RADIUS, *text_size(axes, names[code])) for code in order]
    number = {code: n for n, code in enumerate(order)}
    lines = [(number[a], number[b]) for a, b in graph.edges]
    boxes = place_labels(nodes, Box(1, 1, ACROSS - 1, UP - 1), lines)
    for code, box in zip(order, boxes, strict=True):
        axes.plot(
            *[[end] for end in places[code]], marker="o", ms=2 * RADIUS, mfc=PALE, mec=INK, mew=0.8, zorder=4
        )
        axes.text(
            (box.left + box.right) / 2,
            (box.low + box.high) / 2,
            names[code],
            ha="center",
            va="center",
            zorder=6,
            path_effects=[withStroke(linewidth=1.6, foreground="white")],
        )


def _key(figure: Any, say: Any) -> None:
    from matplotlib.lines import Line2D

    dashes: Any = (0, (3, 1.6))
    handles = [
        Line2D([], [], color=INK, lw=2.4, label=printable(say("meet more after"), "meet more after")),
        Line2D([], [], color=GREY, lw=2.4, ls=dashes, label=printable(say("meet less"), "meet less")),
        Line2D(
            [], [], color=INK, lw=0.6, label=printable(say("thin: interval includes 0"), "thin: includes 0")
        ),
    ]
    figure.legend(handles=handles, loc="lower center", ncols=3, frameon=False, fontsize=7)
