"""Claims about codes and each other: between, cooccur, follows, turns_into, conforms, sources_agree."""

from __future__ import annotations

from typing import Any

from qualcode.analysis.bridge import switches
from qualcode.analysis.claims.base import (
    BREAKS,
    HOLDS,
    UNTOLD,
    Asked,
    Claim,
    Key,
    Kind,
    Verdict,
    by_interval,
    known,
    numbers,
    untold,
)
from qualcode.analysis.contexts import contexts, rows_of_cases
from qualcode.analysis.evidence import segments_of
from qualcode.analysis.given import Given, remark
from qualcode.model import TALK

SURE = 0.05


def between(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether a code is at switches between two others more often than its place in talk explains."""
    given, code = asked.given, str(claim.get("code"))
    one, other = claim.get("ends")
    if kind not in TALK:
        return untold("{id}: switches are read in talk; name a kind of talk")
    unit = str(claim.get("unit") or "segment")
    where = {"part": "switch", "kind": kind, "unit": unit}
    row = asked.row("bridge", "bridge", where, codes=(one, other, code))
    if row is None or not known(row["share"]):
        return untold("{id}: nobody goes from {one} to {other} or back", one=one, other=other)
    if not known(row["p"]):
        return untold("{id}: {note}", note=row["note"] or "the null cannot give a small p")
    verdict = HOLDS if row["p"] <= SURE else BREAKS if row["share"] < row["null_lo"] else UNTOLD
    stays = row["p_stays"]
    if verdict == HOLDS and not (known(stays) and stays <= SURE):
        verdict = UNTOLD  # it goes with either code, not with going from one to the other
    bridged, bare = _switched(given, kind, one, other, code)
    return Verdict(
        verdict,
        remark(
            "{id}: {code} is at {share} of {n} switches; {mean} would be by chance (p {p}), {stay} at stays"
            " (p {p_stays})",
            stay=f"{row['stays_with'] / row['stays']:.2f}" if row["stays"] else "-",
            p_stays=f"{stays:.3f}" if known(stays) else "-",
            code=code,
            share=f"{row['share']:.2f}",
            n=int(row["switches"]),
            mean=f"{row['null_mean']:.2f}",
            p=f"{row['p']:.3f}",
        ),
        "bridge",
        where,
        numbers(row, "switches", "switches_with", "share", "null_mean", "null_hi", "p", "stays", "p_stays"),
        int(row["n_segments"]),
        int(row["n_documents"]),
        bridged,
        bare,
    )


def _switched(given: Given, kind: str, *codes: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Segments that are switched to, with the third code and without."""
    import numpy as np

    has = [given.has(code) for code in codes]
    found: tuple[list[int], list[int]] = ([], [])
    every = np.flatnonzero(given.kinds == kind)
    for rows in np.split(every, np.flatnonzero(np.diff(given.document[every])) + 1):
        one, other, third = (y[rows] for y in has)
        for i, j in switches(one, other, third).spans:
            found[0 if third[i : j + 1].any() else 1].append(int(rows[j]))
    return given.quotes(np.array(found[0], dtype=int)), given.quotes(np.array(found[1], dtype=int))


def cooccur(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether two codes meet more often than chance: lift over 1 with its whole interval, and p."""
    import numpy as np

    from qualcode.analysis.cooccurrence import cooccurrence

    given, unit = asked.given, str(claim.get("unit", "speech-run3"))
    one, other = claim.get("codes")
    _, edges = cooccurrence(
        given.documents, given.segments, given.codings, given.codebook, units=(unit,), seed=given.seed
    )
    found = edges[
        (edges["source"].isin((one, other)) & edges["target"].isin((one, other))).to_numpy(dtype=bool)
    ]
    laid = contexts(given.documents, given.segments, unit)
    stands = given.stands[:, given.numbered(one, other)]
    if unit == "case":
        stands = stands[rows_of_cases(given.kept)[0]]
    here = laid.having(segments_of(stands)).toarray() > 0
    begun = laid.starts[here[:, 0] != here[:, 1]]
    firsts = np.sort(np.unique(begun, return_index=True)[1])[:5]  # several contexts may begin with a segment
    apart = tuple(map(str, laid.segments["segment_id"].iloc[begun[firsts]]))
    if found.empty:
        if not here[:, 0].any() or not here[:, 1].any():
            return untold("{id}: one of the two is nowhere")
        return untold("{id}: {one} and {other} never meet in a {unit}", one=one, other=other, unit=unit)
    row: dict[str, Any] = {str(k): v for k, v in found.iloc[0].to_dict().items()}
    if not known(row["lo"]):
        return untold("{id}: too few documents for an interval")
    verdict = by_interval(row["lo"], row["hi"], 1.0, above=True)
    if verdict == HOLDS and not (known(row["p"]) and row["p"] <= SURE):
        verdict = UNTOLD  # documents that speak of both much give a lift without any meeting
    return Verdict(
        verdict,
        remark(
            "{id}: {one} and {other} meet {lift} times as often as by chance ({lo} to {hi}; p {p})",
            p=f"{row['p']:.3f}" if known(row["p"]) else "-",
            one=one,
            other=other,
            lift=f"{row['lift']:.2f}",
            lo=f"{row['lo']:.2f}",
            hi=f"{row['hi']:.2f}",
        ),
        "cooccurrence_edges",
        {"unit": unit, "source": str(row["source"]), "target": str(row["target"])},
        numbers(row, "n", "lift", "lo", "hi", "phi", "p"),
        len(laid.segments),
        int(row["n_documents"]),
        tuple(row["example_ids"]),
        apart,
    )


def follows(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether one code follows another more often than shuffled; the order of talk or of told years."""
    one, other = claim.get("codes")
    level = str(claim.get("level", "talk"))
    rows = asked.rows("transitions", "transitions", {"kind": kind, "level": level}, codes=(one, other))
    row = next(
        (r for r in rows if (r["source"], r["target"], r["lag"], r["repeats"]) == (one, other, 1, "kept")),
        None,
    )
    if row is None:
        return untold("{id}: no {kind} goes from one of the two to the other", kind=kind)
    if not known(row["p"]):
        return untold("{id}: {note}", note=row["flag"])
    above = row["n"] > row["expected"]
    verdict = UNTOLD if row["p"] > SURE else HOLDS if above else BREAKS
    ids = tuple(row["example_ids"])
    return Verdict(
        verdict,
        remark(
            "{id}: {other} follows {one} {n} times; {expected} were expected (p {p})",
            one=one,
            other=other,
            n=int(row["n"]),
            expected=f"{row['expected']:.1f}",
            p=f"{row['p']:.3f}",
        ),
        "transitions",
        {"kind": kind, "level": level, "source": one, "target": other, "lag": "1"},
        numbers(row, "n", "expected", "p_trans", "z", "q", "p", "p_topic"),
        int(row["n_segments"]),
        int(row["n_documents"]),
        ids if above else (),
        () if above else ids,
    )


def turns_into(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether people say in so many words that one thing turned into another; silence tells nothing."""
    one, other = claim.get("codes")
    least = int(claim.get("least", 1))
    rows = asked.rows("transitions", "statements", {"kind": kind}, codes=(one, other))
    found = [r for r in rows if (r["source"], r["target"]) == (one, other) and r["modality"] == "actual"]
    said = [r for r in found if r["polarity"] == "affirmed"]
    denied = [r for r in found if r["polarity"] == "negated"]
    verdict = HOLDS if len(said) >= least and len(said) > len(denied) else UNTOLD
    if denied and not said:
        verdict = BREAKS
    ids = [tuple(dict.fromkeys(str(r["segment_id"]) for r in held))[:5] for held in (said, denied)]
    return Verdict(
        verdict,
        remark(
            "{id}: {n} statements say so in coded words, {k} deny it; {all} sentences speak of any change",
            n=len(said),
            k=len(denied),
            all=len(rows),
        ),
        "statements",
        {"kind": kind, "source": one, "target": other},
        {"said": len(said), "denied": len(denied), "least": least},
        len(found),
        len({r["document_id"] for r in found}),
        ids[0],
        ids[1],
    )


def conforms(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether chains, or two levels of them, go as a theory says more often than shuffled."""
    theory, levels = str(claim.get("theory")), tuple(claim.get("levels") or ())
    where = {"theory": theory, "kind": kind, "unit": "speech", "phase": ""}
    table = "path_levels" if levels else "path_conformity"
    both = {"source_level": levels[0], "target_level": levels[1]} if levels else {}
    row = asked.row("paths", table, where | both)
    if row is None:
        return untold("{id}: no {kind} has a code of these levels", kind=kind)
    if not known(row["p"]):
        return untold("{id}: {note}", note=row["note"] or "the shuffles cannot give a small p")
    verdict = HOLDS if row["p"] <= SURE else BREAKS if row["conformity"] < row["lo"] else UNTOLD
    links = asked.rows("paths", "sankey_links", where)
    if levels:
        links = [r for r in links if (r["source_level"], r["target_level"]) == levels]
    ids = [
        tuple(dict.fromkeys(one for r in links if r["on_theory"] == on for one in r["example_ids"]))[:5]
        for on in ("yes", "no")
    ]
    return Verdict(
        verdict,
        remark(
            "{id}: {share} of {n} conform; {chance} would by chance (p {p})",
            share=f"{row['conformity']:.2f}",
            n=int(row["n_units"] if levels else row["complete"]),
            chance=f"{row['chance']:.2f}",
            p=f"{row['p']:.3f}",
        ),
        table,
        {"theory": theory, "kind": kind, "unit": "speech"},
        numbers(row, "conformity", "chance", "lo", "hi", "p", "p_floor"),
        int(row["n_quotes"]),
        int(row["n_documents"]),
        ids[0],
        ids[1],
    )


def sources_agree(claim: Claim, asked: Asked, kind: str) -> Verdict:
    """Whether talk and documents tell the same of a code in a phase: the verdict of `triangulation`."""
    code, phase = str(claim.get("code")), str(claim.get("phase"))
    row = asked.row("triangulate", "triangulation", {"code": code, "phase": phase}, codes=(code,))
    if row is None or not row["verdict"]:
        return untold("{id}: talk or documents only")
    verdict = {"convergent": HOLDS, "dissonant": BREAKS}.get(row["verdict"], UNTOLD)
    ids = tuple(one for one in (row["talk_id"], row["written_id"]) if one)
    return Verdict(
        verdict,
        remark("{id}: talk and documents are {verdict} about {code}", verdict=row["verdict"], code=code),
        "triangulation",
        {"phase": phase, "code": code},
        numbers(row, "n_talk_self", "n_talk_other", "n_talk_open", "n_talk_negated", "n_normative", "n_fact"),
        int(row["n_segments"]),
        int(row["n_documents"]),
        () if verdict == BREAKS else ids,
        ids if verdict == BREAKS else (),
    )


CODE = Key("code", "code", "the code")
PAIR = Key("codes", "codes", "the one, then the other", size=2)

KINDS = {
    "between": Kind(
        "A code stands between two others.",
        (
            CODE,
            Key("ends", "codes", "the two", size=2),
            Key("unit", "text", "segment if not given", False, ("segment", "speech")),
        ),
        between,
    ),
    "cooccur": Kind(
        "Two codes meet more often than by chance.",
        (PAIR, Key("unit", "text", "where they meet; speech-run3 if not given", False)),
        cooccur,
        apart=False,
    ),
    "follows": Kind(
        "One code is followed by another more often than by chance.",
        (PAIR, Key("level", "text", "talk if not given", False, ("talk", "told", "told_actor"))),
        follows,
    ),
    "turns_into": Kind(
        "People say that one thing turned into another.",
        (PAIR, Key("least", "count", "statements; 1 if not given", False)),
        turns_into,
    ),
    "conforms": Kind(
        "Codes go together as a path of the codebook says.",
        (
            Key("theory", "theory", "a path of the codebook"),
            Key("levels", "facets", "two levels that follow each other; else whole paths", False, size=2),
        ),
        conforms,
    ),
    "sources_agree": Kind(
        "Talk and documents tell the same of a code in a phase.",
        (CODE, Key("phase", "phase", "a phase of the study")),
        sources_agree,
        apart=False,
    ),
}
