"""Read subtitles (.srt .vtt) as transcripts: a block per cue and speaker, with its time.

`<v Name>` names the speaker; a cue with two of them is two blocks. `Name：text` inside a cue stays in the
text, where the search for speakers finds it. Identifiers, NOTE and STYLE blocks and tags are no text; `&amp;`
and its like are written out. A cue with a time that cannot be is a Problem with its line, and its words are
kept. Lines that rolling captions show twice are kept once.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.corpus.encoding import decode
from qualcode.corpus.extract import Extract, Piece, ReadOptions, lay_out
from qualcode.corpus.readers.pdf_layout import join
from qualcode.corpus.readers.wrapping import starts_anew
from qualcode.problems import Place, Problem, problem
from qualcode.text.repair import repair

extensions = (".srt", ".vtt")

_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,4}))?")
_VOICE = re.compile(
    r"<v(?:\.[^\s<>]{0,99})?(?:[ \t]+([^<>]{0,200}))?>(.*?)(?=</v\s*>|<v[.\s>]|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:c|i|b|u|v|s|lang|font|span|ruby|rt)(?:[.\s][^<>]{0,200})?>|<\d[\d:.]{0,20}>|\{\\an?\d\}",
    re.IGNORECASE,
)
_ROLLING = re.compile(r"<\d{2}:\d{2}:\d{2}\.\d{3}><c>")
_RUBY = re.compile(r"<rt>.{0,200}?</rt>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cue:
    line: int  # of its timing, 1-based
    start: str
    end: str
    text: str


def read_subtitles(data: bytes, name: str, options: ReadOptions) -> tuple[list[Extract], list[Problem]]:
    """Read one file of subtitles into one extract."""
    decoded = decode(data, name, encoding=options.encoding)
    problems = list(decoded.problems)
    if decoded.text is None:
        return [], problems
    text, repairs = repair(decoded.text)
    lines = text.split("\n")
    web = lines[0].startswith("WEBVTT")
    cues = list(_cues(lines, name, problems, web=web))
    pieces = [piece for cue in _unrolled(cues, rolling=bool(_ROLLING.search(text))) for piece in _pieces(cue)]
    extract = lay_out(pieces, encoding=decoded.encoding, repairs=repairs)
    if not extract.text:
        nothing = problem(
            "no-text",
            Place(name),
            "no subtitles were found in it",
            hint="a cue is a line like 00:00:01.000 --> 00:00:04.000 with its words below",
        )
        return [], [*problems, nothing]
    return [extract], problems


def _cues(lines: Sequence[str], name: str, problems: list[Problem], *, web: bool) -> Iterator[_Cue]:
    """The cues of a file in its order."""
    at = _blank(lines, 0) if web else 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
        elif web and re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", lines[at]):
            at = _blank(lines, at)
        elif "-->" in lines[at]:
            end = _end_of_cue(lines, at + 1, web=web)
            yield _cue(lines, at, end, name, problems)
            at = end
        else:
            if at + 1 >= len(lines) or "-->" not in lines[at + 1]:  # no identifier
                problems.append(_stray(name, at + 1))
                end = _blank(lines, at)
                yield _Cue(at + 1, "", "", "\n".join(lines[at:end]))
                at = end
            else:
                at += 1


def _blank(lines: Sequence[str], at: int) -> int:
    """The next blank line, or the end."""
    while at < len(lines) and lines[at].strip():
        at += 1
    return at


def _end_of_cue(lines: Sequence[str], at: int, *, web: bool) -> int:
    """Where the words of a cue end: at the blank line, or where the next cue begins without one.

    In SRT files people leave blank lines inside cues; there a cue goes on to the next number and time.
    """
    end = at
    while end < len(lines):
        line = lines[end]
        if "-->" in line and _CLOCK.search(line):
            before = lines[end - 1].strip() if end > at else ""
            numbered = before.isdigit() and (end - 1 == at or not lines[end - 2].strip() or not web)
            return end - 1 if numbered else end
        if web and not line:  # a line of one space does not end a cue; rolling captions hold them
            return end
        end += 1
    return end


def _cue(lines: Sequence[str], at: int, end: int, name: str, problems: list[Problem]) -> _Cue:
    left, _, right = lines[at].partition("-->")
    start, stop = _seconds(left), _seconds(right.split()[0] if right.split() else "")
    text = "\n".join(line for line in lines[at + 1 : end] if line.strip())
    if start is None or stop is None or stop < start:
        problems.append(
            problem(
                "bad-timestamp",
                Place(name, at + 1),
                "'{line}' is no time of a cue; its words are kept without one",
                hint="write it as 00:00:01.000 --> 00:00:04.000, the end not before the start",
                severity="warning",
                line=lines[at].strip()[:60],
            )
        )
        return _Cue(at + 1, "", "", text)
    return _Cue(at + 1, _clock(start), _clock(stop), text)


def _seconds(text: str) -> float | None:
    found = _CLOCK.fullmatch(text.strip())
    if not found or int(found[2]) > 59 or int(found[3]) > 59:
        return None
    # Some programs round .9999 up to .1000 and not to the next second; it is a thousand milliseconds.
    fraction = int((found[4] or "0").ljust(3, "0")) / 1000
    return int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3]) + fraction


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _unrolled(cues: Sequence[_Cue], *, rolling: bool) -> Iterator[_Cue]:
    """Rolling captions show each line again above the next; give each once."""
    shown: list[str] = []
    for cue in cues:
        lines = [line for line in cue.text.split("\n") if line.strip()]
        plain = [_plain(line) for line in lines]
        fresh = [line for line, words in zip(lines, plain, strict=True) if not rolling or words not in shown]
        shown = plain or shown
        if fresh:
            yield _Cue(cue.line, cue.start, cue.end, "\n".join(fresh))


def _pieces(cue: _Cue) -> Iterator[Piece]:
    """What each speaker says in a cue; words before the first `<v>` are nobody's."""
    at = 0
    for voice in _VOICE.finditer(cue.text):
        yield from _spoken(cue, "", cue.text[at : voice.start()])
        speaker = " ".join(html.unescape(voice[1] or "").split())
        yield from _spoken(cue, speaker, voice[2])
        closing = re.compile(r"</v\s*>", re.IGNORECASE).match(cue.text, voice.end())
        at = closing.end() if closing else voice.end()
    yield from _spoken(cue, "", cue.text[at:])


def _spoken(cue: _Cue, speaker: str, text: str) -> Iterator[Piece]:
    """One piece, or one for each line that begins with a label of its own."""
    group: list[str] = []
    for line in text.split("\n"):
        words = _plain(line)
        if group and not speaker and starts_anew(words):
            yield Piece(join(group), speaker=speaker, time=cue.start, time_end=cue.end)
            group = []
        if words:
            group.append(words)
    if group:
        yield Piece(join(group), speaker=speaker, time=cue.start, time_end=cue.end)


def _plain(text: str) -> str:
    return html.unescape(_TAG.sub("", _RUBY.sub("", text))).strip()


def _stray(name: str, line: int) -> Problem:
    return problem(
        "stray-text",
        Place(name, line),
        "words outside any cue; they are kept without a time",
        hint="remove the blank line before them if they belong to the cue above",
        severity="note",
    )
