"""The ledger of generated runs: what counting matches naively, and coding again without a rule, gives."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.ledger import REASONS, ledger_rows
from qualcode.analysis.load import frame
from qualcode.analysis.tables import coding_rows, match_rows
from qualcode.coding import code_document
from qualcode.columns import names

from .generated import Draw
from .oracle import without_rule


def ledger(codebook, document, segments):
    coded = code_document(document, segments, codebook)
    codings = frame(coding_rows(document, segments, coded, codebook), "coded_segments")
    matches = frame(match_rows(document, segments, coded, codebook), "matches")
    rows = ledger_rows(codings, matches, [], codebook)
    return {(row[0], row[2]): dict(zip(names("ledger"), row, strict=True)) for row in rows}


@settings(max_examples=80)
@given(st.integers(min_value=0, max_value=2**32))
def test_every_number_is_what_counting_naively_gives(seed):
    draw = Draw(seed)
    codebook = draw.codebook()
    document, segments = draw.document()
    coded = code_document(document, segments, codebook)
    found = ledger(codebook, document, segments)
    stands = {(c.segment, c.code): c for c in coded.codings}
    for rule in codebook.rules:
        row = found[rule.code, rule.id]
        mine = [match for match in coded.matches if match.rule == rule.id]
        hits = [match for match in mine if not match.blocked_by]
        reasons = Counter(match.blocked_by.partition(":")[0] for match in mine if match.blocked_by)
        assert row["n_hits"] == len(hits)
        assert row["n_segments"] == len({match.segment for match in hits})
        assert row["n_countable"] == len(
            {match.segment for match in hits if stands[match.segment, match.code].countable}
        )
        assert [row[f"refused_{reason}"] for reason in REASONS] == [reasons[r] for r in REASONS]
        assert row["n_refused"] == sum(reasons.values())
        assert row["share_refused"] == (sum(reasons.values()) / len(mine) if mine else None)
        again = code_document(document, segments, without_rule(codebook, rule.id))
        left = {(coding.segment, coding.code) for coding in again.codings}
        lost = [key for key in stands if key[1] == rule.code and key not in left]
        assert row["n_needed"] == sum(any(m.segment == key[0] for m in hits) for key in lost)
        overlap = Counter(
            other
            for coding in coded.codings
            if rule.id in (fired := {m.rule for m in coding.matches})
            for other in fired - {rule.id}
        )
        assert dict(one.split("=") for one in row["overlap"]) == {k: str(n) for k, n in overlap.items()}
        assert (row["n_reviewed"], row["share_rejected"]) == (None, None)
    for code in codebook.codes.values():
        own = [found[code.id, rule.id] for rule in code.rules]
        assert found[code.id, ""]["n_hits"] == sum(row["n_hits"] for row in own)
        assert found[code.id, ""]["n_refused"] == sum(row["n_refused"] for row in own)
