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


def rendered(figure: Figure, formats: Sequence[str] = FORMATS) -> dict[str, bytes]:
    """Return the figure in each format; no clock and no version in the bytes."""
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
