"""Documents that were renamed and corrected at once: named, never taken for certain.

A document that was only renamed is known by the hash of its text. One that was corrected besides is gone for
its decisions; another may hold most of the words they are about, but a circular that quotes a notice in full
holds them too. So a person says whether it is the one, by giving it the id that the old one had.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualcode.problems import Place, Problem, problem
from qualcode.review.anchors import LONG
from qualcode.review.current import in_force

if TYPE_CHECKING:
    from qualcode.project.bench import Bench
    from qualcode.project.decisions import Decided

LEAST = 2  # decided places that must stand there


def perhaps_renamed(bench: Bench, decided: Decided) -> list[Problem]:
    """Say of documents that are gone which one alone holds half or more of the longer words decided about.

    Documents about which somebody decided already are not asked.
    """
    wanted: dict[str, set[str]] = {name: set() for name in decided.missing}
    for one in in_force(decided.decisions):
        if one.document in wanted and one.anchor is not None and len(one.anchor.quote) >= LONG:
            wanted[one.document].add(one.anchor.before + one.anchor.quote + one.anchor.after)
    wanted = {name: places for name, places in wanted.items() if len(places) >= LEAST}
    if not wanted:
        return []
    holders: dict[str, list[tuple[str, str, int]]] = {}
    for document, _ in bench.corpus.documents():
        if document is None or document.id in decided.by_document:
            continue
        for name, places in wanted.items():
            n = sum(place in document.text for place in places)
            if n >= LEAST and 2 * n >= len(places):
                holders.setdefault(name, []).append((document.id, document.source.path, n))
    return [
        problem(
            "perhaps-renamed",
            Place(str(bench.study.corpus_folder / its[0][1])),
            "{n} of {all} places decided about in {old}, which is not in the corpus, stand in {new}",
            hint="if it is that document, renamed and corrected, give it the id {old}: 'id: {old}' in its "
            "head or sidecar, or under 'id' in documents.csv; its decisions are found again then",
            severity="warning",
            n=its[0][2],
            all=len(wanted[name]),
            old=name,
            new=its[0][0],
        )
        for name, its in sorted(holders.items())
        if len(its) == 1
    ]
