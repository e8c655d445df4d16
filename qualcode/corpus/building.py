"""One extract and everything said about it become one document.

The order: what people said (settings < file name < front matter < sidecar < table), then the speakers heard
in the text, then what the text shows where nobody said (kind, language, title, the day of talk, and of an
official document its number, body and dates). A date in a file name is the date of issue where the document
is a policy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from qualcode.corpus.extract import Extract
from qualcode.corpus.layout import columns_of
from qualcode.corpus.metadata import Layer, Merged, merge, merge_speakers, shown_by_text
from qualcode.corpus.metadata_filename import date_in_name
from qualcode.corpus.official import HEAD, Official, only_answer, read_official
from qualcode.corpus.roles import label_key
from qualcode.corpus.settings import CorpusSettings
from qualcode.corpus.shown import (
    ENOUGH,
    language_at_once,
    shown_kind,
    shown_language,
    shown_title,
    shows_articles,
    shows_number,
)
from qualcode.corpus.speakers import find_turns
from qualcode.corpus.talkday import days_of_talk
from qualcode.model import Block, Document, Metadata, Source, Speaker
from qualcode.problems import Place, Problem, problem


@dataclass(frozen=True, slots=True)
class Said:
    """What people said of one document, and the id and name it has where they gave none."""

    layers: Sequence[Layer]
    fallback_id: str
    name: str  # of the file, without folders and extension


def build_document(
    extract: Extract, said: Said, source: Source, settings: CorpusSettings
) -> tuple[Document, list[Problem]]:
    """Make a document of an extract; see the head of this file for what comes from where."""
    merged = merge(said.layers)
    problems: list[Problem] = []
    place = Place(source.path)
    metadata = merged.metadata
    if not metadata.kind and _shows_policy(extract.text):  # then it is not searched for speakers
        metadata = shown_by_text(metadata, {"kind": "policy"})
    heard = settings
    if merged.speakers:
        heard = replace(settings, speakers=merge_speakers(settings.speakers, merged.speakers))
    blocks, turns, speakers, found = find_turns(extract, metadata, heard)
    problems += [replace(p, place=replace(p.place, path=p.place.path or source.path)) for p in found]
    problems += _unheard(merged, speakers, place)
    metadata = shown_by_text(metadata, _shown(extract, metadata, blocks, len(turns)))
    metadata = _dated(metadata)
    if turns and metadata.kind != "policy":
        metadata = _held(metadata, extract.text[: turns[0].span.start], place, problems)
    if metadata.kind in {"policy", "minutes", "report"} and not turns:
        official, found = read_official(
            extract.text.splitlines(), metadata.title, place, issued=metadata.issued
        )
        problems += found + _other_date(metadata, official, place)
        metadata = shown_by_text(metadata, _of_kind(official, metadata.kind))
    if not metadata.title:
        name = extract.name or date_in_name(said.name).rest or said.name
        metadata = replace(metadata, title=name, origins={**metadata.origins, "title": "file name"})
    return Document(
        id=merged.id or said.fallback_id,
        text=extract.text,
        metadata=metadata,
        blocks=blocks,
        turns=turns,
        speakers=speakers,
        comments=extract.comments,
        source=source,
    ), problems


def _shows_policy(text: str) -> bool:
    return shows_articles(text) or ("号" in text and shows_number(_head(text)))


def _shown(extract: Extract, metadata: Metadata, blocks: Sequence[Block], turns: int) -> dict[str, str]:
    """What the text shows of what nobody said; the rest is not looked for."""
    shown: dict[str, str] = {}
    title = ""
    if not metadata.title or (not metadata.kind and turns <= 1):
        title = shown_title(extract)
        shown["title"] = title or ("" if extract.name else extract.metadata.get("title", ""))
    if not metadata.kind:
        shown["kind"] = shown_kind(title, turns=turns)
    if not metadata.language:
        shown["language"] = _language(extract.text, blocks)
    return shown


def _head(text: str) -> list[str]:
    """The first lines of a text, those that may belong to a document's head."""
    end = 0
    for _ in range(HEAD):
        end = text.find("\n", end) + 1
        if not end:
            return text.splitlines()[:HEAD]
    return text[:end].splitlines()[:HEAD]


def _language(text: str, blocks: Sequence[Block]) -> str:
    """The language of the first blocks, as many as settle it.

    Blocks hold every character that is not blank: where counting those of the text is enough, it is their
    language too.
    """
    if len(text) + len(blocks) <= ENOUGH and (language := language_at_once(text)) is not None:
        return language
    starts, ends = columns_of(blocks)
    if not len(starts):
        return shown_language(text)
    enough = int(np.searchsorted(np.cumsum(ends - starts), ENOUGH, side="right")) + 1
    spans = zip(starts[:enough].tolist(), ends[:enough].tolist(), strict=True)
    return shown_language("\n".join([text[start:end] for start, end in spans]))


def _dated(metadata: Metadata) -> Metadata:
    """Turn a file name's date into the date of issue of a policy."""
    if metadata.kind != "policy" or metadata.issued or metadata.origins.get("date") != "file name":
        return metadata
    origins = {key: origin for key, origin in metadata.origins.items() if key != "date"}
    origins = dict(sorted({**origins, "issued": "file name"}.items()))
    return replace(metadata, date="", issued=metadata.date, origins=origins)


def _held(metadata: Metadata, head: str, place: Place, problems: list[Problem]) -> Metadata:
    """Take the day of talk from the lines above the first turn; say so where it is not the one given."""
    days = days_of_talk(head.splitlines())
    said = metadata.date
    if not said:
        return shown_by_text(metadata, {"date": only_answer("date", days, place, problems)})
    if days and not any(day.startswith(said) or said.startswith(day) for day in days):
        problems.append(
            problem(
                "other-date",
                place,
                "the date is {said} by the {origin}, but the document itself says {written}",
                hint="check which is meant; to settle it, give 'date' in documents.xlsx",
                severity="warning",
                said=said,
                origin=metadata.origins.get("date", ""),
                written=days[0],
            )
        )
    return metadata


def _of_kind(official: Official, kind: str) -> dict[str, str]:
    """Minutes and reports are written on a date and rarely issued: their date goes where talk has its own."""
    values = official.values()
    if kind == "policy":
        return values
    return {"actor": values["actor"], "doc_number": values["doc_number"], "date": values["issued"]}


def _other_date(metadata: Metadata, official: Official, place: Place) -> list[Problem]:
    """Say so where a date people gave is not the one the document gives itself (a date of download, say)."""
    said, written = metadata.issued or metadata.date, official.issued
    if not (official.written and said) or written.startswith(said) or said.startswith(written):
        return []
    return [
        problem(
            "other-date",
            place,
            "the date of issue is {said} by the {origin}, but the document itself says {written}",
            hint="check which is meant; to settle it, give 'issued' in documents.xlsx",
            severity="warning",
            said=said,
            origin=metadata.origins.get("issued") or metadata.origins.get("date", ""),
            written=written,
        )
    ]


def _unheard(merged: Merged, speakers: Sequence[Speaker], place: Place) -> list[Problem]:
    """Name the labels declared for this very document that nobody in it bears."""
    labels = [speaker.label for speaker in speakers]
    keys = {label_key(label) for label in labels}
    problems = []
    for label in merged.speakers:
        if label_key(label) in keys:
            continue
        close = get_close_matches(label, labels, n=1, cutoff=0.5)
        problems.append(
            problem(
                "unheard-speaker",
                place,
                "{label!r} is declared as a speaker, but no turn bears this label",
                hint="did you mean {meant!r}?" if close else "labels found: {labels}",
                severity="warning",
                label=label,
                meant=close[0] if close else "",
                labels=", ".join(labels[:8]) or "none",
            )
        )
    return problems
