"""What a reviewer asks to be written, and whether it makes sense."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.codebook.records import Codebook
from qualcode.problems import UsageError
from qualcode.project.desk.entries import CERTAIN, Cell
from qualcode.registry import did_you_mean
from qualcode.review.current import Placed
from qualcode.review.records import Action, is_open

LONGEST_CODE = 120  # characters of a code of one's own


@dataclass(frozen=True, slots=True)
class Asked:
    """A verdict on a segment, or a memo: on a coding, segment, document or code.

    `seen` is the state of the segment that was shown. `accept` without a code: looked through, no further
    code belongs here.
    """

    action: Action
    segment: str = ""
    code: str = ""
    to: str = ""
    memo: str = ""
    document: str = ""
    seen: str = ""
    settles: bool = False


def check(asked: Asked, cell: Cell | None, book: Codebook) -> None:
    """Raise `UsageError` where it makes no sense. `cell` is the segment's, None for a memo on no segment."""
    action, code, to = asked.action, asked.code, asked.to
    if action not in ("accept", "reject", "recode", "add", "memo"):
        raise UsageError("'{action}' is no verdict", action=action)
    if action == "memo":
        if not asked.memo.strip():
            raise UsageError("the memo is empty")
        if cell is None and bool(asked.document) == bool(code):
            raise UsageError("a memo is on a coding, a segment, a code or a document")
        _known(code, book)
        return
    if cell is None:
        raise UsageError("which segment?")
    if (action == "recode") != bool(to):
        raise UsageError("recode needs the code it should be")
    if action in ("reject", "recode", "add") and not code:
        raise UsageError("which code?")
    for one in (code, to):
        _known(one, book)
    if action == "recode" and to == code:
        raise UsageError("it has this code already")
    on_it = {coding.code for coding in cell.codings} | cell.mine.keys() | {""}
    if action in ("accept", "reject", "recode") and code not in on_it:
        raise UsageError("the segment does not have the code '{code}'", code=code)


def _known(code: str, book: Codebook) -> None:
    if code and code not in book.codes and not (is_open(code) and len(code) <= LONGEST_CODE):
        raise UsageError(
            "'{code}' is no code of the codebook",
            hint=did_you_mean(code, book.codes) or "a code of your own is written open:NAME",
            code=code,
        )


def same_as(asked: Asked, placed: Placed, cell: Cell, coder: str) -> bool:
    """Whether a decision that holds says just what is asked for, and is the coder's latest word."""
    one = placed.decision
    if one.coder != coder or (one.action, one.code, one.to, one.memo, one.settles) != (
        asked.action,
        asked.code,
        asked.to,
        asked.memo,
        asked.settles,
    ):
        return False
    return placed.found.state in CERTAIN and (asked.action == "memo" or cell.mine.get(one.code) == one)
