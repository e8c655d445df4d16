"""Agreement of the coders of a study, from its journals: `qualcode agreement my_study`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.cli.agreement_told import MACHINE_ALONE, Compared
from qualcode.cli.benches import bench_at, tell_coded, tell_test
from qualcode.cli.common import say, show_problems
from qualcode.cli.summary import nearer
from qualcode.model import MACHINE
from qualcode.problems import UsageError

if TYPE_CHECKING:
    from qualcode.analysis.load import Row
    from qualcode.project.coders import Heard


def of_study(study: Path | None, wanted: Sequence[str], codes: Sequence[str], *, seed: int) -> Compared:
    """Compare what the coders of a study say, before they saw other codings and now."""
    from qualcode.analysis.agreement.change import change_rows
    from qualcode.analysis.agreement.table import agreement_rows, disagreement_rows
    from qualcode.project.coders import asked_codes, hear, noted

    bench = bench_at(study)
    heard = hear(bench, wanted)
    show_problems(nearer(heard.problems))
    tell_coded(bench)
    tell_test(bench, "agreement")
    asked = asked_codes(heard, codes, bench.codebook)
    _tell_base(heard)
    extra = {code for code in heard.now.codes if code not in asked}
    if extra and not codes:
        say(MACHINE_ALONE, n=len(extra))
    rows: list[Row]
    if heard.first is None:
        rows = noted(agreement_rows(heard.now, asked, seed=seed), heard)
    else:
        say(
            "before: what coders gave on their own (blind, or handed in), until they decided in the document "
            "with other codings in sight; after: what they say now of the same segments, and what somebody "
            "settled stands for all who judged it"
        )
        rows = agreement_rows(heard.first, asked, stage="before", seed=seed)
        rows += agreement_rows(heard.now, asked, stage="after", seed=seed)
        rows += change_rows(heard.first, heard.now, asked, seed=seed)
    people = [name for name in heard.now.coders if name != MACHINE]
    among = people if len(people) > 1 else heard.now.coders
    return Compared(rows, disagreement_rows(heard.now, asked, among=among), heard.now.coders, listed=True)


def _tell_base(heard: Heard) -> None:
    """Say who saw how much, what two of them have in common, and what does not count."""
    people = [name for name in heard.now.coders if name != MACHINE]
    shared = {pair: heard.in_common(*pair) for pair in combinations(people, 2)}
    for coder in people:
        seen = heard.seen(coder)
        say(
            "{coder} looked at {n} segments of {documents} documents",
            coder=coder,
            n=sum(seen.values()),
            documents=len(seen),
        )
        if coder in heard.whole:
            say(
                "{coder} handed coding in and is taken to have read all of {documents}",
                coder=coder,
                documents=", ".join(heard.whole[coder]),
            )
    for (one, other), n in shared.items():
        if not n:
            say("{one} and {other} have looked at no segment in common", one=one, other=other)
    if MACHINE not in heard.now.coders and not any(shared.values()):
        raise UsageError(
            "{coders} have nothing in common that could be compared",
            hint="two coders must look at the same segments: 'qualcode review --coder NAME --blind'",
            coders=", ".join(people),
        )
    if heard.in_sight and heard.first is None:
        say(
            "not independent: {coders} decided with the machine's codings or others' in sight; agreement "
            "looks better for it",
            coders=", ".join(sorted(heard.in_sight)),
        )
    if heard.changed:
        say("{n} decisions are on words that were changed since and do not count", n=heard.changed)
    if heard.uncodable:
        say("{n} segments with a code cannot be coded and do not count", n=heard.uncodable)
