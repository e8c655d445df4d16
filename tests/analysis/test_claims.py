"""Claims on small corpora made to bear them out, to break them, or to say too little."""

import pytest

from qualcode.analysis.claims import BREAKS, HOLDS, UNTOLD, Asked, Claim, check, kinds, rows_of
from qualcode.analysis.claims.base import by_interval
from qualcode.analysis.given import Accuracy, Given
from qualcode.columns import TABLES
from qualcode.model import Phase

from .conftest import codebook_of

ABC = codebook_of("A", "B", "C")
PHASES = (Phase("P1", "2016-09-05", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))
BEFORE = {"t_about_start": "2018-01-01", "t_about_end": "2018-12-31"}
AFTER = {"t_about_start": "2020-01-01", "t_about_end": "2020-12-31"}


def told(corpus, name, before, after, **about):
    """A document that tells of both phases: segments before, then segments after."""
    corpus.document(name, *before, *after, **about)
    size = len(before) + len(after)
    rows = corpus.segment_rows
    for n, row in enumerate(rows[-size:]):
        when = BEFORE if n < len(before) else AFTER
        dates = (when["t_about_start"], when["t_about_end"])
        rows[len(rows) - size + n] = (*row[:13], *dates, *row[15:])


def judged(corpus, kind, *, within=("interview",), accuracy=None, codebook=ABC, **values):
    given = Given(*corpus.tables, codebook, PHASES, accuracy=accuracy or {})
    (found,) = check([Claim("c", kind, values=values, within=within)], Asked(given))
    return found


def falling(corpus, documents=8):
    for n in range(documents):
        told(corpus, f"I{n}", ["A", "A", "A", "-"], ["A", "B", "B", "-"])
    return corpus


def test_a_fall_holds_a_rise_of_the_same_breaks(corpus):
    falling(corpus)
    found = judged(corpus, "falls_after", code="A")
    assert found.answer.verdict == HOLDS and found.answer.numbers["mean_diff"] == -0.5
    assert found.answer.where["node"] == "2019-06-25" and found.answer.table == "shift"
    assert found.answer.supporting[0] == "I0:1" and found.answer.contradicting[0] == "I0:5"
    assert judged(corpus, "rises_after", code="A").answer.verdict == BREAKS
    assert judged(corpus, "rises_after", code="B").answer.verdict == HOLDS
    assert judged(corpus, "falls_after", code="A", by=0.6).answer.verdict == BREAKS


def test_an_interval_of_few_documents_is_not_enough(corpus):
    """Six differences, five of one sign: the interval leaves out 0; 4 of 64 ways are as far."""
    for n, after in enumerate((["-"] * 4,) * 5 + (["A", "A", "A", "-"],)):
        told(corpus, f"I{n}", ["A", "A", "-", "-"], after)
    found = judged(corpus, "falls_after", code="A")
    assert found.answer.numbers["hi"] < 0 and found.answer.numbers["p"] == 4 / 64
    assert found.answer.verdict == UNTOLD


def test_documents_that_speak_of_both_much_do_not_make_them_meet(corpus):
    """A and B take turns in five interviews; five others have neither: a high lift, without meeting."""
    for n in range(5):
        corpus.document(f"I{n}", *["A@0-1 B@2-3", "A@0-1", "B@0-1", "A@0-1 B@2-3"] * 2, speeches=range(1, 9))
        corpus.document(f"J{n}", *["-"] * 20, speeches=range(1, 21))
    found = judged(corpus, "cooccur", codes=("A", "B"), unit="segment")
    assert found.answer.numbers["lo"] > 1 and found.answer.verdict == UNTOLD


def test_cases_that_come_in_another_order_than_their_documents_are_told_apart(corpus):
    for n, case in enumerate("fedcba"):
        corpus.document(f"I{n}", "A@0-1 B@2-3" if n else "A", "-", case=case)
    found = judged(corpus, "cooccur", codes=("A", "B"), unit="case")
    assert found.answer.contradicting == ("I0:1",)  # the last case has A alone


def test_a_steady_fall_has_no_turning_point(corpus):
    """Ten interviews, from 6 of 7 in 2016 to none in 2022, a step each year; then the same with one step."""

    def years(name, counts):
        segments = [code for count in counts for code in ["A"] * count + ["-"] * (7 - count)]
        corpus.document(name, *segments)
        rows = corpus.segment_rows
        for n in range(len(segments)):
            year = 2016 + n // 7
            at = len(rows) - len(segments) + n
            rows[at] = (*rows[at][:13], f"{year}-07-01", f"{year}-12-31", *rows[at][15:])

    for n in range(10):
        years(f"I{n}", (6, 5, 4, 3, 2, 1, 0))
    steady = judged(corpus, "turning_point", code="A")
    assert steady.answer.numbers["placebo_rank"] == 1 and steady.answer.numbers["placebo_same"] > 0
    assert steady.answer.verdict == BREAKS
    for held in (corpus.documents_rows, corpus.segment_rows, corpus.coding_rows):
        held.clear()
    for n in range(10):
        years(f"I{n}", (6, 6, 6, 0, 0, 0, 0))
    step = judged(corpus, "turning_point", code="A")
    assert not step.answer.numbers.get("placebo_same") and step.answer.verdict == HOLDS


def test_too_few_interviews_tell_nothing(corpus):
    found = judged(falling(corpus, 4), "falls_after", code="A")
    assert found.answer.verdict == UNTOLD and "4 of at least 6" in str(found.why)
    assert judged(corpus, "falls_after", code="A", within=("policy",)).answer.verdict == UNTOLD


def test_a_change_both_ways_cannot_be_told(corpus):
    for n in range(8):
        sides = (["A", "-"], ["-", "-"]) if n % 2 else (["-", "-"], ["A", "-"])
        told(corpus, f"I{n}", *sides)
    assert judged(corpus, "falls_after", code="A").answer.verdict == UNTOLD


def test_present_in_every_names_the_cells_without(corpus):
    told(corpus, "I1", ["C"] * 10, ["C"] * 10)
    assert judged(corpus, "present_in_every", code="C").answer.verdict == HOLDS
    told(corpus, "I2", ["-"] * 3, ["C"])
    found = judged(corpus, "present_in_every", code="C")
    assert found.answer.verdict == UNTOLD and found.answer.contradicting == ("I2:1",)
    found = judged(corpus, "present_in_every", code="C", least=3)
    assert found.answer.verdict == BREAKS and "I2 P1" in str(found.why)


def test_found_in_counts_documents_and_knows_how_many_there_are(corpus):
    corpus.document("I1", "A").document("I2", "A").document("I3", "B")
    assert judged(corpus, "found_in", code="A", documents=2).answer.verdict == HOLDS
    assert judged(corpus, "found_in", code="A", documents=3).answer.verdict == BREAKS
    assert judged(corpus, "found_in", code="A", documents=4).answer.verdict == UNTOLD


def test_shares_are_judged_by_their_interval(corpus):
    """By hand: every document has A in half of its segments, so the interval is .5 to .5."""
    for n in range(4):
        corpus.document(f"I{n}", "A", "-")
    assert judged(corpus, "share_at_least", code="A", share=0.4).answer.verdict == HOLDS
    assert judged(corpus, "share_at_least", code="A", share=0.6).answer.verdict == BREAKS
    assert judged(corpus, "share_at_most", code="A", share=0.6).answer.verdict == HOLDS
    assert judged(corpus, "share_at_most", code="A", share=0.5).answer.verdict == UNTOLD


def test_nobody_leads_without_validation(corpus):
    for n in range(4):
        told(corpus, f"I{n}", ["A", "A", "B"], ["B"])
    found = judged(corpus, "leads", code="A", phase="P1", among=("A", "B"))
    assert found.answer.verdict == UNTOLD and "no validation" in str(found.why)
    sure = {"A": Accuracy(90, 5, 5), "B": Accuracy(90, 5, 5)}
    pair = ("A", "B")
    assert judged(corpus, "leads", code="A", phase="P1", among=pair, accuracy=sure).answer.verdict == HOLDS
    assert judged(corpus, "leads", code="B", phase="P1", among=pair, accuracy=sure).answer.verdict == BREAKS


def test_what_is_told_of_earlier_times_precedes(corpus):
    for n in range(6):
        told(corpus, f"I{n}", ["A"], ["B"])
    found = judged(corpus, "precedes", codes=("A", "B"))
    assert found.answer.verdict == HOLDS and found.answer.numbers["n_earlier"] == 6
    assert found.answer.numbers["p"] == 2 / 2**6  # two of 64 flips of signs are as far out
    assert judged(corpus, "precedes", codes=("B", "A")).answer.verdict == BREAKS
    assert judged(corpus, "precedes", codes=("A", "C")).answer.verdict == UNTOLD


def test_a_code_at_every_switch_and_nowhere_else_is_between(corpus):
    for n in range(6):
        corpus.document(f"I{n}", *([*["A"] * 6, "C", *["B"] * 6, "C"] * 2))
    found = judged(corpus, "between", code="C", ends=("A", "B"))
    assert found.answer.verdict == UNTOLD and "18 of at least 20" in str(found.why)
    corpus.document("I6", *([*["A"] * 6, "C", *["B"] * 6, "C"] * 2))
    found = judged(corpus, "between", code="C", ends=("A", "B"))
    assert found.answer.verdict == HOLDS and found.answer.contradicting == ()


def test_codes_that_always_and_that_never_meet(corpus):
    for n in range(5):
        corpus.document(f"I{n}", "A@0-1 B@2-3", "-", "C@0-1", "-", "-", speeches=(1, 2, 3, 4, 5))
    assert judged(corpus, "cooccur", codes=("A", "B"), unit="segment").answer.verdict == HOLDS
    assert judged(corpus, "cooccur", codes=("A", "C"), unit="segment").answer.verdict == UNTOLD


def test_statements_hold_denials_break_and_silence_tells_nothing(corpus):
    def say(text):
        corpus.document(f"I{len(corpus.documents_rows)}", f"A@{text.index('推诿')}-{text.index('推诿') + 2} "
                        f"B@{text.index('担当')}-{text.index('担当') + 2}")  # fmt: skip
        corpus.segment_rows[-1] = (*corpus.segment_rows[-1][:10], text, *corpus.segment_rows[-1][11:])

    corpus.document("I0", "A", "B")
    assert judged(corpus, "turns_into", codes=("A", "B")).answer.verdict == UNTOLD
    say("并没有从推诿变成担当。")
    assert judged(corpus, "turns_into", codes=("A", "B")).answer.verdict == BREAKS
    say("我们从推诿变成了担当。")
    say("真的从推诿变成了担当。")
    found = judged(corpus, "turns_into", codes=("A", "B"))
    assert found.answer.verdict == HOLDS and found.answer.supporting == ("I2:1", "I3:1")
    assert judged(corpus, "turns_into", codes=("A", "B"), least=3).answer.verdict == UNTOLD


def test_alternation_follows(corpus):
    for n in range(6):
        corpus.document(f"I{n}", *["A", "B"] * 5)
    assert judged(corpus, "follows", codes=("A", "B")).answer.verdict == HOLDS
    assert judged(corpus, "follows", codes=("A", "B"), level="told").answer.verdict == UNTOLD


def test_codes_in_blocks_do_not_follow_each_other(corpus):
    for n in range(6):
        corpus.document(f"I{n}", *["A"] * 5, *["B"] * 5)
    assert judged(corpus, "follows", codes=("A", "B")).answer.verdict == BREAKS


def test_an_analysis_that_cannot_be_made_leaves_the_claim_open(corpus):
    corpus.document("I1", "A")
    found = judged(corpus, "conforms", theory="chain")
    assert found.answer.verdict == UNTOLD and "states no path" in str(found.why)


def test_every_claim_has_a_row_for_each_kind_of_document(corpus):
    falling(corpus)
    corpus.document("D1", "A", kind="policy", **BEFORE)
    claims = [Claim("c", "falls_after", {"en": "It falls"}, {"code": "A"}, ("interview", "policy"))]
    checked = check(claims, Asked(Given(*corpus.tables, ABC, PHASES)))
    rows = rows_of(checked, seed=1)
    assert [(row[0], row[5], row[6]) for row in rows] == [("c", "interview", HOLDS), ("c", "policy", UNTOLD)]
    assert all(len(row) == len(TABLES["claims"]) for row in rows)


def test_tables_a_run_has_made_are_not_made_again(corpus):
    given = Given(*falling(corpus).tables, ABC, PHASES)
    made = Asked(given).made("shift", codes=("A",))
    again = Asked(given, {"shift": made})
    again.made = lambda *_, **__: pytest.fail("made again")  # type: ignore[method-assign]
    (found,) = check([Claim("c", "falls_after", values={"code": "A"})], again)
    assert found.answer.verdict == HOLDS


def test_tables_made_of_other_codes_are_not_taken(corpus):
    """A bridge of A, B and C says nothing of another third code, nor steps of A and B of other steps."""
    for n in range(7):
        corpus.document(f"I{n}", *([*["A"] * 6, "C", *["B"] * 6, "C"] * 2))
    given = Given(*corpus.tables, codebook_of("A", "B", "C", "D"), PHASES)
    prior = {name: Asked(given).made(name, codes=("A", "B", "C")) for name in ("bridge", "transitions")}
    asked = Asked(given, prior, {"bridge": ("A", "B", "C"), "transitions": ("A", "B", "C")})
    claims = [
        Claim("c", "between", values={"code": "C", "ends": ("A", "B")}),
        Claim("d", "between", values={"code": "D", "ends": ("A", "B")}),
        Claim("e", "follows", values={"codes": ("A", "C")}),
    ]
    alone = [one.answer for one in check(claims, Asked(given))]
    assert [one.answer for one in check(claims, asked)] == alone
    assert [one.verdict for one in alone][:2] == [HOLDS, UNTOLD]


@pytest.mark.parametrize("name", list(kinds))
def test_every_kind_says_too_little_of_nothing(corpus, name):
    """An empty study breaks no claim and bears none out."""
    corpus.document("I1", "-")
    values = {
        "code": "A", "codes": ("A", "B"), "ends": ("A", "B"), "phase": "P1", "share": 0.5, "documents": 2,
        "theory": "chain",
    }  # fmt: skip
    wanted = {key.name: values[key.name] for key in kinds[name].keys if key.required and key.name in values}
    if name == "between":
        wanted = {"code": "C", "ends": ("A", "B")}
    assert judged(corpus, name, **wanted).answer.verdict == UNTOLD


def test_an_interval_on_the_bound_tells_nothing():
    assert by_interval(0.1, 0.3, 0.1, above=True) == UNTOLD
