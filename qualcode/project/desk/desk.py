"""A desk for one coder: what there is to decide about, and decisions taken, written and taken back.

    desk = open_desk(bench, "甲")
    queue = desk.queue(Filter())
    desk.decide(Asked("accept", segment="I03:12", code="avoidance.fear", seen=desk.cell("I03:12").seen))

A decision is on the disk when `decide` returns. Whoever decides from an old state of a segment is told what
was decided since (`OvertakenError`), and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qualcode.codebook.records import Codebook
from qualcode.model import Segment
from qualcode.problems import Problem, UsageError
from qualcode.project.decisions import decisions_folder, decisions_of
from qualcode.project.desk.asked import Asked, check, same_as
from qualcode.project.desk.entries import Cell, Entry, EntryKey, cell_of, cells_of
from qualcode.project.desk.filters import Filter
from qualcode.project.desk.papers import NO_CODINGS, Paper, paper_of
from qualcode.project.desk.passing import passing
from qualcode.project.desk.queue import Queue
from qualcode.project.desk.told import SegmentKey, Told
from qualcode.review.anchors import anchor_of, find_again
from qualcode.review.current import Placed, with_open_codes
from qualcode.review.following import Following
from qualcode.review.journal import Journal
from qualcode.review.records import VERDICTS, Decision, is_open

if TYPE_CHECKING:
    from qualcode.project.bench import Bench

QUEUES = 6  # filters kept ready: those of a few tabs


class OvertakenError(UsageError):
    """Somebody decided since the state that was shown; `latest` is that decision, where there is one."""

    def __init__(self, latest: Decision | None) -> None:
        super().__init__("somebody decided about this since it was shown; nothing was written")
        self.latest = latest


@dataclass(eq=False)
class Desk:
    """One coder's work on a study. `problems` is what was found on opening and since."""

    coder: str
    blind: bool
    base: Codebook
    papers: Sequence[Paper]
    journal: Journal
    following: Following
    problems: list[Problem]
    renamed: dict[str, str] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    book: Codebook = field(init=False)
    written: int = 0  # lines since opening

    def __post_init__(self) -> None:
        self.book = self.base
        self.ranks = {code: rank for rank, code in enumerate(self.base.codes)}
        self._papers = {paper.document.id: paper for paper in self.papers}
        self._where: dict[str, SegmentKey] = {
            segment.id: (paper.number, segment.index) for paper in self.papers for segment in paper.segments
        }
        self._cells: dict[SegmentKey, Cell] = {}
        self._queues: dict[Filter, Queue] = {}

    def begin(self, decisions: Iterable[Decision]) -> None:
        """Take in what was decided before, and lay all segments out."""
        self._take([*decisions, *self.following.new()])
        for paper in self.papers:
            there = {s.index: self.told.on((paper.number, s.index)) for s in paper.segments}
            made = cells_of(paper, there, self.book, self.coder, self.ranks, blind=self.blind)
            self._cells |= {(paper.number, index): cell for index, cell in made.items()}

    def where(self, name: str) -> tuple[Paper, Segment, SegmentKey]:
        """Return the segment of an id. Raises `UsageError` where there is none on the desk."""
        key = self._where.get(name)
        if key is None:
            raise UsageError("there is no segment '{name}' on this desk", name=name)
        paper = self.papers[key[0]]
        return paper, paper.segments[paper.position[key[1]]], key

    def paper(self, document: str) -> Paper:
        """Return the document of an id. Raises `UsageError` where there is none on the desk."""
        if document not in self._papers:
            raise UsageError("there is no document '{name}' on this desk", name=document)
        return self._papers[document]

    def cell(self, name: str) -> Cell:
        """Return what is said of a segment now."""
        return self._cells[self.where(name)[2]]

    def cell_at(self, key: SegmentKey) -> Cell:
        return self._cells[key]

    def key(self, name: str, code: str = "") -> EntryKey:
        """Return the place of an entry in the order of all, whether there is one or not."""
        segment = self.where(name)[2]
        return EntryKey(*segment, self.ranks.get(code, len(self.ranks)) if code else -1, code)

    def segment_at(self, key: SegmentKey) -> Segment:
        paper = self.papers[key[0]]
        return paper.segments[paper.position[key[1]]]

    def queue(self, wanted: Filter) -> Queue:
        """Return the entries that pass a filter, as they are now."""
        made = self._queues.pop(wanted, None)
        if made is None:
            made = Queue(passing(self, wanted), self._cells)
        self._queues[wanted] = made
        while len(self._queues) > QUEUES:
            del self._queues[next(iter(self._queues))]
        return made

    def refresh(self) -> bool:
        """Take in what was decided elsewhere since; whether there was anything."""
        found = self.following.new()
        self.problems += self.following.problems
        before = len(self.told.by_id)
        self._renew(self._take(found))
        return len(self.told.by_id) > before

    def decide(self, asked: Asked) -> Decision:
        """Write a verdict or memo; what the coder says already is not written again.

        Raises `OvertakenError` for a verdict from an old state, `UsageError` for one that makes no sense, and
        `OSError` where it could not be written: it is not decided then.
        """
        self.refresh()
        if not asked.segment:
            document = self.paper(asked.document) if asked.document else None
            check(asked, None, self.book)
            return self._write(asked, document.document.id if document else "", document, None)
        paper, segment, key = self.where(asked.segment)
        cell = self._cells[key]
        if asked.action in VERDICTS and asked.seen != cell.seen:
            raise OvertakenError(self.latest_on(key))
        check(asked, cell, self.book)
        said = next((one.decision for one in cell.placed if same_as(asked, one, cell, self.coder)), None)
        return said or self._write(asked, paper.document.id, paper, segment)

    def undo(self, name: str, *, again: bool = False, last: bool = True) -> Decision:
        """Take back a decision of the coder; `again` gives back the one that the undo `name` took.

        `last`: it must be the latest there is. Returns the decision taken back or given back. Raises
        `OvertakenError` where it is not the latest any more, or is taken back already.
        """
        self.refresh()
        latest = self.told.taken_back(self.coder) if again else self.told.last(self.coder)
        if last and (latest is None or latest.id != name):
            if latest is None and not name:
                raise UsageError(
                    "there is nothing to give back" if again else "there is nothing to take back"
                )
            raise OvertakenError(latest)
        if name not in self.told.by_id or self.told.by_id[name].coder != self.coder:
            raise UsageError("there is nothing to take back")
        if not self.told.holds(name):
            raise OvertakenError(self.told.by_id[name])
        made = self.journal.append("undo", undoes=name, blind=self.blind)
        self._added(made)
        return self.told.root(made)

    def latest_on(self, key: SegmentKey) -> Decision | None:
        """Return the latest verdict about a segment, one that was taken back too."""
        names = [name for name, at in self.told.at.items() if at == key]
        verdicts = [self.told.by_id[n] for n in names if self.told.by_id[n].action in VERDICTS]
        return max(verdicts, key=lambda one: one.order, default=None)

    def open_codes(self) -> list[str]:
        """Return people's own codes that hold somewhere, by code point."""
        given = {
            one.to if one.action == "recode" else one.code
            for name, one in self.told.by_id.items()
            if one.action in VERDICTS and is_open(one.to or one.code) and self.told.holds(name)
        }
        return sorted(code for code in given if is_open(code))

    def _write(self, asked: Asked, document: str, paper: Paper | None, segment: Segment | None) -> Decision:
        made = self.journal.append(
            asked.action,
            document=document,
            text=paper.digest if paper else "",
            anchor=anchor_of(paper.document, segment) if paper and segment else None,
            code=asked.code,
            to=asked.to,
            memo=asked.memo,
            settles=asked.settles,
            blind=self.blind,
        )
        self._added(made)
        return made

    def _added(self, made: Decision) -> None:
        self.written += 1
        self._renew(self._take([made]))

    def _take(self, decisions: Iterable[Decision]) -> set[SegmentKey]:
        """Take decisions in; return the segments whose state may have changed."""
        found = list(decisions)
        self.journal.learn(found)
        touched: set[SegmentKey] = set()
        for one in found:
            if self.blind and one.coder != self.coder:
                continue
            placed, key = self._place(one)
            changed = self.told.add(one, placed, key)
            if changed is not None:
                touched.add(changed)
        opened = {c for one in found for c in (one.code, one.to) if is_open(c)} - self.book.codes.keys()
        if opened:
            self.book = with_open_codes(self.book, sorted(opened))
        return touched

    def _place(self, one: Decision) -> tuple[Placed | None, SegmentKey | None]:
        paper = self._papers.get(self.renamed.get(one.document, one.document))
        if paper is None or one.anchor is None:
            return None, None
        same = one.text == paper.digest
        found = find_again(paper.document, paper.segments, one.anchor, same_text=same, starts=paper.starts)
        key = (paper.number, found.segment.index) if found.segment else None
        return Placed(one, found), key

    def _renew(self, touched: Iterable[SegmentKey]) -> None:
        for key in touched:
            paper = self.papers[key[0]]
            self._cells[key] = cell_of(
                paper, key[1], self.told.on(key), self.book, self.coder, self.ranks, blind=self.blind
            )
            for queue in self._queues.values():
                queue.renew(key)

    def entries(self, key: SegmentKey) -> tuple[Entry, ...]:
        return self._cells[key].entries


def open_desk(
    bench: Bench,
    coder: str,
    *,
    blind: bool = False,
    open_test: bool = False,
    told: Callable[[int], None] | None = None,
) -> Desk:
    """Lay a study on the desk of a coder. `told` hears how many documents lie there so far.

    Codings are those of the last run where nothing changed since (`bench.taken_over` counts them). Blind,
    nothing is coded by machine and what others decided is left aside. Documents kept for testing stay
    out unless `open_test`; the caller records that they were opened (`bench.opened`).
    """
    following = Following(decisions_folder(bench.study))
    told_so_far = following.new()
    journal = Journal(following.folder, coder, known=told_so_far)
    papers: list[Paper] = []
    for document, segments in bench.documents(open_test=open_test):
        coded = NO_CODINGS if blind else bench.coded(document, segments)
        papers.append(paper_of(len(papers), document, segments, bench.codebook, coded))
        if told is not None:
            told(len(papers))
    problems = [*bench.problems, *journal.problems, *following.problems]
    named = {one.document for one in told_so_far if one.document}
    renamed: dict[str, str] = {}
    if named - {paper.document.id for paper in papers} - set(bench.withheld):
        decided = decisions_of(bench.study, bench.corpus)  # reads the corpus once more, for its hashes
        renamed = dict(decided.renamed)
        problems += [one for one in decided.problems if one.kind == "decided-document-missing"]
    desk = Desk(journal.coder, blind, bench.codebook, papers, journal, following, problems, renamed)
    desk.begin(told_so_far)
    return desk
