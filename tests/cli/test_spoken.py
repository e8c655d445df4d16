"""Under --lang zh a wrong call is answered in Chinese, click's own messages and guesses too."""

import re

import pytest

from qualcode.codebook import load_codebook
from qualcode.language import fill, translations

ENGLISH = re.compile(
    r"\b(invalid|value|option|requires|argument|not|valid|range|one of|unexpected|did|mean)\b", re.IGNORECASE
)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (("review", "pge", "x"), "没有命令 'pge'；是不是想写 'page'？"),
        (("review", "--coder", "甲", "--port", "x"), "'--port' 的值无效：'x' 不是整数。"),
        (("review", "--coder", "甲", "--idle", "-1"), "'--idle' 的值无效：-1.0 不在范围 x>=0 之内。"),
        (("review", "export", "--coder", "甲", "--out"), "选项 '--out' 需要一个值。"),
        (("review", "export", "--blnd"), "没有选项 --blnd；是不是想写 --blind？"),
        (("review", "export"), "缺少 '--coder'"),
        (("review", "a", "b", "c", "--coder", "甲"), "多出的参数：b c"),
        (("decide",), "缺少 'PLACE'"),
        (("agreement", "--format", "xx"), "'--format' 的值无效：'xx' 不在可选值之列：'text', 'csv'。"),
    ],
)
def test_a_wrong_call(qualcode, call, said):
    answer = qualcode("--lang", "zh", *call)
    assert answer.code == 2
    assert said in answer.err
    shown = re.sub(r"'[^']*'|--\S+|qualcode .*", "", answer.err)
    assert not ENGLISH.search(shown), answer.err


def test_a_guess_at_a_name(qualcode, study):
    codebook, _ = load_codebook(study / "codebook.yaml")
    code = next(iter(codebook.codes))
    document = next(line for line in (study / "results" / "segments.csv").read_text("utf-8").splitlines()[1:])
    place = document.split(",")[1]
    answer = qualcode("--lang", "zh", "decide", place, study, "--coder", "甲", "--add", code + "x")
    assert answer.code == 2
    assert f"是不是想写 '{code}'？" in answer.err


def test_a_guess_may_have_braces_and_quotes():
    assert fill("did you mean '{n}'?", "zh", {}) == "是不是想写 '{n}'？"
    assert fill('did you mean "o\'clock"?', "zh", {"n": 1}) == '是不是想写 "o\'clock"？'
    assert fill("did you mean 'terms'?", "en", {}) == "did you mean 'terms'?"
    assert translations("zh").get("did you mean that", "as it was") == "as it was"
