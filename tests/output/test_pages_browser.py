"""The pages in a real browser: edges can be clicked, filters filter, nothing leaves the file."""

import os
import shutil

import pytest

from qualcode.output.network_html import network_html
from qualcode.output.report_blocks import Findings
from qualcode.output.report_html import report_html

from .coded_study import EVENTS, PHASES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium; set CHROMIUM to its path")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium, tmp_path):
    """Opens a page from a file and records what it says and asks for."""
    context = chromium.new_context(viewport={"width": 1300, "height": 900})
    said, asked, dialogs = [], [], []

    def show(content: bytes):
        path = tmp_path / "page.html"
        path.write_bytes(content)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto(path.as_uri())
        return page

    yield show
    context.close()
    assert not dialogs and not said
    assert all(url.startswith(("file://", "data:")) for url in asked) and len(asked) >= 1


@pytest.fixture
def network(opened, study):
    return opened(
        network_html(*study.tables, study.codebook, study.nodes, study.edges, lang="zh", unit="run3")
    )


def table_of(page):
    return [row.inner_text().split("\t") for row in page.locator("#edges tbody tr").all()]


def test_a_click_on_an_edge_shows_the_segments_behind_it(network):
    at = network.evaluate(
        """() => { const cy = document.getElementById("graph")._cyreg.cy;
             const edge = cy.edges().max((e) => e.data("edge").n).ele;
             const box = document.getElementById("graph").getBoundingClientRect();
             const middle = edge.renderedMidpoint();
             return [box.x + middle.x, box.y + middle.y, edge.data("edge").n]; }"""
    )
    network.mouse.click(at[0], at[1])
    quotes = network.locator("#quotes blockquote")
    quotes.first.wait_for()
    assert "共现的语段" in network.locator("#behind-head").inner_text()
    assert network.locator("#quotes mark").count() >= 2 and "D0·处长·00:12:31" in quotes.first.inner_text()
    assert network.locator("tr.chosen").count() == 1


def test_the_table_works_from_the_keyboard(network):
    network.locator("#edges tbody button").first.focus()
    network.keyboard.press("Enter")
    assert network.locator("#quotes blockquote").count() > 0
    assert network.evaluate("document.activeElement.id") == "behind-head"
    network.locator('#edges thead button[data-column="pair"]').focus()
    network.keyboard.press("Enter")
    assert network.locator('th[aria-sort="ascending"]').inner_text().startswith("编码对")


def test_hostile_words_are_shown_as_words(network):
    network.locator("#strong").uncheck()
    network.locator("#edges tbody button", has_text="法律 <b>&").first.click()
    assert "onerror=alert(1)>" in network.locator("#quotes").inner_text()
    assert network.locator("#quotes img, #edges b").count() == 0


def test_filters_filter_the_table_and_the_picture(network):
    network.locator("#strong").uncheck()
    whole = table_of(network)
    count = "document.getElementById('graph')._cyreg.cy.edges().length"
    assert len(whole) == network.evaluate(count) >= 3
    network.locator('[data-facet="barrier"]').uncheck()
    assert all("法律" not in row[0] for row in table_of(network)) and len(table_of(network)) < len(whole)
    network.locator('[data-facet="barrier"]').check()
    network.locator("#source").select_option("written")
    assert [int(row[1]) for row in table_of(network)] != [int(row[1]) for row in whole]
    network.locator("#source").select_option("all")
    network.locator("#least").fill("9999")
    assert table_of(network) == [] and network.evaluate(count) == 0
    assert "没有符合筛选条件的连线" in network.locator("#count").inner_text()
    network.locator("#least").fill("1")
    network.locator("#unit").select_option("segment")
    assert len(table_of(network)) == network.evaluate(count)


def test_the_page_speaks_both_languages(network):
    network.locator("#tongue").click()
    assert network.locator("#edges-head").inner_text() == "Edges"
    assert network.locator("html").get_attribute("lang") == "en"
    assert any("Avoidance" in row[0] for row in table_of(network))


def test_more_edges_than_are_legible_are_hidden_and_told(opened, study):
    page = opened(
        network_html(*study.tables, study.codebook, study.nodes, study.edges, lang="en", unit="run3", shown=1)
    )
    page.locator("#strong").uncheck()
    assert len(table_of(page)) == 1 and "are not shown" in page.locator("#count").inner_text()
    page.locator("#count button").click()
    assert len(table_of(page)) > 1


def test_a_report_opens_without_a_word_and_fits_the_window(opened, study):
    findings = Findings(
        *(study.codebook, *study.tables, study.matches, study.nodes, study.edges, study.timeline),
        *(EVENTS, PHASES),
        figure_unit="run3",
    )
    page = opened(report_html(findings, "zh"))
    assert page.locator("h2").count() >= 6
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("summary").first.click()
    assert page.locator("details[open] blockquote").count() > 0
