"""The programs side by side: rates, ratios, and whether they found the same."""

# ruff: noqa: E501 - the lines are sentences of the report
from __future__ import annotations

from benchmarks.machine import Measured
from benchmarks.programs import LANGS, PEERS, QUALCODE
from benchmarks.report.tables import WORDS, Figures, spread, table

KINDS = {"t": "terms", "w": "wildcards", "x": "regex", "n": "near"}


def side_by_side(measured: Measured) -> str:
    own, blocks = Figures(measured), ["## Side by side"]
    for work, named in (
        ("500", "500 literal terms"),
        ("mix", "The mix: 500 terms, 50 wildcards, 50 near, 50 regex, context cues"),
    ):
        rows = []
        for peer in (None, *(peer for peer in PEERS if work in peer.works)):
            name = peer.name if peer else QUALCODE
            cells = [name]
            for lang in LANGS:
                runs = list(own.of(lang, work, name).values())
                cells.append(spread(list(own.rates(lang, work, name).values())))
                cells.append(spread(own.ratios(lang, work, name)) if peer else "1")
                cells.append("–".join(dict.fromkeys(f"{run['mb']:.3g}" for run in runs)))
                cells.append(f"{max(run['peak_mb'] for run in runs):.0f}" if runs else "")
            rows.append([*cells, peer.note if peer else "files to four CSVs"])
        head = ["program"]
        for lang in LANGS:
            head += [f"{lang} MB/s", "qualcode is × as fast", "MB given", "peak MB"]
        blocks += [f"### {named}", table([*head, "what it finds"], rows)]
    return "\n\n".join(blocks)


def same_hits(measured: Measured) -> str:
    rows = []
    for one in measured.get("hits", []):
        peer = next((peer for peer in PEERS if peer.name == one["program"]), None)
        by = "places" if peer and one["kind"] in peer.places else "segments"
        if one["peer"] == one["qualcode"] == one["shared"]:
            said = "equal"
        elif one["peer"] == one["shared"]:
            share = one["shared"] / max(one["qualcode"], 1)
            said = f"all of its are qualcode's; it has {share:.1%} of them"
        else:
            said = f"{one['peer'] - one['shared']} that qualcode has not, {one['qualcode'] - one['shared']} it has not"
        rows.append([one["program"], f"{one['lang']} {one['work']}", f"{KINDS[one['kind']]}, {by}",
                     str(one["peer"]), str(one["qualcode"]), said])  # fmt: skip
    if not rows:
        return ""
    return (
        "## Whether they found the same\n\nHits of each program on the text it was given, and qualcode's on the same "
        "segments and kinds of rules (matches that a longer one or the interviewer's role refuses are hits too). "
        "*Places*: segment, rule, start and end must agree; *segments*: segment and rule, where programs mean "
        "different ends (spaCy counts punctuation as tokens and reports every combination).\n\n"
        + table(["program", "work", "compared", "its hits", "qualcode's", ""], rows)
    )


def by_codebook(measured: Measured) -> str:
    own, rows = Figures(measured), []
    for lang in LANGS:
        for work in ("50", "500", "5000", "mix"):
            runs = list(own.of(lang, work).values())
            if runs:
                whole = [run["mb"] / run["cpu"] for run in runs]
                rows.append([WORDS[lang], work, spread(list(own.rates(lang, work).values())), spread(whole),
                             spread([run["start"] for run in runs]), f"{max(run['peak_mb'] for run in runs):.0f}"])  # fmt: skip
    if not rows:
        return ""
    return "## qualcode by size of codebook\n\n" + table(
        ["language", "terms", "MB/s", "MB/s with start-up", "start-up, CPU s", "peak MB"], rows
    )
