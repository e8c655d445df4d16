"""What the coders of a study say, from its journals, laid side by side for agreement.

    heard = hear(bench)
    heard.first, heard.now           # Ratings: on their own, and as it stands

Nothing is written. What counts as seen by whom, `qualcode.review.voices` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

from qualcode.analysis.agreement.gold import ADJUDICATED, Unit
from qualcode.analysis.agreement.ratings import Codes, Ratings
from qualcode.analysis.load import Row
from qualcode.analysis.tables import is_codable
from qualcode.model import MACHINE
from qualcode.problems import Problem, UsageError
from qualcode.project.decisions import decisions_of
from qualcode.registry import did_you_mean
from qualcode.review.current import in_force, place
from qualcode.review.records import VERDICTS, Decision
from qualcode.review.voices import CERTAIN, Machine, Voices, on_their_own, read_whole, voices

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcode.codebook import Codebook
    from qualcode.coding import CodedDocument
    from qualcode.model import Document, Segment
    from qualcode.project.bench import Bench


Said = dict[str, tuple[Codes, Codes | None]]  # coder -> codes given, codes judged (None: all)
IN_SIGHT = "not independent: decided with other codings in sight"


@dataclass(frozen=True, slots=True)
class Heard:
    """What the coders of a study say of its segments.

    `first` is what they gave on their own, None where nobody worked so, or where nothing was changed since;
    with it stands, as the coder `adjudicated`, what two or more say alike now. `now` is what each says as it
    stands; where there is a `first`, of its coders on the segments they coded on their own. `codes` are those
    that people gave or judged, in the order of the codebook. `in_sight` are coders who decided with others'
    codings in sight, `whole` the documents that coders are taken to have read because coding in them was
    handed in. `changed` verdicts are on words that were changed since, `uncodable` codes on words that cannot
    be coded; neither count.
    """

    now: Ratings
    first: Ratings | None
    codes: tuple[str, ...]
    in_sight: frozenset[str]
    whole: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changed: int = 0
    uncodable: int = 0
    problems: tuple[Problem, ...] = ()

    def seen(self, coder: str) -> dict[str, int]:
        """Return how many segments of each document a coder saw."""
        at = self.now.coders.index(coder)
        found: dict[str, int] = {}
        for unit, row in zip(self.now.units, self.now.sets, strict=True):
            if row[at] is not None:
                found[unit.document] = found.get(unit.document, 0) + 1
        return found

    def in_common(self, one: str, other: str) -> int:
        """Return how many segments two coders both saw."""
        both = [self.now.coders.index(coder) for coder in (one, other)]
        return sum(all(row[at] is not None for at in both) for row in self.now.sets)


def hear(bench: Bench, wanted: Sequence[str] = ()) -> Heard:
    """Read the journals of a study. `wanted` are the coders asked for, else all of them and the machine.

    One coder asked for alone is compared with the machine. Raises `UsageError` where nobody decided anything,
    and for a coder without a decision.
    """
    decided = decisions_of(bench.study, bench.corpus)
    problems = list(decided.problems)
    people = sorted({one.coder for one in decided.decisions if one.action in VERDICTS})
    if not people:
        raise UsageError(
            "nobody has decided anything in this study yet",
            hint="'qualcode review --coder NAME --blind' codes it; or name a CSV of codings",
        )
    known = (*people, MACHINE)
    for name in wanted:
        if name not in known:
            raise UsageError(
                "{coder} has decided nothing in this study; its coders: {names}",
                hint=did_you_mean(name, known),
                coder=name,
                names=", ".join(people),
            )
    chosen = [name for name in people if name in wanted] or people
    if MACHINE in wanted or len(set(wanted)) < 2:
        chosen = [*chosen, MACHINE]
    book = decided.codebook_with_open_codes(bench.codebook)
    collected = _Collected(book, [name for name in chosen if name != MACHINE])
    for document, segments in bench.documents(open_test=True):
        if document.id in decided.by_document:
            collected.take(document, segments, decided.by_document[document.id], bench.coded)
    bench.opened[:] = [name for name in bench.opened if name in collected.heard_of]
    return collected.heard(chosen, problems)


@dataclass(eq=False)
class _Collected:
    """Voices document by document: of everybody, since what anybody settled stands for all."""

    book: Codebook
    people: Sequence[str]
    units: list[Unit] = field(default_factory=list)
    first: list[Said] = field(default_factory=list)
    now: list[Said] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    heard_of: set[str] = field(default_factory=set)
    in_sight: set[str] = field(default_factory=set)
    whole: dict[str, list[str]] = field(default_factory=dict)
    changed: int = 0
    uncodable: int = 0

    def take(
        self,
        document: Document,
        segments: Sequence[Segment],
        decisions: Sequence[Decision],
        code: Callable[[Document, Sequence[Segment]], CodedDocument],
    ) -> None:
        """Take in a document and all decisions about it; `code` codes it by machine."""
        now = [one for one in in_force(decisions) if one.action in VERDICTS]
        if not any(one.coder in self.people for one in now):
            return
        own = [one for one in in_force(on_their_own(decisions)) if one.action in VERDICTS]
        self.heard_of.add(document.id)
        kept = {one.id for one in own}
        self.in_sight |= {one.coder for one in now if one.id not in kept}
        coded = code(document, segments)
        machine: dict[int, dict[str, bool]] = {}
        for coding in coded.codings:
            machine.setdefault(coding.segment, {})[coding.code] = coding.countable
        readable = {
            one.index: one
            for one in segments
            if one.kind != "heading"
            and is_codable(one, document, code_interviewers=self.book.code_interviewers)
        }
        placed = place(document, segments, now)
        self.changed += sum(
            one.found.state not in CERTAIN for one in placed if one.decision.coder in self.people
        )
        for coder in self.people:
            if read_whole([one for one in now if one.coder == coder]):
                self.whole.setdefault(coder, []).append(document.id)
        said = voices(placed, list(readable), machine)
        before = voices(place(document, segments, own), list(readable), machine, settled=False)
        for index, segment in readable.items():
            self.units.append(Unit(document.id, segment.span, segment.text, segment.speaker, segment.id))
            self.now.append(self._row(said, index, machine))
            self.first.append(self._row(before, index, machine))
        self.uncodable += sum(
            bool(voice.given)
            for coder in self.people
            for at, voice in said.get(coder, {}).items()
            if at not in readable
        )

    def _row(self, said: Voices, index: int, machine: Machine) -> Said:
        row: Said = {}
        for coder, its in said.items():
            if (voice := its.get(index)) is not None:
                row[coder] = (voice.given, voice.judged)
                if coder in self.people:
                    self.codes |= voice.given | (voice.judged or frozenset())
        counted = frozenset(code for code, counts in machine.get(index, {}).items() if counts)
        row[MACHINE] = (counted, None)
        return row

    def heard(self, chosen: Sequence[str], problems: Sequence[Problem]) -> Heard:
        people = [name for name in chosen if name != MACHINE]
        codes = tuple(code for code in self.book.codes if code in self.codes)
        now = self._ratings(self.now, chosen)
        own = [name for name in people if any(name in row for row in self.first)]
        first = None
        if own and self._ratings(self.first, own) != now.of(own):
            standard = _standing(self.now, codes)
            both = [{**row, **found} for row, found in zip(self.first, standard, strict=True)]
            first = self._ratings(
                both, [*(name for name in chosen if name not in people or name in own), ADJUDICATED]
            )
            now = self._ratings([*map(_on_the_same, self.now, self.first, repeat(own))], chosen)
        return Heard(
            now,
            first,
            codes,
            frozenset(self.in_sight & {*people}),
            {coder: tuple(names) for coder, names in self.whole.items()},
            self.changed,
            self.uncodable,
            tuple(problems),
        )

    def _ratings(self, rows: Sequence[Said], coders: Sequence[str]) -> Ratings:
        """Lay rows out, units left out that none of the people among the coders saw."""
        people = [name for name in coders if name not in (MACHINE, ADJUDICATED)]
        kept = [n for n, row in enumerate(rows) if any(name in row for name in people)]
        given = [tuple(rows[n][name][0] if name in rows[n] else None for name in coders) for n in kept]
        judged = [tuple(rows[n][name][1] if name in rows[n] else None for name in coders) for n in kept]
        return Ratings(tuple(self.units[n] for n in kept), tuple(coders), tuple(given), judged=tuple(judged))


def _on_the_same(now: Said, first: Said, own: Sequence[str]) -> Said:
    """What coders say now where they coded on their own before; others as they are."""
    return {name: said for name, said in now.items() if name not in own or name in first}


def _standing(rows: Sequence[Said], codes: Sequence[str]) -> list[Said]:
    """What two or more people say alike now: of codes, whether they are given; of others, nothing."""
    found: list[Said] = []
    for row in rows:
        here = [row[name] for name in row if name != MACHINE]
        said = {
            code: [code in given for given, judged in here if judged is None or code in judged]
            for code in codes
        }
        clear = {code: its[0] for code, its in said.items() if len(its) > 1 and len(set(its)) == 1}
        given = frozenset(code for code, yes in clear.items() if yes)
        found.append({ADJUDICATED: (given, frozenset(clear))} if clear else {})
    return found


def asked_codes(heard: Heard, wanted: Sequence[str], book: Codebook) -> tuple[str, ...]:
    """Return the codes to compare: those asked for, else those that people gave or judged.

    Raises `UsageError` for a code that is neither in the codebook nor given by anybody.
    """
    known = dict.fromkeys((*book.codes, *heard.codes, *heard.now.codes))
    for code in wanted:
        if code not in known:
            raise UsageError("the codebook has no code '{code}'", hint=did_you_mean(code, known), code=code)
    return tuple(wanted) or heard.codes


def noted(rows: Iterable[Row], heard: Heard) -> list[Row]:
    """Say in the rows of `agreement` which comparisons are not of independent work."""
    made = []
    for row in rows:
        group = row[1]
        if isinstance(group, tuple) and heard.in_sight.intersection(group):
            row = (*row[:-1], "; ".join(filter(None, (str(row[-1]), IN_SIGHT))))
        made.append(row)
    return made
