"""Figures for print: 14 cm wide, legible in greyscale, text as outlines, the same bytes on the same machine.

`network_figure` and `timeline_figure` draw; here is what they share: fonts, sizes, and bytes without a date.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from qualcode.output.fonts import cjk_font, missing_font
from qualcode.problems import Problem

if TYPE_CHECKING:
    from matplotlib.figure import Figure

CM = 1 / 2.54
WIDTH = 14 * CM
NOTE = 0.45 * CM  # the height of the line below a figure
FORMATS = ("svg", "png")
INK, GREY, PALE = "#111111", "#a8a8a8", "#e4e4e4"


@contextmanager
def style() -> Iterator[None]:
    """Set fonts and SVG options for the drawing inside; whatever was set before comes back."""
    import matplotlib

    family = [name for name in (cjk_font(), "DejaVu Sans") if name]
    settings: Any = {
        "font.family": family,
        "font.size": 8,
        "axes.linewidth": 0.6,
        "axes.unicode_minus": False,
        "svg.fonttype": "path",
        "svg.hashsalt": "qualcode",
        "text.parse_math": False,  # a $ in a name is a $
    }
    with matplotlib.rc_context(settings):
        yield


def rendered(figure: Figure, formats: Sequence[str] = FORMATS, note: str = "") -> dict[str, bytes]:
    """Return the figure in each format; no clock and no version in the bytes. `note` stands below it."""
    if note:
        _note_below(figure, note)
    metadata: Mapping[str, dict[str, Any]] = {
        "svg": {"Date": None, "Creator": "qualcode"},
        "png": {"Software": None},
    }
    made = {}
    for name in formats:
        stream = io.BytesIO()
        figure.savefig(stream, format=name, dpi=300, metadata=metadata[name])
        made[name] = stream.getvalue()
    return made


def _note_below(figure: Figure, note: str) -> None:
    """Make a figure a line higher and write a note there; all that is drawn keeps its size."""
    width, height = (float(n) for n in figure.get_size_inches())
    whole = height + NOTE

    def lifted(y: float) -> float:
        return (y * height + NOTE) / whole

    to_figure = figure.transFigure.inverted()
    anchors = [(legend, legend.get_bbox_to_anchor().transformed(to_figure)) for legend in figure.legends]
    boxes = [(axes, axes.get_position(original=True)) for axes in figure.axes]
    figure.set_size_inches(width, whole)
    for axes, box in boxes:
        axes.set_position((box.x0, lifted(box.y0), box.width, box.height * height / whole))
    for text in figure.texts:
        x, y = text.get_position()
        text.set_position((x, lifted(y)))
    for legend, box in anchors:
        place = (box.x0, lifted(box.y0), box.width, box.height * height / whole)
        legend.set_bbox_to_anchor(place, transform=figure.transFigure)
    figure.text(0.02, 0.12 * CM / whole, note, fontsize=6, color="#555555", va="bottom")


def printable(label: str, fallback: str) -> str:
    """Return the label, or the fallback where it has Chinese characters and no font has them."""
    return fallback if not cjk_font() and has_han(label) else label


def font_problems(labels: Sequence[str]) -> list[Problem]:
    """Warn once where labels have Chinese characters and no font has them."""
    return [missing_font()] if not cjk_font() and any(map(has_han, labels)) else []


def has_han(text: str) -> bool:
    """Whether a text has characters of Chinese writing or its full-width signs."""
    return any(
        "⺀" <= character <= "鿿" or "豈" <= character <= "￯" or character > "𠀀" for character in text
    )
