"""qualcode and its peers side by side: `make bench`, or `make bench-small` to see that all of it works.

    python -m benchmarks.bench all                make, measure, write benchmarks/RESULTS.md (25 minutes)
    python -m benchmarks.bench measure --size 20 --rounds 3 --share 1.0
    python -m benchmarks.bench scale --sizes 1,10,100,1000   only the growth of time and memory
    python -m benchmarks.bench report                     RESULTS.md from the last measurements

Corpora, codebooks and hits lie in `--folder` (default build/bench). Each program is a process of its own; its
user and system time, children included, and its largest memory are taken; rounds are interleaved, so that
whatever else the machine does falls on all. Measurements are kept in `measured.json`, the report is written
from it, and what was not measured is said there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.books import codebook, rules
from benchmarks.corpora import make
from benchmarks.hits import compare, of_peer, of_qualcode
from benchmarks.peers.common import segments
from benchmarks.programs import LANGS, PEERS, QUALCODE, WORKS, Program
from benchmarks.results import write_results
from benchmarks.words import ROOT

Measured = dict[str, Any]
VERBS = ("all", "make", "measure", "starts", "limits", "profile", "real", "scale", "report")
PACKAGES = ("qualcode", "spacy", "flashtext", "ahocorasick_rs", "google-re2", "pandas", "numpy")


class Bench:
    """A folder of corpora and codebooks, and the measurements made with them."""

    def __init__(self, folder: Path, *, size: float, share: float, rounds: int) -> None:
        self.folder, self.size, self.share, self.rounds = folder, size, share, rounds
        self.kept = folder / "measured.json"
        self.measured = self._nothing()
        if self.kept.is_file():
            self.measured |= json.loads(self.kept.read_text("utf-8"))

    def _nothing(self) -> Measured:
        return {"machine": machine(), "size": self.size, "runs": [], "hits": []}

    def keep(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.kept.write_text(json.dumps(self.measured, ensure_ascii=False, indent=1) + "\n", "utf-8")

    # What is measured with

    def prepare(self) -> None:
        """Write corpora, codebooks, and the segments that peers are given; nothing is measured."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
        self.measured = self._nothing()
        for lang in LANGS:
            make(self.folder / lang, lang, self.size)
            tiny = self.folder / f"{lang}-tiny"
            tiny.mkdir()
            text = "Interviewer: One sentence.\n" if lang == "en" else "访谈者：一句话。\n"
            (tiny / "one.txt").write_text(text, "utf-8")
            for work in WORKS:
                made = rules(lang, terms=500 if work == "mix" else int(work), mix=work == "mix")
                book = codebook(made, self.folder / "books", f"{lang}-{work}", cues=work == "mix")
                lines = "".join(f"{one['rule']}\t{one['term']}\n" for one in made["terms"])
                book.with_suffix(".tsv").write_text(lines, "utf-8")
            self._run(self.qualcode(lang, "500", self.folder / lang))
            self._cut(lang)
        self.keep()

    def _cut(self, lang: str) -> None:
        """Write the segments of qualcode's table for the peers, each as many as it is given."""
        import csv

        csv.field_size_limit(1 << 30)
        whole, done = self.folder / f"{lang}.tsv", 0
        with (
            (self.out(lang, "500") / "segments.csv").open(encoding="utf-8", newline="") as table,
            whole.open("w", encoding="utf-8", newline="\n") as stream,
        ):
            for row in csv.DictReader(table):
                assert len(row["text"]) == int(row["end"]) - int(row["start"]) and "\n" not in row["text"]
                stream.write(f"{row['segment_id']}\t{row['start']}\t{row['text']}\n")
                done += len(row["text"].encode())
        self.measured[f"bytes-{lang}"] = done
        (self.folder / f"{lang}-tiny.tsv").write_text("one:1\t0\tOne sentence. 一句话。\n", "utf-8")

    def part(self, lang: str, megabytes: float) -> tuple[Path, int]:
        """Return the file with the first so many MB of segments, and its bytes of text."""
        path = self.folder / f"{lang}-{megabytes:g}.tsv"
        done, lines = 0, []
        for name, at, text in segments(self.folder / f"{lang}.tsv"):
            done += len(text.encode())
            lines.append(f"{name}\t{at}\t{text}\n")
            if done >= megabytes * 1e6:
                break
        if not path.is_file():
            path.write_text("".join(lines), "utf-8")
        return path, done

    def out(self, lang: str, work: str) -> Path:
        return self.folder / f"out-{lang}-{work}"

    def qualcode(self, lang: str, work: str, corpus: Path, *options: str) -> list[str]:
        """The words of a coding pass, from files to four CSVs, everything coded anew."""
        out = self.out(lang, work) if corpus.name == lang else self.folder / "out-other"
        shutil.rmtree(out, ignore_errors=True)
        book = self.folder / "books" / f"{lang}-{work}.yaml"
        words = ["--quiet", "code", str(corpus), "--codebook", str(book), "--out", str(out), *options]
        return [sys.executable, "-m", "qualcode", *words]

    # Measuring

    def _run(self, command: list[str], *, tree: bool = False, ends: tuple[int, ...] = (0, 1)) -> Measured:
        before = [
            sys.executable,
            "-I",
            "-S",
            str(Path(__file__).with_name("watched.py")),
            *(["--tree"] * tree),
        ]
        done = subprocess.run([*before, *command], capture_output=True, text=True, cwd=ROOT, check=True)
        found: Measured = json.loads(done.stdout.rstrip().rpartition("\n")[2])
        if found["exit"] not in ends:
            raise SystemExit(f"{' '.join(command)} ended with {found['exit']}:\n{done.stderr}")
        return found

    def side_by_side(self, works: tuple[str, ...] = WORKS) -> None:
        """Run every program on every work, round after round; rounds measured before are kept."""
        plan = [(lang, work) for work in works for lang in LANGS]
        done = max((run["round"] for run in self.measured["runs"]), default=-1) + 1
        for number in range(done, done + self.rounds):
            for lang, work in plan:
                self._one(number, lang, work, None)
                for peer in PEERS:
                    if work in peer.works and not peer.missing():
                        self._one(number, lang, work, peer)
        self.measured["missing"] = {peer.name: peer.missing() for peer in PEERS if peer.missing()}
        self.keep()

    def _one(self, number: int, lang: str, work: str, peer: Program | None) -> None:
        book, hits = self.folder / "books" / f"{lang}-{work}.json", self.folder / "hits.csv"
        if peer is None:
            start = self._run(self.qualcode(lang, work, self.folder / f"{lang}-tiny"))
            found, size = (
                self._run(self.qualcode(lang, work, self.folder / lang)),
                self.measured[f"bytes-{lang}"],
            )
        else:
            part, size = self.part(lang, min(peer.size(lang, work) * self.share, self.size))
            tiny = self.folder / f"{lang}-tiny.tsv"
            start = self._run(peer.command(book, tiny, self.folder / "tiny.csv", lang))
            found = self._run(peer.command(book, part, hits, lang))
            if peer.module != "quanteda":
                self._agree(lang, work, peer, part, hits)
        run = {"lang": lang, "work": work, "program": peer.name if peer else QUALCODE, "round": number}
        run |= {"mb": size / 1e6, "start": start["cpu"], "start_mb": start["peak_mb"], **found}
        self.measured["runs"].append(run)
        rate = run["mb"] / max(run["cpu"] - run["start"], 0.001)
        print(f"{number} {lang} {work} {run['program']}: {rate:.3g} MB/s, {run['wall']:.1f} s", flush=True)
        self.keep()

    def _agree(self, lang: str, work: str, peer: Program, part: Path, hits: Path) -> None:
        known = {name for name, _, _ in segments(part)}
        for kind in peer.kinds[work]:
            found = compare(
                of_peer(hits), of_qualcode(self.out(lang, work)), known, kinds=kind, places=peer.places
            )
            where = {"lang": lang, "work": work, "program": peer.name, "kind": kind}
            one = {"peer": found.peer, "qualcode": found.qualcode, "shared": found.shared}
            # The last round stands; every round has the same hits if it has the same text.
            others = [kept for kept in self.measured["hits"] if any(kept[k] != v for k, v in where.items())]
            self.measured["hits"] = [*others, where | one]

    def limits(self) -> None:
        """What a scan alone reaches, with the same text and terms."""
        self.measured["limits"] = {}
        for lang in LANGS:
            for work in ("50", "500", "5000"):
                words = [str(self.folder / lang), str(self.folder / "books" / f"{lang}-{work}.json")]
                words += [str(self.out(lang, work))] if work == "500" else []
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.peers.scan", *words],
                    capture_output=True, text=True, cwd=ROOT, check=True,
                )  # fmt: skip
                self.measured["limits"][f"{lang}-{work}"] = json.loads(done.stdout)
        self.keep()

    def starts(self) -> None:
        """Start-up: `qualcode --help` beside `import spacy`."""
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "qualcode --help": [sys.executable, "-m", "qualcode", "--help"],
            "import spacy": [sys.executable, "-c", "import spacy"],
        }
        found: dict[str, list[Measured]] = {name: [] for name in commands}
        for _ in range(max(5, self.rounds)):
            for name, command in commands.items():
                found[name].append(self._run(command))
        self.measured["starts"] = found
        self.keep()

    def scale(self, sizes: list[float], *, one: bool = False) -> None:
        """How time and memory grow, and what a second worker brings."""
        grown = self.measured.setdefault("scale", [])
        for size in sizes:
            corpus = self.folder / ("zh-one" if one else "zh-grown")
            shutil.rmtree(corpus, ignore_errors=True)
            made = make(corpus, "zh", size, one=one, seed=2)
            for workers in (0, 1, 2):
                if workers and size != max(sizes):
                    continue
                options = ["--workers", str(workers)] if workers else []
                found = self._run(self.qualcode("zh", "500", corpus, *options), tree=True)
                grown.append({"size": made / 1e6, "one": one, "workers": workers, **found})
                print(grown[-1], flush=True)
                self.keep()
            shutil.rmtree(corpus)
            shutil.rmtree(self.folder / "out-other", ignore_errors=True)

    def real(self, data: Path) -> None:
        """Run the shipped codebook on real transcripts, whole: network, timeline and report too."""
        interviews = [
            path for name in ("interviews_en", "interviews_zh_hant") for path in (data / name).glob("*.md")
        ]
        if not interviews:
            self.measured["real"] = None
            return
        corpus = self.folder / "real"
        shutil.rmtree(corpus, ignore_errors=True)
        corpus.mkdir(parents=True)
        for path in interviews:
            shutil.copyfile(path, corpus / path.name)
        size = sum(path.stat().st_size for path in interviews) / 1e6
        book, runs = ROOT / "codebooks" / "action_logics.yaml", []
        for _ in range(self.rounds):
            out = self.folder / "out-real"
            shutil.rmtree(out, ignore_errors=True)
            command = [sys.executable, "-m", "qualcode", "--quiet", "run", "--corpus", str(corpus)]
            runs.append(self._run([*command, "--codebook", str(book), "--out", str(out)]))
            code = [sys.executable, "-m", "qualcode", "--quiet", "code", str(corpus)]
            shutil.rmtree(self.folder / "out-other", ignore_errors=True)
            coded = self._run([*code, "--codebook", str(book), "--out", str(self.folder / "out-other")])
            runs[-1] |= {
                "mb": size,
                "files": len(interviews),
                "code_cpu": coded["cpu"],
                "code_wall": coded["wall"],
            }
            print("real", runs[-1], flush=True)
        self.measured["real"] = runs
        command = [sys.executable, "-m", "benchmarks.sampled", "--quiet", "run", "--corpus", str(corpus)]
        command += ["--codebook", str(book), "--out", str(self.folder / "out-sampled")]
        shutil.rmtree(self.folder / "out-sampled", ignore_errors=True)
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
        self.measured["real_profile"] = json.loads(done.stdout)
        self.keep()

    def profile(self) -> None:
        """Where the time of a coding pass goes, by samples of the stack."""
        self.measured["profile"] = {}
        for lang in LANGS:
            for work in ("500", "mix"):
                words = self.qualcode(lang, work, self.folder / lang)
                command = [sys.executable, "-m", "benchmarks.sampled", *words[3:]]
                done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
                self.measured["profile"][f"{lang}-{work}"] = json.loads(done.stdout)
        self.keep()


def machine() -> Measured:
    """What the figures were measured on."""
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return {
        "processor": names[0] if names else platform.processor(),
        "processors": os.cpu_count(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "built": platform.python_compiler(),
        "versions": {name: _version(name) for name in PACKAGES},
        "load": [round(one, 1) for one in os.getloadavg()],
        "when": time.strftime("%Y-%m-%d"),
        "revision": _revision(),
    }


def _revision() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"], capture_output=True, text=True, cwd=ROOT
    )
    return done.stdout.strip()


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return "not installed"


def main() -> None:
    """Read the words of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "verbs", choices=VERBS, nargs="*", default=["all"], metavar="VERB", help=", ".join(VERBS)
    )
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "bench")
    parser.add_argument("--size", type=float, default=20, help="MB of each language")
    parser.add_argument("--share", type=float, default=1.0, help="of what slow peers are given")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--works", default=",".join(WORKS), help="for measure: some of them")
    parser.add_argument("--sizes", default="1,10,100", help="MB, for scale")
    parser.add_argument("--one", action="store_true", help="scale on a single file")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    given = parser.parse_args()
    bench = Bench(given.folder.absolute(), size=given.size, share=given.share, rounds=given.rounds)
    data = Path(os.environ.get("QUALCODE_DATA", ROOT.parent / "shared" / "data"))
    sizes = [float(one) for one in given.sizes.split(",") if one]
    steps: dict[str, Callable[[], None]] = {
        "make": bench.prepare,
        "measure": lambda: bench.side_by_side(tuple(given.works.split(","))),
        "starts": bench.starts,
        "limits": bench.limits,
        "profile": bench.profile,
        "real": lambda: bench.real(data),
        "scale": lambda: bench.scale(sizes, one=given.one),
        "report": lambda: None,
    }
    for verb, step in steps.items():
        if verb in given.verbs or "all" in given.verbs:
            step()
    bench.measured["load_after"] = [round(one, 1) for one in os.getloadavg()]
    bench.keep()
    write_results(bench.measured, given.out)


if __name__ == "__main__":
    main()
