"""What cues mean, written down as directly as it can be said: every place, every pair, nothing prepared.

Shared with the engine are only the records, the splitters of sentences and clauses, and the places of terms
as `tests/coding/oracle.py` defines them. Regular expressions are left out.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from qualcode.codebook.cues import AXES, Cue
from qualcode.codebook.records import Codebook
from qualcode.model import Assertion, Span
from qualcode.text.sentences import clause_spans, sentence_spans

from .oracle import cut, folded, occurrences, properly_inside, touch, words

MARKS = (("“", "”"), ("「", "」"), ("『", "』"), ('"', '"'))
MODALITIES = ("hypothetical", "question", "normative", "planned", "actual")
PLAIN = {"polarity": "affirmed", "modality": "actual", "holder": "unspecified", "reported": "no"}


class Stand(NamedTuple):
    """A cue standing somewhere. `frame` is the slot it acts in, for a construct."""

    cue: Cue
    number: int
    span: Span
    sets: dict[str, str]
    actor: str = ""
    kind: str = "word"  # word, echo, quote
    frame: Span | None = None


class Naive:
    """One text under one codebook."""

    def __init__(self, text: str, codebook: Codebook, own: str = "") -> None:
        self.text, self.own = text, own
        self.fold = codebook.fold
        self.low = folded(text, codebook.fold)
        self.codebook = codebook
        found = [one for one in self.everything() if self.sides_allow(one)]
        found = [one for one in found if not any(properly_inside(one.span, other.span) for other in found)]
        self.hidden = [one.span for one in found if one.cue.kind == "pseudo"]
        found = [
            one
            for one in found
            if one.cue.kind != "pseudo" and not any(touch(one.span, hidden) for hidden in self.hidden)
        ]
        self.slots: list[Stand] = []
        taken = self.constructs()
        found = [one for one in found if not any(touch(one.span, literal) for literal in taken)]
        self.ends = [one for one in found if one.cue.kind == "terminate"]
        found.sort(key=lambda one: (one.span.start, -one.span.end, one.number, one.actor))
        self.cues: list[Stand] = []
        for one in found:
            sets = {
                axis: value
                for axis, value in one.sets.items()
                if not any(axis in other.sets and touch(one.span, other.span) for other in self.cues)
            }
            if sets:
                self.cues.append(one._replace(sets=sets))
        for number, cue in enumerate(codebook.context.cues):
            for span in self.quotations(cue.quotes):
                if span.end - span.start >= max(cue.least, 1):
                    self.cues.append(Stand(cue, number, span, dict(cue.sets), kind="quote"))

    def everything(self) -> list[Stand]:
        found = set()
        for number, cue in enumerate(self.codebook.context.cues):
            named = [(term, "") for term in cue.terms]
            if cue.actors:
                named += [
                    (term, actor.id)
                    for actor in self.codebook.context.actors.values()
                    for term in actor.aliases
                    if cue.language in ("", "zh" if any("一" <= c <= "鿿" for c in term.text) else "en")
                ]
            for term, actor in named:
                for parts in occurrences(term, self.text, self.fold):
                    whole = parts if cue.kind == "pseudo" else [Span(parts[0].start, parts[-1].end)]
                    found |= {(number, span, actor, "word") for span in whole}
            for term in cue.echoes:
                for parts in occurrences(term, self.text, self.fold):
                    a, b = parts[0].start, parts[-1].end
                    both = [
                        n
                        for n in (2, 1)
                        if a >= n
                        and self.low[a - n : a] == self.low[b : b + n]
                        and self.low[a - n : a].isalpha()
                    ]
                    if both:
                        found.add((number, Span(a - both[0], b + both[0]), "", "echo"))
        cues = self.codebook.context.cues
        return [Stand(cues[n], n, span, dict(cues[n].sets), actor, kind) for n, span, actor, kind in found]

    def sides_allow(self, one: Stand) -> bool:
        before, behind = self.low[: one.span.start].rstrip(), self.low[one.span.end :].lstrip()

        def ends(given) -> bool:
            return any(
                before.endswith(folded(word, self.fold)) and not cut(self.low, len(before) - len(word))
                for word in given
            )

        def begins(given) -> bool:
            at = len(self.low) - len(behind)
            return any(
                behind.startswith(folded(word, self.fold)) and not cut(self.low, at + len(word))
                for word in given
            )

        cue = one.cue
        return (
            (not cue.after or ends(cue.after))
            and (not cue.before or begins(cue.before))
            and not ends(cue.not_after)
            and not begins(cue.not_before)
        )

    def quotations(self, pairs) -> list[Span]:
        found = set()
        for opening, closing in pairs:
            if opening == closing:
                at = [i for i, c in enumerate(self.text) if c == opening]
                found |= {Span(a + 1, b) for a, b in zip(at[0::2], at[1::2], strict=False)}
                continue
            begun, any_yet = None, False
            for i, c in enumerate(self.text):
                if c == opening and begun is None:
                    begun = i + 1
                if c == closing:
                    if begun is not None or not any_yet:
                        found.add(Span(begun or 0, i))
                        any_yet = True
                    begun = None
            if begun is not None:
                found.add(Span(begun, len(self.text)))
        return sorted(found)

    def unit(self, until: str, offset: int) -> Span:
        spans = (clause_spans if until == "clause" else sentence_spans)(self.text, 0, len(self.text))
        starts = [0, *(a for a, _ in spans[1:]), len(self.text)]
        for a, b in pairwise(starts):
            if a <= offset < b:
                # Blank characters before the first one are before every sentence.
                return Span(spans[0][0] if a == 0 and spans and offset >= spans[0][0] else a, b)
        return Span(0, len(self.text))

    def gap(self, reach, a: int, b: int) -> bool:
        if reach is None:
            return True
        return (words(self.text[a:b]) if reach.unit == "words" else b - a) <= reach.limit

    # Constructs

    def constructs(self) -> list[Span]:
        candidates = []
        for number, cue in enumerate(self.codebook.context.cues):
            for frame in cue.frames:
                first, *others = [self.frame_places(term) for term in frame.literals]
                for place in first:
                    literals = [place]
                    for places in others:
                        behind = [p for p in places if p.start > literals[-1].end]
                        if not behind or behind[0].end > self.unit("sentence", place.start).end:
                            break
                        if not self.gap(cue.reach, literals[-1].end, behind[0].start):
                            break
                        literals.append(behind[0])
                    if len(literals) == len(frame.literals):
                        candidates.append((number, cue, frame, literals))
        candidates.sort(key=lambda c: (c[3][0].start, -sum(s.end - s.start for s in c[3]), c[0]))
        taken: list[Span] = []
        for number, cue, frame, literals in candidates:
            if any(touch(one, other) for one in literals for other in taken):
                continue
            taken += literals
            starts = [self.unit(cue.until, literals[0].start).start, *(s.end for s in literals)]
            stops = [*(s.start for s in literals), self.unit(cue.until, literals[-1].end - 1).end]
            for name, a, b in zip(frame.slots, starts, stops, strict=True):
                if name in cue.slots and a < b:
                    sets = dict(cue.slots[name])
                    self.slots.append(Stand(cue, number, literals[0], sets, frame=Span(a, b)))
        return taken

    def frame_places(self, term) -> list[Span]:
        found = [Span(p[0].start, p[-1].end) for p in occurrences(term, self.text, self.fold)]
        return [
            one
            for one in found
            if not any(
                touch(one, hidden) and not (one.start <= hidden.start and hidden.end <= one.end)
                for hidden in self.hidden
            )
        ]

    # What acts, and what it says

    def acts(self, one: Stand, axis: str, part: Span) -> bool:
        if touch(one.span, part):
            if axis == "holder" and one.span.start == part.start and one.sets[axis] != "unspecified":
                return True
            return one.kind != "word"
        if one.kind == "quote":
            return False
        forward = one.span.end <= part.start
        if one.cue.direction == ("backward" if forward else "forward"):
            return False
        quoted = self.quotations(MARKS)
        mine = [q for q in quoted if q.start <= one.span.start and one.span.end <= q.end]
        mine.sort(key=lambda q: (q.end - q.start, q.start))
        ends = [e for e in self.ends if axis in e.cue.ends]
        if forward:
            stop = self.unit(one.cue.until, one.span.end - 1).end
            if mine:
                stop = min(stop, mine[0].end)
            rest = self.text[one.span.end :]
            opening = len(rest) - len(rest.lstrip("：:，, \t\n"))
            for q in quoted:
                if q.start == one.span.end + opening + 1:
                    stop = q.end
                    break
            limits = [e.span.start for e in ends if e.cue.direction != "backward"]
            stop = min([stop, *(n for n in limits if n >= one.span.end)])
            return part.start < stop and self.gap(one.cue.reach, one.span.end, part.start)
        start = self.unit(one.cue.until, one.span.start).start
        if mine:
            start = max(start, mine[0].start)
        limits = [e.span.end for e in ends if e.cue.direction != "forward"]
        start = max([start, *(n for n in limits if n <= one.span.start)])
        return part.end > start and self.gap(one.cue.reach, part.end, one.span.start)

    def acting(self, axis: str, parts) -> list[Stand]:
        slots = [
            s
            for s in self.slots
            if axis in s.sets and any(s.frame.start <= p.start and p.end <= s.frame.end for p in parts)
        ]
        wall = max((s.span.end for s in slots if s.sets[axis] == PLAIN[axis]), default=0)
        cues = [
            one
            for one in self.cues
            if axis in one.sets
            and (one.span.end > wall or one.span.start >= parts[0].end)
            and any(self.acts(one, axis, part) for part in parts)
        ]
        found = cues + slots
        return sorted(found, key=lambda one: (one.span, -1 if one.frame else one.number))

    def value(self, axis: str, parts) -> str:
        acting = self.acting(axis, parts)
        return {
            "polarity": self.polarity,
            "modality": lambda a, p: min([o.sets["modality"] for o in a] + ["actual"], key=MODALITIES.index),
            "holder": self.holder,
            "reported": lambda a, p: "yes" if any(o.sets["reported"] == "yes" for o in a) else "no",
        }[axis](acting, parts)

    def polarity(self, acting, parts) -> str:
        deny = [
            one
            for one in acting
            if one.sets["polarity"] in ("negated", "prohibited")
            and not (
                one.frame is None
                and any(
                    self.low[p.start :].startswith(self.words_of(one))
                    for p in parts
                    if p.start >= one.span.end
                )
            )
        ]
        kept = []
        for n, one in enumerate(deny):
            later = deny[n + 1 :]
            listed = any(o.cue.id == one.cue.id and o.span.start > one.span.end for o in later)
            stopped = (
                later
                and one.frame is None
                and later[0].span.end <= parts[-1].start
                and later[0].span.start - one.span.end > one.cue.past
            )
            if not listed and not stopped:
                kept.append(one.sets["polarity"])
        if len(kept) % 2 == 0:
            return "affirmed"
        return "prohibited" if "prohibited" in kept else "negated"

    def words_of(self, one: Stand) -> str:
        return "" if one.kind == "quote" else self.low[one.span.start : one.span.end]

    def means(self, one: Stand) -> str:
        actor = one.actor or (one.sets["holder"].partition(":")[2] if one.frame else "")
        if not actor:
            return one.sets["holder"]
        return "self" if actor == self.own else f"other:{actor}"

    def holder(self, acting, parts) -> str:
        if not acting:
            return "unspecified"

        def far(one: Stand) -> tuple[int, bool]:
            away = [max(p.start - one.span.end, one.span.start - p.end, 0) for p in parts]
            return min(away), one.span.start > parts[0].start

        nearest = min(acting, key=far)
        chain = [nearest]
        for one in reversed(acting[: acting.index(nearest)]):
            if one.span.end == chain[0].span.start:
                chain.insert(0, one)
        for one in acting[acting.index(nearest) + 1 :]:
            if one.span.start == chain[-1].span.end:
                chain.append(one)
        for wanted in ("self", "other:"):
            same = [one for one in chain if self.means(one).startswith(wanted)]
            if same:
                nearest = same[0]
                break
        if self.means(nearest) == "self" and not nearest.frame and not nearest.actor:
            inside = [
                q
                for q in self.quotations(MARKS)
                if q.start <= nearest.span.start and nearest.span.end <= q.end
            ]
            if inside:
                shortest = min(inside, key=lambda q: (q.end - q.start, q.start))
                sentence = self.unit("sentence", nearest.span.start)
                outside = [
                    one
                    for one in self.cues
                    if "holder" in one.sets
                    and sentence.start <= one.span.start
                    and one.span.end <= sentence.end
                ]
                before = [one for one in outside if one.span.end <= shortest.start]
                behind = [one for one in outside if one.span.start >= shortest.end]
                if before or behind:
                    nearest = before[-1] if before else behind[0]
        return self.means(nearest)


def naive_assertion(text: str, parts, codebook: Codebook, own: str = "") -> Assertion:
    """How evidence is meant, by definition. Assessed are the axes that a cue of the text's language sets."""
    language = "zh" if any("一" <= c <= "鿿" for c in text) else "en"
    axes = {a for cue in codebook.context.cues if cue.language in ("", language) for a in cue.axes}
    reading = Naive(text, codebook, own)
    return Assertion(**{axis: reading.value(axis, parts) for axis in AXES if axis in axes})
