"""Short Chinese terms and the longer words they mostly stand in, in the material itself.

- terms: [推]       # note[term-contexts]: 60 times, of which 推动 31, 推进 18

Looked at are terms of one or two characters in `terms` rules with at least `LEAST` standing matches; named
are the stretches one character longer that hold at least a fifth of them. What an exception or a longer term
took away already is not counted.
"""

from __future__ import annotations

from qualcode.codebook.records import Codebook
from qualcode.coding.checks.tally import Tally
from qualcode.patterns.terms import Terms
from qualcode.problems import Problem, problem
from qualcode.text.sentences import is_han

LEAST = 5
SHARE = 0.2
SHORT = 2


def check(codebook: Codebook, tally: Tally) -> list[Problem]:
    terms_rules = {rule.id: rule for rule in codebook.rules if isinstance(rule.pattern, Terms)}
    found: list[Problem] = []
    for (rule_id, words), n in sorted(tally.evidence.items()):
        rule = terms_rules.get(rule_id)
        if rule is None or n < LEAST or len(words) > SHORT or not all(map(is_han, words)):
            continue
        beside = tally.around.get((rule_id, words), {})
        often = sorted(
            (-count, one) for one, count in beside.items() if count >= SHARE * n and all(map(is_han, one))
        )
        if often:
            found.append(
                problem(
                    "term-contexts",
                    rule.place,
                    "{term!r} of {rule!r} stands {n} times, of these in {words}",
                    hint="write these as longer terms, or put those that are something else under 'except'",
                    severity="note",
                    term=words,
                    rule=rule_id,
                    n=n,
                    words=", ".join(f"{one} {-count}" for count, one in often),
                )
            )
    return found
