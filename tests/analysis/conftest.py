"""Small coded corpora, written as lines: what the analyses are asked about."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from qualcode import columns
from qualcode.analysis.load import frame
from qualcode.codebook.records import Code, Codebook


def row_of(table: str, **values: object) -> tuple[object, ...]:
    """A row of a table with the cells given and empty ones for the rest."""
    empty = {"text": "", "date": "", "int": None, "float": None, "yes_no": False, "list": ()}
    return tuple(values.get(c.name, empty[c.type]) for c in columns.TABLES[table])


def codebook_of(*codes: str) -> Codebook:
    return Codebook("test", codes={code: Code(code, name={"zh": code, "en": code}) for code in codes})


@dataclass
class Corpus:
    """Grows by `document`; each segment is written as its codes with evidence: `A@0-2 B@3-5+7-9`.

    A code without @ has no evidence spans; `-` is a segment without codes, `x` one that is not codable.
    """

    documents_rows: list[tuple[object, ...]] = field(default_factory=list)
    segment_rows: list[tuple[object, ...]] = field(default_factory=list)
    coding_rows: list[tuple[object, ...]] = field(default_factory=list)

    def document(self, name: str, *segments: str, speeches: Sequence[int] = (), **about: object) -> "Corpus":
        kind = str(about.pop("kind", "interview"))
        modality = str(about.pop("modality", "unassessed"))
        times = {key: about.pop(key) for key in ("t_said", "t_about_start", "t_about_end") if key in about}
        articles = about.pop("articles", [""] * len(segments))
        self.documents_rows.append(row_of("documents", document_id=name, kind=kind, **about))
        for index, words in enumerate(segments, 1):
            start = (index - 1) * 100
            place = {
                "document_id": name,
                "segment_id": f"{name}:{index}",
                "start": start,
                "end": start + 100,
            }
            speech = speeches[index - 1] if speeches else None
            self.segment_rows.append(
                row_of(
                    "segments",
                    **place,
                    text=f"第{index}句，说的是{words}",
                    codable=words != "x",
                    speech=speech,
                    article=articles[index - 1],
                    **times,
                )
            )
            for word in words.split() if words not in ("-", "x") else ():
                code, _, parts = word.partition("@")
                matches = parts.split("|") if parts else []
                spans = list(dict.fromkeys(span for match in matches for span in match.split("+")))
                self.coding_rows.append(
                    row_of(
                        "coded_segments",
                        **place,
                        coding_id=f"{name}:{index}#{code.rstrip('!')}@machine",
                        code=code.rstrip("!"),
                        countable=not code.endswith("!"),
                        quote=f"第{index}句，说的是{words}",
                        weight=1.0,
                        modality=modality,
                        spans=tuple(spans),
                        evidence=tuple(
                            "+".join(str(spans.index(span) + 1) for span in match.split("+"))
                            for match in matches
                        ),
                        coder="machine",
                    )
                )
        return self

    @property
    def documents(self):
        return frame(self.documents_rows, "documents")

    @property
    def segments(self):
        return frame(self.segment_rows, "segments")

    @property
    def codings(self):
        return frame(self.coding_rows, "coded_segments")

    @property
    def tables(self):
        return self.documents, self.segments, self.codings


@pytest.fixture
def corpus() -> Corpus:
    return Corpus()
