"""What stands in a file of UTF-8 besides plain ASCII, seen in one look: most files need no second one.

A file is *sound* where nothing in it will be repaired and no control character stands in it, and *ordinary*
where it cannot be Chinese that was read in a wrong encoding and saved so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from qualcode.corpus.common import is_common
from qualcode.text.characters import Lookup, code_points
from qualcode.text.repair import is_kept

if TYPE_CHECKING:
    from qualcode.text.characters import Codes

LOOKED_AT = 20_000  # characters at the head of a text by which mojibake is told
LEAST = 6  # signs that are not ASCII: fewer are an accident
_ASCII = bytes([0x09, 0x0A, *range(0x20, 0x7F)])  # what is sound of it
_BLOCK = 1 << 18  # characters looked at together
_COMMON, _SOUND = 1, 0x80  # the second is above all that the first can make


def _told(codes: Codes) -> list[int]:
    told: list[int] = (is_common(codes) * _COMMON + is_kept(codes) * np.uint8(_SOUND)).tolist()
    return told


_signs = Lookup(lambda text: _told(code_points(text)), "u1")


class Signs(NamedTuple):
    """What was seen of a text: `foreign` is what is not ASCII in its head, where that is little."""

    sound: bool
    ordinary: bool
    foreign: str | None = None


def signs_of(text: str, data: bytes) -> Signs:
    """Look at a text and at its bytes in UTF-8."""
    if len(data) * 4 > len(text) * 5:
        return _of_many(text)
    foreign = data.translate(None, _ASCII).decode("utf-8")
    if not foreign:
        return Signs(sound=True, ordinary=True, foreign="")
    told = _signs(code_points(foreign))
    sound = bool(told.min() >= _SOUND)
    if not sound or len(foreign) < LEAST:
        return Signs(sound, ordinary=sound)
    in_head = len(foreign)
    if len(text) > LOOKED_AT:
        head = data[: len(text[:LOOKED_AT].encode("utf-8"))]
        in_head = len(head.translate(None, _ASCII).decode("utf-8"))
    common = int(np.count_nonzero(told[:in_head] & _COMMON))
    return Signs(sound, in_head < LEAST or 2 * common > in_head, foreign[:in_head])


def _of_many(text: str) -> Signs:
    sound, ordinary = True, False
    for at in range(0, len(text), _BLOCK):
        codes = code_points(text[at : at + _BLOCK])
        told = _signs(codes)
        sound = bool(told.min() >= _SOUND)
        if not sound:
            break
        if not at:
            foreign = int(np.count_nonzero(codes[:LOOKED_AT] > 0x7F))
            common = int(np.count_nonzero(told[:LOOKED_AT] & _COMMON))
            ordinary = foreign < LEAST or 2 * common > foreign
    return Signs(sound, ordinary)
