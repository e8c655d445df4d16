"""axe-core finds no barrier on the page: in any state, both languages, light and dark, wide and narrow."""

from importlib.resources import files

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe():
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def barriers(page, axe):
    """What axe has to complain about, any weight; the page's policy forbids other ways to bring axe in."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": axe})
    found = page.evaluate(
        "() => axe.run(document, { resultTypes: ['violations'] })"
        ".then((r) => r.violations.map((v) => [v.impact, v.id, v.nodes.map((n) => n.html).join(' ')]))"
    )
    session.detach()
    return found


def everywhere(page, axe):
    found = []

    def look(where):
        found.extend((where, *one) for one in barriers(page, axe))

    page.locator("#here mark").first.wait_for()
    look("entry")
    page.keyboard.press("a")
    page.locator("#outcome:not(:empty)").wait_for()
    look("outcome")
    for key, name in (("d", "chooser"), ("m", "memo"), ("?", "help")):
        page.keyboard.press(key)
        page.locator(f"#{name}[open]").wait_for()
        look(name)
        page.keyboard.press("Escape")
        page.locator(f"#{name}[open]").wait_for(state="hidden")
    page.locator("#open-history").click()
    page.locator("#past[open]").wait_for()
    look("history")
    page.keyboard.press("Escape")
    page.locator("#past[open]").wait_for(state="hidden")
    page.locator("#f-show").select_option("uncoded")
    page.locator("#here mark.refused").wait_for()
    look("uncoded")
    page.locator("#f-search").fill("没有这样的话")
    page.locator("#empty").wait_for()
    look("empty")
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_there_is_no_barrier_in_any_state(serving, window, axe, lang, scheme):
    page = window(serving(lang=lang))
    page.emulate_media(color_scheme=scheme)
    assert everywhere(page, axe) == []


@pytest.mark.parametrize("width", [1000, 420])
def test_there_is_no_barrier_in_a_narrow_window_and_nothing_is_cut_off(serving, window, axe, width):
    page = window(serving(lang="zh"))
    page.set_viewport_size({"width": width, "height": 900})
    assert barriers(page, axe) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_a_stale_tab_a_conflict_and_a_memo_have_no_barrier(serving, window, axe):
    page, theirs = window(serving()), serving("乙")
    theirs.call("decide", action="reject", segment="I03:2", code="avoidance.fear", seen="-", memo="我看不是")
    page.keyboard.press("a")
    page.locator("#alert:not([hidden])").wait_for()
    found = barriers(page, axe)
    page.keyboard.press("a")
    page.locator("#outcome:not(:empty)").wait_for()
    page.locator("#f-status").select_option("conflict")
    page.locator("#settle-line:not([hidden])").wait_for()
    assert found + barriers(page, axe) == []
    window.said[:] = [line for line in window.said if "409" not in line]


def test_blind_work_has_no_barrier(serving, window, axe):
    assert barriers(window(serving(blind=True)), axe) == []


def test_a_barrier_would_be_found(serving, window, axe):
    page = window(serving())
    page.evaluate("() => document.querySelector('main').append(document.createElement('input'))")
    assert any(name == "label" for _, name, _ in barriers(page, axe))
