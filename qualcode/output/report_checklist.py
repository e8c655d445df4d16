"""COREQ: the 32 items that reports of interviews are asked for (Tong, Sainsbury & Craig 2007).

Filled in is what a run knows: sample size (12), saturation (22), coders (24), coding tree (25), derivation
of themes (26), software (27) and quotations (29). Everything else is a named blank: only the researcher
knows it, and nothing is made up.
"""

from __future__ import annotations

from qualcode.model import KINDS, TALK
from qualcode.output.analysed import answer
from qualcode.output.analysed.cells import Telling
from qualcode.output.captions import CODED
from qualcode.output.report_blocks import Blank, Block, Checklist, Findings, Section, Text
from qualcode.output.words import KIND_NAMES, Words
from qualcode.review.records import is_open

ITEMS = (
    (
        "Research team and reflexivity",
        (
            "Interviewer or facilitator",
            "Credentials",
            "Occupation",
            "Gender",
            "Experience and training",
            "Relationship established before the study",
            "What participants knew of the interviewer",
            "Interviewer characteristics reported",
        ),
    ),
    (
        "Study design",
        (
            "Methodological orientation and theory",
            "Sampling",
            "Method of approach",
            "Sample size",
            "Non-participation",
            "Setting of data collection",
            "Presence of non-participants",
            "Description of the sample",
            "Interview guide",
            "Repeat interviews",
            "Audio or visual recording",
            "Field notes",
            "Duration",
            "Data saturation",
            "Transcripts returned",
        ),
    ),
    (
        "Analysis and findings",
        (
            "Number of data coders",
            "Description of the coding tree",
            "Derivation of themes",
            "Software",
            "Participant checking",
            "Quotations presented",
            "Data and findings consistent",
            "Clarity of major themes",
            "Clarity of minor themes",
        ),
    ),
)


def coreq(findings: Findings, say: Words, lang: str) -> Section:
    """The items, those filled in that a run knows."""
    filled = _known(findings, say, lang)
    number = 0
    parts = []
    for title, items in ITEMS:
        lines = []
        for asks in items:
            number += 1
            lines.append(Blank(str(number), say(asks), filled.get(number, "")))
        parts.append((say(title), tuple(lines)))
    head = (say("No."), say("Item"), say("This study"))
    blocks: list[Block] = [
        Text(
            say(
                "The checklist for reports of interviews and focus groups (COREQ; Tong, Sainsbury & Craig"
                " 2007). What this run knows is filled in; the blanks are the researcher's."
            ),
            "note",
        ),
        Checklist(head, tuple(parts), say("to be filled in by the researcher")),
    ]
    return Section("coreq", say("COREQ items"), blocks)


def _known(findings: Findings, say: Words, lang: str) -> dict[int, str]:
    documents, codings, book = findings.documents, findings.codings, findings.codebook
    tell = Telling(findings, say, lang)
    own = documents[(documents["duplicate_of"] == "").to_numpy(dtype=bool)]
    counts = own["kind"].value_counts().to_dict()
    sizes = [f"{say(KIND_NAMES[kind])} {counts[kind]}" for kind in KINDS if kind in TALK and counts.get(kind)]
    filled = {
        12: say("{sizes}; besides {n} other documents.", sizes=tell.listed(sizes), n=len(own) - _talk(own))
        if sizes
        else "",
        24: _coders(findings, say),
        25: say(
            "{codes} codes on {levels} levels, codebook {id} {version}; see 'What was coded' and codes.csv.",
            codes=len(book.codes),
            levels=max((code.level for code in book.codes.values()), default=0),
            id=book.id,
            version=book.version,
        ),
        26: _derivation(findings, say),
        27: say("qualcode {version}", version=findings.version) if findings.version else "",
    }
    if "saturation" in findings.analysed and len(findings.analysed["saturation"].tables["saturation"]):
        filled[22] = ("" if lang == "zh" else " ").join(answer("saturation", tell))
    if len(codings):
        filled[29] = say("Quotes stand under the numbers, each with document, speaker and place.")
    return filled


def _talk(documents: object) -> int:
    return int(documents["kind"].isin(TALK).sum())  # type: ignore[index]


def _coders(findings: Findings, say: Words) -> str:
    """Who coded: rules, and the people whose decisions or codings stand in the table."""
    codings = findings.codings
    people = {str(name) for name in codings["coder"] if name not in ("", "machine")}
    people |= {str(one).partition("=")[0] for names in codings["decided_by"] for one in names}
    if not people:
        return say("Rules coded ({coded}); no person has reviewed or coded.", coded=say(CODED["machine"]))
    return say("Rules coded, and {n} people reviewed or coded.", n=len(people))


def _derivation(findings: Findings, say: Words) -> str:
    opened = [code for code in findings.codebook.codes if is_open(code)]
    stated = say("Deductive: codes and their rules were written before this coding.")
    if not opened:
        return stated
    more = say("{n} codes were added by people while reading.", n=len(opened))
    return f"{stated} {more}"
