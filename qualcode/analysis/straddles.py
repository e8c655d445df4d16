"""What talk cannot be placed by: times that straddle phases, and times that are not known.

A segment of talk whose time reaches over the border of phases (2019年, for a border in June 2019) is in no
phase; `straddles` lists each, with its shares, so that a person can date it or count it in part. What lies in
days of transition is listed too, documents as well as talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from qualcode.analysis.contexts import codable_segments
from qualcode.analysis.lean import shown
from qualcode.analysis.load import Row
from qualcode.analysis.once import once
from qualcode.analysis.periods import TRANSITION, Placed, placed
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


@once
def straddle_rows(documents: pd.DataFrame, segments: pd.DataFrame, phases: Sequence[Phase]) -> list[Row]:
    """Write the codable segments that no one phase holds as rows of `straddles`, in reading order.

    Of talk all that touch a phase or a transition, of documents those dated in a transition. What touches
    neither, or has no known time, is not among them. No phases, no rows.
    """
    rows: list[Row] = []
    if not phases:
        return rows
    crossed = any(phase.transition for phase in phases)
    kept = codable_segments(documents, segments) if crossed else _talk(documents, segments)
    known: dict[tuple[str, str], Placed] = {}
    mask = []
    for *span, kind in zip(kept["t_about_start"], kept["t_about_end"], kept["kind"], strict=True):
        start, end = span if kind in TALK else (span[0], span[1] or span[0])
        if (start, end) not in known:
            known[start, end] = placed(start, end, phases)
        place = known[start, end]
        crossing = any(name.startswith(TRANSITION) for name in place.shares)
        mask.append(not place.phase and bool(place.shares) and (kind in TALK or crossing))
    for line in kept[mask].to_dict("records"):
        start, end = line["t_about_start"], line["t_about_end"]
        place = known[start, end if line["kind"] in TALK else end or start]
        rows.append(
            (
                line["document_id"],
                line["segment_id"],
                line["kind"],
                line["speaker"],
                line["t_about_start"],
                line["t_about_end"],
                line["t_source"],
                line["t_precision"],
                tuple(f"{name}={share:.2f}" for name, share in place.shares.items()),
                line["codes"],
                line["text"],
            )
        )
    return rows


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
        sum(row[2] in TALK for row in straddle_rows(documents, segments, phases)),
        int((starts != ends).sum()),
        sum(n for note, n in talk["t_note"].value_counts().items() if str(note).startswith("before")),
        tuple(name for name in talk["document_id"].unique() if name not in heard),
    )


def _talk(documents: pd.DataFrame, segments: pd.DataFrame) -> pd.DataFrame:
    kept = codable_segments(documents, segments)
    return shown(kept, kept["kind"].isin(TALK).to_numpy(dtype=bool).nonzero()[0])
