"""One `re` for each term, one after the other over each segment: the plainest program that is right.

It finds all that qualcode finds: terms and wildcards (whole words in English), regular expressions, and for
`near` the segments in which two words of the groups stand close enough.
"""

from __future__ import annotations

import re

from benchmarks.peers.common import Rules, Search, main

WORD = re.compile(r"\w+")


def literal(term: str, lang: str) -> re.Pattern[str]:
    """Return an expression for a term: whole words in English, anywhere in Chinese."""
    if lang == "zh":
        return re.compile(re.escape(term))
    end = r"\w*" if term.endswith("*") else r"(?!\w)"
    return re.compile(rf"(?<!\w){re.escape(term.removesuffix('*'))}{end}")


def prepare(rules: Rules) -> Search:
    lang = rules["lang"]
    terms = [(one["rule"], literal(one["term"], lang)) for one in rules["terms"] + rules["wildcards"]]
    regexes = [(one["rule"], re.compile(one["regex"], re.IGNORECASE | re.ASCII)) for one in rules["regex"]]
    nears = [
        (
            one["rule"],
            [[literal(w, lang) for w in group] for group in one["groups"]],
            int(one["within"].split()[0]),
        )
        for one in rules["near"]
    ]

    def search(text: str):
        folded = text.lower()
        for rule, term in terms:
            for found in term.finditer(folded):
                yield rule, found.start(), found.end()
        for rule, expression in regexes:
            for found in expression.finditer(text):
                yield rule, found.start(), found.end()
        for rule, (first, second), most in nears:
            one = [found.span() for term in first for found in term.finditer(folded)]
            other = [found.span() for term in second for found in term.finditer(folded)] if one else []
            for a in one:
                for b in other:
                    left, right = (a, b) if a[1] <= b[0] else (b, a)
                    between = folded[left[1] : right[0]]
                    if left[1] <= right[0] and _length(between, lang) <= most:
                        yield rule, left[0], right[1]

    return search


def _length(between: str, lang: str) -> int:
    return len(between) if lang == "zh" else len(WORD.findall(between))


if __name__ == "__main__":
    main(prepare)
