"""Report sections on the material: what was read, what went wrong, how it was done."""

from __future__ import annotations

from qualcode.analysis.contexts import codable_segments
from qualcode.model import ASKING, KINDS, TALK
from qualcode.output.captions import CODED
from qualcode.output.report_blocks import Block, Findings, Items, Section, Table, Text
from qualcode.output.words import KIND_NAMES, Words
from qualcode.problems import in_order, render

MOST_PROBLEMS = 60


def read(findings: Findings, say: Words, lang: str) -> Section:
    """How much was read, by kind; what could not be, what repeats, whose speakers are not known."""
    documents, segments = findings.documents, findings.segments
    kept = codable_segments(documents, segments)
    rows = []
    for kind in (*KINDS, ""):
        of = documents[(documents["kind"] == kind).to_numpy(dtype=bool)]
        if len(of):
            inside = kept[kept["document_id"].isin(of["document_id"]).to_numpy(dtype=bool)]
            dates = sorted(
                {
                    date[:4]
                    for date in inside["t_about_start"].where(inside["t_about_start"] != "", inside["t_said"])
                    if date
                }
            )
            rows.append(
                (
                    say(KIND_NAMES[kind]),
                    len(of),
                    int(of["n_segments"].sum()),
                    len(inside),
                    int(of["characters"].sum()),
                    "–".join(dict.fromkeys((dates[0], dates[-1]))) if dates else None,
                )
            )
    head = ("Kind", "documents", "segments", "codable", "characters", "years")
    blocks: list[Block] = [
        Text(
            say(
                "{n} documents were read and divided into {segments} segments ({unit}); {codable} of them "
                "can be coded.",
                n=len(documents),
                segments=len(segments),
                unit=say(findings.unit),
                codable=len(kept),
            )
        ),
        Table([say(name) for name in head], rows),
    ]
    unread = [p for p in findings.problems if p.severity == "error" and p.place.path]
    if unread:
        blocks.append(Text(say("Files with errors, not read or read in part:"), "warning"))
        blocks.append(Items(sorted({p.place.path for p in unread})))
    repeated = documents[(documents["duplicate_of"] != "").to_numpy(dtype=bool)]
    if len(repeated):
        blocks.append(
            Text(say("{n} documents repeat others and are counted nowhere.", n=len(repeated)), "note")
        )
    blocks += _speakers(findings, say)
    undated = [name for name, date in _dates(findings).items() if not date]
    if undated:
        blocks.append(Text(say("{n} documents have no date and are in no timeline.", n=len(undated)), "note"))
    return Section("read", say("What was read"), blocks)


def _speakers(findings: Findings, say: Words) -> list[Block]:
    talk = findings.documents[findings.documents["kind"].isin(TALK - {"fieldnote"}).to_numpy(dtype=bool)]
    turns = findings.segments[findings.segments["document_id"].isin(talk["document_id"]).to_numpy(dtype=bool)]
    asked = set(turns[turns["role"].isin(ASKING).to_numpy(dtype=bool)]["document_id"])
    without = [name for name in talk["document_id"] if name not in asked]
    if not without:
        return []
    return [
        Text(
            say(
                "{n} of {all} interviews and focus groups have no known interviewer; there, questions are "
                "coded like answers.",
                n=len(without),
                all=len(talk),
            ),
            "warning",
        )
    ]


def _dates(findings: Findings) -> dict[str, str]:
    first = findings.segments.drop_duplicates("document_id")
    return {
        name: about or said
        for name, about, said in zip(
            first["document_id"], first["t_about_start"], first["t_said"], strict=True
        )
    }


def warnings(findings: Findings, say: Words, lang: str) -> Section:
    """Problems of the run, each with its place; the rest is in problems.csv."""
    from qualcode.language import translations

    listed = in_order(findings.problems)
    known = translations(lang)
    blocks: list[Block] = []
    if listed:
        blocks.append(Items([render(p, known) for p in listed[:MOST_PROBLEMS]]))
        if len(listed) > MOST_PROBLEMS:
            blocks.append(Text(say("{n} more are in problems.csv.", n=len(listed) - MOST_PROBLEMS), "note"))
    return Section("warnings", say("Warnings"), blocks)


def methods(findings: Findings, say: Words, lang: str) -> Section:
    """A paragraph for the methods section, made of what this run really did."""
    book = findings.codebook
    rules = sum(len(code.rules) for code in book.codes.values())
    talk = int(findings.documents["kind"].isin(TALK).sum())
    kept = codable_segments(findings.documents, findings.segments)
    coded = findings.codings[findings.codings["countable"].to_numpy(dtype=bool)]["segment_id"].nunique()
    parts = [
        say(
            "The material comprises {n} documents ({talk} of talk), divided into {segments} segments "
            "({unit}), of which {codable} can be coded.",
            n=len(findings.documents),
            talk=talk,
            segments=len(findings.segments),
            unit=say(findings.unit),
            codable=len(kept),
        ),
        say(
            "It was coded with the codebook {id} {version} ({codes} codes, {rules} rules) by {coded}; "
            "{share} of the codable segments carry a code.",
            id=book.id,
            version=book.version,
            codes=len(book.codes),
            rules=rules,
            coded=say(CODED.get(findings.basis, findings.basis)),
            share=f"{coded / len(kept):.0%}" if len(kept) else "–",
        ),
        say(
            "Intervals are percentile intervals of a bootstrap over documents; p-values turn one code's "
            "places within documents and are withheld where the smallest attainable p is .05 or more. Seed "
            "{seed}, qualcode {version}.",
            seed=findings.seed,
            version=findings.version,
        ),
    ]
    digest = dict(book.files[:1])
    blocks: list[Block] = [Text(("" if lang == "zh" else " ").join(parts))]
    blocks += [
        Text(
            say("Codebook file {file}, sha256 {digest}.", file=name.rpartition("/")[2], digest=value), "note"
        )
        for name, value in digest.items()
    ]
    blocks.append(Text(say("manifest.json holds the hashes of all inputs and results."), "note"))
    return Section("methods", say("Methods"), blocks)
