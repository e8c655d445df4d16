"""spaCy: a blank tokenizer and PhraseMatcher(LOWER); for near and regex rules also a Matcher.

In Chinese every character is a token (spaCy's default). Tokens are what it counts: in a gap punctuation
counts as a word, and a rule has one token pattern, which may say less than the rule (`benchmarks.books`).
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import spacy
from spacy.matcher import Matcher, PhraseMatcher

from benchmarks.peers.common import segments


def main() -> None:
    """Tokenize the segments in a pipe and write the hits."""
    rules_file, texts, hits = map(Path, sys.argv[1:4])
    rules = json.loads(rules_file.read_text("utf-8"))
    nlp = spacy.blank(rules["lang"])
    phrases = PhraseMatcher(nlp.vocab, attr="LOWER")
    by_rule: dict[str, list[str]] = {}
    for one in rules["terms"]:
        by_rule.setdefault(one["rule"], []).append(one["term"])
    for rule, terms in by_rule.items():
        phrases.add(rule, [nlp.make_doc(term) for term in terms])
    matchers = [phrases]
    if rules["near"] or rules["regex"]:
        tokens = Matcher(nlp.vocab)
        for one in rules["near"] + rules["regex"]:
            tokens.add(one["rule"], [one["tokens"]])
        matchers.append(tokens)
    names = nlp.vocab.strings
    with hits.open("w", encoding="utf-8", newline="") as stream:
        write = csv.writer(stream, lineterminator="\n").writerow
        pairs = ((text, (name, at)) for name, at, text in segments(texts))
        for doc, (name, at) in nlp.pipe(pairs, as_tuples=True, batch_size=1000):
            for matcher in matchers:
                for rule, first, end in matcher(doc):
                    last = doc[end - 1]
                    write((name, names[rule], at + doc[first].idx, at + last.idx + len(last)))


if __name__ == "__main__":
    main()
