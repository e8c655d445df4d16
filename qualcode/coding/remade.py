"""Codings made again from the matches they rest on: what a run wrote down need not be searched for again."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.codebook.records import Codebook
from qualcode.coding.coded import CodedDocument
from qualcode.coding.context import counts
from qualcode.coding.judge import reaches, weight_of
from qualcode.model import Coding, Document, Match


def remade(document: Document, codebook: Codebook, matches: Iterable[Match]) -> CodedDocument:
    """Return the coded document whose matches these are, in their order.

    It equals what `code_document` gave when it found them, but for its problems, of which matches know
    nothing. Raises `KeyError` for a code or rule the codebook does not have.
    """
    held = tuple(matches)
    standing: dict[tuple[int, int, str], list[Match]] = {}
    rank = {code: n for n, code in enumerate(codebook.codes)}
    for match in held:
        if not match.blocked_by:
            standing.setdefault((match.segment, rank[match.code], match.code), []).append(match)
    weights: dict[str, dict[str, float]] = {}
    codings = []
    for (_, _, name), its in sorted(standing.items()):
        code = codebook.codes[name]
        own = weights.setdefault(name, {rule.id: rule.weight for rule in code.rules})
        counting = [match for match in its if counts(match.assertion, code, document)]
        weight = weight_of({match.rule for match in its}, own)
        countable = len(counting) == len(its) or reaches(weight_of({match.rule for match in counting}, own))
        shown = (counting or its)[0].assertion
        codings.append(Coding(its[0].segment, name, tuple(its), weight, assertion=shown, countable=countable))
    return CodedDocument(tuple(codings), held)
