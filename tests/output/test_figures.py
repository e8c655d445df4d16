"""Figures: same bytes, no label on another, honest words, and names without a font."""

import re
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.load import frame
from qualcode.analysis.network import graph
from qualcode.output import fonts
from qualcode.output.captions import caption_file, network_caption, timeline_caption
from qualcode.output.labels import Box, Node, place_labels
from qualcode.output.layout import layout
from qualcode.output.network_figure import network_figure
from qualcode.output.timeline_figure import commonest, timeline_figure

from .coded_study import EVENTS


def network(study, **options):
    made = graph(study.nodes, study.edges, unit="run3")
    return network_figure(made, labels=study.labels(options.get("lang", "zh")), **options)


def test_the_same_figure_has_the_same_bytes_and_no_date(study):
    one, two = network(study)[0], network(study)[0]
    assert one == two and set(one) == {"svg", "png"}
    assert one["png"].startswith(b"\x89PNG") and b"<dc:date>" not in one["svg"]


def test_text_is_outlines_and_the_page_is_14_cm_wide(study):
    root = ElementTree.fromstring(network(study, formats=["svg"])[0]["svg"])
    assert not list(root.iter("{http://www.w3.org/2000/svg}text"))
    assert float(root.get("width").removesuffix("pt")) == pytest.approx(14 / 2.54 * 72, abs=0.1)


def test_only_greys_are_used(study):
    svg = network(study, formats=["svg"])[0]["svg"].decode()
    svg += timeline_figure(study.timeline, EVENTS, labels=study.labels(), formats=["svg"])[0]["svg"].decode()
    colours = set(re.findall(r"#([0-9a-f]{6})\b", svg))
    assert colours and all(c[:2] == c[2:4] == c[4:] for c in colours)


def test_without_a_font_ids_stand_in_and_it_is_said(study, monkeypatch):
    import qualcode.output.figures as figures
    from qualcode.output import network_figure as drawing

    monkeypatch.setattr(figures, "cjk_font", lambda: "")
    made, problems = network(study)
    assert [p.kind for p in problems] == ["no-chinese-font"] and problems[0].severity == "warning"
    assert made["png"] != network(study, lang="en")[0]["png"]
    assert "fonts-noto-cjk" in str(problems[0]) and drawing.printable("避责", "avoid") == "avoid"


def test_a_found_font_is_one_of_those_looked_for():
    assert fonts.cjk_font() in ("", *fonts.FAMILIES)


def test_a_graph_without_edges_says_so(study):
    made, problems = network_figure(nx.Graph(), lang="zh")
    assert made["svg"] != network(study)[0]["svg"] and len(made["png"]) > 1000 and len(problems) <= 1


def test_timeline_bytes_and_panels(study):
    drawn = [timeline_figure(study.timeline, EVENTS, labels=study.labels())[0] for _ in range(2)]
    assert drawn[0] == drawn[1]
    years = study.timeline[study.timeline["grain"] == "year"]
    assert commonest(years) == (
        "avoid",
        "innovate",
        "law",
    )  # by hand: 8+4 segments, 8, 8; ties in order of id
    assert timeline_figure(frame([], "timeline"))[0]["png"]


def test_a_dollar_in_a_name_is_no_formula(study):
    made = graph(study.nodes, study.edges, unit="run3")
    assert network_figure(made, labels=dict.fromkeys(made, r"$\frac{1$"), lang="en")[0]["png"]


circles = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 8)), min_size=1, max_size=14, unique=True)


@settings(max_examples=40)
@given(circles, st.integers(20, 70))
def test_labels_lie_on_no_other_label_and_inside_the_frame(places, width):
    """Nodes on a grid of 33 by 40 points, as dense as a legible figure: every label finds a free place."""
    nodes = [Node(20 + 33 * x, 20 + 40 * y, 6, width, 10) for x, y in places]
    frame_ = Box(-60, -20, 480, 380)
    boxes = place_labels(nodes, frame_)
    for number, box in enumerate(boxes):
        assert box.shared(frame_) == pytest.approx(width * 10)
        assert all(box.shared(other) == 0 for other in boxes[:number])


@settings(max_examples=15)
@given(st.integers(0, 12), st.integers(0, 30), st.integers(0, 3))
def test_layouts_are_rounded_inside_the_square_and_repeatable(count, links, seed):
    made = nx.gnm_random_graph(count, min(links, count * (count - 1) // 2), seed=1)
    made = nx.relabel_nodes(made, str)
    places = layout(made, seed=seed)
    assert set(places) == set(made) and places == layout(made, seed=seed)
    assert all(0 <= value <= 1 and value == round(value, 3) for at in places.values() for value in at)


def test_no_line_seems_to_end_at_a_node_it_passes():
    """Five codes in a ring with a strong chord: no line comes near a third code."""
    made = nx.Graph()
    made.add_weighted_edges_from([(a, b, 9) for a, b in ("ab", "bc", "cd", "de", "ea", "ac")])
    places = layout(made)
    for a, b in made.edges:
        (ax, ay), (bx, by) = places[a], places[b]
        for x, y in (places[c] for c in made if c not in (a, b)):
            part = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
            part = min(max(part, 0), 1)
            assert ((ax + part * (bx - ax) - x) ** 2 + (ay + part * (by - ay) - y) ** 2) ** 0.5 > 0.05


def test_captions_say_what_was_done_in_both_languages(study):
    made = graph(study.nodes, study.edges, unit="run3")

    def caption(lang):
        return network_caption(made, lang, contexts=18, documents=6, unit="run3", labels=study.labels(lang))

    written = caption_file(caption).decode()
    assert (
        "lift > 1" in written
        and "基于规则的演绎式编码" in written
        and "rule-based deductive coding" in written
    )
    assert "没有过" in written and "Never" in written  # the code without a line is named
    assert "扎根" not in written and "mentions, not importance" in written
    assert "随机种子 7" in timeline_caption("zh", codes=["避责逻辑"], seed=7)


def test_every_phrase_of_figures_and_pages_is_in_chinese(root):
    """Each literal given to say() in the output layer, and each in the tables of phrases, has its Chinese."""
    import ast

    from qualcode.languages import zh_pages, zh_report, zh_time
    from qualcode.output import analysed, captions, network_html, report_checklist, report_coding, report_data
    from qualcode.output.analysed import cells, relations
    from qualcode.output.words import KIND_NAMES

    catalogue = {**zh_time.CATALOGUE, **zh_report.CATALOGUE, **zh_pages.CATALOGUE}
    said = {*KIND_NAMES.values(), *captions.CODED.values(), *network_html.SAID.values()}
    said |= set(report_coding.REASONS.values()) | set(analysed.TITLES.values()) | set(cells.NOTES)
    said |= set(relations.RULES.values()) | {*report_data.SAID.values(), *report_data.BASES.values()}
    said |= {text for title, items in report_checklist.ITEMS for text in (title, *items)}
    for told in analysed.known.values():
        for shown in told.tables:
            said |= {shown.title, *(put.head for put in shown.columns)}
    for path in sorted((root / "qualcode" / "output").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "say"
                and isinstance(node.args[0], ast.Constant)
                and node.args[0].value
            ):
                said.add(node.args[0].value)
    assert said - set(catalogue) == set()
    for english, chinese in catalogue.items():
        assert set(re.findall(r"\{(\w+)\}", english)) == set(re.findall(r"\{(\w+)\}", chinese)), english


def test_a_note_stands_below_and_nothing_else_gets_smaller():
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from qualcode.output.figures import NOTE, rendered

    figure = Figure(figsize=(4, 3))
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.1, 0.2, 0.8, 0.7))
    axes.plot([0, 1], [0, 1], label="a")
    legend = figure.legend(loc="lower center", bbox_to_anchor=(0.5, 0.0))
    above = figure.text(0.5, 0.1, "x")
    figure.canvas.draw()
    before = [one.get_window_extent().frozen() for one in (axes, legend, above)]
    assert set(rendered(figure, ["png"], "Basis: rules")) == {"png"}
    figure.canvas.draw()
    after = [one.get_window_extent() for one in (axes, legend, above)]
    for one, other in zip(before, after, strict=True):
        assert (other.width, other.height) == pytest.approx((one.width, one.height))
        assert other.y0 - one.y0 == pytest.approx(NOTE * figure.dpi)
    note = figure.texts[-1]
    assert note.get_text() == "Basis: rules"
    assert note.get_window_extent().y1 <= min(box.y0 for box in after)


def test_the_note_says_in_words_whose_codings_are_drawn():
    from qualcode.analysis.basis import Rest
    from qualcode.output.captions import basis_note

    assert basis_note(Rest(10), "current", "en").startswith("Basis: rule-based deductive coding, not yet")
    assert "decided on 3 of the 10" in basis_note(Rest(10, 3), "current", "en")
    assert "people decided is left out" in basis_note(Rest(10), "machine", "en")
