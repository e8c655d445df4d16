"""What is wrong with a researcher's material, as data; and the few exceptions.

A mistake in a codebook, transcript or table is a `Problem`: a value with a place, collected and shown all at
once. Exceptions are for requests that cannot be honoured:

    QualcodeError
    ├── UsageError          the request itself makes no sense                    exit 2
    ├── StudyError          a codebook or study that cannot be used              exit 3
    └── MachineError        disk full, no permission, file open in Excel         exit 4
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning", "note"]


# Never changed; a frozen one takes four times as long to make, and every value of a codebook has one.
@dataclass(slots=True, order=True, unsafe_hash=True)
class Place:
    """Where in a researcher's files: a path and, where known, a 1-based line and column (0: not known).

    `cell` names a spreadsheet cell (`sheet!D14`) or another address that is not a line.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.path}!{self.cell}"
        parts = [self.path or "<text>"]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake or doubt: what was found, where, and what to try.

    `message` and `hint` are templates with `{names}` filled from `values`, so that they can be shown in
    another language; `str(problem)` is the English line `path:line:column: error[kind]: message; hint`.
    """

    kind: str
    message: str
    place: Place = Place()  # noqa: RUF009 (never changed)
    hint: str = ""
    severity: Severity = "error"
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return render(self)


def problem(
    kind: str,
    place: Place,
    message: str,
    *,
    hint: str = "",
    severity: Severity = "error",
    **values: object,
) -> Problem:
    """Make a `Problem` whose message and hint may use `{names}` given as keywords."""
    return Problem(kind, message, place, hint, severity, values)


def render(problem: Problem, translate: Mapping[str, str] | None = None) -> str:
    """Write a problem as one line, its templates looked up in `translate` where given."""
    known = translate or {}
    text = known.get(problem.message, problem.message).format_map(_Shown(problem.values))
    if problem.hint:
        text += "; " + known.get(problem.hint, problem.hint).format_map(_Shown(problem.values))
    return f"{problem.place}: {problem.severity}[{problem.kind}]: {text}"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems by place, then kind and words: the order that never changes. Exact repeats fall out."""
    keyed = {(str(p), p.place): p for p in problems}
    return [keyed[key] for key in sorted(keyed, key=lambda k: (k[1], k[0]))]


def has_errors(problems: Iterable[Problem]) -> bool:
    return any(p.severity == "error" for p in problems)


class _Shown(dict[str, object]):
    """Values for a template; a name nobody gave stays visible as `{name}`."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class QualcodeError(Exception):
    """A request that cannot be honoured; the command line shows it as one line and exits with `exit_code`.

    Given values, message and hint are templates with `{names}`, like those of a `Problem`.
    """

    exit_code = 3

    def __init__(
        self, message: str, *, hint: str = "", problems: Iterable[Problem] = (), **values: object
    ) -> None:
        self.template, self.hint_template, self.values = message, hint, values
        self.message = message.format_map(_Shown(values)) if values else message
        self.hint = hint.format_map(_Shown(values)) if values else hint
        super().__init__(self.message)
        self.problems = in_order(problems)

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}" if self.hint else self.message


class UsageError(QualcodeError):
    """The request itself makes no sense: an unknown name, options that exclude each other."""

    exit_code = 2


class StudyError(QualcodeError):
    """A codebook or study that cannot be used; `problems` says why, all at once."""

    exit_code = 3


class MachineError(QualcodeError):
    """The machine refuses: disk full, no permission, a result file open in another program."""

    exit_code = 4
