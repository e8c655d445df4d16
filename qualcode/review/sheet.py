"""Review sheets: a row per coding to decide about, and what a filled sheet says.

A row names its coding by `id`, written in brackets so that no spreadsheet takes `1:12` for a time, and
carries a `check` of the words and the code. Reading back trusts neither alone: a row whose id, check and
words do not belong together was altered (one column sorted without the others) and is refused, whatever it
says.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from qualcode.codebook.records import Codebook
from qualcode.corpus.sheetrows import Row
from qualcode.model import ASKING, Document, Segment
from qualcode.problems import Problem, problem
from qualcode.registry import did_you_mean
from qualcode.review.current import Reviewed, Standing
from qualcode.review.records import Action, is_open

VERDICTS: tuple[Action, ...] = ("accept", "reject", "recode")
_MEANT: dict[str, Action] = {
    "accept": "accept",
    "reject": "reject",
    "recode": "recode",
    "接受": "accept",
    "同意": "accept",
    "拒绝": "reject",
    "改码": "recode",
}
SHOWN = ("id", "check", "document", "speaker", "question", "segment", "code", "code_name")
EVIDENCE = ("matched", "rules", "status", "decided_by")  # left out of a blind sheet
FILL = ("verdict", "recode_to", "add", "memo")
LEAST_CUT = 100  # of a longer text so much must be left for it to be known again


@dataclass(frozen=True, slots=True)
class Wanted:
    """One thing a filled row asks for: an action on a segment, or a memo where `action` is memo."""

    segment: Segment
    action: Action
    code: str = ""
    to: str = ""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row to decide about: texts by column."""

    cells: Mapping[str, str] = field(default_factory=dict)


def columns(*, blind: bool) -> tuple[str, ...]:
    """Return the columns of a sheet, in order."""
    return (*SHOWN, *(() if blind else EVIDENCE), *FILL)


def sheet_rows(
    document: Document,
    segments: Sequence[Segment],
    reviewed: Reviewed,
    codebook: Codebook,
    *,
    lang: str = "en",
    uncoded: bool = False,
) -> list[SheetRow]:
    """Make the rows of a document: its codings, and with `uncoded` the other segments that can be coded."""
    by_segment: dict[int, list[SheetRow]] = {}
    position = {segment.index: segment for segment in segments}
    for coding in reviewed.coded.codings:
        segment = position[coding.segment]
        standing = reviewed.standings.get((coding.segment, coding.code), Standing())
        cells = _cells(document, segment, coding.code)
        spans = sorted({part for match in coding.matches for part in match.parts})
        cells |= {
            "code_name": codebook.codes[coding.code].label(lang),
            "matched": " | ".join(document.text[span.start : span.end] for span in spans),
            "rules": " | ".join(dict.fromkeys(match.rule for match in coding.matches)),
            "status": standing.status,
            "decided_by": " | ".join(standing.decided_by),
        }
        by_segment.setdefault(segment.index, []).append(SheetRow(cells))
    for segment in segments if uncoded else ():
        open_to_all = codebook.code_interviewers or segment.role not in ASKING
        if segment.index not in by_segment and open_to_all and segment.kind != "heading":
            by_segment[segment.index] = [SheetRow(_cells(document, segment, ""))]
    return [row for index in sorted(by_segment) for row in by_segment[index]]


def check_of(segment_id: str, code: str, words: str) -> str:
    """Return the check of a row. It begins with a letter and has no E between digits: never a number."""
    digest = hashlib.sha256("\n".join((segment_id, code, words)).encode("utf-8", "surrogatepass")).hexdigest()
    return "x" + digest[:12].translate(str.maketrans("0123456789", "ghijklmnop"))


def row_id(segment_id: str, code: str) -> str:
    """Return the id of a row: `[I03:12#avoidance.fear]`; without a code, `[I03:12]`."""
    return f"[{segment_id}#{code}]" if code else f"[{segment_id}]"


def _cells(document: Document, segment: Segment, code: str) -> dict[str, str]:
    return {
        "id": row_id(segment.id, code),
        "check": check_of(segment.id, code, segment.text),
        "document": document.id,
        "speaker": segment.speaker,
        "question": question_before(document, segment),
        "segment": segment.text,
        "code": code,
    }


def question_before(document: Document, segment: Segment) -> str:
    """Return the last thing an interviewer said before a segment's turn, "" where nobody asked."""
    said = ""
    for turn in document.turns:
        if turn.number >= segment.turn:
            break
        if document.speaker(turn.speaker).role in ASKING:
            said = document.text[turn.span.start : turn.span.end].strip()
    return said if segment.turn else ""


def read_sheet(
    rows: Iterable[Row], segments: Mapping[str, Segment], codebook: Codebook
) -> tuple[list[Wanted], list[Problem]]:
    """Say what filled rows ask for. `segments` are all segments by id, as they are now.

    Rows that nobody filled in ask for nothing. A row with a mistake is refused whole and named by its cell;
    the others are kept.
    """
    wanted: list[Wanted] = []
    problems: list[Problem] = []
    for row in rows:
        if not any(row.get(name) for name in FILL):
            continue
        asked = _row(row, segments, codebook)
        if isinstance(asked, Problem):
            problems.append(asked)
        else:
            wanted += asked
    return wanted, problems


def _row(row: Row, segments: Mapping[str, Segment], codebook: Codebook) -> list[Wanted] | Problem:
    name, _, code = row.get("id").strip().removeprefix("[").removesuffix("]").partition("#")
    segment = segments.get(name)
    if segment is None:
        return problem(
            "unknown-row",
            row.place_of("id"),
            "there is no segment '{name}' any more; the row is not taken",
            hint="export the sheet again, and fill this row in there",
            name=name,
        )
    altered = None
    if row.get("check").strip() != check_of(segment.id, code, segment.text):
        altered = "check"
    elif not same_words(row.get("segment"), segment.text):
        altered = "segment"
    elif row.get("code").strip() != code:
        altered = "code"
    if altered is not None:
        return problem(
            "altered-row",
            row.place_of(altered),
            "this row was altered, or its words were changed since; it is not taken",
            hint="export the sheet again, and fill this row in there; sort whole rows only",
        )
    return _asked(row, segment, code, codebook)


def _asked(row: Row, segment: Segment, code: str, codebook: Codebook) -> list[Wanted] | Problem:
    written, to = row.get("verdict").strip(), row.get("recode_to").strip()
    action = _MEANT.get(written.lower())
    asked: list[Wanted] = []
    if written and action is None:
        return problem(
            "unknown-verdict",
            row.place_of("verdict"),
            "'{word}' is no verdict; the row is not taken",
            hint="accept, reject or recode",
            word=written,
        )
    if action is not None and not code:
        return problem(
            "no-code-here",
            row.place_of("verdict"),
            "there is no code in this row to accept or reject; the row is not taken",
            hint="write codes to add under 'add'",
        )
    if (action == "recode") != bool(to):
        return problem(
            "recode-without-code",
            row.place_of("recode_to" if to else "verdict"),
            "recode and recode_to go together; the row is not taken",
            hint="choose recode as the verdict, and the code it should be under recode_to",
        )
    added = [
        one.strip() for one in row.get("add").replace("；", ";").replace("，", ";").split(";") if one.strip()
    ]
    for column, one in (("recode_to", to), *(("add", one) for one in added)):
        if one and one not in codebook.codes and not is_open(one):
            return problem(
                "unknown-code",
                row.place_of(column),
                "'{code}' is no code of the codebook; the row is not taken",
                hint=did_you_mean(one, codebook.codes) or "a code of your own is written open:NAME",
                code=one,
            )
    memo = row.get("memo")
    if action is not None:
        asked.append(Wanted(segment, action, code, to, memo))
    elif memo:
        asked.append(Wanted(segment, "memo", code, memo=memo))
    return [*asked, *(Wanted(segment, "add", one) for one in dict.fromkeys(added))]


def same_words(shown: str, words: str) -> bool:
    """Whether a cell still shows a segment's words, for all that spreadsheets do to them.

    Blanks, signs and characters that GBK does not have may be lost, zeros in front and the form of dates
    too, and a long cell may be cut.

    >>> same_words("7", "007"), same_words("2019/6/1", "2019-06"), same_words("=对", "'=对")
    (True, True, True)
    >>> same_words("对。", "不对。")
    False
    """
    left, right = _letters(shown), _letters(words)
    if left == right or not any(sign.isalpha() for sign in right):
        return True  # numbers and dates are rewritten at will; the check vouches for them
    return len(left) >= LEAST_CUT and right.startswith(left)


def _letters(text: str) -> str:
    kept = "".join(sign for sign in text if sign.isalnum())
    return kept.encode("gbk", "ignore").decode("gbk")
