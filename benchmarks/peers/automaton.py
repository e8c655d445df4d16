"""Aho-Corasick (`ahocorasick_rs`), segment by segment, with a test of word boundaries: the least program.

It has qualcode's own engine and none of its work: no files of many kinds, sentences, metadata, longest match,
reasons, or tables with text.
"""

from __future__ import annotations

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from benchmarks.peers.common import Rules, Search, main


def prepare(rules: Rules) -> Search:
    terms = [one["term"] for one in rules["terms"]]
    owners = [one["rule"] for one in rules["terms"]]
    whole = rules["lang"] == "en"
    automaton = AhoCorasick(terms, matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def search(text: str):
        folded = text.lower()
        for term, start, end in automaton.find_matches_as_indexes(folded, overlapping=True):
            if whole and (folded[start - 1 : start].isalnum() or folded[end : end + 1].isalnum()):
                continue
            yield owners[term], start, end

    return search


if __name__ == "__main__":
    main(prepare)
