"""Report sections on the named analyses: question, answer, tables with the quotes behind them, warnings.

`known` says how each analysis is told; one that it does not list is shown with its first table as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from qualcode.analysis.catalogue import analyses
from qualcode.analysis.given import Made, Remark
from qualcode.columns import TABLES
from qualcode.output.analysed import divisions, over_time, relations, rules, voices
from qualcode.output.analysed.cells import (
    Put,
    Shown,
    Telling,
    behind,
    drawn,
    number,
    several,
    text,
    tidy,
    whole,
)
from qualcode.output.report_blocks import (
    Behind,
    Block,
    Findings,
    Items,
    Link,
    Picture,
    Section,
    Table,
    Text,
    Words,
)
from qualcode.output.words import KIND_NAMES

Answer = Callable[[Made, Telling], Iterator[str]]
SPOKEN = ("bridge", "paths")  # whose remarks on a kind of material are in the answer
GLANCE = 2  # sentences of each answer in the overview
COLUMNS = 10  # of a table that is shown as it is


class Told(NamedTuple):
    """How an analysis is told."""

    answer: Answer
    tables: Sequence[Shown]


known: dict[str, Told] = {
    "dominance": Told(over_time.dominance, over_time.DOMINANCE),
    "shift": Told(over_time.shift, over_time.SHIFT),
    "sensitivity": Told(over_time.sensitivity, over_time.SENSITIVITY),
    "periodisation": Told(divisions.periodisation, divisions.PERIODISATION),
    "events": Told(divisions.events, divisions.EVENTS),
    "structure": Told(voices.structure, voices.STRUCTURE),
    "difference": Told(over_time.difference, over_time.DIFFERENCE),
    "transitions": Told(over_time.transitions, (*over_time.TRANSITIONS, *relations.STATEMENTS)),
    "bridge": Told(relations.bridge, relations.BRIDGE),
    "paths": Told(relations.paths, relations.PATHS),
    "institutions": Told(rules.institutions, rules.INSTITUTIONS),
    "actors": Told(voices.actors, voices.ACTORS),
    "discourse": Told(voices.discourse, voices.DISCOURSE),
    "leakage": Told(voices.leakage, voices.LEAKAGE),
    "echo": Told(voices.echo, voices.ECHO),
    "triangulate": Told(voices.triangulate, voices.TRIANGULATE),
    "saturation": Told(voices.saturation, voices.SATURATION),
    "negatives": Told(relations.negatives, relations.NEGATIVES),
}


def glance(findings: Findings, say: Words, lang: str) -> Section:
    """Every question that was asked with its answer in a sentence, and where to read on."""
    tell = Telling(findings, say, lang)
    space = "" if lang == "zh" else " "
    rows = [
        (Link(say(listed.line), f"analysis-{name}"), _short(answer(name, tell), space))
        for name, listed in analyses.items()
        if name in findings.analysed or name in findings.unasked
    ]
    blocks: list[Block] = []
    if rows:
        blocks.append(Table([say("Question"), say("Answer")], rows))
        blocks.append(
            Text(
                say(
                    "Answers are put together from the tables. They hold for these codes, rules and this"
                    " material; each is as good as the coding under it."
                ),
                "note",
            )
        )
    return Section("glance", say("Questions and answers"), blocks)


def _short(sentences: Sequence[str], space: str) -> str:
    """The first sentences of an answer; the section has them all."""
    return space.join(sentences[:GLANCE]) + (" …" if len(sentences) > GLANCE else "")


def claims(findings: Findings, say: Words, lang: str) -> Section:
    """What the study claims, with the verdict of this run and the quotes on either side."""
    held = findings.claims
    if held is None or held.empty:
        return Section("claims", "", [])
    counts = held["verdict"].value_counts().to_dict()
    tell = Telling(findings, say, lang)
    reasons = [_reason(one, tell) for one in findings.reasons]
    if len(reasons) != len(held):
        reasons = [str(why) for why in held["why"].tolist()]
    rows = [
        (
            str(line[f"says_{lang}"] or line["says_en"] or line["claim"]),
            say(KIND_NAMES.get(str(line["kind"]), "")) if line["kind"] else None,
            say(str(line["verdict"])),
            reason,
            Behind(len(line["supporting"]), tuple(line["supporting"])) if line["supporting"] else 0,
            Behind(len(line["contradicting"]), tuple(line["contradicting"])) if line["contradicting"] else 0,
        )
        for line, reason in zip(held.to_dict("records"), reasons, strict=True)
    ]
    head = ("Claim", "Kind", "verdict", "why", "speaks for it", "speaks against it")
    sentence = say(
        "{holds} claims hold, {breaks} break, {untold} cannot be told.",
        holds=counts.get("holds", 0),
        breaks=counts.get("breaks", 0),
        untold=counts.get("cannot be told", 0),
    )
    note = say(
        "What the study claims, checked again in this run. A claim that holds is not proved, one that breaks"
        " is to be rewritten or explained."
    )
    blocks: list[Block] = [Items([sentence], "answer"), Text(note, "note")]
    blocks.append(
        Table([say(name) for name in head], rows, say("All numbers are in {file}.", file="claims.csv"))
    )
    return Section("claims", say("Claims"), blocks)


def _reason(why: Remark, tell: Telling) -> str:
    """The sentence of a verdict, without the claim's id that it begins with."""
    values = {key: value for key, value in why.values.items() if key != "id"}
    found = tell.say(why.template, id="", **tell.named(values))
    return tidy(re.sub(r"^[:：]\s*", "", found), tell.lang)


def answer(name: str, tell: Telling) -> list[str]:
    """The answer of one analysis in sentences, or why there is none."""
    if name in tell.findings.unasked:
        why = tell.findings.unasked[name]
        reason = tell.say(why.template, **tell.named(why.values))
        return [tell.say("Not asked: {reason}.", reason=reason)]
    made = tell.findings.analysed[name]
    if name in known:
        said = list(known[name].answer(made, tell))
    else:
        said = [tell.say("{n} rows; see the table.", n=len(next(iter(made.tables.values()))))]
    if not said or not any(map(len, made.tables.values())):
        return [tell.say("The material is not enough for an answer.")]
    return [tidy(sentence, tell.lang) for sentence in said]


def section(findings: Findings, name: str, say: Words, lang: str) -> Section:
    """One analysis: what is asked, the answer, figures, tables, and what must be read beside them."""
    tell = Telling(findings, say, lang)
    title = say(TITLES.get(name, name))
    blocks: list[Block] = [Text(say(analyses[name].line), "question"), Items(answer(name, tell), "answer")]
    made = findings.analysed.get(name)
    if made is not None:
        blocks += [
            Text(_end(say(one.template, **tell.named(one.values)), lang), "warning")
            for one in made.remarks
            if not (name in SPOKEN and "kind" in one.values)
        ]
        if findings.figures.get(name):
            blocks.append(Picture(findings.figures[name], title, findings.captions.get(name, "")))
        shown = known[name].tables if name in known else [_as_it_is(*next(iter(made.tables.items())))]
        tables = [drawn(one, made.tables[one.table], tell) for one in shown if one.table in made.tables]
        blocks += [table for table in tables if table is not None]
    return Section(f"analysis-{name}", title, blocks)


def _end(sentence: str, lang: str) -> str:
    """Give a remark the capital and the stop that a page wants; remarks have neither."""
    sentence, stop = tidy(sentence, lang), "。" if lang == "zh" else "."
    return (sentence[:1].upper() + sentence[1:]) + ("" if sentence.endswith(("。", ".", "？", "?")) else stop)


def _as_it_is(table: str, held: object) -> Shown:
    """Show the first columns of a table, and the quotes behind its numbers."""
    puts = []
    types = {"int": whole, "float": number, "list": several}
    declared = TABLES[table]
    ids = next((column.name for column in declared if column.name == "example_ids"), "")
    for column in declared[:COLUMNS]:
        made = types.get(column.type, text)(column.name)
        if column.name == "n_quotes" and ids:
            made = behind("n_quotes", ids)
        puts.append(Put(column.name, made))
    return Shown(table, "As it stands in the file.", puts)


# What the sections are called; the Chinese names are those of the catalogue.
TITLES = {
    "dominance": "Which code leads",
    "shift": "Change at the node",
    "sensitivity": "How times are placed",
    "periodisation": "Divisions of time",
    "events": "Events that rest on each other",
    "structure": "Data structure",
    "difference": "Networks of phases, and their difference",
    "transitions": "Turning into one another",
    "bridge": "Linking",
    "paths": "Chains of the theory",
    "actors": "Actors and codes",
    "discourse": "Actors and stances",
    "leakage": "Prompted or spontaneous",
    "echo": "Policy wording in talk",
    "triangulate": "Talk and documents",
    "saturation": "Saturation",
    "negatives": "Negative cases",
    "institutions": "Formal and informal institutions",
}
