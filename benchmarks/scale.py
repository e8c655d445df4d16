"""How time and memory grow with a corpus: `qualcode code` and `run` on made-up corpora of any size.

    python benchmarks/scale.py make FOLDER MB [--one] [--seed N]   a corpus and a codebook
    python benchmarks/scale.py run FOLDER [code|run] [options]     seconds, peak memory of all processes, rows

Half of the text is Chinese, half English; sentences are drawn word by word with frequencies after Zipf; about
one sentence in twelve holds a term of the codebook (20 codes in 2 facets, 25 terms each).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

CODES, TERMS = 20, 25
FILE = 100_000  # bytes of one file of many
HAN = [chr(n) for n in range(0x4E00, 0x4E00 + 1500)]
PARTS = [a + b for a in "bcdfglmnprstvz" for b in "aeiou"]


def vocabulary(chance: random.Random) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    words = {
        "zh": ["".join(chance.choices(HAN[200:], k=2)) for _ in range(4000)],
        "en": ["".join(chance.choices(PARTS, k=chance.choice((1, 2, 2, 3)))) for _ in range(4000)],
    }
    terms = {
        "zh": ["".join(chance.sample(HAN[:200], 3)) for _ in range(CODES * TERMS // 2)],
        "en": [f"{''.join(chance.choices(PARTS, k=3))}x{n}" for n in range(CODES * TERMS // 2)],
    }
    return words, terms


def sentences(chance: random.Random, words: list[str], terms: list[str], lang: str, count: int) -> list[str]:
    weights = [1 / (n + 3) for n in range(len(words))]
    made = []
    for _ in range(count):
        drawn = chance.choices(words, weights, k=chance.randrange(8, 22))
        if chance.random() < 1 / 12:
            drawn[chance.randrange(len(drawn))] = chance.choice(terms)
        if chance.random() < 1 / 40:
            drawn.insert(0, f"{chance.randrange(2012, 2024)}年" if lang == "zh" else "In 2019,")
        made.append("".join(drawn) + "。" if lang == "zh" else " ".join(drawn).capitalize() + ".")
    return made


def make(folder: Path, megabytes: float, *, one: bool, seed: int) -> None:
    """Write FOLDER/corpus and FOLDER/codebook.yaml; the same arguments give the same bytes."""
    chance = random.Random(seed)
    words, terms = vocabulary(chance)
    stock = {lang: sentences(chance, words[lang], terms[lang], lang, 20_000) for lang in words}
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    codes = []
    for n in range(CODES):
        own = [term for lang in ("zh", "en") for term in terms[lang][n::CODES]]
        codes.append(
            {
                "id": f"code{n:02}",
                "facet": f"facet{n % 2}",
                "name": {"zh": f"类目{n}", "en": f"Code {n}"},
                "definition": "made up",
                "rules": [{"id": f"r{n}_{k}", "terms": [term]} for k, term in enumerate(own)],
            }
        )
    book = {
        "qualcode": 1,
        "id": "scale",
        "version": "1.0.0",
        "title": {"en": "Scale"},
        "languages": ["zh", "en"],
        "facets": {f"facet{n}": {"question": "?", "exclusive": False} for n in (0, 1)},
        "codes": codes,
    }
    (folder / "codebook.yaml").write_text(json.dumps(book, ensure_ascii=False, indent=1), "utf-8")
    target, total, number = int(megabytes * 1e6), 0, 0
    while total < target:
        lang = ("zh", "en")[number % 2] if not one else chance.choice(("zh", "en"))
        wanted = target if one else min(FILE, target - total)
        name = "all.txt" if one else f"{2012 + number % 11}-{number % 12 + 1:02}-01_d{number:05}_{lang}.txt"
        with (corpus / name).open("w", encoding="utf-8", newline="\n") as stream:
            size = 0
            while size < wanted:
                at = chance.randrange(len(stock[lang]) - 10)
                glue = "" if lang == "zh" else " "
                text = glue.join(stock[lang][at : at + chance.randrange(2, 9)]) + "\n"
                size += stream.write(text) and len(text.encode())
            total += size
        number += 1
    (folder / "made.json").write_text(json.dumps({"bytes": total, "files": number, "seed": seed}))


def tree(process: int) -> list[int]:
    """The process and all below it (Linux)."""
    found = [process]
    for one in found:
        try:
            children = Path(f"/proc/{one}/task/{one}/children").read_text().split()
        except OSError:
            continue
        found += map(int, children)
    return found


def resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def measure(folder: Path, command: str, options: list[str]) -> dict[str, object]:
    """Run the command and watch it; peak memory is of the whole tree, looked at 20 times a second."""
    words = ["--quiet", command]
    corpus, book, out = folder / "corpus", folder / "codebook.yaml", folder / f"out_{command}"
    words += [str(corpus)] if command == "code" else ["--corpus", str(corpus)]
    words += ["--codebook", str(book), "--out", str(out), *options]
    began, before = time.monotonic(), os.times()
    process = subprocess.Popen([sys.executable, "-m", "qualcode", *words])
    peak = 0

    def watch() -> None:
        nonlocal peak
        while process.poll() is None:
            peak = max(peak, sum(map(resident, tree(process.pid))))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    after = os.times()
    made = json.loads((folder / "made.json").read_text())
    counts = json.loads((out / "manifest.json").read_text())["counts"] if process.returncode < 2 else {}
    seconds = time.monotonic() - began
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return {
        "command": " ".join([command, *options]),
        "MB": round(made["bytes"] / 1e6, 1),
        "files": made["files"],
        "exit": process.returncode,
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "MB_per_cpu_second": round(made["bytes"] / 1e6 / cpu, 2),
        "peak_MB": round(peak / 1e6),
        **{name: counts.get(name) for name in ("documents", "segments", "codings", "matches")},
    }


def main() -> None:
    """Read the words of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    maker = verbs.add_parser("make")
    maker.add_argument("folder", type=Path)
    maker.add_argument("megabytes", type=float)
    maker.add_argument("--one", action="store_true")
    maker.add_argument("--seed", type=int, default=1)
    runner = verbs.add_parser("run")
    runner.add_argument("folder", type=Path)
    runner.add_argument("command", choices=("code", "run"), nargs="?", default="code")
    given, options = parser.parse_known_args()
    if given.verb == "make":
        make(given.folder, given.megabytes, one=given.one, seed=given.seed)
    else:
        print(json.dumps(measure(given.folder, given.command, options), ensure_ascii=False))


if __name__ == "__main__":
    main()
