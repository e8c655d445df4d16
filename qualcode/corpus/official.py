"""What an official document says of itself: number, issuing body, dates of writing, posting and force.

Only what stands where such things stand is read, never a number or date cited in the body:

- number: a line of its own at the head (国发〔2016〕51号, or [] （） ﹝﹞, full-width digits, 第126号)
- number: a line of its own at the head (国发〔2016〕51号, or [] （） ﹝﹞, full-width digits, 第126号)
- 成文日期: labelled, or the date under the signature, or in brackets under the title: the date of issue.
  发布日期 is kept as `posted` and is the date of issue only where the other is missing;
- a law's list of versions (2003年…通过, 2019年…修正): the date and the body of the latest line;
- in force: 自2019年1月1日起施行 in a sentence about the document itself, or in the list of versions. In a law
  that was amended this is the day its first version came into force: it is kept as `first_effective`;
- issuing body: 发文机关：, the signature, else what stands before 关于 in the title.

Where two different answers stand in the same kind of place, neither is taken and a Problem names both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.corpus.docnumber import ORDER, normal_number
from qualcode.expressions import expression
from qualcode.problems import Place, Problem, problem
from qualcode.text.dates import find_dates, read_date
from qualcode.text.numerals import NUMERAL

HEAD = 40  # lines that may belong to a document's head

_LABELLED = expression(
    r"\W*(?P<label>发文字号|文\s*号|文件编号|成文日期|签署日期|发布日期|发布时间|公布日期|印发日期|发文日期|"
    r"发文机关|发文机构|发布机构|发布单位|制定机关|实施日期|施行日期|生效日期|失效日期|废止日期)\s*[】\]]?\s*[:：|]?\s*(?P<value>\S.*)"
)
_NUMBER_LABELS = ("发文字号", "文号", "文件编号")
_WRITTEN_LABELS = ("成文日期", "签署日期", "发文日期")
_POSTED_LABELS = ("发布日期", "发布时间", "公布日期", "印发日期")
_BODY_LABELS = ("发文机关", "发文机构", "发布机构", "发布单位", "制定机关")
_FORCE_LABELS = ("实施日期", "施行日期", "生效日期")
_END_LABELS = ("失效日期", "废止日期")

_ORGAN = (
    r"(?:人民政府|政府|办公厅|办公室|委员会|常委会|人民代表大会|国务院|党委|党组|省委|市委|区委|县委|"
    r"[\u4e00-\u9fff](?:局|部|委|厅|署|院|办|中心|管理处|领导小组|法院|检察院|银行|街道办事处))"
)
_SIGNATURE = expression(rf"[\u4e00-\u9fffA-Z\s]{{0,50}}{_ORGAN}\s*(?:[（(](?:盖章|章|代章)[）)])?")
_PERSON = expression(  # who signs an order: 市长　某某
    r"(?:总\s*理|主\s*席|主\s*任|[省市县區区州部局署厅]\s*长)\s+[\u4e00-\u9fff·]{1,6}(?:\s*[\u4e00-\u9fff]{1,2})?"
)
_TITLE_BODY = expression(rf"(?P<body>[\u4e00-\u9fffA-Z、\s]{{0,60}}?{_ORGAN})\s*(?:印发|转发|批转)?关于")
_VERSION = expression(
    r"[（(]?\s*(?P<date>[0-9０-９]{4}\s*年[^，。；]{2,8}日)\s*(?P<what>.{2,200}?)[）)。\s　]*"
)
_VERSION_END = expression(r"(?:通过|修正|修订|修改|公布|发布|批准|施行|实施|废止)$")
_SESSION = expression(rf"(?P<place>.*?)第[{NUMERAL}]+届(?P<body>(?:全国)?人民代表大会(?:常务委员会)?)第")
_IN_FORCE = expression(
    r"(?:^|[。；，\s])(?:本(?:条例|办法|规定|规则|细则|法|决定|意见|方案|通知|规划|标准|指南|制度|规范|措施)[^。；，]{0,6})?"
    r"自(?P<date>[^。；，]{4,20}日)\s*起(?:正式)?(?:施行|实施|生效|执行|试行)(?=[。；，）)]|$)"
)
_FROM_ISSUE = expression(
    r"本(?:条例|办法|规定|规则|细则|法|决定|意见|方案|通知|制度|规范|措施)[^。；，]{0,6}自(?:公布|发布|印发|下发)之日起(?:施行|实施|生效|执行)"
)
_UNTIL = expression(r"有效期(?:限)?[^。；]{0,20}?至(?P<date>[^。；，]{4,20}日)(?:止)?")
_BODY_LINE = expression(r".{25,}[。；]$")


@dataclass(frozen=True, slots=True)
class Official:
    """What a document says of itself; empty where it does not. Dates as in `qualcode.text.dates`."""

    doc_number: str = ""
    actor: str = ""
    issued: str = ""
    posted: str = ""
    effective: str = ""
    first_effective: str = ""
    expired: str = ""
    written: bool = False  # whether `issued` stands in the document as its 成文日期

    def values(self) -> dict[str, str]:
        found = {key: getattr(self, key) for key in ("doc_number", "actor", "issued", "effective", "expired")}
        return {**found, "posted": self.posted, "first_effective": self.first_effective}


def read_official(
    lines: Sequence[str], title: str = "", place: Place | None = None, *, issued: str = ""
) -> tuple[Official, list[Problem]]:
    """Read what a document says of itself from its lines (blank ones may be left out) and its title.

    `issued` is the date of issue where people gave one: 自公布之日起施行 then means that day.
    """
    place = place or Place()
    problems: list[Problem] = []
    lines = [line.strip(" \t\u3000#>*|") for line in lines]
    lines = [line for line in lines if line]
    head = _joined(_head(lines))
    labels = _labels(lines[:HEAD])
    versions = _versions(head)
    number = only_answer("document number", _numbers(head, labels, versions), place, problems)
    signed_by, signed_on = _signature(lines)
    written = only_answer("成文日期", _dates(labels, _WRITTEN_LABELS) or [signed_on], place, problems)
    written = written or _date_under_title(head)
    posted = next(iter(_dates(labels, _POSTED_LABELS)), "")
    shown = written or _latest(versions) or posted
    force = next(iter(_dates(labels, _FORCE_LABELS)), "") or _in_force(lines, versions, issued or shown)
    older = bool(force) and force < (issued or shown) and len(versions) > 1
    return Official(
        doc_number=number,
        actor=_value(labels, _BODY_LABELS)
        or signed_by
        or _title_body(title)
        or _session_body(versions)
        or _order_body(number),
        issued=shown,
        posted=posted,
        effective="" if older else force,
        first_effective=force if older else "",
        expired=next(iter(_dates(labels, _END_LABELS)), "") or _until(lines),
        written=bool(written),
    ), problems


def _head(lines: Sequence[str]) -> list[str]:
    """The lines before the first paragraph of the body."""
    head: list[str] = []
    for line in lines[:HEAD]:
        if line.endswith(("。", "；")) and _BODY_LINE.fullmatch(line) and _version(line) is None:
            break
        head.append(line)
    return head


def _joined(head: Sequence[str]) -> list[str]:
    """Join 某市人民政府令 to the 第45号 on the line below it."""
    joined: list[str] = []
    for line in head:
        if (
            joined
            and joined[-1].endswith("令")
            and re.fullmatch(rf"[（(]?\s*第\s*[{NUMERAL}]+\s*号\s*[）)]?", line)
        ):
            joined[-1] += line
        else:
            joined.append(line)
    return joined


def _version(line: str) -> tuple[str, str] | None:
    """Read a line of a law's list of versions: (date, what happened); None where it is none."""
    found = _VERSION.fullmatch(line) if "年" in line else None
    what = found["what"].strip() if found else ""
    date = read_date(found["date"]) if found and _VERSION_END.search(what) else ""
    return (date, what) if date else None


def _labels(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Labelled values, on lines of their own or in the cells of a web page's table (joined by tabs)."""
    found = (_LABELLED.fullmatch(cell) for line in lines if not line.isascii() for cell in _cells(line))
    return [(re.sub(r"\s", "", m["label"]), m["value"].strip()) for m in found if m]


def _cells(line: str) -> list[str]:
    """The cells of a row; one that ends in a colon is the label of the next."""
    cells: list[str] = []
    for cell in line.split("\t"):
        if cells and cells[-1].rstrip().endswith(("：", ":")):
            cells[-1] += cell.strip()
        elif cell.strip():
            cells.append(cell.strip())
    return cells


def _value(labels: Sequence[tuple[str, str]], names: Sequence[str]) -> str:
    return next((value for label, value in labels if label in names), "")


def _dates(labels: Sequence[tuple[str, str]], names: Sequence[str]) -> list[str]:
    dates = (read_date(value) for label, value in labels if label in names)
    return [date for date in dates if date]


def _numbers(
    head: Sequence[str], labels: Sequence[tuple[str, str]], versions: Sequence[tuple[str, str]]
) -> list[str]:
    labelled = [normal_number(value) for label, value in labels if label in _NUMBER_LABELS]
    alone = [normal_number(line) for line in head]
    ordered = [
        normal_number(found[0])
        for _, what in versions
        if what.endswith(("公布", "发布"))
        for found in ORDER.finditer(what)
    ][-1:]
    return [n for n in labelled if n] or [n for n in alone if n] or [n for n in ordered if n]


def only_answer(what: str, found: Sequence[str], place: Place, problems: list[Problem]) -> str:
    """Return the one answer there is; of two different ones neither."""
    answers = list(dict.fromkeys(answer for answer in found if answer))
    if len(answers) > 1:
        problems.append(
            problem(
                "two-answers",
                place,
                "the text gives two answers for its {what}: {one!r} and {two!r}; neither is taken",
                hint="say which in the front matter or in documents.xlsx",
                severity="warning",
                what=what,
                one=answers[0],
                two=answers[1],
            )
        )
        return ""
    return answers[0] if answers else ""


def _signature(lines: Sequence[str]) -> tuple[str, str]:
    """Return the bodies that sign and the date under them: the first such pair after the head.

    Under an order a person signs: then there is a date, and the body is not said here.
    """
    short = [n for n, line in enumerate(lines) if len(line) <= 30 and "年" in line and n >= 2]
    for n in short:
        line = lines[n]
        date = read_date(line)
        if len(date) < 10:
            continue
        if _PERSON.fullmatch(lines[n - 1]):
            return "", date
        bodies: list[str] = []
        for above in reversed(lines[max(0, n - 8) : n]):
            if not _SIGNATURE.fullmatch(above):
                break
            bodies.insert(0, re.sub(r"\s*[（(].*|\s+", "", above))
        if bodies and n - len(bodies) > 0:
            return "; ".join(bodies), date
    return "", ""


def _date_under_title(head: Sequence[str]) -> str:
    """A date alone on a line of the head, in brackets or not: the latest of them."""
    dates = [read_date(line) for line in head[1:6] if len(line) <= 30]
    return max((date for date in dates if len(date) == 10), default="")


def _versions(head: Sequence[str]) -> list[tuple[str, str]]:
    """The list of versions at the head of a law: (date, what happened), as written."""
    return [version for line in head if (version := _version(line))]


def _latest(versions: Sequence[tuple[str, str]]) -> str:
    """The date of the latest version: of its publication where that is given. Force is not issue."""
    made = [(date, what) for date, what in versions if not what.endswith(("施行", "实施", "废止"))]
    return max((date for date, _ in made), default="")


def _title_body(title: str) -> str:
    found = _TITLE_BODY.match(title)
    return re.sub(r"\s+", "", found["body"]) if found else ""


def _session_body(versions: Sequence[tuple[str, str]]) -> str:
    """The assembly that passed the latest version, without 第十四届 and 第三十八次会议, or who ordered it."""
    for _, what in reversed(versions):
        order = ORDER.search(what)
        if order and what.endswith(("公布", "发布")):
            return order["body"].removesuffix("令").removeprefix("中华人民共和国")
        session = _SESSION.match(what)
        if session and not what.endswith("批准"):
            return session["place"].strip() + session["body"]
    return ""


def _order_body(number: str) -> str:
    """The body that gives an order: 某市人民政府 of 某市人民政府令第45号."""
    body, order, _ = number.rpartition("令第")
    return body.removeprefix("中华人民共和国") if order and re.search(_ORGAN + "$", body) else ""


def _in_force(lines: Sequence[str], versions: Sequence[tuple[str, str]], issued: str) -> str:
    listed = [date for date, what in versions if what.endswith(("施行", "实施"))]
    if listed:
        return max(listed)
    for line in reversed(lines):
        if "起" not in line or "日" not in line or "自" not in line:  # both expressions want all three
            continue
        for found in reversed(list(_IN_FORCE.finditer(line))):
            dates = [d.date for d in find_dates(found["date"])]
            if len(dates) == 1:
                return dates[0]
        if _FROM_ISSUE.search(line):  # of an amended law nobody can say which issue is meant
            made = [what for _, what in versions if not what.endswith(("施行", "实施", "公布", "批准"))]
            return issued if len(issued) == 10 and len(made) <= 1 else ""
    return ""


def _until(lines: Sequence[str]) -> str:
    for line in reversed(lines):
        found = _UNTIL.search(line) if "有效期" in line else None
        if found and (date := read_date(found["date"])):
            return date
    return ""
