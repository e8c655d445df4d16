"""Events on the timeline figure: a line and a number in every panel, and the key to the numbers below.

Names of conferences and regulations are long and their dates close together: written at the lines they
would lie on each other, so the lines bear numbers and the names stand in the key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualcode.model import Event
from qualcode.output.figures import GREY, INK, has_han, printable
from qualcode.text.dates import first_day

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 2
ROOM = {True: 21, False: 44}  # characters of a name in the key, with and without Han
NEAR = 0.045  # of the width of a panel: numbers nearer than this share a line with the one before


class Marked(NamedTuple):
    """An event in the figure: its number, where it lies on the axis of years, and its line in the key."""

    number: int
    at: float
    node: bool
    line: str


def marked_events(events: Sequence[Event], low: int, high: int, lang: str) -> list[Marked]:
    """Number the events that lie between two years, by date, then id."""
    found: list[Marked] = []
    for event in sorted(events, key=lambda event: (event.date, event.id)):
        day = first_day(event.date)
        at = day.year + (day.timetuple().tm_yday - 1) / 366
        if low <= at < high:
            name = event.name.get(lang) or next(iter(event.name.values()), "") or event.id
            room = ROOM[has_han(name)]
            short = name if len(name) <= room else name[: room - 1] + "…"
            number = len(found) + 1
            text = printable(f"{event.date} {short}", f"{event.date} {event.id}")
            found.append(Marked(number, at, event.node, f"{number}  {text}"))
    return found


def key_rows(marked: Sequence[Marked]) -> int:
    """Return how many lines the key takes."""
    return -(-len(marked) // COLUMNS)


def draw_events(axes: Axes, marked: Sequence[Marked], low: int, high: int, *, numbered: bool) -> None:
    """Draw vertical lines, black where an event parts phases; numbers that would touch share a label."""
    labels: list[tuple[float, list[str]]] = []
    for event in marked:
        ink, width = (INK, 0.9) if event.node else (GREY, 0.6)
        axes.axvline(event.at, color=ink, lw=width, ls=(0, (3, 2)), zorder=0)
        if labels and event.at - labels[-1][0] < (high - low) * NEAR:
            labels[-1][1].append(str(event.number))
        else:
            labels.append((event.at, [str(event.number)]))
    for at, numbers in labels if numbered else ():
        axes.annotate(
            ",".join(numbers),
            (at, 1),
            xytext=(0, 1.5),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            fontsize=6,
            ha="center",
            va="bottom",
        )


def draw_key(figure: Figure, marked: Sequence[Marked], *, top: float, line: float) -> None:
    """Write the key in columns, read downward; `top` and `line` are shares of the figure's height."""
    rows = key_rows(marked)
    for n, event in enumerate(marked):
        column, row = divmod(n, rows)
        figure.text(
            0.1 + column * 0.87 / COLUMNS,
            top - row * line,
            event.line,
            fontsize=6,
            va="top",
            fontweight="bold" if event.node else "normal",
        )
