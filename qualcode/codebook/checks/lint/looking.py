"""What several lint checks ask of terms and patterns: which are inside which, and what each rests on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache

from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.patterns.all_ import All
from qualcode.patterns.any_ import Any
from qualcode.patterns.base import Pattern
from qualcode.patterns.regex import Regex
from qualcode.patterns.term import Term
from qualcode.patterns.terms import Terms
from qualcode.problems import Place
from qualcode.text.folding import fold
from qualcode.text.words import cuts_word

SHOWN = 5  # words named in one message
_ON = "ꙮ"  # a letter no material has: what `*` goes on with
_SPACES = re.compile(" +")


def listed(words: Iterable[str]) -> str:
    """Name the first few of some words, and say that there are more.

    >>> listed(["推动", "推进"]), listed("abcdefg")
    ('推动, 推进', 'a, b, c, d, e, …')
    """
    every = list(words)
    return ", ".join(every[:SHOWN]) + (", …" if len(every) > SHOWN else "")


@lru_cache(maxsize=1 << 16)
def folded(term: Term, kinds: frozenset[str]) -> str:
    """Return a term as it is compared: folded, white space as one space."""
    return _SPACES.sub(" ", fold(term.text, kinds))


def inside(inner: Term, outer: Term, kinds: frozenset[str]) -> bool:
    """Whether wherever the outer term stands the inner one stands in it, as a whole word where it is one.

    A term with a gap is inside nothing, and around what stands in one of its pieces. Equal terms are inside
    each other.

    >>> term = lambda text: Term(text, tuple(text.split("…")))
    >>> inside(term("安全"), term("安全保障体系"), frozenset())
    True
    >>> inside(term("share"), term("shared"), frozenset())
    False
    """
    if len(inner.pieces) > 1:
        return folded(inner, kinds) == folded(outer, kinds)
    piece = _SPACES.sub(" ", fold(inner.pieces[0], kinds))
    return any(_stands(piece, _SPACES.sub(" ", fold(one, kinds)).replace("*", _ON)) for one in outer.pieces)


class Holders:
    """Many terms, ready to be asked which of them hold another one."""

    def __init__(self, terms: Iterable[Term], kinds: frozenset[str]) -> None:
        self._kinds = kinds
        self._terms = list(dict.fromkeys(terms))
        self._starts: list[int] = []
        texts = [folded(term, kinds) for term in self._terms]
        at = 0
        for text in texts:
            self._starts.append(at)
            at += len(text) + 1
        self._text = "\n".join(texts)

    def of(self, inner: Term) -> list[Term]:
        """Return, in their order, the terms a term is inside of, and that are not the same after folding."""
        text = folded(inner, self._kinds)
        sought = text.split("…")[0].split("*")[0].strip()
        found: dict[int, None] = {}
        at = self._text.find(sought)
        while at >= 0:
            found[bisect_right(self._starts, at) - 1] = None
            at = self._text.find(sought, at + 1)
        held = (self._terms[n] for n in found)
        return [one for one in held if folded(one, self._kinds) != text and inside(inner, one, self._kinds)]


def _stands(piece: str, text: str) -> bool:
    chunks = piece.split("*")
    last = piece.endswith("*")
    for found in re.finditer(rf"(?={_regex(chunks)})", text):
        start, end = found.start(), found.start() + len(found[1])
        if not cuts_word(text, start) and (last or not cuts_word(text, end)):
            return True
    return False


def _regex(chunks: list[str]) -> str:
    return "(" + r"[^\W_\u4e00-\u9fff]*".join(map(re.escape, chunks)) + ")"


def below(pattern: Pattern) -> Iterator[Pattern]:
    """Yield a pattern and all that stand in it."""
    yield pattern
    members = (
        pattern.groups if isinstance(pattern, All) else pattern.choices if isinstance(pattern, Any) else ()
    )
    for member in members:
        yield from below(member)


def regexes(codebook: Codebook) -> Iterator[tuple[Regex, Rule]]:
    """Yield every regular expression of the rules and what refuses them, each with its rule."""
    for code in codebook.codes.values():
        for rule in code.rules:
            for pattern in [rule.pattern, *([rule.unless.pattern] if rule.unless else [])]:
                for one in below(pattern):
                    if isinstance(one, Regex):
                        yield one, rule


def by_terms(code: Code) -> Iterator[tuple[Rule, tuple[Term, ...]]]:
    """Yield the `terms` rules of a code: those whose every term is evidence by itself."""
    for rule in code.rules:
        if isinstance(rule.pattern, Terms):
            yield rule, rule.pattern.terms


def same_limits(one: Rule, other: Rule) -> bool:
    """Whether two rules apply in the same material and are refused by the same."""
    return _limits(one) == _limits(other) and [
        (c.field, c.values, c.negated, c.since, c.before) for c in one.where
    ] == [(c.field, c.values, c.negated, c.since, c.before) for c in other.where]


def _limits(rule: Rule) -> tuple[object, ...]:
    unless = (rule.unless.pattern, rule.unless.scope) if rule.unless else None
    return rule.excepts, unless, rule.weight, rule.nested_keep


def lexicon_places(codebook: Codebook) -> frozenset[Place]:
    """Where the terms of lexicons are written: a rule's term from there came through `$name`."""
    return frozenset(term.place for terms in codebook.lexicons.values() for term in terms)


def place_of(term: Term, rule: Rule, shared: frozenset[Place]) -> Place:
    """Where a person changes a term of a rule: the term, or the rule for one that came with a lexicon."""
    return rule.place if term.place in shared else term.place
