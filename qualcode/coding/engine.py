"""The heart: documents, their segments and a codebook in, codings and matches out.

`code_documents` is pure and the only place where text meets rules. It asks the index where every literal
stands in an armful of documents (`armful.py`), lets each rule that can match in a segment find its evidence
there, judges it (`judging.py`), reads how the words of codings are meant, in the segments that have any, and
makes a coding wherever the rules that stand weigh 1 together (`writing.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.codebook.records import Codebook
from qualcode.coding.armful import Armful, Documents
from qualcode.coding.coded import CodedDocument
from qualcode.coding.context import assertions_of
from qualcode.coding.judging import Judging
from qualcode.coding.plainly import refuse_asking
from qualcode.coding.plan import plan_of
from qualcode.coding.writing import Writing
from qualcode.model import Document, Segment


def code_document(
    document: Document, segments: Sequence[Segment], codebook: Codebook, *, without: str = ""
) -> CodedDocument:
    """Code the segments of one document; `without` is a rule of the codebook to leave out.

    Segments are the document's own, in reading order. The same values give the same result, whatever was
    coded before. Raises `StudyError` where codes of the codebook ask about each other in a circle.
    """
    [coded] = code_documents([(document, segments)], codebook, without=without)
    return coded


def code_documents(documents: Documents, codebook: Codebook, *, without: str = "") -> list[CodedDocument]:
    """Code some documents, each with its segments: what comes of each is what `code_document` gives.

    Everything found in them is held in memory at once; a few dozen of some ten thousand characters go well
    together.
    """
    if not documents:
        return []
    plan = plan_of(codebook)
    left_out = plan.ids.index(without) if without else None
    found = Armful(documents, plan, left_out)
    waiting = []
    for (document, segments), share in zip(documents, found.shares(), strict=True):
        judging = Judging(document, segments, codebook, plan, share, found.evidence, left_out)
        if not codebook.code_interviewers:
            refuse_asking(share.plain, judging.laid, plan)
        judged = judging.judged()
        waiting.append(Writing(judging.laid, plan, judged, share.plain, judging.problems))
    del found, judging, share  # of a large document more than half of what is held
    if not codebook.context.cues:
        return [one.coded() for one in waiting]
    assertions, meant = assertions_of([one.told() for one in waiting], codebook)
    return [one.coded(assertions, its) for one, its in zip(waiting, meant, strict=True)]
