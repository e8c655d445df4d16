"""Networks, timelines and analyses say whose codings they rest on, and can rest on others."""

import csv
import json

import pytest

BOOK = """
qualcode: 1
id: small
title: {zh: 小}
languages: [zh]
codes:
  - {id: fear, name: {zh: 怕担责}, definition: 怕, rules: [{terms: [担责]}]}
  - {id: refuse, name: {zh: 拒绝}, definition: 不给, rules: [{terms: [不给]}]}
"""
TALK = "---\nkind: interview\ndate: 2020-05-01\n---\n问：怎么样？\n" + "答：2019年怕担责，所以不给。\n" * 3


@pytest.fixture
def study(tmp_path):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "I1.txt").write_text(TALK, "utf-8")
    (tmp_path / "codebook.yaml").write_text(BOOK, "utf-8")
    (tmp_path / "qualcode.yaml").write_text(
        "qualcode: 1\nnetwork: {figure: segment, units: [segment]}\n", "utf-8"
    )
    return tmp_path


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def meetings(told, study, basis):
    _, out, _ = told("network", study / "results", "--basis", basis, "--format", "json")
    return [(row["n"], row["basis"]) for row in json.loads(out)]


def test_each_basis_gives_its_own_network(study, told):
    told("run", study)
    results = study / "results"
    assert meetings(told, study, "current") == meetings(told, study, "machine") == [(3, "machine")]
    assert meetings(told, study, "decided") == []
    assert "not yet reviewed by a person" in (results / "network_caption.md").read_text("utf-8")
    one, two = ([r["segment_id"] for r in rows(results / "coded_segments.csv")][n] for n in (0, 2))
    told("decide", f"{one}#fear", study, "--coder", "甲", "--reject")
    told("decide", f"{two}#fear", study, "--coder", "甲", "--accept")
    told("decide", f"{two}#refuse", study, "--coder", "甲", "--accept")
    told("run", study)
    assert meetings(told, study, "current") == [(2, "mixed")]
    assert meetings(told, study, "machine") == [(3, "machine")]
    assert [n for n, _ in meetings(told, study, "decided")] == [1]
    counts = {row["code"]: row for row in rows(results / "basis.csv")}
    assert [counts[""][c] for c in ("basis", "n_codings", "n_decided", "n_set_aside")] == [
        "mixed",
        "5",
        "2",
        "1",
    ]
    page = (results / "network.html").read_text("utf-8")
    assert "计数的 5 个编码中 2 个由人工决定" in page and "decided on 2 of the 5 codings" in page
    for figure in ("network", "timeline"):
        caption = (results / f"{figure}_caption.md").read_text("utf-8")
        assert "decided on 2 of the 5 codings that count, and set 1 aside" in caption
        assert "计数的 5 个编码中 2 个由人工决定" in caption


def test_folders_of_analyses_keep_their_basis(study, told):
    told("run", study)
    segment = rows(study / "results" / "coded_segments.csv")[0]["segment_id"]
    told("decide", f"{segment}#fear", study, "--coder", "甲", "--reject")
    told("run", study)
    _, _, err = told("timeline", study / "results", "--basis", "machine", "--out", study / "t")
    assert "6 codings of the machine; what people decided is left out" in err
    manifest = json.loads((study / "t" / "manifest.json").read_text("utf-8"))
    assert manifest["basis"] == {"asked": "machine", "is": "machine", "codings": 6, "decided": 0}
    assert "what people decided is left out" in (study / "t" / "timeline_caption.md").read_text("utf-8")
    _, _, err = told("analyze", "saturation", study / "results", "--out", study / "s")
    assert "5 codings count: people decided on 0 of them, and set 1 aside" in err
    assert rows(study / "s" / "basis.csv")[0]["n_set_aside"] == "1"


def over_time(told, study, basis):
    """Rows of the timeline by all that names them: what counts, what was decided, what the machine coded."""
    out = told("timeline", study / "results", "--basis", basis, "--format", "csv").out
    return {
        tuple(row[name] for name in ("basis", "kind", "code", "modality", "grain", "period")): (
            *(int(row[name]) for name in ("n_codings", "n_decided", "n_machine")),
            row["coded_by"],
        )
        for row in csv.DictReader(out.splitlines())
    }


def of_2019(told, study, basis):
    return {
        key[2]: counts
        for key, counts in over_time(told, study, basis).items()
        if (key[0], *key[4:]) == ("about", "year", "2019") and counts[0] + counts[2]
    }


def test_timelines_count_what_the_machine_coded_beside_what_people_decided(study, told):
    told("run", study)
    assert of_2019(told, study, "current") == {"fear": (3, 0, 3, "machine"), "refuse": (3, 0, 3, "machine")}
    one, two, three = (
        [r["segment_id"] for r in rows(study / "results" / "coded_segments.csv")][n] for n in (0, 2, 4)
    )
    told("decide", f"{one}#fear", study, "--coder", "甲", "--reject")
    told("decide", f"{two}#fear", study, "--coder", "甲", "--accept")
    for segment in (one, two, three):
        told("decide", f"{segment}#refuse", study, "--coder", "甲", "--accept")
    told("decide", three, study, "--coder", "甲", "--add", "open:早年")
    told("run", study)
    assert of_2019(told, study, "current") == {
        "fear": (2, 1, 3, "mixed"),
        "refuse": (3, 3, 3, "reviewed"),
        "open:早年": (1, 1, 0, "human"),
    }
    written = {
        row["code"]: row["coded_by"]
        for row in rows(study / "results" / "timeline.csv")
        if (row["basis"], row["period"]) == ("about", "2019") and row["n_codings"] != "0"
    }
    assert written == {"fear": "mixed", "refuse": "reviewed", "open:早年": "human"}
    assert of_2019(told, study, "machine") == {"fear": (3, 0, 3, "machine"), "refuse": (3, 0, 3, "machine")}
    assert of_2019(told, study, "decided") == {
        "fear": (1, 1, 3, "reviewed"),
        "refuse": (3, 3, 3, "reviewed"),
        "open:早年": (1, 1, 0, "human"),
    }
    alone = over_time(told, study, "machine")
    for basis in ("current", "decided"):
        table = over_time(told, study, basis)
        assert {key: counts[2] for key, counts in table.items() if counts[2]} == {
            key: counts[0] for key, counts in alone.items() if counts[0]
        }, "what stands beside is the timeline of the machine alone"


def test_a_coding_all_rejected_is_still_seen_in_the_timeline(study, told):
    told("run", study)
    for row in rows(study / "results" / "coded_segments.csv"):
        told("decide", row["coding_id"].partition("@")[0], study, "--coder", "甲", "--reject")
    told("run", study)
    assert of_2019(told, study, "current") == {"fear": (0, 0, 3, "mixed"), "refuse": (0, 0, 3, "mixed")}
