"""The review page in Chromium, worked by keyboard alone: what is pressed is what is written."""

import json
import re

import pytest

from qualcode.review.journal import Journal, read_folder
from qualcode.review.records import is_open

from .conftest import decisions, write_study

pytestmark = pytest.mark.browser


def expect(locator):
    from playwright.sync_api import expect

    return expect(locator)


def outcome(page, text):
    expect(page.locator("#outcome")).to_contain_text(text)


def close(page):
    """Close what is open."""
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)


def said(study):
    return [(one.action, one.code, one.to) for one in decisions(study)]


def test_several_codings_are_reviewed_from_the_keyboard(serving, window, study):
    page = window(serving(lang="en"))
    expect(page.locator("#here")).to_have_text("答：说实话大家都怕担责，谁也不敢先签字。")
    expect(page.locator("#here mark.own")).to_have_text("担责")
    expect(page.locator("#context")).to_contain_text("问：数据共享推进得怎么样？")
    expect(page.locator("#current")).to_contain_text("数据局访谈 · I03 · interview · 2019-06-25")
    expect(page.locator("#code")).to_contain_text("Says that blame is feared")
    expect(page.locator("#evidence")).to_contain_text("fear found “担责”")
    expect(page.locator("#evidence")).to_contain_text("codebook.yaml:")
    page.keyboard.press("a")
    outcome(page, "Accepted: Fear of blame")
    outcome(page, "Next: Refusal")
    page.keyboard.press("r")
    outcome(page, "Rejected: Refusal")
    page.keyboard.press("j")
    expect(page.locator("#here")).to_contain_text("追责的办法")
    page.keyboard.press("c")
    page.keyboard.type("DEL")
    expect(page.locator("#chooser-list li")).to_have_count(2)  # Delay, and a code of one's own
    page.keyboard.press("Enter")
    outcome(page, "Recoded: Fear of blame to Delay")
    assert said(study) == [
        ("accept", "avoidance.fear", ""),
        ("reject", "refuse", ""),
        ("recode", "avoidance.fear", "avoidance.delay"),
    ]
    expect(page.locator("#progress-text")).to_have_text("4 of 7 decided")  # the recode gave one more


def test_undo_and_redo_are_lines_of_the_journal_and_lead_to_the_segment(serving, window, study):
    page = window(serving())
    page.keyboard.press("a")
    outcome(page, "Accepted")
    page.keyboard.press("r")
    outcome(page, "Rejected")
    page.keyboard.press("u")
    outcome(page, "Taken back: rejected Refusal")
    expect(page.locator("#here")).to_contain_text("不给别的部门")
    page.keyboard.press("Control+z")
    outcome(page, "Taken back: accepted Fear of blame")
    expect(page.locator("#here")).to_contain_text("都怕担责")
    page.keyboard.press("u")
    outcome(page, "There is nothing to take back.")
    page.keyboard.press("Shift+U")
    outcome(page, "Given back: accepted Fear of blame")
    page.keyboard.press("Control+y")
    outcome(page, "Given back: rejected Refusal")
    page.keyboard.press("Control+y")
    outcome(page, "There is nothing to give back.")
    assert [one.action for one in decisions(study)] == ["accept", "reject", "undo", "undo", "undo", "undo"]
    expect(page.locator("#progress-text")).to_have_text("2 of 6 decided")


def test_a_code_of_ones_own_is_added_and_known_from_then_on(serving, window, study):
    page = window(serving(lang="zh"))
    page.keyboard.press("d")
    page.keyboard.type("open：厂商锁定")
    expect(page.locator("#chooser-list")).to_contain_text("自己新拟的编码：open:厂商锁定")
    page.keyboard.press("Enter")
    outcome(page, "已增加")
    assert said(study) == [("add", "open:厂商锁定", "")]
    expect(page.locator("#here")).to_contain_text("都怕担责")  # adding stays
    expect(page.locator("#coding-list")).to_contain_text("厂商锁定")
    page.keyboard.press("j")
    expect(page.locator("#here")).to_contain_text("不给别的部门")
    page.keyboard.press("d")
    page.keyboard.type("锁定")
    expect(page.locator("#chooser-list li").first).to_contain_text("open:厂商锁定")
    page.keyboard.press("Enter")
    expect(page.locator("#coding-list")).to_contain_text("厂商锁定")
    assert said(study) == [("add", "open:厂商锁定", "")] * 2
    assert is_open(decisions(study)[0].code)
    expect(page.locator("#f-code")).to_contain_text("open:厂商锁定")


COMPOSING = """(node, key) => node.dispatchEvent(
    new KeyboardEvent("keydown", { key, isComposing: true, bubbles: true }))"""


def test_enter_that_ends_an_input_method_chooses_no_code(serving, window, study):
    page = window(serving())
    page.keyboard.press("d")
    page.locator("#chooser-find").fill("拒")
    page.locator("#chooser-find").evaluate(COMPOSING, "Enter")
    page.wait_for_timeout(150)
    assert said(study) == []
    close(page)
    page.locator("body").evaluate(COMPOSING, "a")
    page.wait_for_timeout(150)
    assert said(study) == []


def test_memos_on_all_that_can_have_one(serving, window, study):
    page = window(serving())
    for at, (kind, text) in enumerate(
        [("coding", "典型"), ("segment", "语气很重\n第二行"), ("document", "录音不清"), ("code", "定义要改")]
    ):
        page.keyboard.press("m")
        if at:
            page.keyboard.press("Shift+Tab")
        for _ in range(at):
            page.keyboard.press("ArrowDown")
        expect(page.locator(f"[name=memo-on][value={kind}]")).to_be_checked()
        if at:
            page.keyboard.press("Tab")
        page.keyboard.insert_text(text)
        page.keyboard.press("Control+Enter")
        outcome(page, "Memo written")
        expect(page.locator("#memo-list li")).to_have_count(at + 1)
    made = decisions(study)
    assert [(one.action, bool(one.anchor), one.document, one.code, one.memo) for one in made] == [
        ("memo", True, "I03", "avoidance.fear", "典型"),
        ("memo", True, "I03", "", "语气很重\n第二行"),
        ("memo", False, "I03", "", "录音不清"),
        ("memo", False, "", "avoidance.fear", "定义要改"),
    ]
    page.locator("#memo-list button").first.click()
    expect(page.locator("#memo-list li")).to_have_count(3)
    assert decisions(study)[-1].undoes == made[0].id


ROWS = """() => [...document.querySelectorAll("#list button")].map((row) => [...row.childNodes]
    .filter((node) => !(node.className || "").match(/sign|words/))
    .map((node) => node.textContent).join(""))"""


def listed(page, rows):
    """Wait until the list shows these rows: names and places, without their signs and words."""
    for _ in range(100):
        if page.evaluate(ROWS) == rows:
            return
        page.wait_for_timeout(50)
    assert page.evaluate(ROWS) == rows


FEAR, REFUSE, AGREE = "Fear of blame I03:2", "Refusal I03:3", "Agreement I03:5"
LATER, DELAY, STREET = "Fear of blame I03:7", "Delay I03:8", "Refusal I04:2"
BLIND = ["I03:2", "I03:3", "I03:5", "I03:7", "I03:8", "I03:9", "I04:2", "I04:3"]
ALL = [FEAR, REFUSE, AGREE, LATER, DELAY, STREET]


def test_filters_filter(serving, window):
    page = window(serving())
    listed(page, ALL)
    page.locator("#f-code").select_option("avoidance")
    listed(page, [FEAR, LATER, DELAY])
    page.locator("#f-below").uncheck()
    listed(page, [])
    expect(page.locator("#current")).to_have_text("No entry passes this filter.")
    page.locator("#f-below").check()
    page.locator("#f-rule").select_option("wait")
    listed(page, [DELAY])
    page.locator("#filters button[type=reset]").click()
    listed(page, ALL)
    page.locator("#f-document").select_option("I04")
    listed(page, [STREET])
    page.locator("#filters button[type=reset]").click()
    listed(page, ALL)
    page.keyboard.press("/")
    page.keyboard.type("追责")
    listed(page, [LATER])
    page.keyboard.press("Enter")
    expect(page.locator("#current")).to_be_focused()
    page.keyboard.press("a")
    outcome(page, "Nothing is left here.")
    expect(page.locator("#empty")).to_contain_text("1 of 1")
    page.locator("#f-status").select_option("accepted")
    listed(page, ["Fear of blame (accepted) I03:7"])
    page.locator("#f-search").fill("")
    page.locator("#f-status").select_option("undecided")
    listed(page, [one for one in ALL if one != LATER])
    page.locator("#f-show").select_option("uncoded")
    listed(page, ["no code I03:9", "no code I04:3"])
    page.locator("#f-refused").check()
    listed(page, ["no code I03:9"])
    expect(page.locator("#evidence")).to_contain_text("it shares words with the excepted phrase “不给力”")
    expect(page.locator("#here mark.refused")).to_have_text("不给")


def test_an_uncoded_segment_is_looked_through_with_one_key(serving, window, study):
    page = window(serving())
    page.locator("#f-show").select_option("uncoded")
    expect(page.locator("#do-accept")).to_contain_text("No code belongs here")
    page.locator("#current").focus()
    page.keyboard.press("a")
    outcome(page, "Looked through")
    assert said(study) == [("accept", "", "")]
    page.locator("#f-status").select_option("looked")
    listed(page, ["no code (looked through, no code) I03:9"])


def test_blind_nothing_of_the_machine_is_shown_and_all_is_coded_afresh(serving, window, study):
    Journal(study / "decisions", "乙").append("memo", code="refuse", memo="乙的看法")
    running = serving(blind=True)
    page = window(running)
    listed(page, [f"no code {place}" for place in BLIND])
    expect(page.locator("#here mark")).to_have_count(0)
    expect(page.locator("#evidence")).to_have_text("Coded blind: what rules found is not shown.")
    for name in ("#do-reject", "#do-recode", "#f-show", "#f-rule"):
        expect(page.locator(name)).to_be_hidden()
    page.keyboard.press("d")
    page.keyboard.type("fear")
    page.keyboard.press("Enter")
    outcome(page, "Added: Fear of blame")
    page.keyboard.press("a")
    outcome(page, "Looked through")
    page.keyboard.press("a")
    expect(page.locator("#progress-text")).to_have_text("2 of 8 decided")
    made = [one for one in decisions(study) if one.coder == "甲"]
    assert [(one.action, one.code, one.blind) for one in made] == [
        ("add", "avoidance.fear", True),
        ("accept", "", True),
        ("accept", "", True),
    ]
    answers = json.dumps(
        [running.call(name, here={"segment": "I03:2"})[1] for name in ("desk", "entry", "list", "history")]
    )
    for word in ("matches", "乙的看法", "unreviewed", '"wait"', '"machine": true'):
        assert word not in answers.encode().decode("unicode_escape", "ignore") and word not in answers


def test_documents_kept_for_testing_stay_out(serving, window):
    page = window(serving())
    listed(page, ALL)
    expect(page.locator("#f-document")).not_to_contain_text("I09")
    page.goto("about:blank")
    opened = window(serving(open_test=True))
    listed(opened, [*ALL, "Fear of blame I09:2"])


def test_a_stale_tab_is_told_and_not_obeyed(serving, window, study):
    running = serving()
    first = window(running)
    second = window(running, again=True)
    expect(second.locator("#here")).to_contain_text("都怕担责")
    first.keyboard.press("r")
    outcome(first, "Rejected")
    second.keyboard.press("a")
    alert = second.get_by_role("alert").first
    expect(alert).to_contain_text(
        "Not saved: you, in another window, decided meanwhile (rejected Fear of blame)"
    )
    expect(second.locator("#coding-list")).to_contain_text("甲: rejected Fear of blame")
    expect(second.locator("#here")).to_contain_text("都怕担责")  # it did not move on
    assert said(study) == [("reject", "avoidance.fear", "")]
    second.keyboard.press("Escape")
    second.keyboard.press("a")  # seen, and still wanted
    outcome(second, "Accepted")
    assert said(study) == [("reject", "avoidance.fear", ""), ("accept", "avoidance.fear", "")]
    expect(alert).to_be_hidden()
    first.keyboard.press("u")  # what this tab would take back is not the latest any more
    expect(first.get_by_role("alert").first).to_contain_text("Not taken back")
    assert len(said(study)) == 2
    # Chromium speaks of every refused request in its console; that is not a fault of the page.
    window.said[:] = [line for line in window.said if "409" not in line]


def test_what_another_coder_decides_meanwhile_is_told_and_shown(serving, window, study):
    page, theirs = window(serving()), serving("乙")
    status, _ = theirs.call("decide", action="reject", segment="I03:2", code="avoidance.fear", seen="-")
    assert status == 200
    page.keyboard.press("a")
    expect(page.get_by_role("alert").first).to_contain_text("乙 decided meanwhile (rejected Fear of blame)")
    page.keyboard.press("a")
    outcome(page, "Accepted")
    page.locator("#f-status").select_option("conflict")
    listed(page, ["Fear of blame (coders disagree) I03:2"])
    page.locator("#current").focus()
    expect(page.locator("#coding-list")).to_contain_text("乙: rejected Fear of blame")
    page.keyboard.press("s")
    expect(page.locator("#settle")).to_be_checked()
    page.keyboard.press("a")
    outcome(page, "Accepted")
    assert decisions(study)[-1].settles
    assert {one.coder for one in decisions(study)} == {"甲", "乙"}
    assert len(list((study / "decisions").glob("*.jsonl"))) == 2
    window.said[:] = [line for line in window.said if "409" not in line]


def test_a_failed_save_is_shown_and_keeps_what_was_typed(serving, window, study, monkeypatch):
    running = serving()
    page = window(running)
    broken = [True]
    write = Journal._write

    def full(self, line):
        if broken[0]:
            raise OSError(28, "No space left on device")
        write(self, line)

    monkeypatch.setattr(Journal, "_write", full)
    page.keyboard.press("a")
    alert = page.locator("#alert")
    expect(alert).to_contain_text("Not saved: the decision could not be written: No space left on device")
    expect(page.locator("#here")).to_contain_text("都怕担责")
    expect(page.locator("#progress-text")).to_have_text("0 of 6 decided")
    page.keyboard.press("m")
    page.keyboard.insert_text("一段很长的备注")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#memo-wrong")).to_contain_text("Not saved")
    expect(page.locator("#memo-text")).to_have_value("一段很长的备注")
    assert said(study) == []
    broken[0] = False
    page.keyboard.press("Control+Enter")
    outcome(page, "Memo written")
    assert said(study) == [("memo", "avoidance.fear", "")]
    broken[0] = True
    page.keyboard.press("a")
    expect(alert).to_be_visible()
    broken[0] = False
    page.locator("#retry").click()
    outcome(page, "Accepted: Fear of blame")
    expect(alert).to_be_hidden()
    assert said(study)[1:] == [("accept", "avoidance.fear", "")]
    window.said[:] = [line for line in window.said if "503" not in line]


def test_when_the_program_is_gone_the_page_says_so(serving, window, study):
    running = serving()
    page = window(running)
    page.keyboard.press("m")
    page.keyboard.insert_text("还没写完")
    running.stop()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#memo-wrong")).to_contain_text("The program does not answer")
    expect(page.locator("#memo-text")).to_have_value("还没写完")
    assert not (study / "decisions").exists() or said(study) == []
    window.said[:] = [line for line in window.said if "ERR_CONNECTION" not in line]


def test_the_page_speaks_chinese_and_english(serving, window):
    page = window(serving(lang="zh"))
    expect(page.locator("html")).to_have_attribute("lang", "zh")
    expect(page.locator("#do-accept")).to_contain_text("接受")
    expect(page.locator("#list")).to_contain_text("怕担责 I03:2")
    page.keyboard.press("a")
    outcome(page, "已接受：怕担责")
    english = re.compile(r"\b(the|and|of|is|to|accept|reject|code|filter|undo)\b", re.IGNORECASE)
    assert not english.search(page.locator("main").inner_text().replace("codebook.yaml", ""))
    page.locator("#tongue").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#do-accept")).to_contain_text("Accept")
    expect(page.locator("#here")).to_contain_text("不给别的部门")  # the same entry
    page.reload()
    expect(page.locator("#do-accept")).to_contain_text("Accept")  # the tab remembers
    expect(page.locator("#here")).to_contain_text("不给别的部门")


def test_a_latin_speaker_takes_a_latin_colon(serving, window, tmp_path):
    talk = {"I01": ("---\nkind: interview\n---\n", "Interviewer: Why?\nRespondent: 都怕担责。\n")}
    page = window(serving(folder=write_study(tmp_path / "latin", talk)))
    expect(page.locator("#here")).to_have_text("Respondent:都怕担责。")
    expect(page.locator("#context")).to_contain_text("Interviewer:Why?")


HOSTILE = {
    "I01": (
        "---\nkind: interview\ntitle: '<img src=x onerror=alert(1)>'\n---\n",
        "问：好吗<script>alert(2)</script>？\n"
        "答：都怕担责<img src=x onerror=alert(3)>\"'&lt;&#x27; </script><script>alert(4)</script>。"
        "后\u202e面\u0007的追责\u001b[31m话\u2066。\n",
    )
}


def test_hostile_words_are_only_words(serving, window, tmp_path, chromium):
    book = (
        "qualcode: 1\nid: x\ntitle: {zh: x}\nlanguages: [zh]\ncodes:\n"
        "  - {id: fear, name: {zh: '<b>怕</b><script>alert(5)</script>'}, "
        "definition: '<i onclick=alert(6)>', rules: [{terms: [担责, 追责]}]}\n"
    )
    folder = write_study(tmp_path / "hostile", HOSTILE, book)
    page = window(serving(folder=folder, lang="zh"))
    expect(page.locator("#here")).to_contain_text("<img src=x onerror=alert(3)>")
    page.keyboard.press("d")
    page.keyboard.type("<script>alert(7)</script>")
    close(page)
    page.keyboard.press("m")
    page.keyboard.insert_text("</textarea><script>alert(8)</script>\u0007\u202e\u001b[31m")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#memo-list")).to_contain_text("<script>alert(8)</script>U+0007U+202EU+001B[31m")
    page.keyboard.press("d")
    page.keyboard.insert_text("open:<img/src=x>")
    close(page)
    page.keyboard.press("d")
    page.keyboard.insert_text("<u>&amp")
    page.keyboard.press("Enter")
    expect(page.locator("#coding-list")).to_contain_text("<u>&amp")
    page.keyboard.press("a")
    expect(page.locator("#here")).to_contain_text("U+202E")
    page.locator("#open-history").click()
    expect(page.locator("#past")).to_be_visible()
    close(page)
    page.wait_for_timeout(300)
    assert window.dialogs == []
    assert page.locator("main img, main script, main i, main u, main b, footer img").count() == 0
    assert "\u202e" not in page.locator("body").inner_text()


def test_the_keys_are_listed_and_can_be_switched_off(serving, window, study):
    page = window(serving())
    page.keyboard.press("?")
    expect(page.locator("#help")).to_be_visible()
    for key in ("A", "R", "C", "D", "M", "U", "J", "K", "N", "X", "/", "?"):
        expect(page.locator("#help-rows kbd").get_by_text(key, exact=True)).to_have_count(1)
    page.keyboard.press("a")  # while something is open no key decides
    page.locator("#single").uncheck()
    close(page)
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert said(study) == []
    page.locator("#do-accept").focus()
    page.keyboard.press("Enter")
    outcome(page, "Accepted")


def test_a_key_right_behind_a_closed_dialog_is_not_lost(serving, window, study):
    page = window(serving())
    page.keyboard.press("d")
    close(page)
    # Until the next frame the browser has the focus in the field that is gone.
    page.locator("#chooser-find").evaluate(
        """(node) => node.dispatchEvent(new KeyboardEvent("keydown", { key: "a", bubbles: true }))"""
    )
    outcome(page, "Accepted")


def test_a_key_held_down_decides_once(serving, window, study):
    page = window(serving())
    page.keyboard.down("a")
    for _ in range(5):
        page.keyboard.down("a")
    page.keyboard.up("a")
    outcome(page, "Accepted")
    assert len(said(study)) == 1


def test_the_latest_decisions_are_listed_and_any_can_be_taken_back(serving, window, study):
    page = window(serving())
    page.keyboard.press("a")
    outcome(page, "Accepted")
    page.keyboard.press("r")
    outcome(page, "Rejected")
    page.locator("#open-history").click()
    expect(page.locator("#past-list li")).to_have_count(2)
    page.locator("#past-list li").last.get_by_role("button", name="Take back").click()
    outcome(page, "Taken back")
    expect(page.locator("#here")).to_contain_text("都怕担责")
    assert decisions(study)[-1].undoes == decisions(study)[0].id


def test_finish_ends_the_program(serving, window):
    running = serving()
    page = window(running)
    page.locator("#finish").click()
    expect(page.locator("#current")).to_have_text("Finished. Everything is saved; this window can be closed.")
    running.thread.join(10)
    assert not running.thread.is_alive() and running.rested is False


def test_words_changed_since_a_decision_are_shown_to_be_looked_at_again(serving, window, study):
    one = serving()
    one.call("decide", action="accept", segment="I03:2", code="avoidance.fear", seen="-")
    one.stop()
    path = study / "corpus" / "I03.txt"
    path.write_text(path.read_text("utf-8").replace("都怕担责", "都很怕被担责"), "utf-8")
    page = window(serving())
    page.locator("#f-status").select_option("review_again")
    listed(page, ["Fear of blame (text changed, look again) I03:2"])
    expect(page.locator("#again")).to_contain_text(
        "甲 then said: accepted Fear of blame, about “说实话大家都怕担责"
    )
    page.locator("#current").focus()
    page.keyboard.press("a")
    outcome(page, "Accepted")
    assert read_folder(study / "decisions")[0][-1].anchor.quote.startswith("说实话大家都很怕被担责")
    page.locator("#f-status").select_option("accepted")
    listed(page, ["Fear of blame (accepted) I03:2"])


def test_the_list_and_the_context_are_reached_by_keys(serving, window):
    page = window(serving())
    listed(page, ALL)
    before = page.locator("#context p").count()
    page.keyboard.press("x")
    expect(page.locator("#context p")).not_to_have_count(before)
    expect(page.locator("#more")).to_be_hidden()  # the whole interview is there
    page.wait_for_load_state("networkidle")
    page.keyboard.press("l")
    expect(page.locator("#list button[aria-current]")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#here")).to_contain_text("对。")
    expect(page.locator("#current")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#here")).to_contain_text("不给别的部门")
    page.keyboard.press("f")
    expect(page.locator("#f-show")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    page.keyboard.press("k")
    outcome(page, "From the end.")
    expect(page.locator("#here")).to_contain_text("上面不给数据")
    page.keyboard.press("j")
    outcome(page, "From the beginning again.")


def test_the_page_can_be_tabbed_through_from_the_skip_link_on(serving, window):
    page = window(serving())
    listed(page, ALL)
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    order = []
    for _ in range(7):
        order.append(page.evaluate("() => document.activeElement.id"))
        page.keyboard.press("Tab")
    assert order == ["more", "do-accept", "do-reject", "do-recode", "do-add", "do-memo", "do-back"]
