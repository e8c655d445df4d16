"""Corpora of any size, English or Chinese: interviews with turns, and policy documents in articles.

    python -m benchmarks.corpora FOLDER en 20            20 MB of English in files of 5 to 60 KB
    python -m benchmarks.corpora FOLDER zh 200 --one     one file

Words are drawn after Zipf; about three word positions in a hundred hold a term of the codebooks
(`benchmarks.books`), two in five of them one of the first 50. Half of the text is interviews, with their date
and speakers in front matter; half is policy documents, described in `documents.csv`. The same arguments give
the same bytes.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from benchmarks.books import MOST, terms_of
from benchmarks.words import vocabulary

TERM_SHARE = 0.03
NUMBERS = {
    "en": ["GDP", "2019", "café", "12", "NGO", "$1,200", "o’clock", "35%", "naïve", "3"],
    "zh": ["GDP", "2019年", "ＡＩ", "50万元", "第三条", "２０２３年", "3个", "COVID-19", "第十二条", "20个"],
}
ENDS = {"en": ".....?!", "zh": "。。。。。？！"}
LABELS = {"en": ("Interviewer: ", "Respondent: "), "zh": ("访谈者：", "受访者：")}


class Writer:
    """Draws sentences; what was drawn depends on the seed and on what was drawn before, on nothing else."""

    def __init__(self, lang: str, seed: int) -> None:
        self.lang = lang
        self._chance = np.random.Generator(np.random.PCG64(seed))
        self._words = np.array([*vocabulary(lang)[:], *terms_of(lang), *NUMBERS[lang]], dtype=object)
        self._plain = len(vocabulary(lang))
        ranks = np.arange(self._plain)
        self._zipf = np.cumsum(1 / (ranks + 2.7) ** 1.02)
        self._zipf /= self._zipf[-1]
        likely = np.zeros(MOST)
        for most, weight in ((50, 0.4), (500, 0.3), (MOST, 0.3)):
            part = 1 / (np.arange(most) + 5.0)
            likely[:most] += weight * part / part.sum()
        self._terms = np.cumsum(likely)
        self._terms /= self._terms[-1]

    def sentences(self, count: int) -> list[str]:
        """Draw sentences, of 4 to 60 words each."""
        chance = self._chance
        lengths = np.clip(
            4 + 28 * chance.random(count) ** 2.2 + 28 * chance.random(count) ** 8, 4, 60
        ).astype(int)
        whole = int(lengths.sum())
        kinds, drawn, marks = chance.random(whole), chance.random(whole), chance.random(whole)
        chosen = np.searchsorted(self._zipf, drawn).clip(0, self._plain - 1)
        terms = kinds < TERM_SHARE
        chosen[terms] = self._plain + np.searchsorted(self._terms, drawn[terms]).clip(0, MOST - 1)
        odd = kinds > 0.994
        chosen[odd] = self._plain + MOST + (drawn[odd] * len(NUMBERS[self.lang])).astype(int)
        words = self._words[chosen].tolist()
        comma, ends = ("," if self.lang == "en" else "，"), ENDS[self.lang]
        for n in np.flatnonzero(marks < 0.075).tolist():
            words[n] += comma
        if self.lang == "en":
            for n in np.flatnonzero(marks > 0.99).tolist():
                words[n] = words[n].title()
        made, at, glue = [], 0, (" " if self.lang == "en" else "")
        last = (chance.random(count) * len(ends)).astype(int).tolist()
        for length, end in zip(lengths.tolist(), last, strict=True):
            text = glue.join(words[at : at + length]).rstrip("，,") + ends[end]
            at += length
            made.append(text[0].upper() + text[1:] if self.lang == "en" else text)
        return made

    def several(self, least: int, most: int, count: int) -> list[int]:
        """Draw whole numbers from least to most."""
        return [int(one) for one in least + self._chance.random(count) * (most - least + 1)]

    def interview(self, size: int, number: int) -> Iterator[str]:
        """Yield the lines of an interview of about so many bytes."""
        held = f"{2012 + number % 11}-{number % 12 + 1:02}-01"
        yield f"---\ntitle: Interview {number}\nkind: interview\ndate: {held}\n"
        label, other = LABELS[self.lang]
        who, whom = label[:-1].strip("：:"), other[:-1].strip("：:")
        yield f"language: {self.lang}\nspeakers: {{{who}: interviewer, {whom}: respondent}}\n---\n\n"
        done, glue = 0, (" " if self.lang == "en" else "")
        while done < size:
            asked, answered = self.several(1, 2, 20), self.several(2, 9, 20)
            stock = iter(self.sentences(sum(asked) + sum(answered)))
            for few, many in zip(asked, answered, strict=True):
                for who, count in ((label, few), (other, many)):
                    line = who + glue.join(next(stock) for _ in range(count)) + "\n\n"
                    done += len(line.encode())
                    yield line
                if done >= size:
                    break

    def policy(self, size: int, number: int) -> Iterator[str]:
        """Yield the lines of a policy document of about so many bytes."""
        yield (f"Measures No. {number}\n\n" if self.lang == "en" else f"关于第{number}号工作的实施办法\n\n")
        done, glue, article = 0, (" " if self.lang == "en" else ""), 0
        while done < size:
            counts = self.several(1, 4, 20)
            stock = iter(self.sentences(sum(counts)))
            for count in counts:
                article += 1
                head = f"Article {article} " if self.lang == "en" else f"第{_numeral(article)}条 "
                line = head + glue.join(next(stock) for _ in range(count)) + "\n\n"
                done += len(line.encode())
                yield line
                if done >= size:
                    break


def _numeral(number: int) -> str:
    digits = "零一二三四五六七八九"
    return "".join(digits[int(d)] for d in str(number)) if number > 10 else "一二三四五六七八九十"[number - 1]


def make(folder: Path, lang: str, megabytes: float, *, one: bool = False, seed: int = 1) -> int:
    """Write a corpus into a new folder; return its bytes, without documents.csv."""
    folder.mkdir(parents=True)
    writer = Writer(lang, seed)
    target, total, number = int(megabytes * 1e6), 0, 0
    described = []
    while total < target:
        number += 1
        interview = number % 2 == 1
        size = target if one else min(writer.several(5_000, 60_000, 1)[0], max(target - total, 500))
        name = f"{'interview' if interview else 'policy'}_{number:05}.txt"
        with (folder / name).open("w", encoding="utf-8", newline="\n") as stream:
            for line in (writer.interview if interview else writer.policy)(size, number):
                stream.write(line)
                total += len(line.encode())
        if not interview:
            issued = f"{2012 + number % 11}-{number % 12 + 1:02}-15"
            described.append((name, "policy", f"Document {number}", issued, lang, f"City {number % 7}"))
    with (folder / "documents.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(
            [("file", "kind", "title", "issued", "language", "case"), *described]
        )
    return total


def main() -> None:
    """Read the words of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("lang", choices=("en", "zh"))
    parser.add_argument("megabytes", type=float)
    parser.add_argument("--one", action="store_true", help="one file")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(make(given.folder, given.lang, given.megabytes, one=given.one, seed=given.seed), "bytes")


if __name__ == "__main__":
    main()
