"""A codebook narrowed to some codes: their codings and matches come out as with the whole of it, but sooner.

What can change them is kept: the codes they ask about, with all their rules, and of every other code of a
family the `terms` rules, because a longer term may lie over theirs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qualcode.codebook.records import Code, Codebook
from qualcode.patterns.base import codes_of
from qualcode.patterns.terms import Terms


def narrowed(codebook: Codebook, codes: Iterable[str]) -> Codebook:
    """Return a codebook in which these codes, and those they ask about, are coded as in the whole.

    Other codes are there, but what is coded for them means nothing.
    """
    wanted = _with_asked(codebook, codes)
    families = {codebook.codes[name].facet for name in wanted}
    kept = {}
    for name, code in codebook.codes.items():
        if name in wanted:
            kept[name] = code
        elif codebook.overlap == "codebook" or code.facet in families:
            terms = tuple(
                replace(rule, excepts=(), unless=None, where=())
                for rule in code.rules
                if isinstance(rule.pattern, Terms)
            )
            kept[name] = replace(code, rules=terms, excepts=(), unless=None, where=())
        else:
            kept[name] = replace(code, rules=(), excepts=(), unless=None, where=())
    return replace(codebook, codes=kept)


def _with_asked(codebook: Codebook, codes: Iterable[str]) -> set[str]:
    wanted: set[str] = set()
    waiting = [name for name in codes if name in codebook.codes]
    while waiting:
        name = waiting.pop()
        if name in wanted:
            continue
        wanted.add(name)
        for asked in _asked(codebook.codes[name]):
            waiting += [one for one in codes_of(asked, codebook.descendants) if one in codebook.codes]
    return wanted


def _asked(code: Code) -> set[str]:
    patterns = [rule.pattern for rule in code.rules]
    patterns += [unless.pattern for unless in (code.unless, *(r.unless for r in code.rules)) if unless]
    return {name for pattern in patterns for name in pattern.codes}
