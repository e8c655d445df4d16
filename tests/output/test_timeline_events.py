"""Events on the timeline: numbered by date, named in a key, never written over each other."""

import pytest

from qualcode.analysis.load import frame
from qualcode.model import Event
from qualcode.output.timeline_events import key_rows, marked_events
from qualcode.output.timeline_figure import _span, without_thin_ends

EVENTS = (
    Event("E3", "2021-09", {"zh": "数据安全法施行"}),
    Event("E1", "2016-09-05", {"zh": "暂行办法", "en": "Interim Measures"}),
    Event("E2", "2019-06-25", {"zh": "会议"}, node=True),
    Event("E0", "2009-01-01", {"zh": "早年"}),
)


def test_events_are_numbered_by_date_and_those_outside_the_years_drawn_are_left_out():
    marked = marked_events(EVENTS, 2016, 2022, "zh")
    assert [event.line for event in marked] == [
        "1  2016-09-05 暂行办法",
        "2  2019-06-25 会议",
        "3  2021-09 数据安全法施行",
    ]
    assert [event.node for event in marked] == [False, True, False]
    assert marked[1].at == pytest.approx(2019 + 175 / 366)


def test_a_name_in_another_language_or_the_id_stands_in_and_long_names_are_cut():
    [only] = marked_events([Event("E9", "2020", {"zh": "很长的名字" * 9})], 2020, 2021, "en")
    assert only.line.endswith("…") and len(only.line) < 40
    assert marked_events([Event("E9", "2020")], 2020, 2021, "en")[0].line == "1  2020 E9"


@pytest.mark.parametrize(("events", "rows"), [(0, 0), (1, 1), (2, 1), (5, 3)])
def test_the_key_has_two_columns(events, rows):
    listed = [Event(f"E{n}", f"2020-01-0{n + 1}") for n in range(events)]
    assert key_rows(marked_events(listed, 2020, 2021, "en")) == rows


def told(**documents: int):
    table = frame([], "timeline")
    for year, count in documents.items():
        table.loc[len(table), ["basis", "period", "exposure_documents"]] = ["about", year[1:], count]
    return table


def test_told_years_at_the_ends_that_few_documents_tell_of_are_left_out_of_the_figure():
    kept = without_thin_ends(told(y2009=1, y2014=3, y2016=10, y2017=2, y2018=10, y2023=1))
    assert list(kept["period"]) == ["2016", "2017", "2018"], "a thin year between full ones stays"


def test_with_few_documents_in_all_every_told_year_stays():
    assert list(without_thin_ends(told(y2009=1, y2019=2))["period"]) == ["2009", "2019"]


def test_nothing_drawn_spans_nothing():
    assert _span([]) == (0, 0)
