"""The same study gives the same bytes anywhere, and verify notices whatever is no longer what it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .invented import invent


def held(folder: Path) -> dict[str, bytes]:
    """All files; of the manifest all but the block that says when and where."""
    found = {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    manifest = json.loads(found["manifest.json"])
    manifest.pop("made")
    return found | {"manifest.json": json.dumps(manifest).encode()}


def test_same_bytes_elsewhere_with_another_seed_of_hashes_and_another_language(invented, tmp_path):
    study = invent(tmp_path / "别处 elsewhere")
    away = tmp_path / "away"
    away.mkdir()
    strange = {"PYTHONHASHSEED": "271828", "LANG": "zh_CN.GB18030", "LC_ALL": "C", "TZ": "Asia/Urumqi"}
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "QUALCODE"))}
    done = subprocess.run(
        [sys.executable, "-m", "qualcode", "run", os.path.relpath(study, away)],
        cwd=away,
        env=environment | strange,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    one, two = held(invented), held(study / "results")
    assert sorted(one) == sorted(two)
    assert {"report.html", "network.html", "network.svg", "timeline.svg", "network.gexf"} <= one.keys()
    assert [name for name in one if one[name] != two[name]] == []


@pytest.fixture
def coded(tmp_path, ran) -> Path:
    study = invent(tmp_path / "study")
    ran("code", study / "corpus", "--codebook", study / "codebook.yaml", "--out", tmp_path / "coded")
    return tmp_path / "coded"


def verified(folder: Path, capfd) -> tuple[int, dict[str, str]]:
    from qualcode.cli.main import call

    capfd.readouterr()
    code = call(["--quiet", "verify", str(folder), "--json"])
    found = json.loads(capfd.readouterr().out)
    assert found["holds"] == (code == 0)
    return code, found["files"]


def test_verify_holds_for_results_left_alone(coded, capfd):
    code, states = verified(coded, capfd)
    assert code == 0
    assert set(states.values()) == {"same"}
    assert {"matches.csv", "segments.csv", "coded_segments.csv", "documents.csv"} <= states.keys()


def test_verify_notices_a_changed_byte_a_changed_input_and_a_missing_file(coded, capfd):
    matches = coded / "matches.csv"
    changed = bytearray(matches.read_bytes())
    changed[len(changed) // 2] ^= 1
    matches.write_bytes(changed)
    (coded / "segments.csv").unlink()
    talk = next((coded.parent / "study" / "corpus").glob("interview*.txt"))
    talk.write_text(talk.read_text("utf-8") + "受访者A：怕担责。\n", "utf-8")
    code, states = verified(coded, capfd)
    assert code == 1
    assert states["matches.csv"] == "edited"
    assert states["segments.csv"] == "missing"
    assert states[f"corpus/{talk.name}"] == "input changed"
    assert states["coded_segments.csv"] == "differs"


def test_verify_notices_documents_that_came_or_went_and_another_codebook(coded, capfd):
    corpus = coded.parent / "study" / "corpus"
    (corpus / "minutes16.txt").unlink()
    (corpus / "report99.txt").write_text("今天怕担责。\n", "utf-8")
    book = coded.parent / "study" / "codebook.yaml"
    book.write_text(book.read_text("utf-8").replace("怕担责, 不敢签", "不敢签"), "utf-8")
    code, states = verified(coded, capfd)
    assert code == 1
    assert states["corpus/minutes16.txt"] == "input missing"
    assert states["corpus/report99.txt"] == "input new"
    assert states["codebook/codebook.yaml"] == "input changed"
