"""What talk cannot be placed by: times that straddle phases, and times that are not known.

A segment of talk whose time reaches over the border of phases (2019年, for a border in June 2019) is in no
phase; `straddles` lists each, with its shares, so that a person can date it or count it in part. What lies in
days of transition is listed too, documents as well as talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualcode.analysis.contexts import codable_segments
from qualcode.analysis.framerows import FrameRows
from qualcode.analysis.lean import Lean, shown
from qualcode.analysis.once import once
from qualcode.analysis.periods import TRANSITION, placed
from qualcode.analysis.sources import Values
from qualcode.analysis.toldtimes import ToldTimes
from qualcode.columns import TABLES
from qualcode.model import TALK, Phase

if TYPE_CHECKING:
    import pandas as pd


class Told(NamedTuple):
    """How much of the codable talk tells when: segments, and documents without any known time."""

    segments: int
    unknown: int
    carried: int  # whose time is the last one told before
    straddling: int
    open: int  # open to one side
    before_speaker: int  # about a time before the speaker came
    silent: tuple[str, ...] = ()  # documents of talk in which no time is known

    @property
    def share_unknown(self) -> float:
        """The share of segments whose time is not known; 0 without any."""
        return self.unknown / self.segments if self.segments else 0.0


def straddle_rows(documents: pd.DataFrame, segments: pd.DataFrame, phases: Sequence[Phase]) -> FrameRows:
    """Write the codable segments that no one phase holds as rows of `straddles`, in reading order.

    Of talk all that touch a phase or a transition, of documents those dated in a transition. What touches
    neither, or has no known time, is not among them. No phases, no rows.
    """
    return FrameRows(_straddling(documents, segments, phases), TABLES["straddles"])


@once
def _straddling(documents: pd.DataFrame, segments: pd.DataFrame, phases: Sequence[Phase]) -> pd.DataFrame:
    """The same as a frame."""
    import numpy as np

    crossed = any(phase.transition for phase in phases)
    kept = codable_segments(documents, segments) if crossed else _talk(documents, segments)
    told = ToldTimes.of(kept["t_about_start"], kept["t_about_end"])
    talk = kept["kind"].isin(TALK).to_numpy(dtype=bool)
    shares: dict[tuple[str, ...], int] = {(): 0}
    of = np.zeros((2, max(len(told.spans), 1)), dtype=np.int32)  # by documents and talk: their shares
    for n, (start, end) in enumerate(told.spans if phases else ()):
        for is_talk in (False, True):
            place = placed(start, end if is_talk else end or start, phases)
            crossing = any(name.startswith(TRANSITION) for name in place.shares)
            if not place.phase and place.shares and (is_talk or crossing):
                written = tuple(f"{name}={share:.2f}" for name, share in place.shares.items())
                of[int(is_talk), n] = shares.setdefault(written, len(shares))
    at = np.where(talk, of[1][told.which], of[0][told.which])
    rows = np.flatnonzero(at)
    found = shown(kept, rows).assign(phases=Lean(Values(list(shares)), at[rows]))
    return found[[column.name for column in TABLES["straddles"]]]


def told_time(documents: pd.DataFrame, segments: pd.DataFrame, phases: Sequence[Phase]) -> Told:
    """Count what the codable talk of a corpus tells of its times."""
    talk = _talk(documents, segments)
    starts, ends = (talk[name] != "" for name in ("t_about_start", "t_about_end"))
    known = (starts | ends).to_numpy(dtype=bool)
    heard = set(talk["document_id"][known].unique())
    return Told(
        len(talk),
        int((~known).sum()),
        int((talk["t_source"] == "carried").sum()),
        int(_straddling(documents, segments, phases)["kind"].isin(TALK).sum()),
        int((starts != ends).sum()),
        sum(n for note, n in talk["t_note"].value_counts().items() if str(note).startswith("before")),
        tuple(name for name in talk["document_id"].unique() if name not in heard),
    )


def _talk(documents: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    kept = codable_segments(documents, segments)
    return shown(kept, kept["kind"].isin(TALK).to_numpy(dtype=bool).nonzero()[0])
