"""Texts with their codes beside the sentences, and how well a codebook finds them.

A tagged text is a transcript or document as people write it, with the codes of a sentence in 〔〕 right
behind it; `# ` lines at its head are remarks. Taking the tags out gives the document; each tag names the
codes of the segment that ends where it stood.

    # synthetic interview, zh
    答：表我们有，凭什么给他？〔avoidance.unwilling〕后来市长点了名。〔field.pressure_from_above〕

Run as a program it prints precision, recall and F1 per logic and language:

    python tests/validation/tagged.py codebooks/action_logics.yaml tests/validation/round1 --errors
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from qualcode.codebook import Codebook, load_codebook
from qualcode.coding import code_document
from qualcode.corpus import read_document
from qualcode.corpus.segment import segment_document
from qualcode.model import ASKING, Document, Segment

LOGICS = (
    "avoidance",
    "innovation",
    "field",
    "formal_institution",
    "informal_institution",
    "strategic_interaction",
)
_TAG = re.compile(r"\s*〔([^〕]*)〕")


@dataclass(frozen=True)
class Tagged:
    """One text of a validation round, read as a corpus file, with the codes its author gave each segment."""

    name: str
    document: Document
    segments: tuple[Segment, ...]
    codes: dict[int, frozenset[str]]  # segment index -> codes as written

    @property
    def language(self) -> str:
        return self.document.metadata.language


@dataclass
class Score:
    """Agreement of a codebook with the tags, counted in segments."""

    both: int = 0
    only_rules: int = 0
    only_tags: int = 0

    @property
    def precision(self) -> float | None:
        found = self.both + self.only_rules
        return self.both / found if found else None

    @property
    def recall(self) -> float | None:
        wanted = self.both + self.only_tags
        return self.both / wanted if wanted else None

    @property
    def f1(self) -> float | None:
        total = 2 * self.both + self.only_rules + self.only_tags
        return 2 * self.both / total if total else None


def read_tagged(path: Path) -> Tagged:
    """Read a tagged text as if it were a file of a corpus.

    Raises ValueError where a tag stands behind no segment, or behind an interviewer's words.
    """
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    while lines and lines[0].startswith("# synthetic"):
        lines.pop(0)
    raw = "".join(lines)
    text, tags, last = "", [], 0
    for found in _TAG.finditer(raw):
        text += raw[last : found.start()]
        tags.append((len(text), [code.strip() for code in found[1].split(";")]))
        last = found.end()
    text += raw[last:]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        copy.write_text(text, encoding="utf-8")
        document, problems = read_document(copy)
    if document is None:
        raise ValueError("; ".join(map(str, problems)))
    if document.text != text:
        raise ValueError(
            f"{path}: reading changed the text; write it composed (NFC), without zero-width signs"
        )
    segments, _ = segment_document(document, "sentence")
    codes: dict[int, frozenset[str]] = {}
    for end, names in tags:
        behind = [s for s in segments if s.span.start < end and s.span.end == end]
        if not behind:
            raise ValueError(
                f"{path}: no sentence ends before 〔{'; '.join(names)}〕: …{text[end - 20 : end]}"
            )
        if behind[0].role in ASKING:
            raise ValueError(f"{path}: an interviewer's words are tagged: {behind[0].text}")
        codes[behind[0].index] = codes.get(behind[0].index, frozenset()) | frozenset(names)
    return Tagged(path.stem, document, segments, codes)


def read_round(folder: Path) -> list[Tagged]:
    """Read all tagged texts of a folder, by name."""
    return [read_tagged(path) for path in sorted(folder.glob("*.txt")) + sorted(folder.glob("*.md"))]


def tops(codes: Iterable[str]) -> frozenset[str]:
    """Return the logics that codes belong to; other facets' codes fall out."""
    return frozenset(top for code in codes if (top := code.split(".")[0]) in LOGICS)


def codings(tagged: Tagged, codebook: Codebook) -> dict[int, frozenset[str]]:
    """Return the countable codes the rules give, by segment index."""
    found: dict[int, set[str]] = {}
    for coding in code_document(tagged.document, tagged.segments, codebook).codings:
        if coding.countable:
            found.setdefault(coding.segment, set()).add(coding.code)
    return {index: frozenset(codes) for index, codes in found.items()}


def score(texts: Iterable[Tagged], codebook: Codebook) -> dict[tuple[str, str], Score]:
    """Return (language, logic) -> score over segments that are no interviewer's; language `all` sums them."""
    scores: dict[tuple[str, str], Score] = {}
    for text in texts:
        found = codings(text, codebook)
        for segment in text.segments:
            if segment.role in ASKING:
                continue
            by_tags = tops(text.codes.get(segment.index, ()))
            by_rules = tops(found.get(segment.index, ()))
            for logic in LOGICS:
                for language in (text.language, "all"):
                    one = scores.setdefault((language, logic), Score())
                    one.both += logic in by_tags & by_rules
                    one.only_rules += logic in by_rules - by_tags
                    one.only_tags += logic in by_tags - by_rules
    return scores


def macro(scores: dict[tuple[str, str], Score], language: str) -> tuple[float, float, float]:
    """Return the means over the logics that occur of precision, recall and F1."""
    rows = [s for (where, _), s in scores.items() if where == language and s.f1 is not None]
    means = []
    for values in ([r.precision for r in rows], [r.recall for r in rows], [r.f1 for r in rows]):
        known = [value for value in values if value is not None]
        means.append(sum(known) / len(known) if known else 0.0)
    return means[0], means[1], means[2]


def errors(texts: Iterable[Tagged], codebook: Codebook, logic: str = "") -> Iterator[str]:
    """Yield a line for each segment where rules and tags differ on a logic."""
    for text in texts:
        result = code_document(text.document, text.segments, codebook)
        rules: dict[tuple[int, str], list[str]] = {}
        for coding in result.codings:
            if coding.countable:
                key = (coding.segment, coding.code.split(".")[0])
                rules.setdefault(key, []).extend(m.rule for m in coding.matches)
        for segment in text.segments:
            if segment.role in ASKING:
                continue
            by_tags = tops(text.codes.get(segment.index, ()))
            by_rules = tops(top for index, top in rules if index == segment.index)
            for one in sorted(by_tags ^ by_rules):
                if logic in ("", one):
                    sign = "MISSED" if one in by_tags else "WRONG "
                    why = ",".join(rules.get((segment.index, one), ()))
                    tags = ";".join(sorted(text.codes.get(segment.index, ())))
                    yield f"{sign} {one:22} {text.name}: {segment.text}  [{tags}] {why}"


def table(scores: dict[tuple[str, str], Score]) -> str:
    """Write scores as a Markdown table."""
    lines = [
        "| language | logic | tagged | found | precision | recall | F1 |",
        "|---|---|---|---|---|---|---|",
    ]
    show = lambda value: "" if value is None else f"{value:.2f}"  # noqa: E731
    for language in sorted({language for language, _ in scores}, key=lambda x: (x == "all", x)):
        for logic in LOGICS:
            s = scores[language, logic]
            lines.append(
                f"| {language} | {logic} | {s.both + s.only_tags} | {s.both + s.only_rules} "
                f"| {show(s.precision)} | {show(s.recall)} | {show(s.f1)} |"
            )
        p, r, f = macro(scores, language)
        lines.append(f"| {language} | **macro** | | | {p:.2f} | {r:.2f} | {f:.2f} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure a codebook on tagged texts.")
    parser.add_argument("codebook", type=Path)
    parser.add_argument("rounds", type=Path, nargs="+")
    parser.add_argument("--errors", action="store_true", help="list the segments that differ")
    parser.add_argument("--logic", default="", help="only this logic's errors")
    options = parser.parse_args()
    codebook, problems = load_codebook(options.codebook)
    for problem in problems:
        print(problem, file=sys.stderr)
    if codebook is None:
        sys.exit(3)
    texts = [text for folder in options.rounds for text in read_round(folder)]
    if options.errors:
        print("\n".join(errors(texts, codebook, options.logic)))
    print(table(score(texts, codebook)))


if __name__ == "__main__":
    main()
