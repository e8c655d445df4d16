"""Are written rules in force here, and does the informal way reach what they are for? Read off the words.

Helmke and Levitsky (2004) sort informal institutions by two questions: are the formal ones effective, and
does the outcome converge with what these are for?

                     converges        diverges
    effective        complementary    accommodating
    ineffective      substitutive     competing

Words can suggest an answer (石沉大海: not effective; 表就来了: converges); they do not settle it. Where both
answers are said, or neither, it stays open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

EFFECTIVE, INEFFECTIVE = "effective", "ineffective"
CONVERGENT, DIVERGENT = "convergent", "divergent"
OPEN = "open"
TYPES = {
    (EFFECTIVE, CONVERGENT): "complementary",
    (EFFECTIVE, DIVERGENT): "accommodating",
    (INEFFECTIVE, CONVERGENT): "substitutive",
    (INEFFECTIVE, DIVERGENT): "competing",
}

STRONG = re.compile(
    r"(?:函|文|手续|协议|流程|公文)[^。，]{0,6}(?:照|也)(?:样)?(?:走|发|补|写|签)|该走的[^。，]{0,4}照走|照走不误|"
    r"流程[^。]{0,4}(?:没少|走完|走全|不少)|文归文|先[^。，]{1,8}再发文|后补|补的时候|补(?:了|上)?(?:函|协议|手续|文)|"
    r"条文上|按(?:规定|条例|制度|流程)(?:来|办|走)|写进(?:了|去)|有条例|真有(?:条例|规定)|"
    r"\b(?:by the book|letter followed|paper followed|procedure was followed|went through the procedure|"
    r"on the form|in the rules)\b",
    re.IGNORECASE,
)
WEAK = re.compile(
    r"走不(?:通|动)|没(?:有)?(?:哪个|人|谁)?当真|不当真|形同虚设|摆设|一纸空文|没(?:什么)?用|不管用|不顶用|"
    r"没(?:有)?约束力|石沉大海|没(?:有)?下文|没回音|(?:发函|函)[^。]{0,8}(?:没回|不回|没人回)|一个月没回|"
    r"(?:文|协议|依据|规定|名分|文件)(?:是|都)?没有|没有?(?:正式)?(?:协议|文件|依据|名分|红头)|"
    r"(?:正规|公开|正式)(?:渠道|途径|的路)[^。]{0,6}(?:停|不通|没)|细则里没有|文件里没有|按规定(?:这)?是不行的|"
    r"不打招呼[^。]{0,6}(?:不|没)|公事公办[^。]{0,8}(?:不|没)|发了[^。]{0,6}函[^。]{0,8}没|"
    r"\b(?:dead letter|nobody took it seriously|on paper only|no agreement|unanswered|went nowhere|"
    r"no legal basis|ignored)\b",
    re.IGNORECASE,
)
REACHED = re.compile(
    r"(?:就|才|也|都|便|马上|当天|第二天)[^。，]{0,6}(?:来了|过来了|给了|开了|通了|办成|办了|有了|批了|放了|派人来|到了|接上)|"
    r"表(?:就)?(?:来|过来)了|拿到了?|办成|办下来|当天给|先给我|从来不迟|就定了|定了，|换来的|"
    r"反而有了|文走得就?快|先放|开给|"
    r"\b(?:came through|sent it|got it|it was there|opened it|had it by|was done|arrived)\b",
    re.IGNORECASE,
)
MISSED = re.compile(
    r"不给|没给|就是不回|不回|不走|只给|只认|就两栏|摘要|汇总|看不出|压着|拖着|卡着|退回|不肯|没人认|难受|没有数据|数据不走|"
    r"靠面子|只(?:有|要)[^。，]{0,6}人情|走样|打了?折|意思意思|也就那样|"
    r"\b(?:refused|only a summary|withheld|watered down|delayed|would not give|no use to us)\b",
    re.IGNORECASE,
)


class Reading(NamedTuple):
    """One side of the two: the answer and the words it rests on."""

    answer: str
    words: tuple[str, ...]


def effect_of(texts: Sequence[str], *, negated: bool = False) -> Reading:
    """Say whether written rules are told to be in force; `negated`: a formal code is denied here.

    >>> effect_of(["函照发，", "一个电话表就来了。"]).answer, effect_of(["发函一个月没回。"]).answer
    ('effective', 'ineffective')
    """
    return _weighed(texts, STRONG, WEAK, (EFFECTIVE, INEFFECTIVE), second=negated)


def outcome_of(texts: Sequence[str]) -> Reading:
    """Say whether the informal way is told to reach what written rules are for.

    >>> outcome_of(["一个电话，第二天表就过来了。"]).answer, outcome_of(["按老规矩只给摘要。"]).answer
    ('convergent', 'divergent')
    """
    return _weighed(texts, REACHED, MISSED, (CONVERGENT, DIVERGENT))


def _weighed(
    texts: Sequence[str],
    one: re.Pattern[str],
    other: re.Pattern[str],
    answers: tuple[str, str],
    *,
    second: bool = False,
) -> Reading:
    found = [tuple(m.group() for text in texts for m in pattern.finditer(text)) for pattern in (one, other)]
    first, last = bool(found[0]), bool(found[1]) or second
    if first == last:
        return Reading(OPEN, (*found[0], *found[1]))
    return Reading(answers[0], found[0]) if first else Reading(answers[1], found[1])


def type_of(effect: str, outcome: str) -> str:
    """Return Helmke and Levitsky's type, `open` where one of the two questions is."""
    return TYPES.get((effect, outcome), OPEN)
