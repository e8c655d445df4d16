"""The co-occurrence network as a figure for print, and as little as can be misread in it.

A circle is a code, its area the documents with it; a line is two codes that met at least twice and more often
than chance would have it, its width how often. A line is black where the interval of lift lies above 1 and
grey and dashed where it includes chance or none could be given. Codes without a line are not drawn: the
caption names them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from qualcode.analysis.network import part_of
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
from qualcode.output.labels import Box, Node, place_labels
from qualcode.output.layout import layout
from qualcode.output.words import words
from qualcode.problems import Problem

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes

HEIGHT = 11.5 * CM
LEGEND = 1.7 * CM
LARGEST = 11.0  # points, radius
WIDEST = 3.6  # points


def network_figure(
    graph: nx.Graph[str],
    *,
    labels: Mapping[str, str] | None = None,
    lang: str = "zh",
    seed: int = 0,
    formats: Sequence[str] = FORMATS,
    note: str = "",
) -> tuple[dict[str, bytes], list[Problem]]:
    """Draw a graph made by `analysis.network.graph`; return the bytes by format, and a warning about fonts.
    `note` is written below.

    `labels` are names by code; ids stand in where there is none, or no font for it. A graph without an edge
    gives a picture that says so.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    say = words(lang)
    drawn = part_of(graph, {code for code in graph if graph.degree(code)})
    names = {code: (labels or {}).get(code) or code for code in drawn}
    problems = font_problems([*names.values(), say("documents")])
    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, LEGEND / HEIGHT, 1, 1 - LEGEND / HEIGHT))
        axes.set_axis_off()
        axes.set_xlim(0, WIDTH * 72)
        axes.set_ylim(0, (HEIGHT - LEGEND) * 72)
        if not drawn.number_of_edges():
            nothing = say("No two codes met at least twice and more often than chance would have it.")
            english = "No two codes met at least twice and more often than chance would have it."
            axes.text(WIDTH * 36, 130, printable(nothing, english), ha="center", va="center")
        else:
            places = _scaled(layout(drawn, seed=seed))
            _edges(axes, drawn, places)
            _nodes(axes, drawn, places)
            _labels(axes, drawn, places, {code: printable(name, code) for code, name in names.items()})
            _legend(figure.add_axes((0, 0, 1, LEGEND / HEIGHT)), drawn, lang)
        return rendered(figure, formats, note), problems


def _scaled(places: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Stretch positions to points on the page, with room for labels at the sides."""
    across, up = WIDTH * 72, (HEIGHT - LEGEND) * 72
    return {code: (45 + x * (across - 90), 14 + y * (up - 28)) for code, (x, y) in places.items()}


def _radius(count: int, most: int) -> float:
    """The area of a circle, not its radius, says how many."""
    share: float = count / max(most, 1)
    return max(LARGEST * sqrt(share), 2.5)


def _thickness(n: int, most: int) -> float:
    share: float = n / max(most, 1)
    return 0.6 + (WIDEST - 0.6) * sqrt(share)


def _edges(axes: Axes, graph: nx.Graph[str], places: Mapping[str, tuple[float, float]]) -> None:
    most = max(data["n"] for _, _, data in graph.edges(data=True))
    links = sorted(graph.edges(data=True), key=lambda edge: (not edge[2]["chance"], edge[2]["n"], edge[:2]))
    for order, (a, b, data) in enumerate(links):
        _line(axes, places[a], places[b], _thickness(data["n"], most), data["chance"], order)


def _line(
    axes: Axes, a: tuple[float, float], b: tuple[float, float], width: float, chance: bool, order: int = 0
) -> None:
    dashes: Any = (0, (2.5, 1.5)) if chance else "-"
    color = GREY if chance else INK
    axes.plot(
        [a[0], b[0]],
        [a[1], b[1]],
        color=color,
        lw=width,
        ls=dashes,
        zorder=1 + order / 10_000,
        solid_capstyle="round",
    )


def _nodes(axes: Axes, graph: nx.Graph[str], places: Mapping[str, tuple[float, float]]) -> None:
    most = max(int(data["n_documents"]) for _, data in graph.nodes(data=True))
    for code, data in graph.nodes(data=True):
        _circle(axes, places[code], _radius(int(data["n_documents"]), most))


def _circle(axes: Axes, at: tuple[float, float], radius: float) -> None:
    from matplotlib.patches import Circle

    axes.add_patch(Circle(at, radius, facecolor=PALE, edgecolor=INK, lw=0.8, zorder=3))


def _labels(
    axes: Axes, graph: nx.Graph[str], places: Mapping[str, tuple[float, float]], names: Mapping[str, str]
) -> None:
    most = max(int(data["n_documents"]) for _, data in graph.nodes(data=True))
    order = sorted(graph, key=lambda code: (-graph.degree(code), code))
    nodes = []
    for code in order:
        width, height = text_size(axes, names[code])
        radius = _radius(int(graph.nodes[code]["n_documents"]), most)
        nodes.append(Node(*places[code], radius, width, height))
    number = {code: n for n, code in enumerate(order)}
    lines = [(number[a], number[b]) for a, b in graph.edges]
    frame = Box(1, 1, WIDTH * 72 - 1, (HEIGHT - LEGEND) * 72 - 1)
    from matplotlib.patheffects import withStroke

    for code, box in zip(order, place_labels(nodes, frame, lines), strict=True):
        axes.text(
            (box.left + box.right) / 2,
            (box.low + box.high) / 2,
            names[code],
            ha="center",
            va="center",
            zorder=4,
            path_effects=[withStroke(linewidth=1.6, foreground="white")],
        )


def text_size(axes: Axes, text: str) -> tuple[float, float]:
    """Measure a text in points."""
    figure: Any = axes.figure
    label = axes.text(0, 0, text)
    box = label.get_window_extent(figure.canvas.get_renderer())
    label.remove()
    return box.width * 72 / figure.dpi + 2, box.height * 72 / figure.dpi + 1


def _legend(axes: Axes, graph: nx.Graph[str], lang: str) -> None:
    """Say what circles and lines mean, with the smallest and the largest there are."""
    say = words(lang)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH * 72)
    axes.set_ylim(0, LEGEND * 72)
    counts = sorted({int(data["n_documents"]) for _, data in graph.nodes(data=True)})
    weights = sorted({int(data["n"]) for _, _, data in graph.edges(data=True)})
    y, x = LEGEND * 72 - 13, 20.0
    for count in dict.fromkeys((counts[0], counts[-1])):
        radius = _radius(count, counts[-1])
        _circle(axes, (x + radius, y), radius)
        x = _said(axes, x + 2 * radius + 4, y, printable(say("{n} documents", n=count), f"{count} documents"))
    for n in dict.fromkeys((weights[0], weights[-1])):
        _line(axes, (x, y), (x + 22, y), _thickness(n, weights[-1]), False)
        x = _said(axes, x + 27, y, printable(say("met {n} times", n=n), f"met {n} times"))
    solid = say("more often than chance (95 % interval)")
    grey = say("the interval includes chance, or none could be given")
    x, y = 20.0, 12.0
    for text, english, chance in (
        (solid, "more often than chance (95 % interval)", False),
        (grey, "the interval includes chance, or none could be given", True),
    ):
        _line(axes, (x, y), (x + 22, y), 1.6, chance)
        x = _said(axes, x + 27, y, printable(text, english))


def _said(axes: Axes, x: float, y: float, text: str) -> float:
    """Write a text and return where the next thing may begin."""
    axes.text(x, y, text, va="center", fontsize=7)
    return x + text_size(axes, text)[0] * 7 / 8 + 14
