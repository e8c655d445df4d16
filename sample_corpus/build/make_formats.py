"""Writes the ten interviews as they would really come in: txt, md, GB18030, docx, vtt, csv and pdf.

    python sample_corpus/build/make_formats.py

The talk is in gold/source/*.txt, who speaks and in which form in interviews.yaml. Needs PyYAML; the pdf also
needs Chromium (`CHROMIUM=/path/to/chromium`) and a CJK font, and is left as it is without them.
"""

from __future__ import annotations

import csv
import html
import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import yaml
from annotated import CORPUS, HERE, SOURCE, interviews

OUT = CORPUS / "interviews"
NOTICE = "本文本为虚构样例 / SYNTHETIC"
HEAD = "（本文本为虚构样例 / SYNTHETIC：人物、单位、事件均为编写，与任何真实的人和机构无关。）"
FOOTER = "（以上内容由AI转写，仅供参考）"
SHEET = [
    "file",
    "id",
    "title",
    "kind",
    "language",
    "date",
    "case",
    "site",
    "actor",
    "actor_level",
    "actor_type",
]
SHEET += ["interviewer", "consent", "split", "synthetic"]
Turn = tuple[str, str, int]  # speaker's key in the source, words, seconds from the start


def turns(name: str, rate: float) -> list[Turn]:
    """The talk without its marks; the clock runs `rate` characters a second and pauses between turns."""
    found, clock = [], 3.0
    for line in (SOURCE / f"{name}.txt").read_text("utf-8").splitlines():
        speaker, _, words = line.partition(": ")
        words = re.sub(r"\{[^{}]*\}", "", words)
        found.append((speaker, words, int(clock)))
        clock += len(words) / rate + 1.5 + len(found) % 4
    return found


def clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def stamp(seconds: float) -> str:
    return f"{clock(int(seconds))}.{int(seconds * 1000) % 1000:03d}"


def metadata(name: str, about: dict) -> dict:
    speakers = {}
    for key, label in about["labels"].items():
        person = about.get("people", {}).get(key, about)
        if key in ("Q", "主"):
            speakers[label] = {"role": "moderator" if key == "主" else "interviewer"}
        else:
            speakers[label] = {
                "role": "respondent",
                "actor": about["actor"],
                "position": person["role_note"],
                "since": person["since"],
            }
    return {
        "synthetic": True,
        "notice": NOTICE,
        "id": name,
        "title": about["title"],
        "kind": about.get("kind", "interview"),
        "language": "zh",
        "date": str(about["date"]),
        "case": about.get("case", "J市"),
        "site": about["site"],
        "actor": about["actor"],
        "actor_level": about["actor_level"],
        "actor_type": about["actor_type"],
        "interviewer": "访谈员甲",
        "consent": "已取得（虚构）",
        "split": about["split"],
        "speakers": speakers,
    }


def dump(data: dict) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=200)


def front_matter(data: dict) -> str:
    return f"---\n{dump(data)}---\n"


def day(about: dict) -> str:
    date = about["date"]
    return f"{date.year}年{date.month}月{date.day}日"


def opening(about: dict, mark: str = "") -> str:
    """The title block a transcript starts with: title, date, place, keywords."""
    lines = [f"{mark}{about['title']}", "", f"访谈时间：{day(about)}", f"访谈地点：{about['site']}", HEAD]
    if "keywords" in about:
        lines += ["", "关键词：", "、".join(about["keywords"])]
    return "\n".join(lines) + "\n\n"


def talk(about: dict, said: list[Turn]) -> str:
    label, form = about["labels"], about["form"]
    if form == "labels":
        return "\n".join(f"{label[s]}{about['colon']}{words}" for s, words, _ in said)
    if form == "bracket":
        return "\n\n".join(f"[{clock(t)}] {label[s]}：{words}" for s, words, t in said)
    if form == "above":
        return "\n\n".join(f"{label[s]} {clock(t)}\n{words}" for s, words, t in said)
    if form == "iflytek":  # MM:SS in the first hour, then HH:MM:SS
        return "\n\n".join(
            f"{label[s]} {clock(t) if t >= 3600 else clock(t)[3:]}\n{words}" for s, words, t in said
        )
    if form == "heading":
        return "\n\n".join(f"### {label[s]}：\n\n{words}" for s, words, _ in said)
    raise ValueError(form)


def write_text(name: str, about: dict, said: list[Turn]) -> None:
    data = metadata(name, about)
    encoding = about.get("encoding", "utf-8")
    if encoding != "utf-8":  # its metadata is a row of documents.csv
        data = {"synthetic": True, "notice": NOTICE}
    mark = "# " if about["file"].endswith(".md") else ""
    text = front_matter(data) + "\n" + opening(about, mark) + talk(about, said) + "\n"
    if about.get("footer"):
        text += f"\n{FOOTER}\n"
    (OUT / about["file"]).write_bytes(text.encode(encoding))


def write_vtt(name: str, about: dict, said: list[Turn]) -> None:
    cues = ["WEBVTT", f"NOTE\nsynthetic: true\n{NOTICE}\n{about['title']}\n{HEAD}"]
    for speaker, words, begin in said:
        pieces = re.findall(r"[^。！？；]+[。！？；]*[”’）]*|[。！？；]+", words)
        lines = [cut for piece in pieces for cut in break_long(piece)]
        at = float(begin)
        for line in lines:
            end = at + len(line) / about["rate"]
            cues.append(
                f"{stamp(at)} --> {stamp(end)}\n"
                f"<v {about['labels'][speaker]}>{html.escape(line, quote=False)}</v>"
            )
            at = end
    (OUT / about["file"]).write_text("\n\n".join(cues) + f"\n\nNOTE {FOOTER}\n", "utf-8")


def break_long(sentence: str) -> list[str]:
    """A subtitle breaks a long sentence at the comma nearest its middle."""
    commas = [m.end() for m in re.finditer("，", sentence)]
    if len(sentence) <= 52 or not commas:
        return [sentence]
    cut = min(commas, key=lambda c: abs(c - len(sentence) / 2))
    return [sentence[:cut], sentence[cut:]]


def write_csv(name: str, about: dict, said: list[Turn]) -> None:
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(["document", "speaker", "time", "text", "note"])
    writer.writerows([name, about["labels"][s], clock(t), words, NOTICE] for s, words, t in said)
    (OUT / about["file"]).write_text(sheet.getvalue(), "utf-8-sig")


def numbered(about: dict, said: list[Turn]) -> list[str]:
    """Q1: … A1: …; the number goes up with each question."""
    lines, number = [], 0
    for speaker, words, _ in said:
        number += speaker == "Q"
        tag = str(number) if about.get("numbered") else ""
        lines.append(f"{about['labels'][speaker]}{tag}{about['colon']}{words}")
    return lines


def write_pdf(name: str, about: dict, said: list[Turn]) -> None:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        print(f"{about['file']}: no Chromium, left as it is")
        return
    body = "\n".join(f"<p>{html.escape(line)}</p>" for line in numbered(about, said))
    filled = {
        "@TITLE@": about["title"],
        "@NOTICE@": NOTICE,
        "@DAY@": day(about),
        "@SITE@": about["site"],
        "@HEAD@": HEAD,
        "@BODY@": body,
    }
    page = (HERE / "page.html").read_text("utf-8")
    for mark, value in filled.items():
        page = page.replace(mark, value)
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.pdf")
        source.write_text(page, "utf-8")
        command = [
            chromium,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={target}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        # Chromium writes the hour of printing; a fixed one keeps the file the same.
        printed = re.sub(
            rb"/(CreationDate|ModDate) \(D:\d{14}", rb"/\1 (D:20220101000000", target.read_bytes()
        )
        (OUT / about["file"]).write_bytes(printed)


PARTS = {
    "[Content_Types].xml": "content_types.xml",
    "_rels/.rels": "rels.xml",
    "docProps/core.xml": "core.xml",
    "word/_rels/document.xml.rels": "document_rels.xml",
    "word/styles.xml": "styles.xml",
    "word/comments.xml": "comments.xml",
    "word/document.xml": "document.xml",
}  # of a Word file, and where build/docx keeps each


def run(words: str, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{html.escape(words, quote=False)}</w:t></w:r>'


def paragraph(content: str, style: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p>'
        if style
        else f"<w:p>{content}</w:p>"
    )


def write_docx(name: str, about: dict, said: list[Turn]) -> None:
    """As Word would: heading, a table of particulars, bold labels, a comment, an insertion, a deletion."""
    rows = {"访谈编号": name, "访谈时间": day(about), "访谈地点": about["site"], "受访者": about["role_note"]}
    cell = '<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{}</w:tc>'.format
    table = "".join(
        f"<w:tr>{cell(paragraph(run(k)))}{cell(paragraph(run(v)))}</w:tr>" for k, v in rows.items()
    )
    body = [
        paragraph(run(about["title"]), "Heading1"),
        paragraph(run("synthetic: true")),
        paragraph(run(NOTICE)),
        paragraph(run(HEAD)),
        f'<w:tbl><w:tblPr><w:tblW w:w="8000" w:type="dxa"/></w:tblPr>{table}</w:tbl>',
        paragraph(run("访谈记录"), "Heading2"),
    ]
    author = 'w:author="整理者" w:date="2021-11-08T09:00:00Z"'
    for number, (speaker, words, _) in enumerate(said):
        label = run(f"{about['labels'][speaker]}{about['colon']}", bold=True)
        spoken = run(words)
        if number == 1:  # a word struck out by the person who tidied the transcript
            spoken += f'<w:del w:id="11" {author}><w:r><w:delText>这段不要</w:delText></w:r></w:del>'
        if "抬着来的呀" in words:  # words the tidier put in, and a remark on them
            left, right = words.split("抬着来的呀，", 1)
            spoken = (
                run(left)
                + '<w:commentRangeStart w:id="0"/>'
                + f'<w:ins w:id="12" {author}>{run("抬着来的呀，")}</w:ins>'
                + '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
                + run(right)
            )
        body.append(paragraph(label + spoken))
    filled = {"@TITLE@": about["title"], "@NOTICE@": NOTICE, "@BODY@": "".join(body)}
    with zipfile.ZipFile(OUT / about["file"], "w", zipfile.ZIP_DEFLATED) as package:
        for path, source in PARTS.items():
            content = (HERE / "docx" / source).read_text("utf-8")
            for mark, value in filled.items():
                content = content.replace(mark, value)
            package.writestr(zipfile.ZipInfo(path, (2022, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def write_sheet(every: dict[str, dict]) -> None:
    """documents.csv has the pdf and the GB18030 text; rows that others put there stay."""
    path = CORPUS / "documents.csv"
    columns, kept = list(SHEET), []
    if path.exists():
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            columns = [*(reader.fieldnames or SHEET)]
            kept = [row for row in reader if row.get("id") not in every]
    ours = []
    for name, about in every.items():
        if about["form"] in ("pdf", "iflytek"):
            data = metadata(name, about) | {"file": f"interviews/{about['file']}", "synthetic": "true"}
            ours.append({column: data.get(column, "") for column in columns})
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(kept + ours, key=lambda row: row["file"]))


WRITERS = {"docx": write_docx, "vtt": write_vtt, "csv": write_csv, "pdf": write_pdf}


def main() -> None:
    OUT.mkdir(exist_ok=True)
    every = interviews()
    for name, about in every.items():
        WRITERS.get(about["form"], write_text)(name, about, turns(name, about["rate"]))
        if about["form"] in ("docx", "vtt", "csv"):
            (OUT / f"{Path(about['file']).stem}.meta.yaml").write_text(dump(metadata(name, about)), "utf-8")
        elif about["form"] in ("pdf", "iflytek"):
            # Speakers do not fit a row of a table; the rest of the metadata is in documents.csv.
            speakers = {key: metadata(name, about)[key] for key in ("synthetic", "notice", "speakers")}
            (OUT / f"{Path(about['file']).stem}.meta.yaml").write_text(dump(speakers), "utf-8")
    write_sheet(every)


if __name__ == "__main__":
    main()
