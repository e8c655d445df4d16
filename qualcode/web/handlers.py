"""What the page can ask and say: each a function from a desk and a JSON object to a JSON object.

Every answer is JSON; one that is no `ok` says why in `error` (a kind) and `message` (in the person's words).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from qualcode.language import LANGUAGES, fill
from qualcode.problems import QualcodeError, UsageError
from qualcode.project.desk import Asked, Desk, OvertakenError, read_filter, views
from qualcode.project.desk.entries import UNDECIDED, EntryKey
from qualcode.project.desk.filters import Filter

if TYPE_CHECKING:
    from starlette.requests import Request

Body = Mapping[str, Any]
Answer = dict[str, Any]
_STAYS = frozenset({"add", "memo"})


def about(desk: Desk, body: Body, lang: str) -> Answer:
    """The codes, documents and problems of the desk."""
    return views.desk_view(desk, lang)


def entry(desk: Desk, body: Body, lang: str) -> Answer:
    """One entry: the one named, or a step from it (`walk`: next, previous, undecided), or the first."""
    wanted, here = _filter(desk, body), _here(desk, body)
    walk = body.get("walk", "")
    if not walk and here is not None:
        return {"entry": _entry(desk, here, wanted, lang, body)}
    queue = desk.queue(replace(wanted, status=UNDECIDED) if walk == "undecided" else wanted)
    found = queue.after(here, back=walk == "previous")
    if found is None and here is not None and queue.holds(here):
        found = here
    return _shown(desk, found, here, wanted, lang, back=walk == "previous")


def listed(desk: Desk, body: Body, lang: str) -> Answer:
    """Some of the entries that pass the filter."""
    start = body.get("start", 0)
    if not isinstance(start, int):
        raise UsageError("'{name}' cannot be asked for so", name="start")
    return views.list_view(desk, _filter(desk, body), start)


def decide(desk: Desk, body: Body, lang: str) -> Answer:
    """Write a verdict or memo, and go on: to the next entry, or stay where a code or memo was added."""
    wanted, here = _filter(desk, body), _here(desk, body)
    asked, _ = _asked(body), _around(body)
    answer: Answer = {"decided": views.decision_view(desk, desk.decide(asked))}
    if here is not None and asked.action in _STAYS:
        return answer | {"entry": _entry(desk, here, wanted, lang, body)}
    return answer | _shown(desk, desk.queue(wanted).after(here), here, wanted, lang)


def undo(desk: Desk, body: Body, lang: str) -> Answer:
    """Take back a decision, or give one back (`again`), and show its segment."""
    named, again, last = body.get("id", ""), body.get("again", False), body.get("last", True)
    if not (isinstance(named, str) and isinstance(again, bool) and isinstance(last, bool)):
        raise UsageError("'{name}' cannot be asked for so", name="id")
    wanted, key, _ = _filter(desk, body), _here(desk, body), _around(body)
    made = desk.undo(named, again=again, last=last)
    at = desk.told.at.get(made.id)
    answer: Answer = {"decided": views.decision_view(desk, made)}
    if at is not None:
        keys = [one.key for one in desk.entries(at)]
        same = [one for one in keys if one.code == made.code]
        key = (same or keys or [desk.key(desk.segment_at(at).id)])[0]
    return answer | ({"entry": _entry(desk, key, wanted, lang, body)} if key else {})


def history(desk: Desk, body: Body, lang: str) -> Answer:
    """The coder's latest decisions."""
    return {"decisions": views.history_view(desk)}


HANDLERS: dict[str, Callable[[Desk, Body, str], Answer]] = {
    "desk": about,
    "entry": entry,
    "list": listed,
    "decide": decide,
    "undo": undo,
    "history": history,
}


def answer_to(desk: Desk, name: str, raw: bytes) -> Response:
    """Answer a request: 200, or 400 and 422 for one that makes no sense, 409 for one from an old state of
    things, 503 where a decision could not be written.
    """
    lang = "en"
    body: Body = {}
    try:
        body = _object(raw)
        lang = body["lang"] if body.get("lang") in LANGUAGES else "en"
        desk.refresh()
        return _json(200, {"ok": True, **HANDLERS[name](desk, body, lang)})
    except OvertakenError as error:
        latest = views.decision_view(desk, error.latest) if error.latest else None
        key = _here(desk, body)
        shown = {"entry": _entry(desk, key, _filter(desk, body), lang, body)} if key else {}
        return _json(409, {**_error("overtaken", error, lang), "latest": latest, **shown})
    except QualcodeError as error:
        return _json(422, _error("senseless", error, lang))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        text = fill("the decision could not be written: {reason}", lang, {"reason": reason})
        return _json(503, {"ok": False, "error": "not-saved", "message": text})


async def respond(desk: Desk, request: Request, stop: Callable[[], None]) -> Response:
    """Answer `POST /api/<name>`; 404 where there is no such thing. `stop` ends the program."""
    name = request.path_params["name"]
    if name == "stop":
        stop()
        return _json(200, {"ok": True})
    if name not in HANDLERS:
        return _json(404, {"ok": False, "error": "unknown", "message": ""})
    raw = await request.body()
    try:
        return answer_to(desk, name, raw)
    except _NotJsonError:
        return _json(400, {"ok": False, "error": "no-json", "message": ""})


class _NotJsonError(Exception):
    pass


def _object(raw: bytes) -> Body:
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        raise _NotJsonError from None
    if not isinstance(found, dict):
        raise _NotJsonError
    return found


def _filter(desk: Desk, body: Body) -> Filter:
    """Return the filter asked for, tried on the desk: what cannot be asked for must fail before a word is
    written.
    """
    asked = body.get("filter", {})
    if not isinstance(asked, dict):
        raise UsageError("'{name}' cannot be asked for so", name="filter")
    wanted = read_filter(asked)
    desk.queue(wanted)
    return wanted


def _around(body: Body) -> int:
    around = body.get("around", views.AROUND)
    if not isinstance(around, int) or around < 0:
        raise UsageError("'{name}' cannot be asked for so", name="around")
    return around


def _here(desk: Desk, body: Body) -> EntryKey | None:
    """Where the page is: `here` names a segment and a code, or "" for none."""
    here = body.get("here") or {}
    segment, code = (
        (here.get("segment", ""), here.get("code", "")) if isinstance(here, dict) else (None, None)
    )
    if not (isinstance(segment, str) and isinstance(code, str)):
        raise UsageError("'{name}' cannot be asked for so", name="here")
    return desk.key(segment, "" if desk.blind else code) if segment else None


def _asked(body: Body) -> Asked:
    """Take what is asked to be written."""
    given = {field.name: body[field.name] for field in fields(Asked) if field.name in body}
    for name, value in given.items():
        if not isinstance(value, bool if name == "settles" else str):
            raise UsageError("'{name}' cannot be asked for so", name=name)
    if "action" not in given:
        raise UsageError("'{name}' cannot be asked for so", name="action")
    return Asked(**given)


def _entry(desk: Desk, key: EntryKey, wanted: Filter, lang: str, body: Body) -> Answer:
    return views.entry_view(desk, key, wanted, lang, around=_around(body))


def _shown(
    desk: Desk,
    found: EntryKey | None,
    here: EntryKey | None,
    wanted: Filter,
    lang: str,
    *,
    back: bool = False,
) -> Answer:
    """Show an entry that was walked to, or only how far the work is where there is none."""
    if found is None:
        return {"entry": None, **views.places(desk, here, wanted)}
    wrapped = here is not None and (found > here if back else found < here)
    return {"entry": views.entry_view(desk, found, wanted, lang), "wrapped": wrapped}


def _error(kind: str, error: QualcodeError, lang: str) -> Answer:
    text = fill(error.template, lang, error.values)
    hint = fill(error.hint_template, lang, error.values) if error.hint_template else ""
    return {"ok": False, "error": kind, "message": f"{text}; {hint}" if hint else text}


def _json(status: int, value: object) -> Response:
    # Half a character in a text has no bytes; the page shows a sign in its place.
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Response(data, status_code=status, media_type="application/json")
