"""where: in which material a rule applies."""

import pytest

from qualcode.codebook.records import Condition
from qualcode.coding.where import holds
from qualcode.model import Document, Metadata, Segment, Span, Speaker

DOCUMENT = Document(
    "d",
    "话",
    Metadata(kind="policy", case="上海", actor="市政府", issued="2019-06", attributes={"tier": "1"}),
    speakers=(Speaker("张", "respondent", "declared", attributes={"rank": "处长", "tier": "2"}),),
)
SPOKEN = Segment("d:1", "d", 1, Span(0, 1), "话", speaker="张", role="respondent", article="第五条")
OTHER = Segment("d:2", "d", 2, Span(0, 1), "话", actor="大数据局")


@pytest.mark.parametrize(
    ("condition", "spoken", "other"),
    [
        (Condition("kind", ("policy", "report")), True, True),
        (Condition("kind", ("policy",), negated=True), False, False),
        (Condition("role", ("respondent",)), True, False),
        (Condition("actor", ("市政府",)), True, False),
        (Condition("actor", ("大数据局",)), False, True),
        (Condition("article", ("第五条",)), True, False),
        (Condition("rank", ("处长",)), True, False),
        (Condition("rank", ("处长",), negated=True), False, True),
        (Condition("tier", ("2",)), True, False),  # the speaker's own comes before the document's
        (Condition("tier", ("1",)), False, True),
        (Condition("site", ("x",)), False, False),
        (Condition("site", ("x",), negated=True), True, True),
    ],
)
def test_a_field_is_the_segments_then_the_documents_then_an_attribute(condition, spoken, other):
    assert holds([condition], DOCUMENT, SPOKEN) is spoken
    assert holds([condition], DOCUMENT, OTHER) is other


@pytest.mark.parametrize(
    ("date", "since", "before", "inside"),
    [
        ("2019-06-25", "2019-06-25", "2020-01-01", True),
        ("2019-06-24", "2019-06-25", "", False),
        ("2020-01-01", "", "2020-01-01", False),
        ("2019-12-31", "", "2020-01-01", True),
        ("2019-06", "2019-06-01", "2019-07-01", True),
        ("2019-06", "2019-06-02", "", False),  # some of its days lie before
        ("2019-06", "", "2019-06-30", False),
        ("2019", "2019-01-01", "2020-01-01", True),
        ("2019", "2019-01-01", "2019-12-31", False),
        ("", "2019-01-01", "", False),
    ],
)
def test_a_date_lies_in_a_period_where_all_its_days_do(date, since, before, inside):
    document = Document("d", "", Metadata(issued=date))
    condition = Condition("issued", since=since, before=before)
    assert holds([condition], document, OTHER) is inside


def test_all_conditions_must_hold_and_none_is_no_condition():
    yes, no = Condition("kind", ("policy",)), Condition("kind", ("report",))
    assert holds([], DOCUMENT, OTHER)
    assert holds([yes, yes], DOCUMENT, OTHER)
    assert not holds([yes, no], DOCUMENT, OTHER)
