"""File names say something: by a pattern, or by a date at one of their edges."""

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.corpus import metadata_filename
from qualcode.corpus.metadata_filename import compile_pattern, date_in_name, layer_from_name
from qualcode.problems import Place, Problem
from qualcode.text import dates


def read(pattern: str, path: str) -> dict[str, str] | None:
    problems: list[Problem] = []
    compiled = compile_pattern(pattern, Place("qualcode.yaml", 4), problems)
    assert compiled is not None and not problems
    return compiled.read(path)


@pytest.mark.parametrize(
    ("pattern", "path", "values"),
    [
        ("{date}-{title}", "2019-06-25-张处长-二次.docx", {"date": "2019-06-25", "title": "张处长-二次"}),
        ("{date}{title}", "20190625张处长.md", {"date": "20190625", "title": "张处长"}),
        (
            "{case}_{kind}_{date}_{title}",
            "x/J市_interview_2021-03_局长_一.txt",
            {"case": "J市", "kind": "interview", "date": "2021-03", "title": "局长_一"},
        ),
        (
            "{case}/{date} {rank}",
            "J市/2019年6月25日  处级.txt",
            {"case": "J市", "date": "2019年6月25日", "rank": "处级"},
        ),
        ("{title}({issued})", "数据安全法(2021-06-10).md", {"title": "数据安全法", "issued": "2021-06-10"}),
        ("{type}-{interview_date}", "访谈-2021.txt", {"kind": "访谈", "date": "2021"}),
        ("{date}-{title}", "张处长.docx", None),
    ],
)
def test_patterns(pattern: str, path: str, values: dict[str, str] | None) -> None:
    assert read(pattern, path) == values


@pytest.mark.parametrize("pattern", ["title", "{title", "{title}{case}", "{a}-{a}", "{}-x", "{kind}-{type}"])
def test_a_pattern_that_cannot_be_used_is_a_located_problem(pattern: str) -> None:
    problems: list[Problem] = []
    assert compile_pattern(pattern, Place("qualcode.yaml", 4, 13), problems) is None
    assert str(problems[0]).startswith("qualcode.yaml:4:13: error[bad-filename-pattern]: ")
    assert str(problems[0]).endswith("'{date}-{title}' or '{case}_{kind}_{date}_{title}'")


def test_the_first_pattern_that_fits_is_used_and_its_values_are_checked() -> None:
    problems: list[Problem] = []
    patterns = tuple(
        p
        for text in ("{case}_{kind}_{title}", "{kind}-{title}")
        if (p := compile_pattern(text, Place(), problems))
    )
    layer = layer_from_name("访谈-张.txt", patterns, problems)
    assert dict(layer.values) == {"kind": "interview", "title": "张"} and problems == []
    layer = layer_from_name("2019-01-02 张.txt", patterns, problems)
    assert [p.kind for p in problems] == ["file-name"]
    assert dict(layer.values) == {"date": "2019-01-02"}


@given(
    st.dates(datetime.date(1949, 10, 1), datetime.date(2050, 1, 1)),
    st.sampled_from(["{d}-{t}", "{d} {t}", "{t}({d})", "{t}（{d}）", "({d}){t}", "{t}_{d}", "【{d}】{t}"]),
    st.sampled_from(["%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y年%m月"]),
)
def test_a_date_at_an_edge_is_found_and_the_rest_is_the_title(
    day: datetime.date, shape: str, form: str
) -> None:
    written = day.strftime(form)
    found = date_in_name(shape.format(d=written, t="数据条例"))
    assert found.rest == "数据条例"
    assert found.date == (f"{day:%Y-%m}" if form == "%Y年%m月" else day.isoformat())


@pytest.mark.parametrize(
    "name", ["张处长", "1234 访谈", "J市2019", "访谈03", "12345热线调研", "a-2019-b", "0001"]
)
def test_a_number_that_could_be_anything_is_no_date(name: str) -> None:
    assert date_in_name(name).date == ""


@given(
    st.one_of(
        *(
            st.from_regex(re.compile(shape.pattern, shape.flags))
            for shape in (dates._ANY, dates._YEAR_MONTH, dates._YEAR)
        )
    )
)
def test_whatever_holds_a_date_holds_what_is_looked_for_first(text: str) -> None:
    if dates.read_date(text) or any(dates.find_dates(text)):
        assert metadata_filename._SOME_DATE.search(text)
