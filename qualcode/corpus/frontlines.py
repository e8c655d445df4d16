"""Lines that no speaker said and no author wrote: date lines, key words, notes of transcription programs.

Above the first speaker's label everything is front matter anyway. This file knows the lines for themselves,
wherever they stand: in a transcript without labels, or at the end, where transcription programs sign.

    时间：2021年3月5日   访谈地点：…   关键词：数据、共享   文字记录：       near the head of a transcript
    以上内容由AI生成   讯飞听见转写   Transcribed by https://otter.ai     anywhere

The paper's own furniture (page numbers, 抄送 lines) is known to the readers.
"""

from __future__ import annotations

import re

from qualcode.expressions import expression

_PROGRAMS = "讯飞听见|訊飛聽見|腾讯会议|飞书妙记|通义听悟|网易见外|钉钉闪记|录音转文字助手"
_SIGNED = expression(
    r"[（(【*_—\-\s]*(?:"
    r"(?:以上|本|此|该)?(?:内容|纪要|文稿|转写|摘要|文字|结果|文档)?(?:均)?(?:由|为)"
    r"[^。\n]{0,12}(?:AI|人工智能|智能|讯飞|腾讯|飞书|通义|大模型)[^。\n]{0,12}(?:生成|转写|整理|识别)[^。\n]{0,30}"
    rf"|(?:{_PROGRAMS})[^。，\n]{{0,20}}"
    r"|(?:AI|智能)(?:生成|转写|纪要)[，,：:]?[^。\n]{0,10}(?:仅供参考|注意甄别)[^。\n]{0,10}"
    r"|transcribed by (?:https?://\S+|otter\S*)"
    r"|(?:this transcript was |automatically )?generated (?:automatically )?by"
    r" (?:zoom|teams|otter|ai|google meet)\b[^\n]{0,60}"
    r"|(?:transcription|meeting) (?:started|ended|stopped)(?: (?:at|by|after)\b[^\n]{0,40})?"
    r")[）)】*_—\-\s。.]*",
    re.IGNORECASE,
)
# What a signature begins with: a bracket or the like, or the first character of one of the above.
SIGNS_WITH = frozenset("（(【*_—-以上本此该内纪文转摘结均由为讯訊腾飞通网钉录智AaTtGgMm")
_HEAD = expression(
    r"[*\s📅🏡🕐📍]*(?:"
    r"(?:访谈|訪談|采访|採訪|会议|會議|录音|調研|调研|座谈)?"
    r"(?:时间|時間|日期|地点|地點|时长|時長|方式|对象|對象|人员|主题|主題)"
    r"|(?:访谈者?|录音|受访者)(?:编号|信息|概况)|(?:转写|整理|校对|记录)人?|参会人员?|与会人员?"
    r"|date|time|place|location|venue|duration|recorded|interview(?: date| no\.?)|attendees|participants"
    r"|transcript(?:ion)?(?: by)?)\**[ ]*[:：\t][^\n]*"
    r"|[*\s]*(?:关键词|關鍵詞|关键字|keywords?)\**[ ]*[:：]?[^\n]*"
    r"|[*\s]*(?:文字记录|文字記錄|文字稿|逐字稿|转写结果|transcript)\**[ ]*[:：]?"
    r"|\d{4}[-./年]\d{1,2}[-./月]\d{1,2}[日号]?(?:[ T]*\d{1,2}:\d{2}(?::\d{2})?)?"
    r"(?:\s*[-–|｜]\s*[\d:]+(?:分钟|min)?)?",
    re.IGNORECASE,
)
_HEAD_LINES = 12


def is_signature(line: str) -> bool:
    """Whether a whole line is a transcription program's: 以上内容由AI生成, Transcribed by https://otter.ai.

    >>> is_signature("以上内容由AI生成，仅供参考"), is_signature("我们用AI生成过。后来改了。")
    (True, False)
    """
    return len(line) <= 120 and bool(_SIGNED.fullmatch(line.strip()))


def is_head_line(line: str, number: int) -> bool:
    """Whether a line of a transcript is a date line, a place, a list of key words or the like.

    `number` counts the body lines before it: only among the first dozen can a line be one.
    """
    return number < _HEAD_LINES and len(line) <= 200 and bool(_HEAD.fullmatch(line.strip()))
