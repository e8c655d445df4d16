"""How `qualcode corpus check` prints what was understood: as text for people, as records for scripts."""

from __future__ import annotations

from collections.abc import Iterator

import click

from qualcode.cli.common import display_width, problem_records, words
from qualcode.corpus.overview import CorpusOverview, DocumentOverview, SpeakerOverview

SPEAKERS_SHOWN = 12


def show_overview(seen: CorpusOverview) -> None:
    """Print an overview on stdout, a few lines for each document, then the totals."""
    for document in seen.documents:
        click.echo("\n".join(_document(document, seen.unit)))
        click.echo()
    click.echo("\n".join(_totals(seen)))


def overview_record(seen: CorpusOverview) -> dict[str, object]:
    """Return an overview as plain values for `--json`; names are those of the result columns."""
    return {
        "format": 1,
        "unit": seen.unit,
        "files": seen.files,
        "unread": seen.unread,
        "documents": [_record(document) for document in seen.documents],
        "kinds": seen.kinds,
        "talk": len(seen.talks),
        "talk_without_declared_interviewer": [d.id for d in seen.without_interviewer],
        "talk_without_known_interviewer": [d.id for d in seen.without_any_interviewer],
        "undated": [d.id for d in seen.undated],
        "repeats": [
            {
                "first": repeat.first,
                "second": repeat.second,
                "share_of_first": repeat.share_of_first,
                "share_of_second": repeat.share_of_second,
            }
            for repeat in seen.repeats
        ],
        "problems": problem_records(seen.problems),
    }


def _record(document: DocumentOverview) -> dict[str, object]:
    return {
        "document_id": document.id,
        "path": document.path,
        "format": document.format,
        "encoding": document.encoding,
        "note": document.note,
        "title": document.title,
        "kind": document.kind,
        "kind_source": document.kind_source,
        "language": document.language,
        "dates": {key: {"date": date, "source": origin} for key, date, origin in document.dates},
        "actor": document.actor,
        "doc_number": document.doc_number,
        "duplicate_of": document.duplicate_of,
        "characters": document.characters,
        "n_turns": document.turns,
        "n_speeches": document.speeches,
        "n_segments": document.segments,
        "median_sentence": document.median_sentence,
        "speakers": [
            {
                "label": speaker.label,
                "role": speaker.role,
                "role_source": speaker.role_source,
                "actor": speaker.actor,
                "turns": speaker.turns,
                "share": speaker.share,
                "questions": speaker.questions,
                "guess": speaker.guess,
            }
            for speaker in document.speakers
        ],
        "repairs": dict(document.repairs),
        "problems": len(document.problems),
    }


def _document(document: DocumentOverview, unit: str) -> Iterator[str]:
    yield click.style(document.path, bold=True)
    if document.id != document.path.rpartition(".")[0]:
        yield "  " + words("id {id}", id=document.id)
    yield f"  {document.title}"
    kind = _with_source(document.kind, document.kind_source) or words("kind not known")
    read = " ".join(filter(None, (document.format, document.encoding, document.note)))
    yield "  " + " · ".join(filter(None, (kind, document.language, read)))
    dates = [f"{key} {_with_source(date, origin)}" for key, date, origin in document.dates]
    yield "  " + (" · ".join(dates) or words("no date"))
    official = " · ".join(
        filter(None, (document.doc_number, _with_source(document.actor, document.actor_source)))
    )
    if official:
        yield f"  {official}"
    if document.duplicate_of:
        yield "  " + words("repeats {other}; not counted", other=document.duplicate_of)
    yield "  " + words(
        "{characters} characters · {segments} segments ({unit}) · median sentence {median:g}",
        characters=document.characters,
        segments=document.segments,
        unit=unit,
        median=document.median_sentence,
    )
    if document.turns:
        yield "  " + words(
            "{turns} turns in {speeches} speeches", turns=document.turns, speeches=document.speeches
        )
        yield from _speakers(document.speakers)
    if document.repairs:
        repairs = ", ".join(f"{name} {count}" for name, count in document.repairs.items())
        yield "  " + words("repaired: {repairs}", repairs=repairs)
    for severity in ("error", "warning", "note"):
        count = sum(p.severity == severity for p in document.problems)
        if count:
            yield "  " + words(_COUNTED[severity], n=count)


_COUNTED = {"error": "{n} errors (below)", "warning": "{n} warnings (below)", "note": "{n} notes (below)"}


def _speakers(speakers: tuple[SpeakerOverview, ...]) -> Iterator[str]:
    shown = speakers[:SPEAKERS_SHOWN]
    widest = max((display_width(s.label) for s in shown), default=0)
    for speaker in shown:
        label = speaker.label + " " * (widest - display_width(speaker.label))
        role = words("role unknown") if speaker.role_source == "unknown" else _role(speaker)
        if speaker.guess:
            role += " " + words(
                "(only a guess: {role}; {asked:.0%} of the turns end in a question)",
                role=speaker.guess,
                asked=speaker.questions,
            )
        said = words("{turns} turns, {share:.0%} of the talk", turns=speaker.turns, share=speaker.share)
        yield f"    {label}  {said}  {role}" + (f" · {speaker.actor}" if speaker.actor else "")
    if len(speakers) > len(shown):
        yield "    " + words("… and {n} more", n=len(speakers) - len(shown))


def _role(speaker: SpeakerOverview) -> str:
    how = words("declared") if speaker.role_source == "declared" else words("by its label")
    return f"{speaker.role} ({how})"


def _with_source(value: str, origin: str) -> str:
    return f"{value} ({words(origin)})" if value and origin else value


def _totals(seen: CorpusOverview) -> Iterator[str]:
    kinds = ", ".join(f"{kind or words('kind not known')} {n}" for kind, n in seen.kinds.items())
    yield words("{n} documents from {files} files", n=len(seen.documents), files=seen.files) + (
        f": {kinds}" if kinds else ""
    )
    if seen.unread:
        yield words("{n} could not be read", n=seen.unread)
    yield words(
        "{characters} characters, {segments} segments ({unit})",
        characters=sum(d.characters for d in seen.documents),
        segments=sum(d.segments for d in seen.documents),
        unit=seen.unit,
    )
    shown = sum(d.kind_source == "text" for d in seen.documents)
    if shown:
        yield words("the kind of {n} documents is taken from their text; nobody declared it", n=shown)
    if seen.undated:
        yield words("{n} documents have no date", n=len(seen.undated))
    if seen.talks:
        yield words(
            "{n} of {all} interviews have no declared interviewer; in {unknown} no label shows one either",
            n=len(seen.without_interviewer),
            all=len(seen.talks),
            unknown=len(seen.without_any_interviewer),
        )
        if seen.without_any_interviewer:
            yield words(
                "what interviewers say there would be coded as evidence; 'qualcode corpus sheet' helps"
            )
    if seen.repeats:
        yield words("{n} pairs of documents say largely the same", n=len(seen.repeats))
