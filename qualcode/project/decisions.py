"""People's decisions in a study: read with a run, and told where they are now.

    decided = decisions_of(study, corpus)      # by document, of documents renamed since too
    changes(bench)                             # where every decision's words are now

Journals lie in `decisions/` beside qualcode.yaml; a study made up of command-line options has none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.corpus import Corpus
from qualcode.problems import Place, Problem, problem
from qualcode.project.study import Study
from qualcode.review.anchors import State
from qualcode.review.current import in_force, open_codes, place, with_open_codes
from qualcode.review.journal import FOLDER, journals, read_folder
from qualcode.review.records import VERDICTS, Decision, is_open, text_hash

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.project.bench import Bench


@dataclass(frozen=True, slots=True)
class Decided:
    """All decisions of a study. `by_document` has them by the id that their document has now.

    `renamed` maps the id a document had to the one it has; `missing` are ids of documents that are gone.
    """

    decisions: tuple[Decision, ...] = ()
    by_document: Mapping[str, tuple[Decision, ...]] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def codebook_with_open_codes(self, codebook: Codebook) -> Codebook:
        """Return the codebook with the codes that people gave of their own, by code point, at its end."""
        return with_open_codes(codebook, open_codes(self.decisions))

    def lost_codes(self, codebook: Codebook) -> list[Problem]:
        """Return a warning where people gave codes that the codebook does not have any more."""
        given = {one.to or one.code for one in in_force(self.decisions) if one.action in VERDICTS} - {""}
        lost = sorted(code for code in given if code not in codebook.codes and not is_open(code))
        if not lost:
            return []
        return [
            problem(
                "decided-code-missing",
                Place(str(codebook.files[0][0]) if codebook.files else ""),
                "decisions about codes that the codebook does not have are kept and do not count: {names}",
                hint="was a code renamed? decide again with the new one",
                severity="warning",
                names=", ".join(lost),
            )
        ]


@dataclass(frozen=True, slots=True)
class Change:
    """Where the words of one decision are now.

    `segment_id` is the place, or the one proposed; "" for none.
    """

    decision: Decision
    state: State
    document: str
    segment_id: str = ""
    text: str = ""  # the words at that place; empty where the document is kept for testing
    why: str = ""


def decisions_folder(study: Study) -> Path:
    """Return the folder of a study's journals, whether it is there or not."""
    return study.home / FOLDER


def study_journals(study: Study) -> list[Path]:
    """Return the journals of a study, by name; none for one without a study file."""
    return journals(decisions_folder(study)) if study.file is not None else []


def decisions_of(study: Study, corpus: Corpus) -> Decided:
    """Read all decisions of a study and give each to its document, a renamed one by the hash of its text."""
    if not study_journals(study):
        return Decided()
    decisions, problems = read_folder(decisions_folder(study))
    named = {one.document for one in decisions if one.document}
    renamed, missing = _whereabouts(decisions, named, corpus)
    by_document: dict[str, list[Decision]] = {}
    undos = [one for one in decisions if one.action == "undo"]
    for one in decisions:
        if one.document and one.document not in missing:
            by_document.setdefault(renamed.get(one.document, one.document), []).append(one)
    if missing:
        problems.append(
            problem(
                "decided-document-missing",
                Place(str(decisions_folder(study))),
                "decisions about documents that are not in the corpus are kept and do not count: {names}",
                hint="'qualcode corpus changes' lists them",
                severity="warning",
                names=", ".join(missing),
            )
        )
    given = {name: (*its, *undos) for name, its in by_document.items()}
    return Decided(tuple(decisions), given, renamed, missing, tuple(problems))


def _whereabouts(
    decisions: list[Decision], named: set[str], corpus: Corpus
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Which documents were renamed (id then -> id now), and which are gone."""
    if not named:
        return {}, ()
    there: dict[str, str] = {}
    for document, _ in corpus.documents():
        if document is not None:
            there[document.id] = text_hash(document.text)
    lost = named - there.keys()
    holders: dict[str, list[str]] = {}
    for name, digest in there.items():
        holders.setdefault(digest, []).append(name)
    renamed: dict[str, str] = {}
    for name in sorted(lost):
        candidates = {
            holder
            for one in decisions
            if one.document == name
            for holder in (holders.get(one.text) or [])
            if len(holders[one.text]) == 1
        }
        if len(candidates) == 1:
            renamed[name] = candidates.pop()
    taken = Counter(renamed.values())  # two lost documents cannot have become one
    renamed = {name: now for name, now in renamed.items() if taken[now] == 1}
    return renamed, tuple(sorted(lost - renamed.keys()))


def changes(bench: Bench) -> tuple[list[Change], Decided]:
    """Say of every decision in force about words where they are now, in the order of decisions."""
    decided = decisions_of(bench.study, bench.corpus)
    wanted = {one.id: one for one in in_force(decided.decisions) if one.anchor is not None}
    found: dict[str, Change] = {}
    if not wanted:
        return [], decided
    for document, segments in bench.documents(open_test=True):
        closed = document.metadata.split == "test"
        own = [d for d in decided.by_document.get(document.id, ()) if d.id in wanted]
        for one in place(document, segments, own):
            state, segment, why = one.found.state, one.found.segment, one.found.why
            if state == "unchanged" and one.decision.document != document.id:
                state, why = "moved", "the document has another name now"
            found[one.decision.id] = Change(
                one.decision,
                state,
                document.id,
                segment.id if segment else "",
                segment.text if segment and not closed else "",
                why,
            )
    again = {_target(one): one.decision.order for one in found.values() if one.state in CERTAIN}
    gone = "the document is not in the corpus"
    listed = [
        found.get(key) or Change(one, "orphaned", one.document, why=gone) for key, one in wanted.items()
    ]
    return [
        one
        for one in listed  # who decided again at the place proposed has answered
        if one.state in CERTAIN or again.get(_target(one), one.decision.order) <= one.decision.order
    ], decided


CERTAIN = frozenset({"unchanged", "moved"})


def _target(one: Change) -> tuple[str, str, str]:
    return one.segment_id, one.decision.code, one.decision.coder
