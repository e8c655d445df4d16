"""How well cue files read the polarity, modality, holder and reporting of single sentences.

    python tests/coding/context/measure.py tests/coding/context/dev.yaml [MORE.yaml] [--errors] [--cues FILE]

A file of sentences is a list, or a map with the list under `sentences`, the values of all attributes that a
sentence does not name under `assume`, and the unit that speaks under `actor`. A sentence is

    - {sentence: 我们没有推诿。, evidence: [推诿], expected: {polarity: negated, holder: self}}

with optional `id`, `language`, `actor`, `kind`. Evidence words are looked for in reading order. Attributes
that neither the sentence nor `assume` names are not scored. An expected holder `other` is right for
any other, `other:finance` only for that one. Intervals are Wilson's, 95 %; sentences of one author are no
random sample.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from qualcode.codebook import Codebook, parse_codebook
from qualcode.codebook.cues import AXES
from qualcode.coding.context import Assessed, assess_with_cues
from qualcode.model import Document, Metadata, Segment, Span
from qualcode.yamlnodes import plain, read_yaml

ROOT = Path(__file__).resolve().parents[3]
CUE_FILES = ("context.zh.yaml", "context.en.yaml", "actors.yaml")
Z = 1.959963984540054


@dataclass(frozen=True)
class Item:
    """A sentence, its evidence and how it is meant."""

    id: str
    text: str
    evidence: tuple[str, ...]
    expected: dict[str, str]
    language: str
    actor: str = ""
    kind: str = "interview"
    tag: str = ""


def cue_codebook(cues: Sequence[str] = CUE_FILES, folder: Path = ROOT / "codebooks") -> Codebook:
    """A codebook of cues alone, as a researcher's codebook would import them."""
    text = (
        "qualcode: 1\nid: measured\nversion: 1.0.0\nfold: [case, width, script]\ncodes: []\n"
        f"imports: [{', '.join(cues)}]\n"
    )
    codebook, problems = parse_codebook(text, str(folder / "measured.yaml"))
    if codebook is None:
        raise SystemExit("\n".join(map(str, problems)))
    return codebook


def read_items(path: Path) -> list[Item]:
    """Read a file of sentences."""
    node, problems = read_yaml(path.read_text("utf-8"), path.name, prose=frozenset({"sentence", "evidence"}))
    if node is None or problems:
        raise SystemExit("\n".join(map(str, problems)) or f"{path}: nothing in it")
    whole = plain(node)
    head = whole if isinstance(whole, dict) else {"sentences": whole}
    assume = dict(head.get("assume") or {})
    items = []
    for number, row in enumerate(head["sentences"], start=1):
        evidence = row["evidence"]
        text = row.get("sentence") or row["text"]
        expected = {**assume, **(row.get("expected") or {}), **{a: row[a] for a in AXES if a in row}}
        items.append(
            Item(
                id=row.get("id") or f"{path.stem}:{number}",
                text=text,
                evidence=tuple([evidence] if isinstance(evidence, str) else evidence),
                expected={axis: str(value) for axis, value in expected.items()},
                language=row.get("language") or ("zh" if any("一" <= c <= "鿿" for c in text) else "en"),
                actor=row.get("actor", head.get("actor", "")),
                kind=row.get("kind", "interview"),
                tag=row.get("case", ""),
            )
        )
    return items


def parts_of(item: Item) -> tuple[Span, ...]:
    """Where the evidence stands. Raises ValueError where a word is not in the sentence."""
    found: list[Span] = []
    for word in item.evidence:
        after = found[-1].end if found else 0
        start = item.text.find(word, after)
        if start < 0:
            start = item.text.index(word)
        found.append(Span(start, start + len(word)))
    return tuple(sorted(found))


def assessed(item: Item, codebook: Codebook) -> Assessed:
    """What the cues say of one sentence."""
    document = Document("s", item.text, Metadata(kind=item.kind, actor=item.actor))
    segment = Segment("s:1", "s", 1, Span(0, len(item.text)), item.text)
    return assess_with_cues(document, segment, [parts_of(item)], codebook)[0]


def agrees(axis: str, expected: str, got: str) -> bool:
    """Whether a value is the one expected; `other` is met by any other."""
    if axis == "holder" and ":" not in expected:
        return got.partition(":")[0] == expected
    return got == expected


def wilson(right: int, n: int) -> tuple[float, float]:
    """The Wilson score interval of a share (Wilson 1927), at 95 %. (0, 1) for nothing."""
    if n == 0:
        return 0.0, 1.0
    share = right / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def score(items: Sequence[Item], codebook: Codebook) -> tuple[Counter[tuple[str, str, bool]], list[str]]:
    """Count right and wrong by language and attribute, and describe the wrong ones."""
    counts: Counter[tuple[str, str, bool]] = Counter()
    wrong: list[str] = []
    for item in items:
        found = assessed(item, codebook)
        all_right = True
        for axis in AXES:
            if axis not in item.expected:
                continue
            got = getattr(found.assertion, axis)
            right = agrees(axis, item.expected[axis], got)
            all_right &= right
            for language in (item.language, "all"):
                counts[language, axis, right] += 1
            if item.expected[axis] != _PLAIN[axis]:
                counts[item.language, f"{axis} marked", right] += 1
                counts["all", f"{axis} marked", right] += 1
            if not right:
                why = "; ".join(
                    f"{r.cue} {item.text[r.span.start : r.span.end]!r}"
                    for r in found.reasons
                    if r.axis == axis
                )
                wrong.append(
                    f"{item.id} {axis}: {got}, not {item.expected[axis]}  {item.text}  "
                    f"[{' '.join(item.evidence)}]  {why}"
                )
        for language in (item.language, "all"):
            counts[language, "whole sentence", all_right] += 1
    return counts, wrong


_PLAIN = {"polarity": "affirmed", "modality": "actual", "holder": "unspecified", "reported": "no"}


def table(counts: Counter[tuple[str, str, bool]]) -> Iterator[str]:
    """A line per language and attribute."""
    rows = [*AXES, *(f"{axis} marked" for axis in AXES), "whole sentence"]
    for language in ("zh", "en", "all"):
        for row in rows:
            right, missed = counts[language, row, True], counts[language, row, False]
            n = right + missed
            if n:
                low, high = wilson(right, n)
                yield f"{language:4} {row:16} {right:4}/{n:<4} {right / n:.3f}  [{low:.3f}, {high:.3f}]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what was read wrongly, and by which cue")
    parser.add_argument("--cues", nargs="+", default=list(CUE_FILES), help="cue files in codebooks/")
    options = parser.parse_args()
    codebook = cue_codebook(options.cues)
    for path in options.files:
        counts, wrong = score(read_items(path), codebook)
        print(path)
        print("\n".join(table(counts)))
        if options.errors:
            print("\n".join(wrong))


if __name__ == "__main__":
    main()
