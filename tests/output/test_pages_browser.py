"""The pages in a real browser: edges can be clicked, filters filter, nothing leaves the file."""

import pytest

from qualcode.output.network_html import network_html
from qualcode.output.report_blocks import Findings
from qualcode.output.report_html import report_html

from .coded_study import EVENTS, PHASES, findings_of

pytestmark = pytest.mark.browser


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


@pytest.fixture(params=["zh", "en"])
def report(request, opened, study):
    return opened(report_html(findings_of(study, version="0.1.0"), request.param))


def test_a_number_shows_its_quotes_and_takes_them_away_again(report):
    button = report.locator("td[data-behind] button").first
    button.focus()
    report.keyboard.press("Enter")
    row = report.locator("tr.quoted")
    assert button.get_attribute("aria-expanded") == "true" and row.locator("blockquote").count() >= 1
    assert report.evaluate("document.activeElement.tagName") == "H3"
    assert row.locator("mark").count() >= 1 and row.locator("cite").first.inner_text()
    report.keyboard.press("Escape")
    assert report.locator("tr.quoted").count() == 0 and button.get_attribute("aria-expanded") == "false"
    assert report.evaluate("document.activeElement.className") == "behind"
    button.click()
    button.click()
    assert report.locator("tr.quoted").count() == 0


def test_hostile_quotes_of_a_report_are_words(report):
    for button in report.locator("td[data-behind] button").all():
        button.click()
        if "onerror=alert(1)>" in report.locator("tr.quoted").first.inner_text():
            break
    else:
        pytest.fail("the hostile sentence is behind no number")
    assert report.locator("tr.quoted img").count() == 0


def rows_in(page, widget):
    return page.locator(f"#widget-{widget} tbody tr").count()


def test_the_network_of_a_report_filters_and_leads_to_quotes(report):
    inside = report.locator("#widget-network")
    for box in inside.locator(".filters > label input[type=checkbox]").all():  # all that meets twice
        box.uncheck()
    whole = rows_in(report, "network")
    assert whole >= 2 and inside.locator("line.edge").count() == whole
    inside.locator('[data-facet="barrier"]').uncheck()
    assert rows_in(report, "network") < whole
    inside.locator('[data-facet="barrier"]').check()
    inside.locator("input[type=number]").fill("9999")
    assert rows_in(report, "network") == 0 and inside.locator('[role="status"]').inner_text()
    inside.locator("input[type=number]").fill("2")
    inside.locator("tbody button").first.focus()
    report.keyboard.press("Enter")
    assert inside.locator(".quotes blockquote mark").count() >= 2
    report.keyboard.press("Escape")
    assert inside.locator(".quotes blockquote").count() == 0
    line = inside.locator("line.hit").last
    line.scroll_into_view_if_needed()
    at = line.evaluate(
        """(one) => { const m = one.getScreenCTM(), x = (one.x1.baseVal.value * 3 + one.x2.baseVal.value) / 4,
             y = (one.y1.baseVal.value * 3 + one.y2.baseVal.value) / 4;
             return [m.a * x + m.e, m.d * y + m.f]; }"""
    )
    report.mouse.click(at[0], at[1])
    assert inside.locator(".quotes blockquote").count() >= 1 and inside.locator("line.chosen").count() == 1


def test_the_timeline_of_a_report_can_be_chosen_from_and_clicked(report):
    inside = report.locator("#widget-timeline")
    before = rows_in(report, "timeline")
    assert before >= 2 and inside.locator(".point").count() >= before
    inside.locator("fieldset input:checked").first.uncheck()
    assert rows_in(report, "timeline") < before
    select = inside.locator("select").first
    values = select.evaluate("(one) => [...one.options].map((option) => option.value)")
    select.select_option(next(value for value in values if value.startswith("document|")))
    assert rows_in(report, "timeline") >= 1
    inside.locator("svg.drawn .point.open").first.click()
    assert inside.locator(".quotes blockquote mark").count() >= 1
    report.keyboard.press("Escape")
    inside.locator("tbody button").first.click()
    assert inside.locator(".quotes blockquote").count() >= 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_report(report, scheme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    report.emulate_media(color_scheme=scheme)
    report.locator("td[data-behind] button").first.click()
    report.locator("#widget-network tbody button").first.click()
    found = axe.Axe().run(report)
    assert found.violations_count == 0, found.generate_report()


def test_a_report_fits_a_narrow_window(report):
    report.set_viewport_size({"width": 420, "height": 800})
    assert report.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_printed_report_has_no_buttons_to_press(report):
    report.emulate_media(media="print")
    assert not report.locator("#widget-network").is_visible() and not report.locator("nav").is_visible()
    assert report.locator("#glance table").is_visible()
