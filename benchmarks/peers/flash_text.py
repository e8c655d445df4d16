"""flashtext's KeywordProcessor: the longest term at a place; those inside or across it are lost."""

from __future__ import annotations

from flashtext import KeywordProcessor

from benchmarks.peers.common import Rules, Search, main


def prepare(rules: Rules) -> Search:
    processor = KeywordProcessor(case_sensitive=False)
    if rules["lang"] == "zh":
        processor.set_non_word_boundaries(set())
    for one in rules["terms"]:
        processor.add_keyword(one["term"], one["rule"])
    return lambda text: processor.extract_keywords(text, span_info=True)


if __name__ == "__main__":
    main(prepare)
