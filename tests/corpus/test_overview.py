"""What is said of a corpus before anything is coded."""

from pathlib import Path

from qualcode.corpus import open_corpus
from qualcode.corpus.overview import CorpusOverview, overview

ASK = "您来介绍一下，数据共享上有哪些困难？"
SAY = "各个部门都不太愿意给，说是涉密，实际上是怕担责任。"


def talk(asks: str, says: str) -> str:
    return f"{asks}：{ASK}\n{says}：{SAY}\n" * 4


def seen(folder: Path, texts: dict[str, str]) -> CorpusOverview:
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    corpus, problems = open_corpus(folder)
    return overview(corpus, problems=problems)


def test_interviews_without_interviewers_are_counted_by_how_roles_are_known(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        {
            "a.txt": talk("李", "张"),
            "b.txt": talk("访谈者", "受访者"),
            "c.md": "---\nspeakers: {李: interviewer}\n---\n" + talk("李", "张"),
            "d.txt": "# 随想\n\n数据共享不容易。\n",
        },
    )
    assert [d.id for d in found.talks] == ["a", "b", "c"]
    assert [d.id for d in found.without_interviewer] == ["a", "b"]
    assert [d.id for d in found.without_any_interviewer] == ["a"]
    assert [d.id for d in found.undated] == ["a", "b", "c", "d"]
    assert found.kinds == {"": 1, "interview": 3}


def test_a_guess_stands_beside_an_unknown_role_only(tmp_path: Path) -> None:
    found = seen(tmp_path, {"a.txt": talk("李", "张"), "b.txt": talk("访谈者", "受访者")})
    one, two = found.documents
    assert [(s.role, s.guess) for s in one.speakers] == [
        ("unknown", "interviewer"),
        ("unknown", "respondent"),
    ]
    assert [(s.role, s.role_source, s.guess) for s in two.speakers] == [
        ("interviewer", "pattern", ""),
        ("respondent", "pattern", ""),
    ]
    assert one.turns == 8 and one.segments == 8 and one.median_sentence == (len(ASK) + len(SAY)) / 2


def test_repeats_are_notes_unless_marked(tmp_path: Path) -> None:
    text = "".join(f"第{n}项工作要求各部门在{n * 7}个工作日内报送材料。" for n in range(40))
    found = seen(tmp_path, {"a.txt": text, "b.txt": text})
    assert [(r.first, r.second) for r in found.repeats] == [("a", "b")]
    assert [p.kind for p in found.problems] == ["near-duplicate"]
    found = seen(tmp_path, {"b.meta.yaml": "duplicate_of: a\n"})
    assert len(found.repeats) == 1 and found.problems == ()


def test_an_empty_folder_has_an_overview(tmp_path: Path) -> None:
    found = seen(tmp_path, {})
    assert (found.documents, found.files, found.kinds) == ((), 0, {})
    assert [p.kind for p in found.problems] == ["no-documents"]
