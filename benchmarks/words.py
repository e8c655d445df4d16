"""Words to write corpora with: frequent real ones first, then made-up ones, drawn after Zipf.

English has its 160 commonest words, then words of seeded syllables; Chinese has its commonest words of talk,
then the frequent words that come with the package. Real function words matter: cues, patterns and word
boundaries are decided on them. Nothing is downloaded.
"""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = """
the of and to a in that it is was for on we you i they with as he be this have not are but had at or
there what so would one all from by were do if an she which will can my your when no just like about
people know then think out up who said more their time well because them some get our work into
other could how very me only now going also her than data has been did way us really make those over
see good first two through where any back even go want between should many year much come its may
after take thing use most must before new cannot never still being always every why against while
need look city office system again under until
""".split()  # noqa: SIM905
CHINESE = """
的 了 是 我 我们 他 他们 在 就 有 这个 不 也 都 说 要 一个 那个 你 和 很 没有 到 去 做 来 会 能
对 上 把 给 因为 所以 但是 如果 然后 现在 当时 后来 可以 应该 需要 已经 自己 大家 问题 工作 情况
时候 单位 部门 数据 这样 什么 怎么 觉得 知道 其实 比较 非常 一些 还是 就是 不能 不会 可能 必须
不得 进行 以及 或者 通过 根据 关于 等
""".split()  # noqa: SIM905
ONSETS = "b c d f g h j l m n p r s t v w br ch cr dr fl gr pl pr sh sl st th tr".split()  # noqa: SIM905
RIMES = "a e i o u ai ea ou an en in on er or al il at et is us ent ing ack est".split()  # noqa: SIM905
CODAS = ["", "", "", "s", "t", "n", "ed", "ly", "er", "ment", "ness", "able"]
COUNT = 30_000


@cache
def vocabulary(lang: str) -> tuple[str, ...]:
    """Return the words of a language, the most frequent first; always the same."""
    return _english() if lang == "en" else _chinese()


def _english() -> tuple[str, ...]:
    chance = random.Random(20)
    words = dict.fromkeys(ENGLISH)
    while len(words) < COUNT:
        # Frequent words are short, as in any language.
        syllables = chance.choices((1, 2, 3), (6, 3, 1) if len(words) < 1500 else (1, 6, 4))[0]
        made = "".join(chance.choice(ONSETS) + chance.choice(RIMES) for _ in range(syllables))
        words[made + chance.choice(CODAS)] = None
    return tuple(words)


def _chinese() -> tuple[str, ...]:
    path = ROOT / "qualcode" / "text" / "data" / "common_zh.txt"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return tuple(dict.fromkeys(CHINESE + " ".join(lines).split()))[:COUNT]


def overlaps_itself(term: str) -> bool:
    """Whether two places of a term could share characters: programs count such places differently.

    >>> [overlaps_itself(term) for term in ("abca", "abc")]
    [True, False]
    """
    return any(term.startswith(term[n:]) for n in range(1, len(term)))
