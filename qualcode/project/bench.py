"""A study opened to work on its codebook: its documents one by one, its codebook as it is now.

    bench = open_bench(Path("my_study"))           # or a result folder: the study it was made from
    for document, segments in bench.documents(): ...

Nothing is written. Documents kept for testing are left out unless asked for (`qualcode.project.heldback`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.corpus import open_corpus
from qualcode.corpus.opening import front_id
from qualcode.corpus.segment import segment_document
from qualcode.model import Document, Segment
from qualcode.problems import Problem, UsageError
from qualcode.project.heldback import held_back
from qualcode.project.manifest import NAME, read_manifest
from qualcode.project.run import usable_codebook
from qualcode.project.study import Study
from qualcode.project.verify import study_of
from qualcode.registry import did_you_mean

if TYPE_CHECKING:
    from qualcode.codebook import Codebook
    from qualcode.coding import CodedDocument
    from qualcode.corpus import Corpus
    from qualcode.project.codedbefore import CodedBefore

Prepared = tuple[Document, Sequence[Segment]]


@dataclass(eq=False)
class Bench:
    """A study with its usable codebook. `results` is the folder of its last run, where there is one."""

    study: Study
    codebook: Codebook
    problems: list[Problem] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)  # documents left out so far, kept for testing
    opened: list[str] = field(default_factory=list)  # such documents that were given out
    coded_now: int = 0  # documents that were coded, not taken from the last run
    taken_over: int = 0  # documents whose codings are those of the last run
    why_coded: str = ""  # why the last run could not be used, for all documents
    _corpus: Corpus | None = None
    _before: CodedBefore | None = None
    _looked: bool = False

    @property
    def unit(self) -> str:
        return self.study.unit or self.codebook.unit or "sentence"

    @property
    def results(self) -> Path | None:
        """The folder of the last run, None where there is none."""
        folder = self.study.results
        return folder if read_manifest(folder) is not None and (folder / "matches.csv").is_file() else None

    def documents(self, *, open_test: bool = False) -> Iterator[Prepared]:
        """Yield the documents that can be read, with their segments, in the order of the corpus."""
        for document, found in self.corpus.documents():
            self.problems += [p for p in found if document is None]
            if document is None:
                continue
            if held_back(document) and not open_test:
                self.withheld.append(document.id)
                continue
            if held_back(document):
                self.opened.append(document.id)
            yield document, segment_document(document, self.unit)[0]

    def coded(self, document: Document, segments: Sequence[Segment]) -> CodedDocument:
        """Return a document coded: as the last run coded it where nothing changed since, else coded now."""
        from qualcode.coding import code_document
        from qualcode.project.codedbefore import coded_before

        if not self._looked:
            self._looked = True
            self._before, self.why_coded = coded_before(self.study, self.corpus, self.codebook, self.unit)
        found = self._before.of(document, segments) if self._before is not None else None
        if found is None:
            self.coded_now += 1
            return code_document(document, segments, self.codebook)
        self.taken_over += 1
        return found

    def document(self, name: str, *, open_test: bool = False) -> Prepared:
        """Return the document of an id, with its segments.

        Raises `UsageError` where there is none, naming a close one, or where it is kept for testing.
        """
        document = self._likely(name)
        if document is None:
            known = {}
            for one, _ in self.corpus.documents():
                if one is not None:
                    known[one.id] = one
            if name not in known:
                raise UsageError(
                    "the corpus has no document '{name}'", hint=did_you_mean(name, known), name=name
                )
            document = known[name]
        if held_back(document) and not open_test:
            raise UsageError(
                "document {name} is kept for testing",
                hint="--open-test opens it, and the study remembers that",
                name=name,
            )
        if held_back(document):
            self.opened.append(document.id)
        return document, segment_document(document, self.unit)[0]

    def _likely(self, name: str) -> Document | None:
        """Read only the file that should have this id, where one should."""
        corpus = self.corpus
        for file in corpus.files:
            if name in (corpus.ids.get(file.name), front_id(file)):
                found = [document for document, _ in corpus.read(file)]
                if len(found) == 1 and found[0] is not None and found[0].id == name:
                    return found[0]
        return None

    @property
    def corpus(self) -> Corpus:
        """The study's corpus, opened once."""
        if self._corpus is None:
            self._corpus, problems = open_corpus(self.study.corpus_folder, self.study.corpus)
            self.problems += problems
        return self._corpus


def open_bench(study: Study) -> Bench:
    """Open a study to work on its codebook. Raises `StudyError` for a codebook that cannot be used."""
    codebook, problems = usable_codebook(study)
    return Bench(study, codebook, [p for p in problems if p.severity == "error"])


def study_of_results(folder: Path) -> Study | None:
    """Return the study a result folder was made from; None where the folder is no result folder."""
    manifest = read_manifest(folder) if (folder / NAME).is_file() else None
    if manifest is None:
        return None
    from dataclasses import replace

    return replace(study_of(manifest, folder), results=folder.absolute())
