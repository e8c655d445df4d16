"""docs/workshop.md, followed step by step: what it shows is what happens."""

import re
import shlex

import pytest

BLOCK = re.compile(r"```(console|diff)\n(.*?)```", re.DOTALL)


@pytest.fixture
def steps(root):
    return BLOCK.findall((root / "docs" / "workshop.md").read_text("utf-8"))


def test_the_page_tells_what_happens(steps, qualcode, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = 0
    for kind, block in steps:
        if kind == "diff":
            edit(tmp_path / "demo" / "codebook.yaml", block)
            continue
        for call in block.split("$ qualcode ")[1:]:
            line, _, expected = call.partition("\n")
            answer = qualcode(*shlex.split(line))
            assert answer.code == 0, answer.err
            if expected.strip():
                told += 1
                assert plain(answer.out + answer.err) == plain(expected), line
    assert told >= 5


def plain(text):
    """Lines without the blanks that only line them up."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def edit(path, block):
    old = "".join(line[1:] for line in block.splitlines(keepends=True) if line.startswith("-"))
    new = "".join(line[1:] for line in block.splitlines(keepends=True) if line.startswith("+"))
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_comparison_at_the_end_is_what_the_page_says(steps, qualcode, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    qualcode("init", "demo", "--lang", "zh")
    qualcode("run", "demo", "--out", "first")
    for kind, block in steps:
        if kind == "diff":
            edit(tmp_path / "demo" / "codebook.yaml", block)
    qualcode("run", "demo")
    out = qualcode("compare", "first", "demo/results").out
    assert "codings: gained 1, rules 2" in out
    assert "+ 访谈01:6 avoidance (silence=new) 大家都不吭声。" in " ".join(out.split())
