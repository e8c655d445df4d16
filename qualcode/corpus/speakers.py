"""Who speaks where: from a text as laid out to turns, speakers and blocks of body text.

`find_turns` looks at every line of every block for a label (`qualcode.corpus.labels`), lets a `Judge` decide
over the whole file which labels are speakers (`qualcode.corpus.judging`), and lays out the turns. All
paragraphs up to the next label belong to the turn. Text above the first label of a transcript is front
matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, compress, count, repeat, takewhile
from operator import itemgetter, mod

from qualcode.corpus.articles import mark_structure
from qualcode.corpus.clock import clock_times
from qualcode.corpus.extract import Extract, Laid, Layout, laid_rows, said_by_format
from qualcode.corpus.frontlines import SIGNS_WITH, is_head_line, is_signature
from qualcode.corpus.judging import BODY, Judge, without_head
from qualcode.corpus.labels import LABEL_WITHIN, Label, openings, read_label
from qualcode.corpus.layout import Blocks, Row, Turns, rows_of, spans_of
from qualcode.corpus.roles import label_key, make_speakers, without_numbers
from qualcode.corpus.settings import CorpusSettings
from qualcode.model import Block, BlockKind, Metadata, Span, Speaker, Turn
from qualcode.problems import Place, Problem, problem

_FORM_AND_NAME = itemgetter(0, 1)
_NOWHERE = 2**62  # behind any text; what -1 is, taken modulo one more
_NOT_SAID: frozenset[BlockKind] = frozenset({"heading", "note", "front"})
_LONG_LEAD = 1500  # characters above the first label that are more than a title and an introduction


def find_turns(
    extract: Extract, metadata: Metadata, settings: CorpusSettings
) -> tuple[Sequence[Block], Sequence[Turn], tuple[Speaker, ...], list[Problem]]:
    """Find the turns of one document and the blocks of its body.

    `settings.labels` and `settings.speakers` (those of the document merged in) declare labels; the names in
    `metadata.interviewer` are declared interviewers. Without accepted labels there are no turns and the
    blocks are those of the extract, head lines and transcription programs' signatures marked `front`.
    Speakers come in order of first appearance, each at most once, and only those who speak. The places of
    problems hold the line, where there is one, and an empty path: whoever opened the file fills it in.
    """
    interviewers = _names(metadata.interviewer)
    declared = {label_key(name) for name in (*settings.labels, *settings.speakers, *interviewers)}
    read = _read(extract, frozenset(declared))
    accept = Judge.of(extract, read, metadata, declared)
    kept = without_head(extract, _accepted(read, accept))
    if not any(label.name for label in chain.from_iterable(kept)):
        blocks = _without_turns(extract, metadata, kept)
        if not metadata.is_talk:
            blocks = mark_structure(extract.text, blocks)
        return blocks, (), (), _unheard(extract, metadata, read, accept)
    blocks, turns = _lay_turns(extract, metadata, kept, declared)
    if not turns:  # labels, and nothing said under any of them
        return _without_turns(extract, metadata, [()] * len(read)), (), (), []
    speakers = make_speakers(turns.speakers, settings.speakers, interviewers)
    return blocks, turns, speakers, _doubts(extract, metadata, read, accept, blocks, turns)


def _accepted(read: Sequence[Sequence[Label]], accept: Judge) -> list[Sequence[Label]]:
    """The labels of each block that count; the judge looks at nothing but their form and name."""
    shown = set(map(_FORM_AND_NAME, chain.from_iterable(read)))
    counted = {(form, name) for form, name in shown if accept(Label(form, name, 0, 0))}
    if len(counted) == len(shown):
        return list(read)
    return [
        tuple([label for label in labels if (label[0], label[1]) in counted]) if labels else ()
        for labels in read
    ]


def _read(extract: Extract, declared: frozenset[str]) -> list[tuple[Label, ...]]:
    """The labels that the lines of each block show, whether or not they will count."""
    text, said, known = extract.text, said_by_format(extract.blocks), openings(declared)
    rows = list(laid_rows(extract.blocks))
    read: list[tuple[Label, ...]] = [()] * len(rows)
    if not rows:
        return read
    starts, ends, kinds, _ = zip(*rows, strict=True)
    breaks = list(map(text.find, repeat("\n"), starts, ends))
    for n in {*said, *compress(count(), map((-1).__lt__, breaks))}:  # several lines, or what the format says
        if kinds[n] in BODY and (n in said or kinds[n] != "heading"):
            laid = said[n] if n in said else Laid(Span(starts[n], ends[n]), kinds[n])
            read[n] = tuple(_labels(text, laid, declared))
    colons = _first_colons(text, starts, ends)
    for n in compress(count(), map(_NOWHERE.__gt__, colons)):
        kind = kinds[n]
        if kind not in BODY or n in said or (breaks[n] >= 0 and kind != "heading"):
            continue
        if kind == "paragraph":  # nearly always
            found = known.label(text, starts[n], ends[n], colons[n])
        else:
            heading, row = kind == "heading", kind == "row"
            found = read_label(text, starts[n], ends[n], heading=heading, row=row, declared=declared)
        if found:
            read[n] = (found,)
    if "row" in kinds:  # where a tab may stand for the colon
        for n in compress(count(), map("row".__eq__, kinds)):
            if colons[n] >= _NOWHERE and n not in said and breaks[n] < 0:
                found = read_label(text, starts[n], ends[n], row=True, declared=declared)
                read[n] = (found,) if found else ()
    return read


def _first_colons(text: str, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """Where the first colon of each block is, as far as a label may reach; `_NOWHERE`: there is none."""
    limits = list(map(min, ends, map(LABEL_WITHIN.__add__, starts)))
    halves, wholes = (
        map(mod, map(text.find, repeat(sign), starts, limits), repeat(_NOWHERE + 1)) for sign in ":："
    )
    if "：" not in text:
        return list(halves)
    return list(map(min, halves, wholes) if ":" in text else wholes)


def _labels(text: str, block: Laid, declared: frozenset[str]) -> Iterator[Label]:
    """The labels of a block that has several lines, or of which the format says who speaks or when."""
    start, end = block.span
    if block.speaker:
        yield Label("format", block.speaker, start, start, block.time, block.time_end)
        return
    if block.kind == "heading":
        found = read_label(text, start, end, heading=True, declared=declared)
        if found:
            yield found
        return
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        found = read_label(text, at, stop, row=block.kind == "row", declared=declared)
        if found:
            timed = at == start and block.time and not found.time
            yield found._replace(time=block.time, time_end=block.time_end) if timed else found
        at = stop + 1


def _lay_turns(
    extract: Extract, metadata: Metadata, kept: Sequence[Sequence[Label]], declared: set[str]
) -> tuple[Blocks, Turns]:
    text = extract.text
    rows: list[Row] = []
    heard = _Heard()
    stamp: Label | None = None  # a bare time with no words since
    stays = metadata.kind == "minutes"  # what minutes say before anybody speaks is body

    def body(kind: BlockKind, level: int, start: int, end: int) -> None:
        nonlocal stamp
        for begin, stop, signed in _unsigned(text, start, end):
            first, last = _trim(text, begin, stop)
            if first == last:
                continue
            stamp = None
            whose = kind if (heard.labels or stays) and not signed else "front"
            rows.append((first, last, whose, level if whose == kind else 0))
            if heard.labels and whose not in _NOT_SAID:
                heard.words(first, last)

    for (at, until, kind, level), labels in zip(laid_rows(extract.blocks), kept, strict=True):
        if kind not in BODY:
            rows.append((at, until, kind, level))
            continue
        for label in labels:
            if at < label.start:
                body(kind, level, at, label.start)
            first, last = _trim(text, label.start, label.end)
            if first < last:
                rows.append((first, last, "label", 0))
            if not label.name:
                stamp = label
            else:
                # A time on the line above a label is the time of what follows it.
                heard.label(label._replace(time=stamp.time) if stamp and not label.time else label)
                stamp = None
            at = max(at, label.end)
        if at == until:
            continue
        if heard.labels and not text[at].isspace() and _is_plain(text, at, until):  # nearly always
            stamp = None
            rows.append((at, until, kind, level))
            if kind not in _NOT_SAID:
                heard.words(at, until)
        else:
            body(kind, level, at, until)
    return Blocks.of(rows), _turns(heard, declared)


class _Heard:
    """Labels in reading order, each with the first and last offset of its words (-1: none yet)."""

    def __init__(self) -> None:
        self.labels: list[Label] = []
        self.starts: list[int] = []
        self.ends: list[int] = []

    def label(self, label: Label) -> None:
        self.labels.append(label)
        self.starts.append(-1)
        self.ends.append(-1)

    def words(self, start: int, end: int) -> None:
        if self.starts[-1] < 0:
            self.starts[-1] = start
        self.ends[-1] = end


def _turns(heard: _Heard, declared: set[str]) -> Turns:
    spoken = list(map((-1).__lt__, heard.starts))
    labels = list(compress(heard.labels, spoken))
    times = [time for label in labels for time in (label.time, label.time_end)]
    names = [label.name for label in labels]
    if not any(name[-1:].isdigit() and label_key(name) in declared for name in set(names)):
        names = without_numbers(names)
    starts, ends = compress(heard.starts, spoken), compress(heard.ends, spoken)
    return Turns.of(names, starts, ends, clock_times(times) if any(times) else times)


def _without_turns(extract: Extract, metadata: Metadata, kept: Sequence[Sequence[Label]]) -> Blocks:
    """The blocks of a text in which nobody is labelled; bare times in it are labels still."""
    rows: list[Row] = []
    text, talk = extract.text, metadata.is_talk
    if not talk and isinstance(extract.blocks, Layout) and not any(kept):
        laid = Blocks.like(extract.blocks)
        if all(kind not in BODY or _is_plain(text, at, until) for at, until, kind, _ in laid.rows()):
            return laid
    number = 0
    for (at, until, kind, level), stamps in zip(laid_rows(extract.blocks), kept, strict=True):
        if kind not in BODY:
            rows.append((at, until, kind, level))
            continue
        if talk and not stamps and kind != "heading" and is_head_line(text[at:until], number):
            rows.append((at, until, "front", 0))
            number += 1
            continue
        number += 1
        if not stamps and _is_plain(text, at, until):  # nearly always
            rows.append((at, until, kind, level))
            continue
        for stamp in stamps:
            _add_pieces(rows, text, kind, level, at, stamp.start)
            rows.append((*_trim(text, stamp.start, stamp.end), "label", 0))
            at = stamp.end
        _add_pieces(rows, text, kind, level, at, until)
    return Blocks.of(rows)


def _add_pieces(rows: list[Row], text: str, kind: BlockKind, level: int, start: int, end: int) -> None:
    for begin, stop, signed in _unsigned(text, start, end):
        first, last = _trim(text, begin, stop)
        if first < last:
            rows.append((first, last, "front" if signed else kind, 0 if signed else level))


def _is_plain(text: str, start: int, end: int) -> bool:
    """Whether a trimmed block is one line that no transcription program signed."""
    if text.find("\n", start, end) >= 0:
        return False
    return end - start > 120 or text[start] not in SIGNS_WITH or not is_signature(text[start:end])


def _unsigned(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Cut a stretch at lines that a transcription program signed; most stretches stay whole."""
    if end - start > 120 and text.find("\n", start, end) < 0:
        yield start, end, False
        return
    first = at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        if stop - at <= 120 and is_signature(text[at:stop]):
            if first < at:
                yield first, at, False
            yield at, stop, True
            first = stop
        at = stop + 1
    if first < end:
        yield first, end, False


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start:end].rstrip()
    return start + len(inside) - len(inside.lstrip()), start + len(inside)


def _names(interviewer: str) -> tuple[str, ...]:
    """The names in a metadata value: 李明、王芳; Jane Doe."""
    for mark in "、，,；;/":
        interviewer = interviewer.replace(mark, "\n")
    return tuple(name.strip() for name in interviewer.split("\n") if name.strip())


def _unheard(
    extract: Extract, metadata: Metadata, read: Sequence[Sequence[Label]], accept: Judge
) -> list[Problem]:
    """What to say where no speaker was found: a warning in talk, else nothing."""
    if metadata.kind not in {"interview", "focus_group"} or not extract.text.strip():
        return []
    names = _refused(read, accept)
    return [
        problem(
            "no-speakers",
            Place(),
            "nobody is labelled in this {what}: its words are nobody's, and questions are coded like answers",
            hint="begin each utterance with a label such as 访谈者： or Interviewer:; if {names} are"
            " speakers, declare them under 'speakers' or 'labels'"
            if names
            else "begin each utterance with a label such as 访谈者： or Interviewer:",
            severity="warning",
            what=metadata.kind.replace("_", " "),
            names=", ".join(names[:5]),
        )
    ]


def _doubts(
    extract: Extract,
    metadata: Metadata,
    read: Sequence[Sequence[Label]],
    accept: Judge,
    blocks: Sequence[Block],
    turns: Sequence[Turn],
) -> list[Problem]:
    problems: list[Problem] = []
    names = _refused(read, accept) if not accept.strict else []
    if names:
        line = next(
            extract.text.count("\n", 0, label.start) + 1
            for labels in read
            for label in labels
            if label.name == names[0]
        )
        problems.append(
            problem(
                "label-not-accepted",
                Place("", line),
                "'{name}' begins a line like a speaker's label but is not taken for one",
                hint="if {names} are speakers, declare them under 'speakers' or 'labels'",
                severity="note",
                name=names[0],
                names=", ".join(names[:5]),
            )
        )
    first = spans_of(turns)[0][0]
    above = takewhile(lambda row: row[1] <= first, rows_of(blocks))
    lead = sum(end - start for start, end, kind, _ in above if kind == "front")
    if lead > _LONG_LEAD and metadata.kind != "minutes":
        problems.append(
            problem(
                "long-lead",
                Place(),
                "{lead} characters stand above the first speaker's label and are not coded",
                hint="if they belong to the talk, put a label before them; notes fit in a file of their own",
                severity="warning",
                lead=lead,
            )
        )
    return problems


def _refused(read: Sequence[Sequence[Label]], accept: Judge) -> list[str]:
    """Short names that begin lines like labels and were not accepted, in order of appearance."""
    if accept.document:
        return []
    names = dict.fromkeys(
        label.name
        for labels in read
        for label in labels
        if label.form in {"plain", "alone"} and not accept(label)
    )
    return [name for name in names if len(name) <= 20]
