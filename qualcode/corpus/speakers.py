"""Who speaks where: from a text as laid out to turns, speakers and blocks of body text.

`find_turns` looks at every line of every block for a label (`labelled.py`), lets a `Judge` decide over the
whole file which labels are speakers (`judging.py`), and lays out the turns (`laying.py`). Text above the
first label of a transcript is front matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from operator import itemgetter

from qualcode.corpus.articles import mark_structure
from qualcode.corpus.extract import Extract
from qualcode.corpus.judging import Judge, without_head
from qualcode.corpus.labelled import Labelled, Lines, read_labels
from qualcode.corpus.laying import lay_turns, lay_without_turns
from qualcode.corpus.layout import rows_of, spans_of
from qualcode.corpus.roles import label_key, make_speakers
from qualcode.corpus.settings import CorpusSettings
from qualcode.model import Block, Metadata, Speaker, Turn
from qualcode.problems import Place, Problem, problem

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
    text, lines = extract.text, Lines.of(extract)
    read = read_labels(extract, lines, frozenset(declared))
    accept = Judge.of(text, lines, read, metadata, declared)
    kept = without_head(text, lines, read.only({kind for kind in read.kinds if accept(*kind)}))
    if not any(map(itemgetter(1), kept.shown)):
        blocks = lay_without_turns(extract, lines, metadata, kept)
        if not metadata.is_talk:
            blocks = mark_structure(text, blocks)
        return blocks, (), (), _unheard(extract, metadata, read, accept)
    blocks, turns = lay_turns(text, lines, kept, declared, stays=metadata.kind == "minutes")
    if not turns:  # labels, and nothing said under any of them
        return lay_without_turns(extract, lines, metadata, Labelled([], [], [])), (), (), []
    speakers = make_speakers(turns.speakers, settings.speakers, interviewers)
    return blocks, turns, speakers, _doubts(extract, metadata, read, accept, blocks, turns)


def _names(interviewer: str) -> tuple[str, ...]:
    """The names in a metadata value: 李明、王芳; Jane Doe."""
    for mark in "、，,；;/":
        interviewer = interviewer.replace(mark, "\n")
    return tuple(name.strip() for name in interviewer.split("\n") if name.strip())


def _unheard(extract: Extract, metadata: Metadata, read: Labelled, accept: Judge) -> list[Problem]:
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
    read: Labelled,
    accept: Judge,
    blocks: Sequence[Block],
    turns: Sequence[Turn],
) -> list[Problem]:
    problems: list[Problem] = []
    names = _refused(read, accept) if not accept.strict else []
    if names:
        begun = zip(read.starts, read.shown, strict=True)
        start = next(start for start, label in begun if label.name == names[0])
        line = extract.text.count("\n", 0, start) + 1
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


def _refused(read: Labelled, accept: Judge) -> list[str]:
    """Short names that begin lines like labels and were not accepted, in order of appearance."""
    if accept.document:
        return []
    refused = (kind for kind in read.kinds if kind[0] in {"plain", "alone"} and not accept(*kind))
    return [name for name in dict.fromkeys(map(itemgetter(1), refused)) if len(name) <= 20]
