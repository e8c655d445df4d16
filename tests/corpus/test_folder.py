"""Real folders are messy; the documents in them are found, and the rest is named or passed over."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from qualcode.corpus.folder import list_files


def fill(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")


def names(folder: Path) -> list[str]:
    return [file.name for file in list_files(folder)[0]]


def kinds(folder: Path) -> dict[str, tuple[str, str]]:
    return {p.place.path: (p.kind, p.severity) for p in list_files(folder)[1]}


def test_documents_are_listed_by_the_code_points_of_their_names(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "B.TXT", "访谈/处长.docx", "a/z.md", "é.pdf", "a.md")
    assert names(tmp_path) == ["B.TXT", "a.md", "a/z.md", "b.txt", "é.pdf", "访谈/处长.docx"]
    assert list_files(tmp_path)[0][0].extension == ".txt"


def test_what_programs_keep_for_themselves_is_passed_over_without_a_word(tmp_path: Path) -> None:
    litter = (
        "~$I01.docx",
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "._I01.docx",
        ".hidden.txt",
        "x.tmp",
        "x.docx~",
    )
    fill(tmp_path, "I01.docx", *litter, ".git/config.txt", "__MACOSX/I01.txt")
    assert names(tmp_path) == ["I01.docx"]
    assert list_files(tmp_path)[1] == []


@pytest.mark.parametrize(
    "name",
    [
        "I01 (conflicted copy 2024-03-01).docx",
        "I01 (李's conflicted copy 2024-03-01).docx",
        "I01.sync-conflict-20240301-120000-ABCDEFG.docx",
        "I01（冲突副本）.docx",
    ],
)
def test_left_overs_of_a_sync_are_passed_over_with_a_note(tmp_path: Path, name: str) -> None:
    fill(tmp_path, "I01.docx", name)
    assert names(tmp_path) == ["I01.docx"]
    assert kinds(tmp_path) == {name: ("sync-conflict", "note")}


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("a.doc", ".docx"),
        ("a.wps", ".docx"),
        ("a.ofd", "PDF"),
        ("a.ppt", ".docx"),
        ("a.xls", ".xlsx"),
        ("a.JPG", "a.ocr.txt"),
        ("a.m4a", "transcribe"),
        ("a.zip", "unpack"),
    ],
)
def test_what_needs_a_conversion_is_an_error_that_names_it(tmp_path: Path, name: str, way: str) -> None:
    fill(tmp_path, "I01.txt", name)
    _, (problem,) = list_files(tmp_path)
    assert (problem.kind, problem.severity) == ("needs-conversion", "error")
    assert way in str(problem)


def test_what_belongs_to_other_parts_is_no_document(tmp_path: Path) -> None:
    fill(
        tmp_path,
        "I01.txt",
        "I01.meta.yaml",
        "documents.csv",
        "documents.xlsx",
        "speakers.xlsx",
        "qualcode.yaml",
    )
    assert names(tmp_path) == ["I01.txt"]
    assert list_files(tmp_path)[1] == []


def test_unknown_extensions_and_read_mes_are_notes(tmp_path: Path) -> None:
    fill(tmp_path, "I01.txt", "x.xyz", "noext", "README.md")
    assert names(tmp_path) == ["I01.txt"]
    assert kinds(tmp_path) == {
        "x.xyz": ("unknown-extension", "note"),
        "noext": ("unknown-extension", "note"),
        "README.md": ("readme", "note"),
    }


def test_a_recognised_text_stands_in_for_its_scan(tmp_path: Path) -> None:
    fill(tmp_path, "a/X.pdf", "a/X.ocr.txt", "Y.jpg", "Y.ocr.txt", "Z.ocr.txt")
    found, problems = list_files(tmp_path)
    assert problems == []
    assert [(f.name, f.path.name, f.extension, f.note) for f in found] == [
        ("Y.jpg", "Y.ocr.txt", ".txt", "ocr"),
        ("Z.ocr.txt", "Z.ocr.txt", ".txt", ""),
        ("a/X.pdf", "X.ocr.txt", ".txt", "ocr"),
    ]


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    fill(tmp_path, "outside/secret.txt", "corpus/I01.txt", "corpus/sub/I02.txt")
    corpus = tmp_path / "corpus"
    (corpus / "leak.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (corpus / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (corpus / "folder").symlink_to(tmp_path / "outside")
    (corpus / "loop").symlink_to(corpus)
    (corpus / "same.txt").symlink_to(corpus / "I01.txt")
    assert names(corpus) == ["I01.txt", "same.txt", "sub/I02.txt"]
    assert set(kinds(corpus)) == {"leak.txt", "broken.txt", "folder", "loop"}
    assert {kind for kind, _ in kinds(corpus).values()} == {"link-not-followed"}


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no permission bits")
def test_a_file_nobody_may_read_is_an_error() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        fill(folder, "I01.txt", "I02.txt")
        (folder / "I02.txt").chmod(0)

        def seen() -> bool:
            return names(folder) == ["I01.txt"] and kinds(folder) == {"I02.txt": ("unreadable-file", "error")}

        assert as_nobody(seen) if os.geteuid() == 0 else seen()


def as_nobody(question: Callable[[], bool]) -> bool:
    """Ask in a child process that has given up root, for root may read everything."""
    child = os.fork()
    if child == 0:
        try:
            os.setuid(65534)
            os._exit(0 if question() else 1)
        finally:
            os._exit(2)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_file_that_may_not_be_read_is_an_error_for_any_user(tmp_path: Path, monkeypatch) -> None:
    fill(tmp_path, "I01.txt", "I02.txt")
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "I02.txt")
    assert names(tmp_path) == ["I01.txt"]
    assert kinds(tmp_path) == {"I02.txt": ("unreadable-file", "error")}


def test_results_of_a_run_are_no_sources(tmp_path: Path) -> None:
    fill(tmp_path, "I01.txt", "results/manifest.json", "results/coded_segments.csv", "results/tables/x.csv")
    fill(tmp_path, "reports/results/I02.txt")
    assert names(tmp_path) == ["I01.txt", "reports/results/I02.txt"]


def test_an_analysis_in_a_folder_of_its_own_is_no_source_either(tmp_path: Path) -> None:
    fill(tmp_path, "I01.txt", "net/manifest.json", "net/cooccurrence_edges.csv", "net/network.html")
    fill(tmp_path, "time/manifest.json", "time/timeline.csv", "table/manifest.json", "table/I02.txt")
    assert names(tmp_path) == ["I01.txt", "table/I02.txt"]


def test_journals_of_a_study_are_no_sources_and_no_riddle(tmp_path: Path) -> None:
    fill(tmp_path, "I01.txt", "qualcode.yaml", "decisions/甲.jsonl", "interviews/decisions/I02.txt")
    assert names(tmp_path) == ["I01.txt", "interviews/decisions/I02.txt"]
    assert kinds(tmp_path) == {}


def test_an_empty_folder_and_none_at_all_are_errors(tmp_path: Path) -> None:
    assert [(p.kind, p.place.path) for p in list_files(tmp_path)[1]] == [("no-documents", ".")]
    assert [p.kind for p in list_files(tmp_path / "gone")[1]] == ["no-folder"]


def test_all_real_material_is_found_and_read(real_data: Path) -> None:
    from qualcode.corpus.readers import read_extracts

    found, problems = list_files(real_data)
    assert [p.severity for p in problems if p.severity != "note"] == []
    assert len(found) == 79  # 30 + 20 interviews, 18 laws, one interview in 11 formats
    for file in found:
        extracts, wrong = read_extracts(file.path.read_bytes(), file.name)
        assert (len(extracts), [str(p) for p in wrong]) == (1, [])
