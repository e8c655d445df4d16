"""The program is killed while somebody decides: nothing that was confirmed is lost, and the work goes on."""

import random
import sys
import threading

import pytest

from qualcode.review.journal import read_folder

from .conftest import write_study
from .kills import TALKS, Program, kill_often

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no fork and no SIGKILL there")


def test_nothing_confirmed_is_lost_by_forty_kills():
    tally = kill_often(40, seed=7, fork=True)
    assert (tally.kills, tally.lost, tally.damaged) == (40, [], [])
    assert len(tally.confirmed) >= 20  # somebody was at work; how fast hangs on what else the machine does


def test_one_kill_of_the_program_itself():
    tally = kill_often(2, seed=3, fork=False, longest=0.4)
    assert (tally.kills, tally.lost, tally.damaged) == (2, [], [])


@pytest.mark.browser
def test_nothing_that_the_page_showed_as_written_is_lost_by_kills_while_keys_are_pressed(chromium, tmp_path):
    study, chance = write_study(tmp_path / "study", TALKS), random.Random(11)
    shown: list[str] = []
    for _ in range(8):
        program = Program(study, fork=True)
        context = chromium.new_context()
        page = context.new_page()
        page.goto(program.address)
        page.locator("#here").wait_for()
        page.keyboard.press("a")
        page.locator("#outcome:not(:empty)").wait_for()  # now somebody is at work
        killing = threading.Timer(chance.uniform(0.05, 0.8), program.kill)
        killing.start()
        while page.locator("#alert").is_hidden():
            page.keyboard.press(chance.choice("aaarru"))
            last = page.evaluate("() => state.places.last && state.places.last.id")
            shown += [last] if last else []
        killing.join()
        assert "does not answer" in page.locator("#alert").inner_text()
        context.close()
        found, problems = read_folder(study / "decisions")
        assert set(shown) <= {one.id for one in found}
        assert all(one.kind == "torn-decision" for one in problems)
    assert len(set(shown)) >= 8
