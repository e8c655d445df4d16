"""Report sections on the rules: what each brought, what hangs on it, and why a quote is a quote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qualcode.analysis.conflicts import conflict_rows
from qualcode.analysis.ledger import ledger_rows
from qualcode.analysis.load import Row
from qualcode.columns import names
from qualcode.output.report_blocks import Block, Findings, Section, Table, Text
from qualcode.output.words import Words

MOST = 25  # rules, and pairs of codes, shown
NAMED = 30  # rules without a match named
WIDE = 0.5  # share refused from which a rule is named
ENOUGH = 4  # matches it takes to be named for that
PATTERN = 90  # characters of a pattern shown
LINES = 6  # lines of explanation behind one quote
REASONS = {
    "longer": "they lie inside a longer term",
    "except": "they are part of an excepted phrase",
    "unless": "words nearby speak against them",
    "where": "the rule is not for this material",
    "interviewer": "they are the interviewer's words",
    "threshold": "they weigh too little",
}
_AT = {name: n for n, name in enumerate(names("ledger"))}


def rules(findings: Findings, say: Words, lang: str) -> Section:
    """The rules that most codings hang on; those that found nothing or are mostly refused; conflicts."""
    given = (findings.codings, findings.matches)
    conflicts = conflict_rows(findings.segments, *given, findings.codebook)
    ledger = [row for row in ledger_rows(*given, conflicts, findings.codebook) if row[_AT["rule"]]]
    blocks: list[Block] = []
    carrying = [row for row in ledger if _number(row, "n_hits")]
    carrying.sort(key=lambda row: (-_number(row, "n_needed"), -_number(row, "n_hits"), row[_AT["line"]] or 0))
    if carrying:
        head = ("Rule", "Code", "matches", "documents", "codings lost without it", "of its code", "refused")
        shown = [
            (
                str(row[_AT["rule"]]),
                findings.label(str(row[_AT["code"]]), lang),
                row[_AT["n_hits"]],
                row[_AT["n_documents"]],
                row[_AT["n_needed"]],
                _percent(row, "share_needed"),
                _percent(row, "share_refused"),
            )
            for row in carrying[:MOST]
        ]
        note = say("The rules most hangs on; all {n} are in ledger.csv.", n=len(ledger))
        blocks.append(Table([say(name) for name in head], shown, note))  # type: ignore[arg-type]
    idle = [str(row[_AT["rule"]]) for row in ledger if not _number(row, "n_hits")]
    if idle:
        more = f" … (+{len(idle) - NAMED})" if len(idle) > NAMED else ""
        blocks.append(
            Text(
                say(
                    "{n} of {all} rules brought nothing here: {names}.",
                    n=len(idle),
                    all=len(ledger),
                    names=say(", ").join(idle[:NAMED]) + more,
                ),
                "note",
            )
        )
    wide = [
        f"{row[_AT['rule']]} ({_percent(row, 'share_refused')})"
        for row in ledger
        if float(str(row[_AT["share_refused"]] or 0)) >= WIDE
        and _number(row, "n_hits") + _number(row, "n_refused") >= ENOUGH
    ]
    if wide:
        named = say(", ").join(wide[:NAMED])
        blocks.append(Text(say("Mostly refused, so perhaps too wide: {names}.", names=named), "note"))
    blocks += _conflicts(findings, conflicts, say, lang)
    return Section("rules", say("What the rules brought"), blocks)


def _conflicts(findings: Findings, conflicts: Sequence[Row], say: Words, lang: str) -> list[Block]:
    if not conflicts:
        return []
    pairs = Counter((str(row[3]), str(row[4])) for row in conflicts)
    most = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    rows = [(findings.label(one, lang), findings.label(other, lang), n) for (one, other), n in most]
    note = say(
        "Codes of one facet that exclude each other or rest on the same words; nothing was decided. All {n} "
        "places are in conflicts.csv.",
        n=len(conflicts),
    )
    return [Table([say("Code"), say("in conflict with"), say("segments")], rows, note)]


def explanations(findings: Findings, wanted: set[str], say: Words) -> dict[tuple[str, str], tuple[str, ...]]:
    """Say for segments and codes which rules matched there, on which words, and which were refused."""
    patterns = {rule.id: rule.written for rule in findings.codebook.rules}
    matches = findings.matches[findings.matches["segment_id"].isin(wanted).to_numpy(dtype=bool)]
    made: dict[tuple[str, str], dict[str, None]] = {}
    columns = ("segment_id", "code", "rule", "file", "line", "matched", "blocked_by")
    for segment, code, rule, file, line, matched, blocked in zip(
        *(matches[name] for name in columns), strict=True
    ):
        words = " … ".join(matched)
        place = f"{file}:{line}"
        if blocked:
            reason, _, longer = blocked.partition(":")
            why = say(REASONS[reason]) + (f" ({longer})" if longer else "")
            said = say(
                "refused: {words} by {rule}, {place}: {why}", words=words, rule=rule, place=place, why=why
            )
        else:
            pattern = patterns.get(rule, "")
            short = pattern if len(pattern) <= PATTERN else pattern[:PATTERN] + "…"
            said = say(
                "{words} by {rule}, {place}: {pattern}", words=words, rule=rule, place=place, pattern=short
            )
        made.setdefault((str(segment), str(code)), {})[said] = None
    return {key: tuple(lines)[:LINES] for key, lines in made.items()}


def _number(row: Row, name: str) -> int:
    return int(str(row[_AT[name]]))


def _percent(row: Row, name: str) -> str | None:
    value = row[_AT[name]]
    return None if value is None else f"{float(str(value)):.0%}"
