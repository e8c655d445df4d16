"""Where a Chinese word segmenter sees words: an opinion to look at, never used for matching.

The segmenter is rjieba (MIT), in the optional extra `audit`. Its dictionary knows everyday written Chinese;
of one's own field it often knows nothing. Traditional characters are looked at as simplified ones.
"""

from __future__ import annotations

from typing import Any

from qualcode.problems import MachineError
from qualcode.text.folding import fold

_FOLDED = frozenset({"script", "width"})


def words(text: str) -> list[tuple[int, int]]:
    """Return the stretches of the words of a text, in order, without gaps between them.

    Raises `MachineError` where the segmenter is not installed.
    """
    tokens = _segmenter().tokenize(fold(text, _FOLDED), "default", False)
    return [(start, end) for _, start, end in tokens]


def _segmenter() -> Any:
    try:
        import rjieba
    except ImportError:
        raise MachineError(
            "the word segmenter rjieba is not installed here",
            hint='it comes with: pip install "qualcode[audit]"',
        ) from None
    return rjieba
