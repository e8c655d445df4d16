"""The examples that --help shows run as they stand, in a folder that holds what they name."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from qualcode.cli.main import call
from qualcode.cli.reference import commands_page

TALK = """\
访谈者：为什么不共享？
受访者：涉密的一律不给，以安全为由就挡回来了。We share what we can; sharing is not refused.
访谈者：后来呢？
受访者：后来接口做好了，群众少跑路。数据还是老样子。
"""
# `codebook` is the page's own whole codebook, so that what examples name is there: avoidance, sec_near.
STUDY = """\
qualcode: 1
title: {zh: 样例, en: Sample}
corpus: corpus
codebook: codebook.yaml
events: [{id: E2019, date: 2019-06-25, name: 会议, node: yes}]
phases:
  - {id: P1, start: 2016-09-05, end: E2019}
  - {id: P2, start: E2019, end: 2024-01-01}
output: {figures: [svg]}
"""
CLAIMS = "qualcode: 1\nclaims: [{id: first, says: it leads, kind: leads, code: avoidance, phase: P1}]\n"

# Their examples name codings, people or files of a study that has been worked in (or never end, as `watch`);
# what they do is told by their own tests.
ELSEWHERE = ("watch", "try", "explain", "compare", "agreement", "sample", "validate", "review", "decide")


def examples() -> list[str]:
    """Every line of example of every command, without what explains it or redirects its output."""
    found: dict[str, None] = {}
    for line in commands_page().splitlines():
        if line.startswith("    qualcode "):
            call_only = re.split(r"\s{2,}|\s+>+\s", line.strip())[0]
            if call_only.split()[1] not in ELSEWHERE:
                found[call_only] = None
    return list(found)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory, root, ran) -> Path:
    """A folder with a study that was run, and copies of its parts under the names that examples use."""
    if not (root / "docs/codebook.md").is_file():
        pytest.skip("no docs beside this installation")
    folder = tmp_path_factory.mktemp("examples") / "study"
    (folder / "corpus").mkdir(parents=True)
    for year in (2018, 2019, 2021):
        (folder / f"corpus/{year}-03-01 访谈.txt").write_text(TALK, "utf-8")
    (folder / "corpus/2020-01-01 办法.txt").write_text(
        "第一条 涉密数据不予共享。\n第二条 应当共享。\n", "utf-8"
    )
    page = (root / "docs/codebook.md").read_text("utf-8")
    whole = re.search(r"## A whole codebook\n+```yaml\n(.*?)```", page, re.DOTALL)
    assert whole
    (folder / "codebook.yaml").write_text(whole[1], "utf-8")
    (folder / "qualcode.yaml").write_text(STUDY, "utf-8")
    (folder / "claims.yaml").write_text(CLAIMS, "utf-8")
    (folder / "mine.yaml").write_text(CLAIMS, "utf-8")
    ran("run", folder)
    shutil.copy(folder / "codebook.yaml", folder / "codebook_v1.yaml")
    shutil.copytree(folder, folder / "my_study")
    for name in ("interviews", "transcripts", "texts", "moved/interviews"):
        shutil.copytree(folder / "corpus", folder / name)
    return folder


def test_there_are_examples_of_every_kind():
    found = examples()
    assert {"qualcode run my_study", "qualcode kwic results 涉密", "qualcode verify my_study/results"} <= {
        *found
    }
    assert len(found) > 25


@pytest.mark.parametrize("line", examples())
def test_an_example_runs(line, prepared, tmp_path, monkeypatch, capfd):
    folder = tmp_path / "here"
    shutil.copytree(prepared, folder)
    if line.startswith("qualcode codebook new"):  # it never writes over a file
        (folder / "codebook.yaml").unlink()
    if line.startswith("qualcode init"):
        shutil.rmtree(folder / "my_study")
    monkeypatch.chdir(folder)
    code = call(shlex.split(line)[1:])
    told = capfd.readouterr().err
    assert code == 0, told
    assert "Traceback" not in told and "error" not in told.replace("errors: 0", "")
