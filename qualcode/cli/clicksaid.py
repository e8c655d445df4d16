"""What click says of a wrong call, in the person's language; what is not known here stays as it is."""

from __future__ import annotations

import re

from qualcode.cli.common import words

_WHOLE = (
    (
        re.compile(r"Invalid value for (?P<name>.+?): (?P<reason>.+)", re.DOTALL),
        "Invalid value for {name}: {reason}",
    ),
    (re.compile(r"Invalid value: (?P<reason>.+)", re.DOTALL), "Invalid value: {reason}"),
    (re.compile(r"Option (?P<name>\S+) requires an argument\."), "Option {name} requires an argument."),
    (re.compile(r"Option (?P<name>\S+) does not take a value\."), "Option {name} does not take a value."),
    (
        re.compile(r"Got unexpected extra arguments? \((?P<more>.*)\)", re.DOTALL),
        "Got unexpected extra arguments ({more})",
    ),
)
_REASONS = (
    (re.compile(r"(?P<value>.+) is not a valid integer(?: range)?\."), "{value} is not a whole number."),
    (re.compile(r"(?P<value>.+) is not a valid float(?: range)?\."), "{value} is not a number."),
    (
        re.compile(r"(?P<value>.+) is not in the range (?P<range>.+)\."),
        "{value} is not in the range {range}.",
    ),
    (re.compile(r"(?P<value>.+) is not one of (?P<known>.+)\."), "{value} is not one of {known}."),
)


def in_words(message: str) -> str:
    """Return a message of click in the person's language.

    >>> in_words("Invalid value for '--seed': 'x' is not a valid integer range.")
    "Invalid value for '--seed': 'x' is not a whole number."
    """
    for pattern, template in _WHOLE:
        if found := pattern.fullmatch(message):
            values = found.groupdict()
            if "reason" in values:
                values["reason"] = _reason(values["reason"])
            return words(template, **values)
    return message


def _reason(text: str) -> str:
    for pattern, template in _REASONS:
        if found := pattern.fullmatch(text):
            return words(template, **found.groupdict())
    return text
