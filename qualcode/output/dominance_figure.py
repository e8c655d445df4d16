"""Shares of the codes of one family by phase, with their intervals: a panel per kind of material.

A point is the mean over documents of each document's share of segments with the code (corrected by
precision and recall where these are known), the bar its 95 % interval, which resamples documents. Kinds are
never added.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qualcode.output.figures import CM, FORMATS, WIDTH, font_problems, printable, rendered, style
from qualcode.output.timeline_figure import MARKS
from qualcode.output.words import KIND_NAMES, words
from qualcode.problems import Problem

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

PANEL, FOOT = 4.6, 1.2  # cm
PANELS = 3


def dominance_panels(table: pd.DataFrame, family: str) -> list[tuple[str, pd.DataFrame]]:
    """Return the kinds to draw with their rows: those with an interval in two phases, at most three."""
    rows = table[((table["facet"] == family) & table["lo"].notna()).to_numpy(dtype=bool)]
    made = [
        (str(kind), part)
        for kind, part in rows.groupby("kind", sort=False)
        if part["phase"].nunique() > 1 and part["n_quotes"].sum() > 0
    ]
    return made[:PANELS]


def dominance_figure(
    table: pd.DataFrame,
    family: str,
    *,
    labels: Mapping[str, str],
    phases: Mapping[str, str],
    lang: str = "zh",
    formats: Sequence[str] = FORMATS,
    note: str = "",
) -> tuple[dict[str, bytes], list[Problem]]:
    """Draw a family of `dominance`; without a panel nothing is drawn and the first value is empty."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    panels = dominance_panels(table, family)
    if not panels:
        return {}, []
    say = words(lang)
    found = [str(code) for code in dict.fromkeys(code for _, part in panels for code in part["code"])]
    codes = [
        code for code in found if any(part[part["code"] == code]["n_quotes"].sum() for _, part in panels)
    ][: len(MARKS)]
    names = {code: printable(labels.get(code, code), code) for code in codes}
    problems = font_problems([*labels.values(), *phases.values()])
    with style():
        height = (PANEL * len(panels) + FOOT) * CM
        figure = Figure(figsize=(WIDTH, height))
        FigureCanvasAgg(figure)
        for number, (kind, rows) in enumerate(panels):
            bottom = 1 - (PANEL * (number + 1) - 0.9) * CM / height
            axes = figure.add_axes((0.1, bottom, 0.87, (PANEL - 1.7) * CM / height))
            _panel(axes, rows, names, phases)
            axes.set_title(printable(say(KIND_NAMES[kind]), kind), fontsize=8, loc="left")
        handles, shown = figure.axes[0].get_legend_handles_labels()
        figure.legend(handles, shown, loc="lower center", ncols=3, frameon=False, fontsize=7)
        return rendered(figure, formats, note), problems


def _panel(axes: Axes, rows: pd.DataFrame, names: Mapping[str, str], phases: Mapping[str, str]) -> None:
    order = [name for name in phases if name in set(rows["phase"])]
    top = 0.0
    for number, (code, name) in enumerate(names.items()):
        mine = rows[(rows["code"] == code).to_numpy(dtype=bool)]
        line = {str(row["phase"]): row for row in mine.to_dict("records")}
        at = [(order.index(phase), row) for phase, row in line.items()]
        at.sort(key=lambda pair: pair[0])
        marker, dash, color = MARKS[number]
        x = [place + (number - (len(names) - 1) / 2) * 0.09 for place, _ in at]
        y = [_level(row) for _, row in at]
        axes.plot(x, y, ls=dash, marker=marker, ms=4, lw=0.9, color=color, label=name, mfc="white", zorder=2)
        for place, (_, row) in zip(x, at, strict=True):
            if row["p_adj"] != row["p_adj"]:  # the interval is of the share as found
                axes.vlines(place, row["lo"], row["hi"], colors=color, lw=0.8, zorder=1)
                top = max(top, float(row["hi"]))
        top = max([top, *y])
    axes.set_xticks(range(len(order)))
    axes.set_xticklabels([printable(phases[name], name) for name in order])
    axes.set_xlim(-0.5, len(order) - 0.5)
    axes.set_ylim(0, max(top * 1.1, 0.05))
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=7, width=0.6, length=2.5)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")


def _level(row: Mapping[Any, Any]) -> float:
    return float(row["p_adj"] if row["p_adj"] == row["p_adj"] else row["p_macro"])
