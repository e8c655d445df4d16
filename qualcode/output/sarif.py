"""Problems as SARIF 2.1.0, the form in which editors and code review read what a checker found.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. Columns count code points, as ours do. A
problem without a line points at its file; one without a file has no location.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from qualcode import __version__
from qualcode.problems import Problem, in_order, render

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

Json = dict[str, object]


def sarif(problems: Iterable[Problem]) -> Json:
    """Return one run of qualcode with a result for each problem, in order; kinds are its rules."""
    found = in_order(problems)
    kinds = sorted({one.kind for one in found})
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "qualcode",
                        "version": __version__,
                        "rules": [{"id": kind} for kind in kinds],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(one, kinds.index(one.kind)) for one in found],
            }
        ],
    }


def _result(one: Problem, rule: int) -> Json:
    head = f"{one.place}: {one.severity}[{one.kind}]: "
    result: Json = {
        "ruleId": one.kind,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": render(one).removeprefix(head)},
    }
    if one.place.path:
        place: Json = {"artifactLocation": {"uri": quote(one.place.path)}}
        if one.place.line:
            region = {"startLine": one.place.line}
            if one.place.column:
                region["startColumn"] = one.place.column
            place["region"] = region
        result["locations"] = [{"physicalLocation": place}]
    return result
