"""Looking at a codebook again on every save: is it usable, do its examples hold, which codes changed.

    watcher = Watcher(study)
    seen = watcher.look()      # None while nothing was saved

Files are asked for their content, a few times a second; that is cheap for codebooks and works on every disk,
network drives and synchronised folders too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.codebook import load_codebook
from qualcode.coding.examples import ExampleResult, example_results
from qualcode.problems import Problem
from qualcode.project.study import Study

if TYPE_CHECKING:
    from qualcode.codebook.records import Code, Codebook, Condition, Unless


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at a codebook gave. `codebook` is None where it cannot be used.

    `changed` are the codes whose rules are others than at the last usable look, in tree order; none at the
    first.
    """

    codebook: Codebook | None
    problems: tuple[Problem, ...] = ()
    examples: tuple[ExampleResult, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[ExampleResult, ...]:
        """The examples that are coded otherwise than the codebook says."""
        return tuple(one for one in self.examples if not one.passed)


class Watcher:
    """A study whose codebook is being written."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._codebook: Codebook | None = None  # the last usable one
        self._files: tuple[Path, ...] = (study.codebook,)
        self._held: dict[Path, str] = {}

    def look(self) -> Seen | None:
        """Return what the codebook says now; None where no file of it was saved since the last look."""
        if self._held and contents(self._files) == self._held:
            return None
        codebook, problems = load_codebook(self.study.codebook)
        changed: tuple[str, ...] = ()
        examples: tuple[ExampleResult, ...] = ()
        if codebook is not None:
            examples = example_results(codebook)
            changed = changed_codes(self._codebook, codebook)
            self._codebook = codebook
            folder = self.study.codebook.parent
            self._files = tuple(folder / name for name, _ in codebook.files)
        self._held = contents(self._files)
        return Seen(codebook, tuple(problems), examples, changed)


def contents(files: Iterable[Path]) -> dict[Path, str]:
    """Return a hash of each file's bytes; "" for one that cannot be read just now."""
    found = {}
    for path in files:
        try:
            found[path] = hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:  # editors save by renaming: for a moment there is no file
            found[path] = ""
    return found


def changed_codes(was: Codebook | None, now: Codebook) -> tuple[str, ...]:
    """Return the codes that would be coded by other rules, in tree order; all where the head changed.

    Names, definitions and places do not matter.
    """
    if was is None:
        return ()
    if _head(was) != _head(now):
        return tuple(code.id for code in now.codes.values() if code.rules)
    return tuple(
        code.id
        for code in now.codes.values()
        if code.id not in was.codes or _signature(was.codes[code.id]) != _signature(code)
    )


def _head(codebook: Codebook) -> tuple[object, ...]:
    return (
        codebook.fold,
        codebook.overlap,
        codebook.code_interviewers,
        codebook.inherit_question,
        tuple((cue.id, cue.kind, cue.terms, cue.sets, cue.regexes) for cue in codebook.context.cues),
    )


def _signature(code: Code) -> tuple[object, ...]:
    rules = tuple(
        (
            rule.id,
            rule.pattern,
            rule.excepts,
            _unless(rule.unless),
            _where(rule.where),
            rule.weight,
            rule.nested_keep,
        )
        for rule in code.rules
    )
    limits = (code.excepts, _unless(code.unless), _where(code.where), dict(code.countable))
    return (code.facet, rules, *limits)


def _unless(unless: Unless | None) -> tuple[object, ...]:
    return (unless.pattern, unless.scope) if unless else ()


def _where(conditions: Iterable[Condition]) -> tuple[object, ...]:
    return tuple((one.field, one.values, one.negated, one.since, one.before) for one in conditions)
