"""Prompted or spontaneous: what the question before an answer held."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given as holds
from hypothesis import settings
from hypothesis import strategies as st

from qualcode.analysis.given import Given
from qualcode.analysis.leakage import leakage
from qualcode.analysis.questions import answers

from .conftest import Corpus, codebook_of, row_of

BOOK = codebook_of("A", "A.x", "A.y", "B")


def talk(corpus, name, *lines):
    """Each line: speaker's role, then the codes with evidence; the words are in `matched`."""
    corpus.document(name, *[codes for _, codes, *_ in lines])
    from qualcode import columns

    names = [column.name for column in columns.TABLES["segments"]]
    first = len(corpus.segment_rows) - len(lines)
    for n, (role, codes, *words) in enumerate(lines):
        cells = dict(zip(names, corpus.segment_rows[first + n], strict=True)) | {"role": role}
        cells["codable"] = role == "respondent"
        cells["text"] = words[0] if words else codes
        corpus.segment_rows[first + n] = row_of("segments", **cells)
    return corpus


def matched(corpus, **words):
    """Give codings of a code the words they rest on."""
    from qualcode import columns

    names = [column.name for column in columns.TABLES["coded_segments"]]
    for n, row in enumerate(corpus.coding_rows):
        cells = dict(zip(names, row, strict=True))
        if cells["code"] in words:
            cells["matched"] = words[cells["code"]]
        corpus.coding_rows[n] = row_of("coded_segments", **cells)


def asked(corpus, codes=(), **questions):
    return leakage(Given(*corpus.tables, BOOK, codes=codes, asked=lambda: words(questions["asked"])))


def words(asked):
    """The codes of interviewers' segments, as a run tells them."""
    lines = [(name, code) for name, codes in asked.items() for code in codes]
    return pd.DataFrame(lines, columns=["segment_id", "code"], dtype=object)


def test_a_question_holds_until_the_next_and_a_document_begins_without_one(corpus):
    talk(
        corpus,
        "I1",
        *[(role, "-") for role in ("respondent", "interviewer", "interviewer", "respondent", "respondent")],
        ("moderator", "-"),
        ("respondent", "-"),
    )
    talk(corpus, "I2", ("respondent", "-"))
    found = answers(corpus.segments)
    assert found == {
        "I1:4": (("I1:2", "I1:3"), 1),
        "I1:5": (("I1:2", "I1:3"), 2),
        "I1:7": (("I1:6",), 1),
    }


def test_prompted_is_after_a_question_with_the_code_or_its_words(corpus):
    """By hand: of four segments with A, one follows a question of A.x, one a question that says 怕担责."""
    talk(
        corpus,
        "I1",
        ("interviewer", "-", "是不是怕？"),
        ("respondent", "A.x", "怕。"),
        ("respondent", "B", "没有。"),
        ("interviewer", "-", "怕担责吗？"),
        ("respondent", "A.y", "怕担责。"),
        ("interviewer", "-", "还有呢？"),
        ("respondent", "A.x", "怕。"),
        ("respondent", "A.y B", "怕担责。"),
    )
    matched(corpus, **{"A.y": ("怕担责",)})
    made = asked(corpus, asked={"I1:1": ("A.x",)})
    rows = {line["code"]: line for line in made.tables["leakage"].to_dict("records")}
    assert [rows["A"][n] for n in ("n_segments", "n_quotes", "n_prompted", "n_coded", "n_words")] == [
        *(5, 4, 2, 1, 1)
    ]
    assert (rows["A"]["share_prompted"], rows["A"]["rate_asked"]) == (0.5, 0.5)
    assert rows["A"]["rate_open"] == 1.0 and rows["A"]["example_ids"] == ("I1:2", "I1:5")
    assert [rows["B"][n] for n in ("n_quotes", "n_prompted", "n_asked")] == [2, 0, 0]
    listed = made.tables["prompted"].to_dict("records")
    assert [(line["segment_id"], line["how"], line["question"]) for line in listed] == [
        ("I1:2", "coded", "是不是怕？"),
        ("I1:5", "words", "怕担责吗？"),
    ]


def test_a_sibling_in_the_question_prompts_the_parent_and_not_the_child(corpus):
    talk(corpus, "I1", ("interviewer", "-"), ("respondent", "A.y"))
    found = asked(corpus, asked={"I1:1": ("A.x",)}).tables["leakage"]
    assert dict(zip(found["code"], found["n_prompted"], strict=True)) == {"A": 1, "A.x": 0, "A.y": 0}


def test_talk_without_a_known_interviewer_is_told_and_left_out(corpus):
    talk(corpus, "I1", ("respondent", "A"))
    corpus.document("P1", "A", kind="policy")
    made = asked(corpus, asked={})
    assert made.tables["leakage"].empty
    assert [str(line) for line in made.remarks] == [
        "1 of 1 documents of talk have no known interviewer: nothing is said of them"
    ]


def test_intervals_need_three_documents_with_the_code(corpus):
    for n in range(3):
        talk(
            corpus, f"I{n}", ("interviewer", "-"), ("respondent", "A" if n < 2 else "B"), ("respondent", "B")
        )
    found = asked(corpus, codes=("A", "B"), asked={"I0:1": ("A", "B")}).tables["leakage"]
    a, b = found.to_dict("records")
    assert a["lo"] != a["lo"] and "fewer than 3" in a["note"]
    # n of B by document: 1, 1, 2; prompted: 1, 0, 0. A resample of the first alone gives 1, without it 0.
    assert (b["lo"], b["hi"], b["share_prompted"]) == (0.0, 1.0, pytest.approx(1 / 4))


def test_the_order_of_tables_does_not_matter(corpus):
    talk(corpus, "I1", ("interviewer", "-"), ("respondent", "A B"), ("interviewer", "-"), ("respondent", "A"))
    turned = [table.iloc[::-1].reset_index(drop=True) for table in corpus.tables]
    one, two = (
        leakage(Given(*tables, BOOK, asked=lambda: words({"I1:1": ("A",)}))).tables
        for tables in (corpus.tables, turned)
    )
    assert all(one[name].equals(two[name]) for name in one)


WORDS = ("怕", "怕担责", "共享", "ＡＢ", "ab不", "推诿")
lines = st.lists(
    st.tuples(
        st.sampled_from(["interviewer", "respondent", "respondent"]),
        st.sampled_from(["-", "A", "A.x", "A.y B", "B", "A A.x"]),
        st.lists(st.sampled_from([*WORDS, "。"]), min_size=1, max_size=3).map("".join),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@holds(
    st.lists(lines, min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(["A", "A.x", "A.y", "B"]), st.sampled_from(WORDS)),
    st.lists(st.sampled_from(["A", "A.x", "B"]), min_size=24, max_size=24),
)
def test_what_prompts_is_looked_up_coding_by_coding(documents, evidence, coded):
    corpus = Corpus()
    for n, held in enumerate(documents):
        talk(corpus, f"I{n}", *held)
    matched(corpus, **{code: (word,) for code, word in evidence.items()})
    ids = [f"I{n}:{k}" for n, held in enumerate(documents) for k, line in enumerate(held, 1)]
    roles = {f"I{n}:{k}": line for n, held in enumerate(documents) for k, line in enumerate(held, 1)}
    asking = {name: (coded[n],) for n, name in enumerate(ids) if roles[name][0] == "interviewer" and n % 2}
    before = answers(corpus.segments)
    expected = []
    for name in ids:
        for code in roles[name][1].split():
            if name not in before or code == "-":
                continue
            question, word = before[name].question, evidence.get(code, "")
            has = [one for one in question if one in asking and f"{asking[one][0]}.".startswith(f"{code}.")]
            low = {one: roles[one][2].replace("ＡＢ", "ab") for one in question}
            says = [one for one in question if len(word) > 1 and word.replace("ＡＢ", "ab") in low[one]]
            if has or says:
                how = "both" if has and says else "coded" if has else "words"
                expected.append((name, code, how, question[-1], roles[(has or says)[-1]][2]))
    book = replace(BOOK, fold=frozenset({"case", "width"}))
    found = leakage(Given(*corpus.tables, book, asked=lambda: words(asking))).tables["prompted"]
    columns = ("segment_id", "code", "how", "question_id", "question")
    assert list(zip(*(found[column] for column in columns), strict=True)) == expected
