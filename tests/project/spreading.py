"""Material for tests of runs that are spread or cut short: a study of many files, and readers that misbehave.

The readers come as an installed package would bring them, by an entry point, so that child processes and
other machines find them too: `.boom` kills its process, `.hang` never ends, `.glut` takes memory without end,
`.once` kills its process the first time only, `.slow` takes a while and
reads what stands before a NUL. Each reads a file as plain text else. `.code` brings a coding that misbehaves
where a text says so: 崩溃 kills the process, 停滞 never ends, 撑爆 takes memory without end.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from qualcode.project.manifest import NAME
from qualcode.project.study import Study, load_study

READERS = """
import os, signal, time
from pathlib import Path
from qualcode.corpus.readers import readers
plain = readers[".txt"]
def boom(data, name, options):
    os.kill(os.getpid(), signal.SIGSEGV)
def hang(data, name, options):
    while True:
        pass
def glut(data, name, options):
    held = []
    while True:
        held.append(bytearray(50_000_000))
def once(data, name, options):
    mark = Path(os.environ["QUALCODE_TEST_MARKS"], name.replace("/", "_"))
    if not mark.exists():
        mark.write_text("")
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(data, name, options)
def code(data, name, options):
    import qualcode.project.documentwork as work
    if not hasattr(work, "whole"):
        work.whole = work.code_documents
        work.code_documents = misbehaving
    return plain(data, name, options)
def misbehaving(documents, codebook):
    import qualcode.project.documentwork as work
    for document, _ in documents:
        if "崩溃" in document.text:
            boom(None, "", None)
        if "停滞" in document.text:
            hang(None, "", None)
        if "撑爆" in document.text:
            glut(None, "", None)
    return work.whole(documents, codebook)
def slow(data, name, options):
    time.sleep(0.2)
    return plain(data.partition(b"\\0")[0], name, options)
"""
KINDS = ("boom", "hang", "glut", "once", "slow", "code")
DONE = ("共享", "不给", "给了他们", "放着")
CODEBOOK = """
qualcode: 1
id: spread
version: 1.0.0
title: {en: Spread}
languages: [zh, en]
codes:
  - id: refusal
    name: {zh: 拒绝, en: Refusal}
    definition: Data are refused.
    rules: [{id: refuse, terms: [拒绝, 不给, refuse*]}]
  - id: sharing
    name: {zh: 共享, en: Sharing}
    definition: Data are shared.
    rules: [{id: share, terms: [共享, shar*]}, {id: give, near: [[数据], [给]], within: 8 characters}]
"""


def make_study(home: Path, *, documents: int = 30, sentences: int = 40) -> Study:
    """Write a study of interviews and policies; every document differs, and some sentences carry codes."""
    corpus = home / "corpus"
    (corpus / "policies").mkdir(parents=True)
    (home / "codebook.yaml").write_text(CODEBOOK, "utf-8")
    (home / "qualcode.yaml").write_text("corpus: corpus\ncodebook: codebook.yaml\n", "utf-8")
    for n in range(documents):
        lines = [
            f"第{n}号第{k}句，数据科把第{(n * 7 + k * 13) % 101}批数据{DONE[(n + k) % len(DONE)]}。"
            for k in range(sentences)
        ]
        if n % 3:
            turns = [f"{('访谈者', '受访者A')[k % 2]}：{line}\n" for k, line in enumerate(lines)]
            (corpus / f"访谈{n:03}.txt").write_text("".join(turns), "utf-8")
        else:
            (corpus / "policies" / f"p{n:03}.txt").write_text("\n".join(lines), "utf-8")
    study, problems = load_study(home / "qualcode.yaml")
    assert study is not None, problems
    return study


def bring_readers(folder: Path, monkeypatch) -> None:
    """Install the misbehaving readers for this process and its children."""
    from qualcode.corpus.readers import readers

    info = folder / "misbehaving-1.0.dist-info"
    info.mkdir(parents=True)
    (folder / "misbehaving.py").write_text(READERS, "utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: misbehaving\nVersion: 1.0\n", "utf-8")
    points = "".join(f".{kind} = misbehaving:{kind}\n" for kind in KINDS)
    (info / "entry_points.txt").write_text(f"[qualcode.reader]\n{points}", "utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(folder), os.environ.get("PYTHONPATH", "")]))
    marks = folder / "marks"
    marks.mkdir()
    monkeypatch.setenv("QUALCODE_TEST_MARKS", str(marks))
    for kind in KINDS:
        monkeypatch.delitem(readers, f".{kind}", raising=False)


def forget_readers() -> None:
    """Drop what looking the readers up left behind."""
    from qualcode.corpus.readers import readers

    for kind in KINDS:
        readers.pop(f".{kind}", None)
    sys.modules.pop("misbehaving", None)


def held(folder: Path) -> dict[str, bytes]:
    """All files of a result folder; of the manifest all that a comparison looks at."""
    files = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    manifest = json.loads(files[NAME])
    manifest.pop("made")
    return {**files, NAME: json.dumps(manifest).encode()}


def start(study: Study, *options: str, command: str = "run") -> subprocess.Popen[bytes]:
    """Start a run of a study as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "qualcode", command, str(study.home), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def without(path: Path) -> None:
    """Remove a folder, there or not."""
    shutil.rmtree(path, ignore_errors=True)
