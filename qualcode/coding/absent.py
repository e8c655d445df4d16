"""Why a pattern finds nothing in a segment: which of its groups stand there, which do not, and how far apart.

    lack = absence(rule.pattern, look, position)

The answer follows the pattern: for a combination it says what became of each group. Near misses are told: a
term inside a longer word, one that differs by case, width or script, one in the segment next door, parts that
are too far apart and by how much, parts in another order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from qualcode.codebook.records import FOLDS
from qualcode.coding.look import Look
from qualcode.coding.why import Why, why
from qualcode.model import Span
from qualcode.patterns.all_ import All
from qualcode.patterns.any_ import Any
from qualcode.patterns.base import ITSELF, Parts, Pattern, hull
from qualcode.patterns.code import Code
from qualcode.patterns.count import Count
from qualcode.patterns.distance import Distance
from qualcode.patterns.near import Near
from qualcode.patterns.proximity import find_near
from qualcode.patterns.regex import Regex
from qualcode.patterns.score import Score
from qualcode.patterns.term import Term
from qualcode.patterns.terms import Terms
from qualcode.patterns.tokens import Tokens
from qualcode.text.folding import fold

NAMED = 6  # terms named before the rest is only counted


def absence(pattern: Pattern, look: Look, position: int) -> Why:
    """Say why a pattern that finds nothing in a segment does not, or that it is found after all."""
    found = pattern.find(look.view(position))
    if found:
        first = min(found, key=lambda parts: (hull(parts), parts))
        return why("found", "found: {words}", spans=first, words=_words(first, look))
    explain = _KINDS.get(type(pattern))
    return explain(pattern, look, position) if explain else why("absent", "its pattern finds nothing here")


def _terms(pattern: Terms, look: Look, position: int) -> Why:
    return _no_term(pattern.terms, look, position)


def _no_term(terms: Sequence[Term], look: Look, position: int) -> Why:
    misses = tuple(_near_misses(terms, look, position))
    if len(terms) == 1:
        return why("no-term", "“{term}” does not stand here", inner=misses, term=str(terms[0]))
    return why(
        "no-term",
        "none of its {n} terms stands here: {terms}",
        inner=misses,
        n=len(terms),
        terms=listed(terms),
    )


def listed(terms: Iterable[object], most: int = NAMED) -> str:
    """Name some things, and say how many more there are.

    >>> listed(["a", "b", "c"], 2)
    'a, b, … (+1)'
    """
    names = list(dict.fromkeys(map(str, terms)))
    more = f", … (+{len(names) - most})" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _near_misses(terms: Sequence[Term], look: Look, position: int) -> Iterable[Why]:
    """Yield terms that nearly stand in a segment: cut out of a word, folded otherwise, or next door."""
    text, kinds = look.segments[position].text, look.codebook.fold
    start = look.segments[position].span.start
    everything = frozenset(FOLDS)
    for term in terms:
        if len(term.pieces) > 1 or "*" in term.text:
            continue
        at = fold(text, kinds).find(fold(term.text, kinds))
        if at >= 0:
            word = _word_round(text, at, at + len(term.text))
            spans = (Span(start + word.start, start + word.end),)
            yield why(
                "inside-word",
                "“{term}” is only part of the word “{word}”",
                spans=spans,
                term=str(term),
                word=text[word.start : word.end],
            )
            continue
        at = fold(text, everything).find(fold(term.text, everything))
        if at >= 0:
            yield why(
                "fold",
                "“{words}” differs from “{term}” by case, width or script, which 'fold' keeps apart",
                spans=(Span(start + at, start + at + len(term.text)),),
                term=str(term),
                words=text[at : at + len(term.text)],
            )
    for beside in (position - 1, position + 1):
        if 0 <= beside < len(look.segments):
            there = look.view(beside).found(tuple(terms))
            if there:
                first = min((one for each in there for one in each), key=hull)
                yield why(
                    "next-door",
                    "“{words}” stands in {segment}, and a match lies in one segment",
                    spans=first,
                    words=_words(first, look),
                    segment=look.segments[beside].id,
                )


def _word_round(text: str, start: int, end: int) -> Span:
    while start and (text[start - 1].isalnum() or text[start - 1] in "'’"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "'’"):
        end += 1
    return Span(start, end)


def _near(pattern: Near, look: Look, position: int) -> Why:
    view = look.view(position)
    groups: list[Why] = []
    for number, terms in enumerate(pattern.groups, 1):
        places = sorted({hull(parts) for each in view.found(terms) for parts in each})
        if places:
            words = listed(look.document.text[span.start : span.end] for span in places)
            groups.append(
                why("group", "group {n} stands here: {words}", spans=tuple(places), n=number, words=words)
            )
        else:
            lack = _no_term(terms, look, position)
            groups.append(
                why(
                    "missing-group",
                    "group {n} is missing: {terms}",
                    inner=lack.inner,
                    n=number,
                    terms=listed(terms),
                )
            )
    missing = [one for one in groups if one.kind == "missing-group"]
    if missing:
        return why(
            "groups",
            "{missing} of its {n} groups are missing",
            inner=tuple(groups),
            missing=len(missing),
            n=len(groups),
        )
    return _apart(pattern, look, position, tuple(groups))


def _apart(pattern: Near, look: Look, position: int, groups: tuple[Why, ...]) -> Why:
    """Say what keeps members that all stand here from being a match: distance, order, shared characters."""
    view = look.view(position)
    length = view.span.end - view.span.start
    whole = Distance(length, "characters")
    if not find_near(pattern.groups, whole, view, ordered=False):
        return why("shared", "its groups stand here only on characters that they share", inner=groups)
    anywhere = find_near(pattern.groups, whole, view, ordered=pattern.ordered)
    if not anywhere:
        return why("order", "its groups stand here in another order", inner=groups)
    if pattern.distance.unit == "sentence":
        return why(
            "sentence",
            "its groups stand here, but not in one sentence: {words}",
            spans=anywhere[0],
            inner=groups,
            words=_words(anywhere[0], look),
        )
    unit = pattern.distance.unit

    def within(limit: int) -> list[Parts]:
        return find_near(pattern.groups, Distance(limit, unit), view, ordered=pattern.ordered)

    low, high = pattern.distance.limit, length  # nothing within low, something within high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if within(middle) else (middle, high)
    nearest = within(high)[0]
    return _too_far(pattern.distance, high, nearest, groups, look)


def _too_far(distance: Distance, found: int, nearest: Parts, groups: tuple[Why, ...], look: Look) -> Why:
    words = _words(nearest, look)
    if distance.unit == "words":
        return why(
            "distance",
            "its groups stand {found} words apart ({words}); at most {limit} are allowed",
            spans=nearest,
            inner=groups,
            found=found,
            limit=distance.limit,
            words=words,
        )
    return why(
        "distance",
        "its groups stand {found} characters apart ({words}); at most {limit} are allowed",
        spans=nearest,
        inner=groups,
        found=found,
        limit=distance.limit,
        words=words,
    )


def _count(pattern: Count, look: Look, position: int) -> Why:
    found = [min(each, key=hull) for each in look.view(position).found(pattern.terms)]
    if not found:
        return _no_term(pattern.terms, look, position)
    return why(
        "count",
        "{found} different terms stand here ({words}); {least} are needed",
        spans=tuple(sorted(part for parts in found for part in parts)),
        found=len(found),
        least=pattern.at_least,
        words=listed(_words(parts, look) for parts in found),
    )


def _score(pattern: Score, look: Look, position: int) -> Why:
    found = look.view(position).placed(pattern.terms)
    if not found:
        return _no_term(pattern.terms, look, position)
    needed = (
        "the words that stand here ({words}) weigh {total} together; {reach} is needed"
        if pattern.reach_in_turn is None
        else "the words that stand here ({words}) weigh {total} together; {reach} is needed, or {in_turn} "
        "where another segment of the turn comes to {reach}"
    )
    return why(
        "score",
        needed,
        spans=tuple(sorted(part for _, each in found for part in min(each, key=hull))),
        words=listed(_words(min(each, key=hull), look) for _, each in found),
        total=f"{pattern.total(entry for place, _ in found for entry in pattern.owners[place]):g}",
        reach=f"{pattern.reach:g}",
        in_turn=f"{pattern.reach_in_turn or pattern.reach:g}",
    )


def _all(pattern: All, look: Look, position: int) -> Why:
    inner = tuple(absence(one, look, position) for one in pattern.groups)
    missing = sum(one.kind != "found" for one in inner)
    return why(
        "groups", "{missing} of its {n} groups are missing", inner=inner, missing=missing, n=len(inner)
    )


def _any(pattern: Any, look: Look, position: int) -> Why:
    inner = tuple(absence(one, look, position) for one in pattern.choices)
    return why("choices", "none of its {n} alternatives is found here", inner=inner, n=len(inner))


def _regex(pattern: Regex, look: Look, position: int) -> Why:
    return why("regex", "the expression does not match here: {pattern}", pattern=pattern.pattern)


def _tokens(pattern: Tokens, look: Look, position: int) -> Why:
    return why("tokens", "no tokens here fit the pattern {pattern}", pattern=pattern.patterns)


def _code(pattern: Code, look: Look, position: int) -> Why:
    codes = listed(code.removeprefix(ITSELF) for code in pattern.codes)
    if pattern.scope == "turn":
        return why("code", "{codes} is not coded in this turn", codes=codes)
    return why("code", "{codes} is not coded in this segment", codes=codes)


def _words(parts: Parts, look: Look) -> str:
    return " … ".join(look.document.text[part.start : part.end] for part in parts)


_KINDS: dict[type, Callable[..., Why]] = {
    Terms: _terms,
    Near: _near,
    Count: _count,
    Score: _score,
    All: _all,
    Any: _any,
    Regex: _regex,
    Tokens: _tokens,
    Code: _code,
}
