"""Cues that also stand in other words, and cues that a pseudo cue hides wherever they stand.

- {id: ban, set: {polarity: prohibited}, any: [不得]}     # note[cue-inside-words]: 不得不, 不得已, 恨不得, …
- {id: no, kind: pseudo, any: [没有]}                     # warning[hidden-cue] beside a cue 没有

Longer words that are themselves cues or pseudo cues win over the shorter cue and are not listed, nor those
that an echo covers (是不是) or the cue's own `not_before` and `not_after` keep away. Cues of kind affirm are
whole answers and not looked at. The words are those of `qualcode.text.common`.
"""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.codebook.checks.lint.looking import folded, listed
from qualcode.codebook.checks.lint.subject import Subject
from qualcode.codebook.cues import Cue
from qualcode.codebook.records import Codebook
from qualcode.problems import Problem, problem
from qualcode.text.common import longer_words
from qualcode.text.folding import fold


def check(subject: Subject) -> list[Problem]:
    return [*_hidden(subject.codebook), *_inside_words(subject.codebook)]


def _hidden(book: Codebook) -> Iterator[Problem]:
    pseudo = {
        folded(term, book.fold): cue
        for cue in book.context.cues
        if cue.kind == "pseudo" and not _beside(cue)
        for term in cue.terms
    }
    for cue in book.context.cues:
        for term in cue.terms if cue.kind not in ("pseudo", "affirm") else ():
            hider = pseudo.get(folded(term, book.fold))
            if hider is not None:
                yield problem(
                    "hidden-cue",
                    term.place,
                    "{term!r} never acts as the cue {cue!r}: the pseudo cue {pseudo!r} hides it",
                    hint="a pseudo cue is the longer phrase that only looks like a cue",
                    severity="warning",
                    term=term.text,
                    cue=cue.id,
                    pseudo=hider.id,
                )


def _inside_words(book: Codebook) -> Iterator[Problem]:
    kinds = book.fold | {"script"}
    known = {folded(term, kinds) for cue in book.context.cues for term in cue.literals}
    known |= {word for cue in book.context.cues for text in cue.frames for word in map(str, text.literals)}
    echoes = {folded(term, kinds) for cue in book.context.cues for term in cue.echoes}
    for cue in book.context.cues:
        if cue.kind in ("pseudo", "affirm") or cue.after or cue.before:
            continue
        for term in cue.terms:
            text = fold(term.text, kinds)
            words = [
                word
                for word in longer_words(text)
                if not any(len(one) > len(text) and text in one and one in word for one in known)
                and not _kept_away(cue, text, word)
                and not any(_echoed(word, echo) for echo in echoes)
            ]
            if words:
                yield problem(
                    "cue-inside-words",
                    term.place,
                    "the cue {term!r} of {cue!r} also stands inside {words}",
                    hint="list those that mean something else under a cue of kind pseudo",
                    severity="note",
                    term=term.text,
                    cue=cue.id,
                    words=listed(words),
                )


def _beside(cue: Cue) -> bool:
    return bool(cue.after or cue.not_after or cue.before or cue.not_before)


def _echoed(word: str, echo: str) -> bool:
    """Whether a word is one thing on both sides of an echo cue: 是不是."""
    before, found, behind = word.partition(echo)
    return bool(found and before) and before == behind


def _kept_away(cue: Cue, term: str, word: str) -> bool:
    """Whether the cue does not stand in a word because of what follows or precedes it there."""
    before, _, behind = word.partition(term)
    return any(behind.startswith(one) for one in cue.not_before) or any(
        before.endswith(one) for one in cue.not_after
    )
