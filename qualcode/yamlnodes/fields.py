"""Reading a map against the keys it may have, with all that is wrong collected on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from qualcode.problems import Place, Problem
from qualcode.yamlnodes.nodes import Node

YES = frozenset({"true", "yes", "on", "y", "是"})
_NO = frozenset({"false", "no", "off", "n", "否"})
_COLON = re.compile(r"\s*[\w.]+[:：]\S")  # what was to be a map, and is a text


class Fields:
    """The keys of one map. Asking for a key returns its value or the default; mistakes go to `problems`.

    `what` names the thing in messages ("a rule"). No node, or one that is no map, reads as an empty map (the
    second is a problem). A key with nothing behind it counts as not given. `elsewhere` says of keys that are
    often misplaced, or called so in other programs, what to do instead.
    """

    def __init__(
        self,
        node: Node | None,
        *,
        what: str,
        known: Iterable[str],
        problems: list[Problem],
        path: str = "",
        elsewhere: Mapping[str, str] | None = None,
    ) -> None:
        self.source = node
        self.what = what
        self.known = tuple(known)
        self.problems = problems
        self.elsewhere = elsewhere or {}
        self.place = node.place if node else Place(path)
        self._values: dict[str, Node] = {}
        if node is None or node.empty:
            return
        if node.kind != "map":
            self.say("wrong-type", node.place, "{what} is written as 'key: value' lines, not as a {given}",
                     hint="put an ordinary colon and a space after each key, as in '{key}: …'"
                     if _COLON.match(node.text) else "known keys: {known}",
                     key=self.known[0], given=node.kind, known=", ".join(self.known))  # fmt: skip
            return
        for key, value in node.entries:
            if key.text in self.known:
                if not value.empty:
                    self._values[key.text] = value
            else:
                self._unknown(key, cut_off=node.flow and value.empty)

    def has(self, key: str) -> bool:
        """Whether the key is given with a value."""
        return key in self._values

    def node(self, key: str) -> Node | None:
        """Return the value's node, None where not given."""
        return self._values.get(key)

    def place_of(self, key: str) -> Place:
        """Return where the key's value stands, or the map itself."""
        found = self._values.get(key)
        return found.place if found else self.place

    def require(self, key: str) -> Node | None:
        """Return the value's node; a missing one is a problem."""
        found = self._values.get(key)
        if found is None and (self.source is None or self.source.kind == "map"):
            self.say("missing-key", self.place, "{what} has no {key!r}", hint="add it", key=key)
        return found

    def text(self, key: str, default: str = "") -> str:
        found = self._scalar(key)
        return default if found is None else found.text

    def texts(self, key: str) -> tuple[str, ...]:
        """Return one text or a list of texts as a tuple."""
        found = self._values.get(key)
        if found is None:
            return ()
        if found.kind == "text":
            return (found.text,)
        if found.kind == "map":
            self.say("wrong-type", found.place, "{key!r} takes a text or a list of texts", key=key)
            return ()
        wrong = [item for item in found.items if item.kind != "text"]
        for item in wrong:
            self.say("wrong-type", item.place, "{key!r} takes a text or a list of texts", key=key)
        return tuple(item.text for item in found.items if item.kind == "text")

    def choice(self, key: str, choices: Sequence[str], default: str = "") -> str:
        found = self._scalar(key)
        if found is None:
            return default
        if found.text in choices:
            return found.text
        self._not_known(found, found.text, choices, key)
        return default

    def choices(self, key: str, choices: Sequence[str], default: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return one or several of a closed set, in the order written, each once."""
        found = self._values.get(key)
        if found is None:
            return default
        for item in found.items if found.kind == "list" else (found,):
            if item.kind == "text" and item.text not in choices:
                self._not_known(item, item.text, choices, key)
        return tuple(dict.fromkeys(text for text in self.texts(key) if text in choices))

    def yes(self, key: str, default: bool = False) -> bool:
        found = self._scalar(key)
        if found is None:
            return default
        word = found.text.strip().lower()
        if word in YES | _NO:
            return word in YES
        self.say("wrong-type", found.place, "{key!r} is {value!r}", hint="write true or false", key=key,
                 value=found.text)  # fmt: skip
        return default

    def integer(self, key: str, default: int = 0, *, least: int | None = None) -> int:
        found = self._scalar(key)
        if found is None:
            return default
        digits = found.text.strip().replace("_", "")
        if not digits.lstrip("+-").isascii() or not digits.lstrip("+-").isdecimal() or len(digits) > 12:
            self.say("wrong-type", found.place, "{key!r} is {value!r}", hint="write a whole number", key=key,
                     value=found.text)  # fmt: skip
            return default
        return int(self._at_least(key, found, int(digits), default, least))

    def number(
        self, key: str, default: float = 0.0, *, least: float | None = None, above: float | None = None
    ) -> float:
        found = self._scalar(key)
        if found is None:
            return default
        try:
            value = float(found.text)
        except ValueError:
            value = float("nan")
        if not abs(value) < 1e12:
            self.say("wrong-type", found.place, "{key!r} is {value!r}", hint="write a number", key=key,
                     value=found.text)  # fmt: skip
            return default
        if above is not None and value <= above:
            self.say("out-of-range", found.place, "{key!r} is {value}", hint="it must be more than {above}",
                     key=key, value=found.text, above=f"{above:g}")  # fmt: skip
            return default
        return self._at_least(key, found, value, default, least)

    def say(self, kind: str, place: Place, message: str, *, hint: str = "", **values: object) -> None:
        """Add a problem; `{what}` may be used in its words."""
        self.problems.append(Problem(kind, message, place, hint, "error", {"what": self.what, **values}))

    def _at_least(self, key: str, found: Node, value: float, default: float, least: float | None) -> float:
        if least is not None and value < least:
            self.say("out-of-range", found.place, "{key!r} is {value}", hint="it must be at least {least}",
                     key=key, value=found.text, least=f"{least:g}")  # fmt: skip
            return default
        return value

    def _scalar(self, key: str) -> Node | None:
        found = self._values.get(key)
        if found is not None and found.kind != "text":
            self.say("wrong-type", found.place, "{key!r} takes one text, not a {given}", key=key,
                     given=found.kind)  # fmt: skip
            return None
        return found

    def _unknown(self, key: Node, *, cut_off: bool) -> None:
        """Name an unknown key; one without a value in a {} is what a comma cut off from the text before."""
        close = get_close_matches(key.text.strip(), self.known, n=1, cutoff=0.6)
        if key.text in self.elsewhere:
            self.say("unknown-key", key.place, "{key!r} is not a key of {what}",
                     hint=self.elsewhere[key.text], key=key.text)  # fmt: skip
        elif close:
            self.say("unknown-key", key.place, "{key!r} is not a key of {what}",
                     hint="did you mean {meant!r}?", key=key.text, meant=close[0])  # fmt: skip
        elif cut_off:
            self.say("unknown-key", key.place, "{key!r} is not a key of {what}",
                     hint="if it goes on with the text before it, put quotes round the whole text",
                     key=key.text)  # fmt: skip
        else:
            self.say("unknown-key", key.place, "{key!r} is not a key of {what}", hint="known keys: {known}",
                     key=key.text, known=", ".join(self.known))  # fmt: skip

    def _not_known(self, found: Node, word: str, choices: Sequence[str], key: str) -> None:
        close = get_close_matches(word, choices, n=1, cutoff=0.6)
        if close:
            self.say("unknown-value", found.place, "{key!r} cannot be {value!r}",
                     hint="did you mean {meant!r}?", key=key, value=word, meant=close[0])  # fmt: skip
        else:
            self.say("unknown-value", found.place, "{key!r} cannot be {value!r}", hint="one of: {known}",
                     key=key, value=word, known=", ".join(choices))  # fmt: skip
