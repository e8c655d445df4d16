"""Proof that results are what they say: run the manifest again and compare every byte.

The study is found by the way the manifest remembers (or where a person says it is now), run again into a
folder of its own with the recorded unit, seed and options, and each file compared with the one in the result
folder. Only the block `made` of the manifest is not compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from qualcode.problems import Problem, StudyError, UsageError
from qualcode.project.asked import AnalysesOptions
from qualcode.project.coding import Progress
from qualcode.project.manifest import NAME, fingerprint, read_manifest, recorded, versions
from qualcode.project.options import CodingOptions, NetworkOptions, OutputOptions, TimelineOptions
from qualcode.project.run import run
from qualcode.project.study import Study, load_study

State = Literal["same", "edited", "differs", "missing", "new", "input changed", "input missing", "input new"]
FINE: frozenset[State] = frozenset({"same"})


@dataclass(frozen=True, slots=True)
class Verified:
    """What comparing one file said. Inputs are named `corpus/…`, `codebook/…`, `study/…`."""

    file: str
    state: State


@dataclass(frozen=True, slots=True)
class Verification:
    """The states of all files, and the versions that are not those of the run (library -> then, now)."""

    files: tuple[Verified, ...]
    versions: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything came out the same."""
        return all(found.state in FINE for found in self.files)


def verify(
    results: Path,
    *,
    study: Path | None = None,
    corpus: Path | None = None,
    codebook: Path | None = None,
    progress: Progress | None = None,
) -> Verification:
    """Run a result folder's manifest again and compare; nothing in the folder is changed.

    `study`, `corpus` and `codebook` say where the inputs are now, where they are not where they were. Raises
    `UsageError` where there is no manifest or an input cannot be found, `StudyError` where the study cannot
    be run any more.
    """
    manifest = read_manifest(results)
    if manifest is None:
        raise UsageError(
            "{path} is no result folder: it has no {name} of qualcode",
            hint="name the folder a run wrote",
            path=results,
            name=NAME,
        )
    if manifest.get("scope") not in ("run", "code"):
        raise UsageError(
            "{path} holds one analysis of other results",
            hint="verify the folder that 'qualcode run' or 'qualcode code' wrote",
            path=results,
        )
    again = study_of(manifest, results, study=study, corpus=corpus, codebook=codebook)
    with TemporaryDirectory(prefix="qualcode-verify-") as place:
        fresh = Path(place).resolve() / "results"
        outcome = run(replace(again, results=fresh), whole=manifest.get("scope") == "run", progress=progress)
        renewed = read_manifest(fresh)
        assert renewed is not None
        files = _inputs(manifest, renewed) + _outputs(results, manifest, renewed)
    then = manifest.get("versions")
    return Verification(
        tuple(files), _changed(then if isinstance(then, dict) else {}, versions()), outcome.problems
    )


def study_of(
    manifest: Mapping[str, object],
    results: Path,
    *,
    study: Path | None = None,
    corpus: Path | None = None,
    codebook: Path | None = None,
) -> Study:
    """Make the study a manifest was made from, with its unit, seed and options."""
    made = manifest.get("made")
    ways = made.get("from") if isinstance(made, dict) else None
    ways = ways if isinstance(ways, dict) else {}

    def find(given: Path | None, name: str) -> Path | None:
        if given is not None:
            return given.absolute()
        way = ways.get(name)
        return (results.absolute() / str(way)).resolve() if way else None

    file = find(study, "study")
    if file is not None and file.is_dir():
        file /= "qualcode.yaml"
    texts, book = find(corpus, "corpus"), find(codebook, "codebook")
    for what, path in (("study", file), ("corpus", texts), ("codebook", book)):
        if path is not None and not path.exists():
            raise UsageError(
                "the {what} is not at {path} any more",
                hint="say where it is with --{what}",
                what=what,
                path=path,
            )
    if texts is None or book is None:
        raise UsageError("the manifest does not say where its inputs are", hint="use --corpus and --codebook")
    if file is None:
        base = Study(home=book.parent, corpus_folder=texts, codebook=book, results=results)
    else:
        read, problems = load_study(file, corpus=texts, codebook=book)
        if read is None:
            raise StudyError("the study {path} cannot be used", problems=problems, path=file)
        base = read
    return with_options(base, manifest)


def with_options(study: Study, manifest: Mapping[str, object]) -> Study:
    """Give a study the unit, seed and options a manifest recorded; what it does not know stays."""
    found = manifest.get("options")
    options = found if isinstance(found, dict) else {}
    unit, seed = manifest.get("unit"), manifest.get("seed")
    output = replace(
        OutputOptions(**_known(OutputOptions, options.get("output"))), folder=study.output.folder
    )
    return replace(
        study,
        unit=str(unit) if unit else study.unit,
        seed=seed if isinstance(seed, int) else study.seed,
        network=NetworkOptions(**_known(NetworkOptions, options.get("network"))),
        timeline=TimelineOptions(**_known(TimelineOptions, options.get("timeline"))),
        analyses=AnalysesOptions(**_known(AnalysesOptions, options.get("analyses"))),
        coding=CodingOptions(**_known(CodingOptions, options.get("coding"))),
        output=replace(output, folder=study.output.folder),
        language=str(options.get("language") or ""),
    )


def _known(kind: type[Any], values: object) -> dict[str, Any]:
    fields = {field.name for field in dataclass_fields(kind)}
    given = values if isinstance(values, dict) else {}
    return {k: tuple(v) if isinstance(v, list) else v for k, v in given.items() if k in fields}


def _inputs(then: Mapping[str, object], now: Mapping[str, object]) -> list[Verified]:
    states: list[Verified] = []
    for part in ("corpus", "codebook", "study"):
        before, after = recorded(then, "inputs", part), recorded(now, "inputs", part)
        for name in sorted(before.keys() | after.keys()):
            shown = f"{part}/{name}"
            if name not in after:
                states.append(Verified(shown, "input missing"))
            elif name not in before:
                states.append(Verified(shown, "input new"))
            elif before[name] != after[name]:
                states.append(Verified(shown, "input changed"))
    return states


def _outputs(results: Path, then: Mapping[str, object], now: Mapping[str, object]) -> list[Verified]:
    before, after = recorded(then, "outputs"), recorded(now, "outputs")
    return [
        Verified(name, _state(results / name, before.get(name), after.get(name)))
        for name in sorted(before.keys() | after.keys())
    ]


def _state(path: Path, before: dict[str, object] | None, after: dict[str, object] | None) -> State:
    if before is None:
        return "new"
    if not path.is_file():
        return "missing"
    here = fingerprint(path)
    if here == after:
        return "same"
    return "edited" if here != before else "differs"


def _changed(then: Mapping[str, object], now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    names = sorted({*then, *now})
    return {
        name: (str(then.get(name, "-")), now.get(name, "-"))
        for name in names
        if str(then.get(name, "-")) != now.get(name, "-")
    }
