"""Word files with comments, made by hand."""

import io
import zipfile
from html import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(text, remarks):
    """Make a .docx of lines of text; a remark is (marked words or (start, end), author, text, date or none).

    Marked words are the first place they stand at; `None` hangs a remark on nothing.
    """
    spans, comments = [], []
    for n, (where, author, said, *date) in enumerate(remarks):
        when = f' w:date="{date[0]}"' if date else ""
        lines = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in said.split("\n"))
        comments.append(
            f'<w:comment w:id="{n}" w:author="{escape(author, quote=True)}"{when}>{lines}</w:comment>'
        )
        if where is None:
            continue
        start = text.index(where) if isinstance(where, str) else where[0]
        end = start + len(where) if isinstance(where, str) else where[1]
        spans += [(start, 1, f'<w:commentRangeStart w:id="{n}"/>')]
        spans += [(end, 0 if end > start else 2, f'<w:commentRangeEnd w:id="{n}"/>')]
    body, at = "<w:p>", 0
    for place, _, mark in [*sorted(spans), (len(text), 3, "")]:
        body += "</w:p><w:p>".join(
            f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' if part else ""
            for part in text[at:place].split("\n")
        )
        body, at = body + mark, place
    document = f"<w:document {W}><w:body>{body}</w:p></w:body></w:document>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", document)
        archive.writestr("word/comments.xml", f"<w:comments {W}>{''.join(comments)}</w:comments>")
    return stream.getvalue()
