"""Written and unwritten rules, rights, and what answers barriers: maps of quotes, put together by hand."""

import pytest

from qualcode.analysis.force import effect_of, outcome_of, type_of
from qualcode.analysis.given import Given
from qualcode.analysis.institutions import institutions
from qualcode.codebook.records import Code, Codebook
from qualcode.model import Phase
from qualcode.problems import UsageError

from .conftest import codebook_of

CODES = {
    "formal_institution": "institution", "formal_institution.rule": "institution",
    "informal_institution": "institution", "informal_institution.tie": "institution",
    "control_right": "right", "control_right.inspection": "right", "control_right.incentive": "right",
    "collective_action": "ica", "collective_action.risk": "ica", "collective_action.mechanism": "ica",
    "barrier": "barrier", "barrier.silo": "barrier",
    "countermeasure": "measure", "countermeasure.c1": "measure",
    "avoidance": "logic", "innovation": "logic",
}  # fmt: skip
BOOK = Codebook("t", codes={code: Code(code, facet=facet) for code, facet in CODES.items()})
PHASES = (Phase("P1", "2016-09-05", "2019-06-25"), Phase("P2", "2019-06-25", "2024-01-01"))


def rows(corpus, table, **where):
    made = institutions(Given(*corpus.tables, BOOK, PHASES)).tables[table]
    for name, value in where.items():
        made = made[(made[name] == value).to_numpy(dtype=bool)]
    return made.to_dict("records")


def say(corpus, *texts):
    """Put words on the last segments."""
    start = len(corpus.segment_rows) - len(texts)
    for n, text in enumerate(texts, start):
        corpus.segment_rows[n] = (*corpus.segment_rows[n][:10], text, *corpus.segment_rows[n][11:])


def change(corpus, number, **cells):
    """Change cells of a coding row."""
    from qualcode.columns import names

    row = dict(zip(names("coded_segments"), corpus.coding_rows[number], strict=True)) | cells
    corpus.coding_rows[number] = tuple(row.values())


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("函照发，电话先打，第二天表就来了。", "complementary"),
        ("按规定走的流程，按老规矩只给摘要。", "accommodating"),
        ("发函一个月没回，没关系就是不给。", "competing"),
        ("没有协议，靠熟人把表拿到了。", "substitutive"),
        ("他是我老同事。", "open"),
        ("Our letter went nowhere, and then over dinner he sent it.", "substitutive"),
    ],
)
def test_two_questions_make_four_types(text, type_):
    assert type_of(effect_of([text]).answer, outcome_of([text]).answer) == type_


def test_a_case_is_read_with_its_neighbours_in_the_speech(corpus):
    corpus.document("I1", "-", "informal_institution.tie", "-", "-", speeches=(1, 1, 1, 2))
    say(corpus, "发函一个月没回。", "他是我老同学。", "第二天表就来了。", "就是不给。")
    (case,) = rows(corpus, "fi_ii_cases")
    assert (case["effect"], case["outcome"], case["type"]) == ("ineffective", "convergent", "substitutive")
    assert case["informal"] == ("informal_institution.tie",) and case["memo"] == ""
    assert case["outcome_words"] == ("就来了",) or "来了" in "".join(case["outcome_words"])
    counted = {r["type"]: r["n_quotes"] for r in rows(corpus, "fi_ii_types", phase="")}
    assert counted == {"complementary": 0, "accommodating": 0, "substitutive": 1, "competing": 0, "open": 0}


def test_a_rule_that_is_denied_is_not_in_force(corpus):
    corpus.document("I1", "informal_institution.tie formal_institution.rule!", speeches=(1,))
    say(corpus, "那会儿哪有什么章程，一个电话表就来了。")
    assert rows(corpus, "fi_ii_cases")[0]["type"] == "open"
    change(corpus, 1, polarity="negated")
    (case,) = rows(corpus, "fi_ii_cases")
    assert case["type"] == "substitutive" and case["formal"] == ("formal_institution.rule",)


def test_rights_are_held_shared_absent_or_not_spoken_of(corpus):
    corpus.document(
        "I1", *["control_right.inspection"] * 3, t_about_start="2018-01-01", t_about_end="2018-12-31"
    )
    change(corpus, 0, holder="self")
    change(corpus, 1, holder="other:police")
    change(corpus, 2, holder="other:tax", polarity="negated", countable=False)
    corpus.segment_rows = [(*row[:7], "bureau", *row[8:]) for row in corpus.segment_rows]
    found = {
        r["actor"]: r["state"]
        for r in rows(corpus, "control_rights", phase="P1", right="control_right.inspection")
    }
    assert found == {"bureau": "shared", "police": "shared", "tax": "absent"}
    (silent,) = rows(corpus, "control_rights", phase="P1", right="control_right.incentive")
    assert (silent["state"], silent["n_quotes"], silent["note"]) == ("", 0, "nobody speaks of it")
    assert rows(corpus, "control_rights", phase="P2") == []  # no material of that phase


def test_one_holder_holds_and_may_be_contradicted(corpus):
    corpus.document("I1", "control_right.incentive", "control_right.incentive")
    change(corpus, 0, holder="other")
    change(corpus, 1, holder="other", polarity="negated", countable=False)
    (row,) = rows(corpus, "control_rights", right="control_right.incentive")
    assert (row["actor"], row["state"], row["n_held"], row["n_absent"]) == ("other (not named)", "held", 1, 1)
    assert "also told as absent" in row["note"]


def test_a_mechanism_meets_a_barrier_in_its_speech_or_the_next(corpus):
    """By hand: risk (defection) and mechanism (contract) in neighbouring speeches, innovation after it."""
    corpus.document(
        "I1",
        *("collective_action.risk", "collective_action.mechanism", "innovation", "avoidance"),
        speeches=(1, 2, 2, 3),
    )
    say(corpus, "用了俩月就反悔。", "九个局签了协议。", "接口就开了。", "后来又不敢了。")
    (row,) = rows(corpus, "ica")
    assert (row["barrier"], row["risk"], row["family"], row["outcome"]) == (
        *("collective_action.risk", "defection"),
        *("contract", "innovation"),
    )
    assert (row["n"], row["n_documents"], row["n_quotes"]) == (1, 1, 2)
    corpus.document("I2", "barrier.silo", "-", "collective_action.mechanism", speeches=(1, 2, 3))
    assert len(rows(corpus, "ica")) == 1


def test_a_measure_is_traced_in_two_documents(corpus):
    corpus.document("I1", "barrier.silo", "countermeasure.c1", speeches=(1, 2))
    (row,) = rows(corpus, "coverage")
    assert (row["n_near"], row["traced"]) == (1, False)
    corpus.document("I2", "countermeasure.c1", "-", "barrier.silo", speeches=(1, 2, 3))
    (row,) = rows(corpus, "coverage")
    assert (row["n_documents"], row["n_near"], row["traced"]) == (2, 1, False)
    corpus.document("I3", "countermeasure.c1 barrier.silo")
    assert rows(corpus, "coverage")[0]["traced"]


def test_a_measure_without_any_barrier_is_listed(corpus):
    corpus.document("I1", "countermeasure.c1")
    (row,) = rows(corpus, "coverage")
    assert (row["barrier"], row["n_quotes"], row["traced"]) == ("", 1, False)


def test_a_codebook_without_these_codes_is_told_so(corpus):
    corpus.document("I1", "A")
    with pytest.raises(UsageError, match="none of the codes"):
        institutions(Given(*corpus.tables, codebook_of("A")))
