"""Shares over time as a figure for print: a panel per kind of material, events as vertical lines.

Real time (documents by their date) stands above told time (talk by the time it tells of), each named so: what
people say today of 2017 is not what was written in 2017. Talk by the day it was held comes last.

A point is the mean over documents of each document's share of codable segments with the code; the thin bar
its 95 % interval, where three documents or more allow one. Of many panels those with most segments are
drawn. A year without material has no point: a line does
not cross it. Kinds and modalities have panels of their own, for they are never added together, each with its
own scale. Below each panel stands how many documents each year rests on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from qualcode.model import Event
from qualcode.output.figures import (
    CM,
    FORMATS,
    WIDTH,
    font_problems,
    printable,
    rendered,
    style,
)
from qualcode.output.timeline_events import draw_events, draw_key, key_rows, marked_events
from qualcode.output.words import KIND_NAMES, Words, words
from qualcode.problems import Problem

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MOST = 6
PANELS = 8
BASES = ("document", "about", "said")
PANEL, HEAD, FOOT, LINE = 3.4, 0.4, 1.3, 0.32  # cm; LINE is one of the key of events
ENOUGH = (
    3  # documents that a year at either end of told time must have to be drawn, or a third if that is more
)
MARKS: tuple[tuple[str, Any, str], ...] = (
    ("o", "-", "#000000"),
    ("s", (0, (5, 1.5)), "#555555"),
    ("^", (0, (1.5, 1.2)), "#000000"),
    ("D", "-", "#999999"),
    ("v", (0, (5, 1.5, 1, 1.5)), "#333333"),
    ("x", (0, (1, 2)), "#777777"),
)


def timeline_figure(
    table: pd.DataFrame,
    events: Sequence[Event] = (),
    *,
    labels: Mapping[str, str] | None = None,
    codes: Sequence[str] = (),
    lang: str = "zh",
    formats: Sequence[str] = FORMATS,
    note: str = "",
) -> tuple[dict[str, bytes], list[Problem]]:
    """Draw the rows of `timeline` by year; return the bytes by format, and a warning about fonts.
    `note` is written below.

    `codes` are those to draw; without, the six codes at the top of the tree with most segments. A table
    without a year gives a picture that says so.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    say = words(lang)
    years = table[(table["grain"] == "year").to_numpy(dtype=bool)]
    chosen = tuple(codes) or commonest(years)
    names = {code: printable((labels or {}).get(code) or code, code) for code in chosen}
    problems = font_problems([*((labels or {}).get(code, "") for code in chosen), say("documents")])
    panels = drawn_panels(years, chosen)[0]
    with style():
        low, high = _span(panels)
        marked = marked_events(events, low, high, lang)
        key = key_rows(marked) * LINE + (0.3 if marked else 0)
        height = (HEAD + PANEL * max(len(panels), 1) + FOOT + key) * CM
        figure = Figure(figsize=(WIDTH, height))
        FigureCanvasAgg(figure)
        if not panels:
            english = "No dated material with a code."
            figure.text(0.5, 0.5, printable(say(english), english), ha="center", va="center")
            return rendered(figure, formats, note), problems
        for number, (title, rows) in enumerate(panels):
            bottom = 1 - (HEAD + PANEL * (number + 1) - 0.95) * CM / height
            axes = figure.add_axes((0.1, bottom, 0.87, (PANEL - 1.75) * CM / height))
            top = _panel(axes, rows, names, say, title, pad=11 if marked and number == 0 else 3)
            axes.set_xlim(low, high)
            axes.set_ylim(0, max(top * 1.15, 0.05))
            _years(axes, low, high)
            draw_events(axes, marked, low, high, numbered=number == 0)
        handles, shown = figure.axes[0].get_legend_handles_labels()
        foot = key * CM / height
        figure.legend(
            handles,
            shown,
            loc="lower center",
            bbox_to_anchor=(0.5, foot),
            ncols=3,
            frameon=False,
            fontsize=7,
            handlelength=3.2,
        )
        draw_key(figure, marked, top=foot, line=LINE * CM / height)
        return rendered(figure, formats, note), problems


def commonest(years: pd.DataFrame, most: int = MOST) -> tuple[str, ...]:
    """Return the codes at the top of the tree with most segments, at most `most`, none without any."""
    tops = years[years["code"].str.count(r"\.").eq(0).to_numpy(dtype=bool)]
    total = tops.groupby("code", sort=True)["n_segments"].sum().sort_values(ascending=False, kind="stable")
    return tuple(str(code) for code, n in total.items() if n > 0)[:most]


def drawn_panels(
    years: pd.DataFrame, codes: Sequence[str]
) -> tuple[list[tuple[tuple[str, str, str], pd.DataFrame]], int]:
    """Return the panels to draw, at most `PANELS`, those with most segments; and how many are left out."""
    panels = _panels(years, codes)
    if len(panels) <= PANELS:
        return panels, 0
    sizes = [int(rows["n_segments"].sum()) for _, rows in panels]
    kept = sorted(sorted(range(len(panels)), key=lambda n: (-sizes[n], n))[:PANELS])
    return [panels[n] for n in kept], len(panels) - PANELS


def _panels(years: pd.DataFrame, codes: Sequence[str]) -> list[tuple[tuple[str, str, str], pd.DataFrame]]:
    """Return the rows of each (basis, kind, modality) in which one of the codes was found."""
    rows = years[years["code"].isin(codes).to_numpy(dtype=bool)]
    keys = list(zip(*(rows[name].tolist() for name in ("basis", "kind", "modality")), strict=True))
    lines: dict[tuple[str, str, str], list[int]] = {}
    for line, key in enumerate(keys):
        lines.setdefault(key, []).append(line)
    panels = []
    for key, own in lines.items():
        panel = rows.iloc[own]
        kept = without_thin_ends(panel) if key[0] == "about" else panel
        if kept["n_segments"].sum() > 0:
            panels.append((key, kept))
    return sorted(panels, key=lambda panel: BASES.index(panel[0][0]))


def without_thin_ends(rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out told years at either end that few documents speak of, where others have more.

    One speaker's first job twenty years ago would else stretch the axis of everybody.
    """
    least = max(ENOUGH, -(-int(rows["exposure_documents"].max()) // 3))
    enough = rows[(rows["exposure_documents"] >= least).to_numpy(dtype=bool)]["period"].astype(int)
    if enough.empty:
        return rows
    return rows[rows["period"].astype(int).between(enough.min(), enough.max()).to_numpy(dtype=bool)]


def _span(panels: Sequence[tuple[tuple[str, str, str], pd.DataFrame]]) -> tuple[int, int]:
    """Return the first year drawn and the one after the last; nothing drawn gives an empty span."""
    years = [int(year) for _, rows in panels for year in rows["period"]]
    return (min(years), max(years) + 1) if years else (0, 0)


def _panel(
    axes: Axes,
    rows: pd.DataFrame,
    names: Mapping[str, str],
    say: Words,
    title: tuple[str, str, str],
    *,
    pad: float,
) -> float:
    """Draw one panel, its title `pad` points above it, and return the highest value in it."""
    top = 0.0
    period, y, low, high = (
        rows[name].to_numpy(dtype=float) for name in ("period", "share_macro", "lo", "hi")
    )
    order = period.argsort(kind="stable")
    codes = rows["code"].to_numpy()[order]
    for number, (code, name) in enumerate(names.items()):
        line = order[codes == code]
        marker, dash, color = MARKS[number % len(MARKS)]
        x = period[line] + 0.5 + (number - len(names) / 2) * 0.05
        axes.vlines(x, low[line], high[line], colors=color, lw=0.5, zorder=1)
        axes.plot(
            x, y[line], ls=dash, marker=marker, ms=3.6, lw=1, color=color, label=name, mfc="white", zorder=2
        )
        top = max([top, *(n for n in (*y[line].tolist(), *high[line].tolist()) if not isnan(n))])
    basis, kind, modality = title
    by = {
        "document": (say("Real time"), say("by date in force")),
        "about": (say("Told time"), say("by the time it tells of")),
        "said": (say("by when it was held, not the time it tells of"),),
    }[basis]
    parts = [by[0], say(KIND_NAMES[kind]), by[1]] if len(by) == 2 else [say(KIND_NAMES[kind]), by[0]]
    if modality not in ("", "unassessed"):
        parts.append(say(modality))
    english = f"{kind} ({basis}{'' if modality == 'unassessed' else ', ' + modality})"
    # Where title and names of axes stand is said here: they would else be looked for around all ticks.
    axes.set_title(printable(" · ".join(parts), english), fontsize=8, loc="left", y=1.0, pad=pad)
    axes.xaxis.set_label_coords(0.5, 0)
    axes.yaxis.set_label_coords(0, 0.5)
    for period, count in rows.drop_duplicates("period")[["period", "exposure_documents"]].itertuples(
        index=False
    ):
        axes.annotate(
            str(count),
            (int(period) + 0.5, 0),
            xytext=(0, -17),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="top",
            fontsize=6,
            color="#555555",
        )
    axes.annotate(
        printable(say("documents"), "documents"),
        (0, 0),
        xytext=(-4, -17),
        xycoords="axes fraction",
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=6,
        color="#555555",
    )
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=7, width=0.6, length=2.5)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    return top


def _years(axes: Axes, low: int, high: int) -> None:
    """Put a tick between years and name every year that has room."""
    from matplotlib.ticker import FixedLocator, NullFormatter

    step = max(1, -(-(high - low) // 14))
    axes.xaxis.set_major_locator(FixedLocator(range(low, high + 1)))
    axes.xaxis.set_major_formatter(NullFormatter())
    axes.xaxis.set_minor_locator(FixedLocator([year + 0.5 for year in range(low, high, step)]))
    axes.xaxis.set_minor_formatter(lambda middle, _: str(int(middle)))
    axes.tick_params(axis="x", which="major", labelbottom=False)
    axes.tick_params(axis="x", which="minor", length=0, labelsize=7)
