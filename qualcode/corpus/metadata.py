"""What is said about a document, source by source, and who wins where two sources differ.

A *layer* is what one source says: the defaults of `qualcode.yaml`, the file name, the front matter, a sidecar
`NAME.meta.yaml`, the table `documents.csv`/`.xlsx`; each later one wins, key by key. What the text itself
shows (`qualcode/corpus/official.py`, language, kind) only fills what nobody said.

Known keys are checked here: `kind` and `split` are closed sets, dates are read and never completed. Any other
key is an attribute and stays as written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import lru_cache
from types import MappingProxyType

from qualcode.model import KINDS, ROLES, Metadata, Role, Speaker
from qualcode.problems import Place, Problem, problem
from qualcode.text.dates import is_ambiguous, read_date

KEYS: tuple[str, ...] = (
    "id",
    *(f.name for f in fields(Metadata) if f.name not in {"attributes", "origins"}),
    "speakers",
)
_KNOWN = frozenset(KEYS)
DATES = frozenset({"date", "issued", "effective", "expired", "since"})
ALIASES: Mapping[str, str] = MappingProxyType(
    {"type": "kind", "lang": "language", "interview_date": "date", "document_id": "id"}
)
SPLITS = ("dev", "test")
_SAME_KIND = {
    "访谈": "interview",
    "訪談": "interview",
    "焦点小组": "focus_group",
    "焦點團體": "focus_group",
    "座谈": "focus_group",
    "座谈会": "focus_group",
    "focus group": "focus_group",
    "政策": "policy",
    "政策文件": "policy",
    "文件": "policy",
    "法规": "policy",
    "纪要": "minutes",
    "会议纪要": "minutes",
    "會議紀錄": "minutes",
    "报告": "report",
    "報告": "report",
    "总结": "report",
    "田野笔记": "fieldnote",
    "观察笔记": "fieldnote",
    "field note": "fieldnote",
}
_SAME_ROLE = {
    "interviewee": "respondent",
    "participant": "respondent",
    "访谈者": "interviewer",
    "访谈人": "interviewer",
    "采访者": "interviewer",
    "訪談者": "interviewer",
    "受访者": "respondent",
    "受访人": "respondent",
    "受訪者": "respondent",
    "主持人": "moderator",
    "未知": "unknown",
}
_SAME_LANGUAGE = {"中文": "zh", "汉语": "zh", "chinese": "zh", "英文": "en", "英语": "en", "english": "en"}


KIND_WORDS: tuple[str, ...] = (*KINDS, *_SAME_KIND)  # all that `kind` may be written as


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source says of one document: checked values by key, and its speakers by label."""

    origin: str  # settings, file name, front matter, sidecar, table
    values: Mapping[str, str] = field(default_factory=dict)
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)  # of each value, for problems found later


@dataclass(frozen=True, slots=True)
class Merged:
    """All layers of one document put together. `id` is empty where nobody gave one."""

    id: str = ""
    metadata: Metadata = field(default_factory=Metadata)
    speakers: Mapping[str, Speaker] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


def merge(layers: Iterable[Layer]) -> Merged:
    """Put layers together, later ones winning key by key; an empty value says nothing and wins nothing.

    Speakers are merged label by label in the same way, so that a table may add the actor to a role that the
    front matter gave.
    """
    values: dict[str, str] = {}
    origins: dict[str, str] = {}
    places: dict[str, Place] = {}
    speakers: dict[str, Speaker] = {}
    for layer in layers:
        for key, value in layer.values.items():
            if value:
                values[key] = value
                origins[key] = layer.origin
                if key in layer.places:
                    places[key] = layer.places[key]
        if layer.speakers:
            speakers = merge_speakers(speakers, layer.speakers)
    known = {key: value for key, value in values.items() if key in _KNOWN and key != "id"}
    attributes = {key: values[key] for key in sorted(values.keys() - _KNOWN)}
    metadata = Metadata(**known, attributes=attributes, origins=dict(sorted(origins.items())))
    return Merged(values.get("id", ""), metadata, speakers, places)


def merge_speakers(earlier: Mapping[str, Speaker], later: Mapping[str, Speaker]) -> dict[str, Speaker]:
    """Add what later sources say of each label to what earlier ones said; what is not said stays."""
    merged = dict(earlier)
    for label, speaker in later.items():
        old = merged.get(label, Speaker(label))
        said = speaker.role_source == "declared"
        merged[label] = Speaker(
            label,
            role=speaker.role if said else old.role,
            role_source="declared" if said else old.role_source,
            actor=speaker.actor or old.actor,
            since=speaker.since or old.since,
            attributes={**old.attributes, **speaker.attributes},
        )
    return merged


def shown_by_text(metadata: Metadata, shown: Mapping[str, str]) -> Metadata:
    """Fill what nobody said with what the text shows, origin `text`; what was said stays."""
    known = {key: value for key, value in shown.items() if key in _KNOWN}
    fresh = {key: value for key, value in known.items() if value and not getattr(metadata, key)}
    extra = {
        key: value
        for key, value in shown.items()
        if key not in _KNOWN and value and key not in metadata.attributes
    }
    if not fresh and not extra:
        return metadata
    origins = {**metadata.origins, **dict.fromkeys((*fresh, *extra), "text")}
    attributes = dict(sorted({**metadata.attributes, **extra}.items()))
    return replace(metadata, **fresh, attributes=attributes, origins=dict(sorted(origins.items())))


@lru_cache(maxsize=1024)  # the documents of a corpus have the same few keys
def known_key(key: str) -> str:
    """Return the key meant: `type` is kind, `lang` is language, `interview_date` is date."""
    key = key.strip()
    plain = key.lower().replace(" ", "_").replace("-", "_")
    plain = ALIASES.get(plain, plain)
    return plain if plain in _KNOWN else ALIASES.get(key, key)


def check_value(key: str, text: str, place: Place, problems: list[Problem]) -> str:
    """Return the value a known key may have, "" and a Problem where the text is none; others as written."""
    text = text.strip()
    if not text:
        return ""
    if key == "kind":
        return _one_of("kind", text, KINDS, _SAME_KIND, place, problems)
    if key == "split":
        return _one_of("split", text, SPLITS, {}, place, problems)
    if key == "language":
        return _language(text, place, problems)
    if key in DATES:
        return _date(key, text, place, problems)
    if key == "id" and (":" in text or "#" in text or "@" in text):
        problems.append(
            problem(
                "bad-id",
                place,
                "{id!r} cannot be the id of a document",
                hint="take out ':', '#' and '@', which divide the ids of segments and codings",
                id=text,
            )
        )
        return ""
    if key == "id" and not text.isprintable():
        problems.append(
            problem(
                "bad-id",
                place,
                "{id!r} cannot be the id of a document",
                hint="take out line breaks and invisible characters",
                id=text,
            )
        )
        return ""
    return text


def check_role(text: str, place: Place, problems: list[Problem]) -> Role:
    """Return the role a text names, `unknown` (and a Problem) where it names none."""
    role = _one_of("role", text, ROLES, _SAME_ROLE, place, problems)
    return next((known for known in ROLES if known == role), "unknown")


def note_near_key(key: str, place: Place, problems: list[Problem]) -> None:
    """Say so where an attribute's name looks like a known key mistyped: `isued` stays, with a note."""
    close = "" if key in _KNOWN else _near(key)
    if close:
        problems.append(
            problem(
                "near-key",
                place,
                "{key!r} is kept as an attribute; it is not a key known here",
                hint="did you mean {meant!r}?",
                severity="warning",
                key=key,
                meant=close,
            )
        )


@lru_cache(maxsize=1024)
def _near(key: str) -> str:
    """The known key that an unknown one looks like; "" for none."""
    return next(iter(get_close_matches(key.lower(), (*KEYS, *ALIASES), n=1, cutoff=0.8)), "")


def _one_of(
    key: str,
    text: str,
    choices: tuple[str, ...],
    same: Mapping[str, str],
    place: Place,
    problems: list[Problem],
) -> str:
    plain = text.strip().lower()
    if plain in choices or plain in same:
        return same.get(plain, plain)
    close = get_close_matches(plain, (*choices, *same), n=1, cutoff=0.6)
    problems.append(
        problem(
            "unknown-value",
            place,
            "{key!r} cannot be {value!r}",
            hint="did you mean {meant!r}?" if close else "one of: {known}",
            key=key,
            value=text,
            meant=same.get(close[0], close[0]) if close else "",
            known=", ".join(choices),
        )
    )
    return ""


def _language(text: str, place: Place, problems: list[Problem]) -> str:
    plain = text.lower()
    language = _SAME_LANGUAGE.get(plain, plain.replace("_", "-").split("-")[0])
    if language not in {"zh", "en"}:
        problems.append(
            problem(
                "unknown-language",
                place,
                "language '{text}' is kept, but sentences are known to be divided rightly only in zh and en",
                severity="warning",
                text=text,
            )
        )
    return language


def _date(key: str, text: str, place: Place, problems: list[Problem]) -> str:
    date = read_date(text)
    if not date:
        problems.append(
            problem(
                "ambiguous-date" if is_ambiguous(text) else "bad-date",
                place,
                "{key} '{text}' could be two different days"
                if is_ambiguous(text)
                else "{key} '{text}' is not a date that can be read",
                hint="write it as 2019-06-25, 2019-06 or 2019",
                key=key,
                text=text,
            )
        )
    return date
