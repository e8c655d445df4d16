"""A journal keeps what it confirmed, whatever happens to the computer, and journals unite in any order."""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from qualcode.problems import UsageError
from qualcode.review.current import in_force
from qualcode.review.journal import Journal, file_name, merged, read_folder, read_lines
from qualcode.review.records import Anchor, Decision, decision_of, line_of

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
words = st.text(st.characters(codec="utf-8"), max_size=12)
decisions = st.builds(
    Decision,
    revision=st.integers(1, 9),
    coder=st.sampled_from(["甲", "乙", "Anna"]),
    time=st.just("2026-03-01T12:00:00+00:00"),
    action=st.sampled_from(["accept", "reject", "add", "memo"]),
    document=words,
    anchor=st.none() | st.builds(Anchor, quote=words, before=words, after=words, start=st.integers(0, 9)),
    code=words,
    memo=words,
)


@given(decisions)
def test_a_decision_is_one_line_and_reads_back(decision):
    line = line_of(decision)
    assert len(line.splitlines()) == 1
    assert decision_of(line) == decision


@given(decisions, st.data())
def test_a_line_changed_by_hand_is_no_decision(decision, data):
    line = line_of(decision)
    at = data.draw(st.integers(0, len(line) - 1))
    sign = data.draw(st.characters(codec="utf-8").filter(lambda c: c != line[at]))
    changed = decision_of(line[:at] + sign + line[at + 1 :])
    assert changed is None or changed == decision


@given(st.lists(decisions, max_size=8), st.randoms(use_true_random=False))
def test_union_knows_no_order_and_no_repeats(made, chance):
    mixed = made + made[::2]
    chance.shuffle(mixed)
    assert merged(mixed) == merged(made)
    half = len(made) // 2
    assert merged(merged(made[half:]) + merged(made[:half])) == merged(made)
    assert in_force(mixed) == in_force(made)


class Journals(RuleBasedStateMachine):
    """Two coders in one folder, crashes, synchronisers and undos, against a plain list."""

    def __init__(self):
        super().__init__()
        self.folder = Path(mkdtemp(prefix="journals-"))
        self.confirmed: list[Decision] = []

    def journal(self, coder):
        return Journal(self.folder, coder, clock=lambda: NOON)

    @rule(coder=st.sampled_from(["甲", "乙"]), action=st.sampled_from(["accept", "reject"]), code=words)
    def decide(self, coder, action, code):
        self.confirmed.append(self.journal(coder).append(action, document="I03", code=code))

    @precondition(lambda self: self.confirmed)
    @rule(data=st.data())
    def undo(self, data):
        target = data.draw(st.sampled_from(self.confirmed))
        self.confirmed.append(self.journal(target.coder).append("undo", undoes=target.id))

    @precondition(lambda self: self.confirmed)
    @rule(data=st.data(), coder=st.sampled_from(["甲", "乙"]))
    def crash_in_the_middle_of_a_line(self, data, coder):
        lost = line_of(Decision(99, coder, "then", "accept", document="I04", memo="没有写完")).encode()
        cut = data.draw(st.integers(1, len(lost) - 1))
        with (self.folder / file_name(coder)).open("ab") as stream:
            stream.write(lost[:cut])
        assert [p.kind for p in self.journal(coder).problems] == ["torn-decision"]
        assert self.journal(coder).problems == []

    @precondition(lambda self: self.confirmed)
    @rule(chance=st.randoms(use_true_random=False))
    def a_synchroniser_makes_a_copy(self, chance):
        lines = [line_of(one) for one in self.confirmed]
        chance.shuffle(lines)
        copy = self.folder / "甲 (冲突的副本).jsonl"
        copy.write_text("<<<<<<< HEAD\r\n" + "\r\n".join(lines) + "\r\n=======\r\n", "utf-8", newline="")

    @invariant()
    def nothing_confirmed_is_lost(self):
        found, problems = read_folder(self.folder)
        assert {one.id for one in found} == {one.id for one in self.confirmed}
        assert problems == []

    @invariant()
    def an_undo_takes_back_what_it_names_and_can_be_taken_back(self):
        gone: set[str] = set()
        for one in reversed(self.confirmed):  # each was made knowing all before it
            if one.action == "undo" and one.id not in gone:
                gone.add(one.undoes)
        left = {one.id for one in self.confirmed if one.id not in gone and one.action != "undo"}
        assert {one.id for one in in_force(self.confirmed)} == left


Journals.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
test_journals = Journals.TestCase


def test_a_tail_torn_at_any_byte_costs_only_the_last_line(tmp_path):
    journal = Journal(tmp_path, "甲", clock=lambda: NOON)
    first = journal.append("accept", document="访谈", code="避责")
    start = journal.path.stat().st_size
    last = journal.append("reject", document="访谈", code="避责", memo="不是")
    whole = journal.path.read_bytes()
    for cut in range(start, len(whole)):
        journal.path.write_bytes(whole[:cut])
        again = Journal(tmp_path, "甲", clock=lambda: NOON)
        kept = [first, last] if cut == len(whole) - 1 else [first]  # only the line end is missing
        assert again.decisions == kept
        third = again.append("add", document="访谈", code="open:锁定")
        assert read_folder(tmp_path) == (merged([*kept, third]), [])


def test_a_damaged_line_is_named_and_the_others_stand(tmp_path):
    journal = Journal(tmp_path, "甲")
    first, second = journal.append("accept", code="a"), journal.append("reject", code="b")
    data = journal.path.read_bytes().replace(b'"accept"', b'"reject"', 1)
    found, problems = read_lines(data, "甲.jsonl")
    assert found == [second]
    assert [(p.kind, p.place.line) for p in problems] == [("damaged-decision", 1)]
    assert first not in found


@pytest.mark.parametrize(
    "name", ["甲", "Zhang San", "A/B", "..", "con", "é", "a:b", "长" * 90, "-x", "名.jsonl"]
)
def test_any_name_makes_a_file_of_its_own(tmp_path, name):
    journal = Journal(tmp_path / "decisions", name)
    made = journal.append("accept", code="a")
    assert journal.path.parent == tmp_path / "decisions"
    assert read_folder(tmp_path / "decisions")[0] == [made]
    assert len(journal.path.name.encode()) <= 200


@pytest.mark.parametrize("name", ["", "  ", "machine", "a#b", "a;b", "a\nb", "x=y"])
def test_names_that_tables_could_not_tell_apart_are_refused(tmp_path, name):
    with pytest.raises(UsageError):
        Journal(tmp_path, name)


def test_nobody_takes_back_what_another_decided(tmp_path):
    made = Journal(tmp_path, "甲").append("accept", code="a")
    with pytest.raises(UsageError):
        Journal(tmp_path, "乙").append("undo", undoes=made.id)
    forged = Decision(9, "乙", "later", "undo", undoes=made.id)
    assert in_force([made, forged]) == [made]


WRITER = """
import sys
from pathlib import Path
from qualcode.review.journal import Journal
journal = Journal(Path(sys.argv[1]), "甲")
while True:
    made = journal.append("add", document="I03", code="open:厂商锁定", memo="备" * 400)
    sys.stdout.write(made.id + "\\n")
    sys.stdout.flush()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no kill -9")
def test_twenty_kills_lose_nothing_that_was_confirmed(tmp_path):
    chance = random.Random(9)
    confirmed: list[str] = []
    for _ in range(20):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        confirmed.append(process.stdout.readline().decode().strip())
        time.sleep(chance.random() / 50)
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().decode()
        process.wait()
        confirmed += [line for line in rest.split("\n")[:-1] if line]
    found, problems = read_folder(tmp_path)
    known = {one.id for one in found}
    assert len(confirmed) >= 20
    assert set(confirmed) <= known
    assert len(known) <= len(confirmed) + 20, "at most one a kill was written and not yet confirmed"
    assert all(p.kind == "torn-decision" for p in problems)


def test_half_a_character_in_a_memo_is_kept_as_it_is(tmp_path):
    made = Journal(tmp_path, "甲").append("memo", memo="前\ud83d后😀")
    assert read_folder(tmp_path) == ([made], [])


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files there")
def test_a_full_disk_leaves_no_piece_of_a_line(tmp_path):
    import resource

    journal = Journal(tmp_path, "甲")
    kept = journal.append("accept", document="I03", code="fear")
    before, limits = journal.path.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 40, limits[1]))
        with pytest.raises(OSError):
            journal.append("reject", document="I03", code="fear")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert journal.path.read_bytes() == before
    later = journal.append("memo", document="I03", memo="继续")
    assert read_folder(tmp_path) == ([kept, later], [])


def test_what_was_written_elsewhere_counts_for_the_revision_and_can_be_taken_back(tmp_path):
    first = Journal(tmp_path, "甲")
    second = Journal(tmp_path, "甲")
    made = second.append("accept", document="I03", code="fear")
    with pytest.raises(UsageError):
        first.append("undo", undoes=made.id)
    first.learn([made])
    undone = first.append("undo", undoes=made.id)
    assert undone.revision == 2
    assert in_force(read_folder(tmp_path)[0]) == []
