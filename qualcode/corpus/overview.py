"""What `qualcode corpus check` shows: file by file, what was understood before anything is coded.

A value, not a text: the command line prints it, `--json` dumps it. Roles keep how they are known; a guess
stands in a field of its own and is applied nowhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median

from qualcode.corpus.duplicates import Repeat, Sketch, find_repeats, repeat_notes, sketch
from qualcode.corpus.layout import speeches_in
from qualcode.corpus.opening import Corpus
from qualcode.corpus.roles import guess_roles
from qualcode.corpus.segment import segment_document
from qualcode.model import ASKING, TALK, Document, Speaker
from qualcode.problems import Problem, in_order
from qualcode.text.words import count_signs

DATES = ("date", "issued", "effective", "expired")


@dataclass(frozen=True, slots=True)
class SpeakerOverview:
    """One label: the role that is in force and how it is known, and a guess that is not in force."""

    label: str
    role: str
    role_source: str  # declared, pattern, unknown
    actor: str
    turns: int
    share: float  # of all that is said in the document
    questions: float  # share of the turns that end in a question
    guess: str  # "" where a role is known, or nothing suggests one


@dataclass(frozen=True, slots=True)
class DocumentOverview:
    """One document as understood. `dates` are (which, date, from where)."""

    id: str
    path: str
    format: str
    encoding: str
    note: str
    title: str
    kind: str
    kind_source: str
    language: str
    dates: tuple[tuple[str, str, str], ...]
    actor: str
    actor_source: str
    doc_number: str
    duplicate_of: str
    characters: int
    turns: int
    speeches: int
    speakers: tuple[SpeakerOverview, ...]
    segments: int
    median_sentence: float  # characters; 0 where there is none
    repairs: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusOverview:
    """The whole corpus: its documents in order, what could not be read, what repeats what, all problems."""

    unit: str
    files: int
    unread: int  # files or rows that gave no document
    documents: tuple[DocumentOverview, ...]
    repeats: tuple[Repeat, ...]
    problems: tuple[Problem, ...]

    @property
    def kinds(self) -> dict[str, int]:
        """Documents by kind; "" counts those of which nobody knows."""
        return dict(sorted(Counter(document.kind for document in self.documents).items()))

    @property
    def talks(self) -> tuple[DocumentOverview, ...]:
        return tuple(d for d in self.documents if d.kind in TALK)

    @property
    def without_interviewer(self) -> tuple[DocumentOverview, ...]:
        """Talk in which no label is declared to be an interviewer or moderator."""
        return tuple(d for d in self.talks if not _asks(d, {"declared"}))

    @property
    def without_any_interviewer(self) -> tuple[DocumentOverview, ...]:
        """Talk in which nobody is known to ask, neither declared nor by a label such as 访谈者."""
        return tuple(d for d in self.talks if not _asks(d, {"declared", "pattern"}))

    @property
    def undated(self) -> tuple[DocumentOverview, ...]:
        return tuple(d for d in self.documents if not d.dates)


def overview(corpus: Corpus, *, unit: str = "sentence", problems: Iterable[Problem] = ()) -> CorpusOverview:
    """Read a corpus and say what was understood. `problems` are those already found on opening it.

    Raises UsageError for an unknown unit.
    """
    documents: list[DocumentOverview] = []
    sketches: list[Sketch] = []
    all_problems = list(problems)
    unread = 0
    for document, found in corpus.documents():
        all_problems += found
        if document is None:
            unread += 1
            continue
        shown = document_overview(document, unit=unit, problems=found)
        all_problems += shown.problems
        documents.append(shown)
        sketches.append(sketch(document))
    repeats = find_repeats(sketches)
    marked = frozenset(d.id for d in documents if d.duplicate_of)
    all_problems += repeat_notes(repeats, marked)
    return CorpusOverview(
        unit=unit,
        files=len(corpus.files),
        unread=unread,
        documents=tuple(documents),
        repeats=tuple(repeats),
        problems=tuple(in_order(all_problems)),
    )


def document_overview(
    document: Document, *, unit: str = "sentence", problems: Iterable[Problem] = ()
) -> DocumentOverview:
    """Say what was understood of one document; the problems of cutting it into segments are added."""
    segments, found = segment_document(document, unit)
    sentences = segments if unit == "sentence" else segment_document(document, "sentence")[0]
    lengths = [len(s.text) for s in sentences if s.kind != "heading"]
    metadata, source = document.metadata, document.source
    return DocumentOverview(
        id=document.id,
        path=source.path,
        format=source.format,
        encoding=source.encoding,
        note=source.note,
        title=metadata.title,
        kind=metadata.kind,
        kind_source=metadata.origins.get("kind", ""),
        language=metadata.language,
        dates=tuple(
            (key, getattr(metadata, key), metadata.origins.get(key, ""))
            for key in DATES
            if getattr(metadata, key)
        ),
        actor=metadata.actor,
        actor_source=metadata.origins.get("actor", ""),
        doc_number=metadata.doc_number,
        duplicate_of=metadata.duplicate_of,
        characters=sum(count_signs(s.text) for s in sentences),
        turns=len(document.turns),
        speeches=speeches_in(document.turns),
        speakers=_speakers(document),
        segments=len(segments),
        median_sentence=float(median(lengths)) if lengths else 0.0,
        repairs=dict(sorted(source.repairs.items())),
        problems=tuple(in_order([*problems, *found])),
    )


def _speakers(document: Document) -> tuple[SpeakerOverview, ...]:
    known: dict[str, Speaker] = {speaker.label: speaker for speaker in document.speakers}
    shown = []
    for guess in guess_roles(document):
        speaker = known.get(guess.label, Speaker(guess.label))
        unknown = speaker.role_source == "unknown"
        shown.append(
            SpeakerOverview(
                label=guess.label,
                role=speaker.role,
                role_source=speaker.role_source,
                actor=speaker.actor,
                turns=guess.turns,
                share=guess.share,
                questions=guess.questions,
                guess=guess.role if unknown and guess.role != "unknown" else "",
            )
        )
    return tuple(shown)


def _asks(document: DocumentOverview, sources: set[str]) -> bool:
    return any(s.role in ASKING and s.role_source in sources for s in document.speakers)
