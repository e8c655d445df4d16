"""What is coded and searched: a folder of corpora, codebooks, and the segments that the peers are given."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from benchmarks import called
from benchmarks.books import codebook, rules
from benchmarks.corpora import make
from benchmarks.machine import Measured
from benchmarks.peers.common import segments
from benchmarks.programs import LANGS, WORKS

ONE_SENTENCE = {"en": "Interviewer: One sentence.\n", "zh": "访谈者：一句话。\n"}


class Material:
    """The folder; corpora and results in it are named after language and work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, megabytes: float) -> Measured:
        """Write all of it anew; return how large it is: `size` asked for, bytes of segments by language."""
        if self.folder.exists():
            shutil.rmtree(self.folder)
        sizes: Measured = {"size": megabytes}
        for lang in LANGS:
            make(self.folder / lang, lang, megabytes)
            tiny = self.folder / f"{lang}-tiny"
            tiny.mkdir()
            (tiny / "one.txt").write_text(ONE_SENTENCE[lang], "utf-8")
            (self.folder / f"{lang}-tiny.tsv").write_text("one:1\t0\tOne sentence. 一句话。\n", "utf-8")
            for work in WORKS:
                made = rules(lang, terms=500 if work == "mix" else int(work), mix=work == "mix")
                book = codebook([made], self.folder / "books", f"{lang}-{work}", cues=work == "mix")
                lines = "".join(f"{one['rule']}\t{one['term']}\n" for one in made["terms"])
                book.with_suffix(".tsv").write_text(lines, "utf-8")
            called.taken(self.coding(lang, "500", self.folder / lang))
            sizes[f"bytes-{lang}"] = self._cut(lang)
        return sizes

    def written(self) -> bool:
        """Whether it is there, to its end."""
        return (self.folder / f"{LANGS[-1]}.tsv").is_file()

    def _cut(self, lang: str) -> int:
        """Write the segments of qualcode's table for the peers; return their bytes."""
        csv.field_size_limit(1 << 30)
        done = 0
        with (
            (self.out(lang, "500") / "segments.csv").open(encoding="utf-8", newline="") as table,
            (self.folder / f"{lang}.tsv").open("w", encoding="utf-8", newline="\n") as stream,
        ):
            for row in csv.DictReader(table):
                assert len(row["text"]) == int(row["end"]) - int(row["start"]) and "\n" not in row["text"]
                stream.write(f"{row['segment_id']}\t{row['start']}\t{row['text']}\n")
                done += len(row["text"].encode())
        return done

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

    def book(self, lang: str, work: str) -> Path:
        """The codebook; as plain data it lies beside it, with the suffix `.json`."""
        return self.folder / "books" / f"{lang}-{work}.yaml"

    def out(self, lang: str, work: str) -> Path:
        return self.folder / f"out-{lang}-{work}"

    def coding(self, lang: str, work: str, corpus: Path) -> list[str]:
        """The words of a coding pass, from files to four CSVs, everything coded anew."""
        out = self.out(lang, work) if corpus.name == lang else self.folder / "out-other"
        shutil.rmtree(out, ignore_errors=True)
        book = str(self.book(lang, work))
        return called.qualcode("code", str(corpus), "--codebook", book, "--out", str(out))
