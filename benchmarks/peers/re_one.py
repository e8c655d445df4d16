"""All terms in one `re`, the longest first. It finds one term at a place, so terms inside others are lost."""

from __future__ import annotations

import re

from benchmarks.peers.common import Rules, Search, main


def prepare(rules: Rules) -> Search:
    owner = {one["term"]: one["rule"] for one in rules["terms"]}
    any_of = "|".join(re.escape(term) for term in sorted(owner, key=lambda term: (-len(term), term)))
    expression = re.compile(any_of if rules["lang"] == "zh" else rf"(?<!\w)(?:{any_of})(?!\w)")

    def search(text: str):
        for found in expression.finditer(text.lower()):
            yield owner[found.group()], found.start(), found.end()

    return search


if __name__ == "__main__":
    main(prepare)
