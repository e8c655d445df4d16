"""A blind sheet: segments drawn for people to code, and the design by which they were drawn.

The sheet shows the words and what was asked before, nothing of the machine's codes. The design, a JSON of its
own, has the strata and every segment's probability; whoever codes has no need to see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qualcode import __version__
from qualcode.analysis.load import Row, read_table
from qualcode.analysis.sampling import Codable, Sample
from qualcode.columns import names
from qualcode.model import ASKING
from qualcode.problems import UsageError
from qualcode.project.codings import is_machines
from qualcode.project.heldback import TEST
from qualcode.project.manifest import NAME, fingerprint, read_manifest
from qualcode.project.stored import Stored
from qualcode.registry import did_you_mean

if TYPE_CHECKING:
    from qualcode.project.bench import Bench

FORMAT = 1
Levels = Sequence[tuple[str, int]]  # codes in tree order, with their depth


@dataclass(frozen=True, slots=True)
class Material:
    """What can be drawn from: rows of `segments`, the machine's codes by segment, the codebook's codes."""

    segments: tuple[Mapping[str, Any], ...]
    codes: Mapping[str, frozenset[str]]
    levels: Levels
    test: frozenset[str] = frozenset()  # documents kept for testing
    source: Mapping[str, object] | None = None

    def frame(self, split: str) -> list[Codable]:
        """The codable segments of the documents of a split: test, dev, or all."""
        return [
            Codable(str(s["segment_id"]), str(s["document_id"]), self.codes.get(s["segment_id"], frozenset()))
            for s in self.segments
            if s["codable"] and (split == "all" or (s["document_id"] in self.test) == (split == "test"))
        ]


def from_results(folder: Path) -> Material:
    """Take segments and codes from a result folder."""
    stored = Stored(folder, open_test=True)
    segments = tuple(stored.rows("segments"))
    codings = (
        (str(r["segment_id"]), str(r["code"])) for r in stored.rows("coded_segments") if is_machines(r)
    )
    if (folder / "codes.csv").is_file():
        table = read_table(folder / "codes.csv", "codes")
        levels = [(str(c), int(n)) for c, n in zip(table["code"], table["level"], strict=True)]
    else:
        levels = []
    codes = _by_segment(codings)
    levels = levels or [(c, 1) for c in sorted({c for found in codes.values() for c in found})]
    manifest = read_manifest(folder) or {}
    source = {"codebook": manifest.get("codebook"), "results": fingerprint(folder / NAME)["sha256"]}
    return Material(segments, codes, levels, frozenset(stored.opened), source)


def from_study(bench: Bench) -> Material:
    """Code a study in memory, so that a sheet can be drawn before there are results to be seen."""
    from qualcode.analysis.tables import coding_rows, segment_rows
    from qualcode.coding import code_document

    segments: list[Mapping[str, Any]] = []
    codings: list[tuple[str, str]] = []
    header, coded_header = names("segments"), names("coded_segments")
    for document, held in bench.documents(open_test=True):
        coded = code_document(document, held, bench.codebook)
        rows = segment_rows(document, held, coded, bench.codebook)
        segments += [dict(zip(header, row, strict=True)) for row in rows]
        for row in coding_rows(document, held, coded, bench.codebook):
            one: dict[str, Any] = dict(zip(coded_header, row, strict=True))
            if is_machines(one):
                codings.append((one["segment_id"], one["code"]))
    book = bench.codebook
    levels = [(code, 1 + len(book.parents(code))) for code in book.codes]
    source = {"codebook": {"id": book.id, "version": book.version, "files": dict(book.files)}}
    return Material(tuple(segments), _by_segment(codings), levels, frozenset(bench.opened), source)


def _by_segment(codings: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for segment, code in codings:
        found.setdefault(segment, set()).add(code)
    return {segment: frozenset(codes) for segment, codes in found.items()}


def leaves(levels: Levels, asked: Sequence[str]) -> list[str]:
    """Return the codes without codes below them, of all or of the subtrees asked for.

    >>> leaves([("a", 1), ("a.x", 2), ("a.y", 2), ("b", 1)], ["a"])
    ['a.x', 'a.y']

    Raises `UsageError` for a code that is not there.
    """
    known = [code for code, _ in levels]
    for code in asked:
        if code not in known:
            hint = did_you_mean(code, known)
            raise UsageError("the codebook has no code '{code}'", hint=hint, code=code)
    below: list[tuple[str, int]] = []  # the way down to the current code
    ends = []
    for place, (code, level) in enumerate(levels):
        below = [(c, n) for c, n in below if n < level] + [(code, level)]
        last = place + 1 == len(levels) or levels[place + 1][1] <= level
        if last and (not asked or any(c in asked for c, _ in below)):
            ends.append(code)
    return ends


def sheet_rows(material: Material, sample: Sample, codes: Sequence[str]) -> Iterator[Row]:
    """Write the rows of `sheet`, then an empty cell for each code."""
    chosen = frozenset(sample.chosen)
    for segment, question in _with_questions(material.segments):
        if segment["segment_id"] in chosen:
            place = (segment["segment_id"], segment["document_id"], segment["start"], segment["end"])
            yield (*place, "", segment["speaker"], question, segment["text"], "", *[""] * len(codes))


def _with_questions(
    segments: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[Mapping[str, Any], str]]:
    """Give every segment of talk the words of the last question before it, else of the speech before it."""
    document, speech, own, before, asked = None, None, "", "", ""
    role = ""
    for segment in segments:
        if segment["document_id"] != document:
            document, speech, own, before, asked, role = segment["document_id"], None, "", "", "", ""
        if segment["speech"] != speech:
            before = own
            if role in ASKING:
                asked = own
            speech, own, role = segment["speech"], "", str(segment["role"])
        own = f"{own}{segment['text']}"
        yield segment, (asked or before) if segment["speech"] is not None else ""


def design_of(
    material: Material, sample: Sample, codes: Sequence[str], *, split: str, seed: int
) -> dict[str, object]:
    """Write down how the sample was drawn, so that it can be weighted and repeated."""
    frame = material.frame(split)
    where = {str(s["segment_id"]): s for s in material.segments}
    return {
        "design": FORMAT,
        "qualcode": __version__,
        "seed": seed,
        "split": split,
        "source": material.source,
        "frame": {"segments": len(frame), "documents": sorted({one.document for one in frame})},
        "documents_drawn": list(sample.documents),
        "strata": {
            code: {
                "positive": sum(code in one.codes for one in frame),
                "negative": sum(code not in one.codes for one in frame),
            }
            for code in codes
        },
        "draws": [
            {"code": d.code, "stratum": d.stratum, "size": d.size, "drawn": d.drawn} for d in sample.draws
        ],
        "units": [
            {
                "segment_id": name,
                "document_id": where[name]["document_id"],
                "start": where[name]["start"],
                "end": where[name]["end"],
                "probability": round(sample.probability[name], 12),
            }
            for name in sample.chosen
        ],
    }


def default_split(material: Material) -> str:
    """Documents kept for testing, where there are any."""
    kept = {s["document_id"] for s in material.segments} & material.test
    return TEST if kept else "all"
