"""Pages are one file, hold what was published, and no quote becomes a tag."""

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from qualcode.output.network_html import network_html, page_data
from qualcode.output.page import json_data
from qualcode.output.report_blocks import Findings
from qualcode.output.report_html import report_html, sections
from qualcode.problems import Place, problem

from .coded_study import EVENTS, HOSTILE, PHASES


class Tags(HTMLParser):
    """Collects tags with their attributes, and the text of scripts."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.scripts, self.text = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] == "script":
            self.scripts[-1] += data
        self.text.append(data)


def page_of(study, **options):
    return network_html(*study.tables, study.codebook, study.nodes, study.edges, **options).decode()


def findings_of(study, **more):
    return Findings(
        *(study.codebook, *study.tables, study.matches, study.nodes, study.edges, study.timeline),
        *(EVENTS, PHASES),
        figure_unit="run3",
        title=HOSTILE,
        version="0.1.0",
        **more,
    )


def test_the_vendored_script_is_the_one_published(root):
    folder = root / "qualcode" / "output" / "vendor" / "cytoscape"
    record = tomllib.loads((folder / "VENDORED.toml").read_text(encoding="utf-8"))
    assert record["license"] == "MIT" and record["integrity"].startswith("sha512-")
    for name, known in record["files"].items():
        assert known == "sha256-" + hashlib.sha256((folder / name).read_bytes()).hexdigest()


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner, max_size=3), max_leaves=5))
def test_data_in_a_page_cannot_begin_a_tag_and_come_back_whole(value):
    written = json_data(value)
    assert "<" not in written
    if not re.search(
        "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", json.dumps(value, ensure_ascii=False)
    ):
        assert json.loads(written) == value


def test_the_network_page_runs_its_own_scripts_only(study):
    page = page_of(study)
    tags = Tags(page)
    policy = next(a["content"] for tag, a in tags.tags if a.get("http-equiv") == "Content-Security-Policy")
    hashes = re.findall(r"'sha256-([^']+)'", policy)
    run = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in run] == hashes
    assert "default-src 'none'" in policy and "'unsafe-eval'" not in policy
    assert not any(a.get("src") or a.get("href") for _, a in tags.tags)


def test_hostile_quotes_and_names_stay_text(study):
    page = page_of(study, title=HOSTILE)
    assert page.count("</script>") == 3 and "<img" not in page and "<b>" not in page.split("<script>")[0]
    report = report_html(findings_of(study, problems=[problem("x", Place("a.txt", 1), HOSTILE)])).decode()
    tags = Tags(report)
    assert len(tags.scripts) == report.count("</script>") == 4  # the data, and three of the page's own
    assert all(not a.get("onerror") for _, a in tags.tags)
    assert "onerror=alert(1)>" in "".join(tags.text)  # it is there, as text
    assert "<" not in tags.scripts[0]


def test_data_hold_every_edge_that_meets_with_its_segments(study):
    data = page_data(*study.tables, study.codebook, study.nodes, study.edges)
    codes = [code["id"] for code in data["codes"]]
    for unit, edges in data["edges"].items():
        rows = study.edges[(study.edges["unit"] == unit) & (study.edges["n"] > 0)]
        assert {(codes[e["a"]], codes[e["b"]], e["n"]) for e in edges} == set(
            rows[["source", "target", "n"]].itertuples(index=False, name=None)
        )
        for edge in edges:
            assert edge["at"] and all(group for group in edge["at"])
            for group in edge["at"]:
                held = {code for i in group for _, codes_ in data["segments"][i]["text"] for code in codes_}
                assert {edge["a"], edge["b"]} <= held


def test_quotes_are_split_by_characters_not_by_utf_16(study):
    """An emoji is one character in Python and two units in JavaScript: the pieces are cut here."""
    data = page_data(*study.tables, study.codebook, study.nodes, study.edges)
    emoji = next(s for s in data["segments"] if any("😀" in text for text, _ in s["text"]))
    assert [text for text, codes in emoji["text"] if codes] == ["不敢", "规定"]
    assert "".join(text for text, _ in emoji["text"]) == "😀不敢，也没有规定。"
    assert emoji["ref"] == "D0·处长·00:12:31"


def test_same_input_same_page(study):
    assert page_of(study) == page_of(study) and report_html(findings_of(study)) == report_html(
        findings_of(study)
    )


def test_bytes_do_not_hang_on_the_order_of_sets(root):
    """Another hash seed gives other orders of sets of words, and must give the same files."""
    script = (
        "import hashlib, sys; sys.path.insert(0, 'tests/output'); from coded_study import small_study\n"
        "from qualcode.analysis.network import graph; from qualcode.output.gexf import gexf\n"
        "from qualcode.output.graphml import graphml; from qualcode.output.layout import layout\n"
        "from qualcode.output.network_figure import network_figure\n"
        "from qualcode.output.network_html import network_html\n"
        "s = small_study(); g = graph(s.nodes, s.edges, unit='run3')\n"
        "files = [graphml(g), gexf(g, positions=layout(g)), network_figure(g, formats=['svg'])[0]['svg'],\n"
        "  network_html(*s.tables, s.codebook, s.nodes, s.edges), s.edges.to_csv().encode()]\n"
        "print([hashlib.sha256(f).hexdigest() for f in files])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(said) == 1


def test_a_report_tells_what_was_read_coded_left_and_refused(study):
    report = report_html(findings_of(study), "en").decode()
    text = " ".join(Tags(report).text)
    assert "6 documents were read" in text and "Found nowhere: Never." in text
    assert "they are the interviewer's words" in text  # 问：是不是怕担责？ in four interviews
    assert "are not assessed" in text and "rule-based deductive coding" in text
    assert "grounded theory" not in text.lower()
    without = {"warnings", "glance", "claims"}  # no problem, no analysis and no claim in this study
    assert [n for n in sections if f'id="{n}"' in report] == [n for n in sections if n not in without]


def test_a_report_in_chinese_speaks_chinese(study):
    text = " ".join(Tags(report_html(findings_of(study), "zh").decode()).text)
    assert "读入的材料" in text and "未出现的编码：没有过" in text and "What was" not in text


def test_an_empty_study_has_a_report(study):
    empty = [
        table.iloc[:0] for table in (*study.tables, study.matches, study.nodes, study.edges, study.timeline)
    ]
    report = report_html(Findings(study.codebook, *empty), "en").decode()
    assert "No code was found anywhere." in report
