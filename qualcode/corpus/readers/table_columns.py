"""Find out which column of a researcher's table is what.

What was said in `columns` counts; the rest is guessed by names people give, in Chinese and English. Columns
that are none of these are metadata and keep their names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

# What is looked for, and the names that mean it, most telling first.
_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        *(
            "text",
            "content",
            "utterance",
            "transcript",
            "transcription",
            "answer",
            "response",
            "quote",
            "body",
        ),
        *(
            "文本",
            "文本内容",
            "内容",
            "內容",
            "发言内容",
            "發言內容",
            "谈话内容",
            "访谈内容",
            "訪談內容",
            "逐字稿",
        ),
        *(
            "发言",
            "發言",
            "正文",
            "原文",
            "话语",
            "語句",
            "语句",
            "回答",
            "答案",
            "文字",
            "记录",
            "紀錄",
            "转写",
        ),
    ),
    "speaker": (
        *("speaker", "speakername", "participant", "interviewee", "respondent", "who"),
        *(
            "说话人",
            "說話人",
            "发言人",
            "發言人",
            "讲话人",
            "講者",
            "讲者",
            "发言者",
            "發言者",
            "说话者",
            "人物",
        ),
        *("受访者", "受訪者", "受访人", "被访者", "角色", "姓名", "name"),
    ),
    "time": (
        *("time", "timestamp", "start", "starttime", "begin", "timecode"),
        *("时间", "時間", "时间戳", "時間戳", "开始时间", "開始時間", "开始", "时间点"),
    ),
    "time_end": ("end", "endtime", "stop", "结束时间", "結束時間", "结束"),
    "document": (
        *("document", "documentid", "doc", "docid", "interview", "interviewid", "transcriptid"),
        *(
            "文档",
            "文檔",
            "文档id",
            "文档编号",
            "访谈编号",
            "訪談編號",
            "访谈id",
            "材料",
            "材料编号",
            "文件",
            "文件名",
        ),
        *("file", "filename", "source", "id", "编号", "編號", "序号", "序號", "no"),
    ),
}
ROW_NUMBERS = frozenset({"id", "编号", "編號", "序号", "序號", "no"})  # may count rows as well as documents
PEOPLE = frozenset(
    {"participant", "interviewee", "respondent", "name", "who", "人物", "角色", "姓名"}
    | {"受访者", "受訪者", "受访人", "被访者"}
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each role is, by index, and every other column by its key.

    `missing` are (key, name) that were named and are not there. `counting` says that the document column is
    one that often only counts rows, `people` that the speaker column may as well name one person per row.
    """

    roles: Mapping[str, int] = field(default_factory=dict)
    metadata: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[tuple[str, str], ...] = ()
    counting: bool = False
    people: bool = False

    def without_speaker(self) -> Columns:
        """The same, with the speaker column as the attribute `participant`."""
        roles = {role: at for role, at in self.roles.items() if role != "speaker"}
        return replace(self, roles=roles, metadata={**self.metadata, "participant": self.roles["speaker"]})

    def has(self, role: str) -> bool:
        return role in self.roles


def find_columns(header: Sequence[str], named: Mapping[str, str]) -> Columns:
    """Match a header with what was named in `columns`, then with the names people give.

    >>> found = find_columns(["编号", "发言人", "内容", "城市"], {})
    >>> found.roles, dict(found.metadata)
    ({'text': 2, 'speaker': 1, 'document': 0}, {'城市': 3})
    """
    plain = [_plain(name) for name in header]
    roles: dict[str, int] = {}
    metadata: dict[str, int] = {}
    missing: list[tuple[str, str]] = []
    taken: set[int] = set()
    for key, name in named.items():
        at = _index(header, plain, name)
        if at is None:
            missing.append((key, name))
            continue
        (roles if key in _NAMES else metadata)[key] = at
        taken.add(at)
    counting = people = False
    for role, names in _NAMES.items():
        if role in roles or role in named:
            continue
        for name in names:
            at = next((i for i, p in enumerate(plain) if p == name and i not in taken), None)
            if at is not None:
                roles[role] = at
                taken.add(at)
                counting = counting or (role == "document" and name in ROW_NUMBERS)
                people = people or (role == "speaker" and name in PEOPLE)
                break
    for i, name in enumerate(header):
        if i not in taken and name.strip():
            metadata.setdefault(name.strip(), i)
    return Columns(roles, metadata, tuple(missing), counting, people)


def _plain(name: str) -> str:
    return "".join(c for c in name.casefold() if c not in " _-　\t.:：()（）\n")


def _index(header: Sequence[str], plain: Sequence[str], name: str) -> int | None:
    for i, written in enumerate(header):
        if written.strip() == name.strip():
            return i
    return plain.index(_plain(name)) if _plain(name) in plain else None
