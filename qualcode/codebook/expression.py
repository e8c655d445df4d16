"""A rule written on the spot, to be tried on material before it goes into a codebook.

怕担责                                              a term
怕担责, 谁负责                                      several (a full-width ， parts them too)
near: [[怕], [责]], within: 6 characters            any pattern, as a rule of a codebook writes it
{terms: [安全], except: [安全保障体系]}             braces may stand round it
"""

from __future__ import annotations

import re
from dataclasses import replace

from qualcode.codebook.records import Code, Codebook, Rule
from qualcode.codebook.rules import read_rules, rule_keys
from qualcode.patterns.base import ReadContext
from qualcode.patterns.term import make_term
from qualcode.patterns.terms import Terms
from qualcode.problems import Place, Problem, UsageError, has_errors
from qualcode.yamlnodes import read_yaml

CODE = "try"
SHOWN = "<expression>"
_KEY = re.compile(r"\{?\s*(?P<key>\w+)\s*:(?=\s)")


def expression_codebook(text: str, codebook: Codebook) -> Codebook:
    """Make a codebook whose one rule is an expression, with the lexicons, folding and cues of another.

    Raises `UsageError` for an expression that no rule could be, with all that is wrong.
    """
    problems: list[Problem] = []
    rule = _rule(text, codebook, problems)
    if rule is None or has_errors(problems):
        raise UsageError(
            "'{text}' is no code, no rule, and cannot be tried as one",
            hint="write terms (怕担责, 谁负责) or a pattern (near: [[怕], [责]], within: 6 characters)",
            problems=problems,
            text=text,
        )
    return replace(codebook, codes={CODE: Code(CODE, rules=(rule,))}, inherit_question=False)


def is_pattern(text: str) -> bool:
    """Whether a text is written as a pattern, `key: value`.

    >>> is_pattern("near: [[怕], [责]], within: 6"), is_pattern("怕担责"), is_pattern("12:30")
    (True, False, False)
    """
    found = _KEY.match(text)
    return found is not None and found["key"] in rule_keys()


def _rule(text: str, codebook: Codebook, problems: list[Problem]) -> Rule | None:
    if not is_pattern(text):
        words = [part for part in re.split(r"\s*[,，]\s*", text.strip()) if part]
        lexicons = [codebook.lexicons.get(word[1:], ()) if word.startswith("$") else () for word in words]
        made = [
            term
            for word, lexicon in zip(words, lexicons, strict=True)
            for term in (lexicon or (make_term(word, Place(SHOWN), problems),))
        ]
        terms = tuple(dict.fromkeys(term for term in made if term is not None))
        if not terms:
            return None
        written = f"terms: [{', '.join(map(str, terms))}]"
        return Rule(f"{CODE}:1", CODE, "terms", Terms(terms), written=written)
    braced = text if text.lstrip().startswith("{") else f"{{{text}}}"
    node, found = read_yaml(f"- {braced}", SHOWN)
    problems += found
    if node is None or has_errors(found):
        return None
    context = ReadContext(codebook.lexicons, problems, codebook.languages, codebook.fold)
    rules, asked, _ = read_rules(node, CODE, context)
    if asked:
        raise UsageError(
            "an expression cannot ask about codes",
            hint="put the rule into the codebook and try it by its id",
        )
    return rules[0] if rules else None
