"""Chains of codes as bands from level to level: how many units hold a code of both, dark where on the theory.

Only links between neighbouring levels are drawn; those that skip a level are in `sankey_links.csv`. Heights
are links, not units: a unit with codes of four levels makes three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from qualcode.output.figures import CM, FORMATS, INK, PALE, WIDTH, font_problems, printable, rendered, style
from qualcode.output.words import words
from qualcode.problems import Problem

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

HEIGHT = 9.5 * CM
LEAST = 6  # links, below which no picture is drawn
NODES = 9  # of a level
ON, OFF = "#4d4d4d", "#c9c9c9"
BAR, GAP = 0.035, 0.02


class Chain(NamedTuple):
    """The links of one theory and kind of material, and its levels in order."""

    theory: str
    kind: str
    levels: tuple[str, ...]
    links: pd.DataFrame


def sankey_chain(links: pd.DataFrame, paths: pd.DataFrame) -> Chain | None:
    """Return the theory and kind with most links between neighbouring levels, over all material."""
    rows = links[
        ((links["phase"] == "") & (links["unit"] == "speech") & (links["skipped"] == 0)).to_numpy(dtype=bool)
    ]
    if rows.empty:
        return None
    sizes = rows.groupby(["theory", "kind"], sort=False)["value"].sum()
    best: Any = sizes.idxmax()
    theory, kind = str(best[0]), str(best[1])
    if float(sizes.max()) < LEAST:
        return None
    stated = paths[(paths["theory"] == theory).to_numpy(dtype=bool)]["levels"]
    levels = tuple(stated.iloc[0]) if len(stated) else tuple(dict.fromkeys(rows["source_level"]))
    mine = rows[((rows["theory"] == theory) & (rows["kind"] == kind)).to_numpy(dtype=bool)]
    return Chain(theory, kind, levels, mine)


def sankey_figure(
    chain: Chain,
    *,
    labels: Mapping[str, str],
    lang: str = "zh",
    formats: Sequence[str] = FORMATS,
    note: str = "",
) -> tuple[dict[str, bytes], list[Problem]]:
    """Draw the chain; return the bytes by format, and a warning about fonts."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    say = words(lang)
    drawn = {name: printable(label, name) for name, label in labels.items()}
    problems = font_problems([*labels.values(), say("on the theory")])
    with style():
        figure = Figure(figsize=(WIDTH, HEIGHT))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0.02, 0.09, 0.96, 0.83))
        axes.set_axis_off()
        axes.set_xlim(-0.02, 1.16)
        axes.set_ylim(0, 1)
        _draw(axes, chain, drawn)
        from matplotlib.patches import Patch

        key = [
            Patch(facecolor=ON, label=printable(say("on the theory"), "on the theory")),
            Patch(facecolor=OFF, label=printable(say("not on it, or not stated"), "not on it")),
        ]
        figure.legend(handles=key, loc="lower center", ncols=2, frameon=False, fontsize=7)
        return rendered(figure, formats, note), problems


def _draw(axes: Axes, chain: Chain, labels: Mapping[str, str]) -> None:
    rows = chain.links.to_dict("records")
    columns = [
        level for level in chain.levels if any(level in (r["source_level"], r["target_level"]) for r in rows)
    ]
    across = {level: n / max(len(columns) - 1, 1) for n, level in enumerate(columns)}
    size: dict[str, dict[str, float]] = {level: {} for level in columns}
    for level in columns:
        into: dict[str, float] = {}
        out: dict[str, float] = {}
        for row in rows:
            if row["target_level"] == level:
                into[row["target"]] = into.get(row["target"], 0.0) + row["value"]
            if row["source_level"] == level:
                out[row["source"]] = out.get(row["source"], 0.0) + row["value"]
        both = {name: max(into.get(name, 0.0), out.get(name, 0.0)) for name in {**into, **out}}
        kept = sorted(both, key=lambda name: (-both[name], name))[:NODES]
        size[level] = {name: both[name] for name in sorted(kept, key=list(labels).index)}
    most = max(sum(held.values()) for held in size.values())
    room = 1 - GAP * NODES
    place: dict[tuple[str, str], float] = {}
    for level, held in size.items():
        top = 1.0
        for name, value in held.items():
            place[level, name] = top
            tall = value / most * room
            axes.add_patch(_box(across[level], top - tall, tall))
            axes.text(
                across[level] + BAR + 0.008,
                top - tall / 2,
                labels.get(name, name),
                va="center",
                fontsize=6.5,
                zorder=5,
            )
            top -= tall + GAP
        axes.text(across[level], 1.03, level, fontsize=7, va="bottom", color="#444444")
    left, right = dict(place), dict(place)
    order = sorted(
        rows, key=lambda r: (r["on_theory"] == "yes", -place.get((r["target_level"], r["target"]), 0))
    )
    for row in sorted(order, key=lambda r: -place.get((r["target_level"], r["target"]), 0)):
        start, end = (row["source_level"], row["source"]), (row["target_level"], row["target"])
        if start not in place or end not in place:
            continue
        tall = row["value"] / most * room
        _band(
            axes,
            across[start[0]] + BAR,
            left[start],
            across[end[0]],
            right[end],
            tall,
            row["on_theory"] == "yes",
        )
        left[start] -= tall
        right[end] -= tall


def _box(x: float, y: float, tall: float) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), BAR, tall, facecolor=PALE, edgecolor=INK, lw=0.6, zorder=4)


def _band(axes: Axes, x: float, top: float, far: float, end: float, tall: float, on: bool) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    middle = (x + far) / 2
    points = [
        *((x, top), (middle, top), (middle, end), (far, end)),
        *((far, end - tall), (middle, end - tall), (middle, top - tall), (x, top - tall), (x, top)),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    patch = PathPatch(
        Path(points, codes), facecolor=ON if on else OFF, edgecolor="none", alpha=0.75, zorder=3 if on else 2
    )
    axes.add_patch(patch)
