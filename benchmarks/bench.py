"""qualcode and its peers side by side: `make bench`, or `make bench-small` to see that all of it works.

    python -m benchmarks.bench all                   make and measure everything but `run`, write the report
    python -m benchmarks.bench all --sizes 1,10,100 --one 0     the same without the large corpora
    python -m benchmarks.bench run                   the whole `qualcode run` on up to 1,000 MB
    python -m benchmarks.bench measure --works 500   one part again; all others stand as they were measured
    python -m benchmarks.bench report                the report from the last measurements

Corpora, codebooks and hits lie in `--folder` (default build/bench). Each program is a process of its own; its
user and system time, children included, and its largest memory are taken; rounds are interleaved, so that
whatever else the machine does falls on all. Measurements are kept in `measured.json` beside the report, which
is written from it; what was not measured is said there.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from benchmarks import around
from benchmarks.called import ProgramError
from benchmarks.growth import ONE, RUNS, SIZES, grow, of_code, of_run
from benchmarks.kept import NAME, Kept
from benchmarks.material import Material
from benchmarks.programs import WORKS
from benchmarks.results import write_results
from benchmarks.sides import Sides
from benchmarks.words import ROOT

PARTS = """the parts, in this order:
  make      corpora (20 MB of each language) and codebooks, for measure, limits and profile
  measure   the programs side by side, and whether they find the same
  starts    start-up: `qualcode --help` beside `import spacy`
  limits    what a scan alone reaches with the same text and terms
  profile   where the time of a coding pass goes
  real      a whole run of real transcripts (QUALCODE_DATA, default ../shared/data)
  scale     growth of `qualcode code` with the corpus; one and two workers
  run       growth of the whole `qualcode run`; not in `all`
  report    nothing is measured; the report is written after every part"""

ON_MATERIAL = ("measure", "limits", "profile")


def given() -> argparse.Namespace:
    """Read the words of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=PARTS, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [line.split()[0] for line in PARTS.splitlines()[1:]]
    parser.add_argument("parts", choices=("all", *names), nargs="*", default=["all"], metavar="PART")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--size", type=float, default=20, help="MB of each language, for make")
    parser.add_argument("--share", type=float, default=1.0, help="of what slow peers are given")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--works", type=_words, default=WORKS, help=f"for measure: of {','.join(WORKS)}")
    parser.add_argument("--sizes", type=_sizes, default=SIZES, help="MB, for scale, default 1,10,100,1000")
    parser.add_argument("--one", type=float, default=ONE, help="MB of one file, for scale; 0: none")
    parser.add_argument("--runs", type=_sizes, default=RUNS, help="MB, for run, default 20,100,1000")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    return parser.parse_args()


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(","))


def _sizes(text: str) -> tuple[float, ...]:
    return tuple(float(one) for one in text.split(",") if one)


def main() -> None:
    """Measure the parts asked for, one after the other; write the report."""
    asked = given()
    folder = asked.folder.absolute()
    kept, material = Kept(asked.out.with_name(NAME)), Material(folder)
    data = Path(os.environ.get("QUALCODE_DATA", ROOT.parent / "shared" / "data"))

    anew = not {"all", "make"}.isdisjoint(asked.parts)

    def prepare() -> None:
        measured = kept.begin()
        if measured.get("size") != asked.size:  # of another text
            for name in ("runs", "hits", "limits", "profile"):
                measured.pop(name, None)
        measured.update(material.write(asked.size))
        kept.save()

    def side_by_side() -> None:
        Sides(kept, material, share=asked.share).measure(asked.works, asked.rounds, anew=anew)

    steps: dict[str, Callable[[], None]] = {
        "make": prepare,
        "measure": side_by_side,
        "starts": lambda: around.starts(kept, max(5, asked.rounds)),
        "limits": lambda: around.limits(kept, material),
        "profile": lambda: around.profile(kept, material),
        "real": lambda: around.real(kept, folder, data, asked.rounds),
        "scale": lambda: grow(kept, folder, of_code(asked.sizes, asked.one)),
        "run": lambda: grow(kept, folder, of_run(asked.runs)),
        "report": lambda: None,
    }
    for part, step in steps.items():
        if part in asked.parts or ("all" in asked.parts and part != "run"):
            if part in ON_MATERIAL and not material.written():
                raise SystemExit(
                    f"{part}: no corpora in {folder}; make them first: benchmarks.bench make {part}"
                )
            try:
                step()
            except ProgramError as failed:
                raise SystemExit(f"{part}: {failed}") from None
            write_results(kept.measured, asked.out)


if __name__ == "__main__":
    main()
