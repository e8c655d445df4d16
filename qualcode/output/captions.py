"""Captions for figures: what is drawn, from what, and what it cannot say; in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.analysis.basis import CURRENT, Rest
from qualcode.output.figures import printable
from qualcode.output.words import Words, words

if TYPE_CHECKING:
    import networkx as nx

NOBODY = Rest()
CODED = {
    "machine": "rule-based deductive coding, not yet reviewed by a person",
    "reviewed": "rule-based deductive coding, human-reviewed",
    "human": "deductive coding by people",
    "mixed": "rule-based deductive coding, reviewed by people in part: they decided on {decided} of the {n} "
    "codings that count, and set {aside} aside",
}
ALONE = {
    "machine": "rule-based deductive coding alone; what people decided is left out",
    "decided": "only the {n} codings that people accepted or gave; what nobody looked at is left out",
}


def coded_by(rest: Rest, basis: str, say: Words) -> str:
    """Say whose codings a figure rests on."""
    template = ALONE.get(basis) or CODED[rest.name]
    return say(template, decided=rest.decided, n=rest.codings, aside=rest.set_aside)


def basis_note(rest: Rest, basis: str, lang: str) -> str:
    """The line below a figure: whose codings it rests on, in a script that there is a font for."""
    return printable(
        *(
            words(tongue)("Basis: {coded}", coded=coded_by(rest, basis, words(tongue)))
            for tongue in (lang, "en")
        )
    )


def unit_name(unit: str, say: Words) -> str:
    """Say what a unit of context is.

    >>> unit_name("speech-run3", words("en"))
    'runs of 3 segments inside a speech or article'
    """
    run = re.fullmatch(r"(speech-)?run(\d+)", unit)
    if run and run[1]:
        return say("runs of {k} segments inside a speech or article", k=run[2])
    if run:
        return say("runs of {k} segments of one document", k=run[2])
    return say(
        {
            "segment": "segments",
            "speech": "speeches or articles",
            "document": "whole documents",
            "case": "cases",
        }.get(unit, unit)
    )


def network_caption(
    graph: nx.Graph[str],
    lang: str,
    *,
    contexts: int,
    documents: int,
    unit: str,
    level: int = 1,
    rest: Rest = NOBODY,
    basis: str = CURRENT,
    labels: Mapping[str, str] | None = None,
    seed: int = 0,
) -> str:
    """Describe the network figure: contexts, what circles and lines are, which codes are not drawn.

    `contexts` is how many there are with a codable segment, `documents` how many documents they come from.
    """
    say = words(lang)
    names = [(labels or {}).get(code) or code for code in graph if not graph.degree(code)]
    drawn = len(graph) - len(names)
    parts = [
        say("Co-occurrence of codes ({coded}).", coded=coded_by(rest, basis, say)),
        say(
            "Contexts are {unit}: {n} in {documents} documents. Codes are those of level {level} of the code "
            "tree; a code also counts where a descendant stands.",
            unit=unit_name(unit, say),
            n=contexts,
            documents=documents,
            level=level,
        ),
        say(
            "Circles: {n} codes, area by number of documents. Lines: {m} pairs that met in at least two "
            "contexts on words of their own and more often than independence would have it (lift > 1), width "
            "by number of contexts.",
            n=drawn,
            m=graph.number_of_edges(),
        ),
        say(
            "Grey, dashed lines: the 95 % interval of lift (resampling documents, seed {seed}) includes 1, "
            "or too few documents have the codes to give one. No correction for the number of pairs was "
            "made.",
            seed=seed,
        ),
        say("Counts are mentions, not importance; lines are no causes."),
    ]
    if names:
        parts.append(say("Not drawn, because without a line: {names}.", names=_listed(names, say)))
    return "".join(parts) if lang == "zh" else " ".join(parts)


def timeline_caption(
    lang: str,
    *,
    codes: Sequence[str],
    rest: Rest = NOBODY,
    basis: str = CURRENT,
    seed: int = 0,
    left_out: int = 0,
) -> str:
    """Describe the timeline figure."""
    say = words(lang)
    parts = [
        say("Codes over time ({coded}).", coded=coded_by(rest, basis, say)),
        say(
            "Points: share of codable segments with the code, in each document first and then their mean; "
            "bars: 95 % interval, resampling documents (seed {seed}), where there are three or more. A year "
            "without material has no point. Numbers below: documents of the year.",
            seed=seed,
        ),
        say(
            "Real time: documents at the date they are in force from, else issued. Told time: talk at the "
            "time it tells of, a segment counting in each year by the share of its time there; talk whose "
            "time is not known is left out, and so are years at either end that fewer than a third of the "
            "documents, or fewer than three, tell of. Talk by the date it was held says nothing of the time "
            "it tells of. Kinds of material are never added together, and panels have scales of their own. "
            "Vertical lines: events, numbered as in the key, black where they part phases."
        ),
        say("Codes: {names}.", names=_listed(codes, say)),
        say("Counts are mentions, not importance."),
    ]
    if left_out:
        parts.append(
            say("{n} more kinds of material and mood, with fewer segments, are in timeline.csv.", n=left_out)
        )
    return "".join(parts) if lang == "zh" else " ".join(parts)


def caption_file(caption: Callable[[str], str]) -> bytes:
    """Return a caption in both languages as one Markdown file: Chinese, then English."""
    return f"{caption('zh')}\n\n{caption('en')}\n".encode()


def _listed(names: Sequence[str], say: Words) -> str:
    return say(", ").join(names)
