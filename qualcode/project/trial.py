"""A code, a rule or an expression tried on a study's material: what it finds, what is refused, what is new.

Only what can change the answer is coded (`qualcode.coding.narrow`), so a trial takes about as long as reading
the material. Nothing is written.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from qualcode.analysis.kwic import WIDTH, Line, lines_of
from qualcode.codebook.expression import CODE, expression_codebook, is_pattern
from qualcode.coding import code_document
from qualcode.coding.context import counts
from qualcode.coding.look import Look
from qualcode.coding.narrow import narrowed
from qualcode.coding.refusals import refusal
from qualcode.coding.why import Why
from qualcode.problems import Problem, UsageError
from qualcode.project.stored import Stored
from qualcode.registry import did_you_mean

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.project.bench import Prepared

Kind = Literal["code", "rule", "expression"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is tried: a codebook that has it, and which rules and codes are meant."""

    text: str
    kind: Kind
    codebook: Codebook
    rules: frozenset[str]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A place, and why it was refused; `counts` is no for one that stands but is meant otherwise."""

    line: Line
    refused: Why | None = None
    counts: bool = True
    meant: str = ""


@dataclass(slots=True)
class Trial:
    """What a trial found. `codings` are the segments coded by what was tried."""

    asked: Asked
    hits: list[Hit] = field(default_factory=list)
    refused: list[Hit] = field(default_factory=list)
    codings: set[str] = field(default_factory=set)
    documents: Counter[str] = field(default_factory=Counter)  # hits by document
    searched: set[str] = field(default_factory=set)  # documents
    segments: int = 0
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Since:
    """A trial beside the last run: segments coded now and not then, then and not now.

    For an expression, which is in no run: `codes` says how many of its segments had which codes then, "" for
    none.
    """

    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    codes: Mapping[str, int] = field(default_factory=dict)


def what_is_asked(text: str, codebook: Codebook) -> Asked:
    """Find out what a text means: a code (with those below it), a rule, or else an expression.

    Raises `UsageError` for something that looks like an id and is none, and for what cannot be tried.
    """
    codes = {text, *codebook.descendants(text)} if text in codebook.codes else set()
    rules = {rule.id: rule.code for rule in codebook.rules}
    if codes:
        chosen = frozenset(rule for rule, code in rules.items() if code in codes)
        if not chosen:
            raise UsageError("the code {code} has no rules", code=text)
        return Asked(text, "code", narrowed(codebook, codes), chosen, frozenset(codes))
    if text in rules:
        code = rules[text]
        return Asked(text, "rule", narrowed(codebook, [code]), frozenset({text}), frozenset({code}))
    looks_like_id = text.isascii() and any(sign in text for sign in "._:") and " " not in text
    if looks_like_id and not is_pattern(text):
        meant = did_you_mean(text, {*codebook.codes, *rules})
        if meant:
            raise UsageError("the codebook has no code or rule '{name}'", hint=meant, name=text)
    made = expression_codebook(text, codebook)
    return Asked(text, "expression", made, frozenset(rule.id for rule in made.rules), frozenset({CODE}))


def try_on(material: Iterable[Prepared], asked: Asked, *, width: int = WIDTH) -> Trial:
    """Try it on documents, each with its segments."""
    trial = Trial(asked)
    for document, segments in material:
        trial.searched.add(document.id)
        trial.segments += len(segments)
        coded = code_document(document, segments, asked.codebook)
        trial.problems += coded.problems
        found = [match for match in coded.matches if match.rule in asked.rules]
        look = Look(document, segments, asked.codebook, coded)
        for match, line in zip(found, lines_of(document, segments, found, width), strict=True):
            if match.blocked_by:
                trial.refused.append(Hit(line, refusal(match, look), counts=False))
                continue
            code = asked.codebook.codes[match.code]
            meant = f"{match.assertion.polarity}, {match.assertion.modality}"
            trial.hits.append(Hit(line, None, counts(match.assertion, code, document), meant))
            trial.documents[document.id] += 1
            trial.codings.add(line.segment_id)
    return trial


def since_last_run(trial: Trial, results: Path) -> Since:
    """Compare a trial with the tables of the last run, in the documents that were searched."""
    stored = Stored(results, open_test=True)  # what is kept for testing now was not searched
    if trial.asked.kind == "expression":
        codes: Counter[str] = Counter()
        coded: dict[str, list[str]] = {}
        for row in stored.rows("coded_segments"):
            coded.setdefault(str(row["segment_id"]), []).append(str(row["code"]))
        for segment in trial.codings:
            codes.update(coded.get(segment, [""]))
        return Since(codes=dict(sorted(codes.items(), key=lambda pair: (-pair[1], pair[0]))))
    wanted = trial.asked.codes if trial.asked.kind == "code" else trial.asked.rules
    column = "code" if trial.asked.kind == "code" else "rule"
    then = {
        str(row["segment_id"])
        for row in stored.rows("matches")
        if row[column] in wanted and not row["blocked_by"] and row["document_id"] in trial.searched
    }
    order = {line.line.segment_id: n for n, line in enumerate(trial.hits)}
    gained = sorted(trial.codings - then, key=lambda name: order[name])
    return Since(tuple(gained), tuple(sorted(then - trial.codings)))
