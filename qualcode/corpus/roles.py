"""Who asks and who answers, as far as labels themselves say it; and guesses, which are only ever shown.

A role is `declared` by the researcher, known by `pattern` (访谈者, 问, Interviewer, …), or `unknown`. The
letters Q/A and I/R say it only where both stand in the same document and take turns. What somebody's share
of the talk or of the questions suggests is a guess: `guess_roles` lists it for `corpus check` and
`corpus sheet`, and nothing else reads it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise

from qualcode.corpus.labelwords import ANSWERING_WORD, ASKING_WORD, CODE, LEADING_WORD, squeeze
from qualcode.model import Document, Role, Speaker
from qualcode.text.words import count_signs

_PAIRS = {"Q": "A#", "I": "RP"}  # the letter that asks: the letters that may answer it; # is a code, I03-A


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """What the talk of one speaker suggests, with the numbers it rests on. Never applied."""

    label: str
    role: Role
    turns: int
    share: float  # of all characters spoken in the document
    questions: float  # share of the speaker's turns that end in a question


@lru_cache(maxsize=4096)
def label_key(label: str) -> str:
    """Return what two ways of writing a label have in common: width, case and spaces do not count.

    >>> label_key("Ｓpeaker 1") == label_key("speaker1")
    True
    """
    return "".join(unicodedata.normalize("NFKC", label).casefold().split())


def pattern_roles(said: Sequence[str]) -> dict[str, Role]:
    """Return the role that each label says by itself, given all labels of a document in reading order.

    Labels that say none are left out. A letter (Q, A1, I, R2) says one only in company: its counterpart
    must stand in the document too, and at least half of the times the asking one is heard, an answering one
    follows.
    """
    roles: dict[str, Role] = {}
    for label in dict.fromkeys(said):
        word = squeeze(label)
        if ASKING_WORD.fullmatch(word):
            roles[label] = "interviewer"
        elif LEADING_WORD.fullmatch(word):
            roles[label] = "moderator"
        elif ANSWERING_WORD.fullmatch(word):
            roles[label] = "respondent"
    for label in in_company(said):
        if _letter(label) in _PAIRS:
            roles[label] = "interviewer"
        elif _letter(label) != "#":
            roles[label] = "respondent"
    return {label: roles[label] for label in dict.fromkeys(said) if label in roles}


def in_company(said: Sequence[str]) -> set[str]:
    """Return the letters and codes among the labels that take turns as asking and answering ones do.

    >>> sorted(in_company(["Q1", "A1", "Q2", "A2"])), sorted(in_company(["A", "B", "A"]))
    (['A1', 'A2', 'Q1', 'Q2'], [])
    """
    if _PAIRS.keys().isdisjoint(map(_letter, set(said))):  # nobody asks
        return set()
    heard = list(map(_letter, said))
    found = ""
    for asking, answering in _PAIRS.items():
        if _take_turns(heard, asking, answering):
            found += asking + answering
    return {label for label in said if _letter(label) != "" and _letter(label) in found}


def without_numbers(said: Sequence[str]) -> list[str]:
    """Return the labels with the numbers of questions dropped: Q1 A1 Q2 A2 is one Q and one A.

    Only where the numbers are those of questions beyond doubt: there are two or more, they rise one by one,
    and every answer bears the number of the question before it. Else A1 and A2 may be two people.

    >>> without_numbers(["Q1", "A1", "Q2", "A2"]), without_numbers(["Q", "A1", "A2"])
    (['Q', 'A', 'Q', 'A'], ['Q', 'A1', 'A2'])
    """
    if "Q" not in map(_letter, set(said)):
        return list(said)
    asked = 0
    plain = []
    for label in said:
        letter = _letter(label)
        number = unicodedata.normalize("NFKC", label).replace(" ", "")[1:]
        if letter == "Q" and number.isdigit() and int(number) in {asked, asked + 1}:
            asked = int(number)
        elif letter in {"Q", "A"} and not (letter == "A" and number == str(asked)):
            return list(said)
        plain.append(label.rstrip("0123456789０１２３４５６７８９ ") if letter in {"Q", "A"} else label)
    return plain if asked >= 2 else list(said)


def make_speakers(
    said: Sequence[str], declared: Mapping[str, Speaker], interviewers: Sequence[str] = ()
) -> tuple[Speaker, ...]:
    """Return one `Speaker` per label in order of first appearance, with the role best known.

    `declared` is by label as the researcher wrote it; `interviewers` are names that the metadata gives as the
    document's interviewers. What is declared about somebody without a role (an actor) is joined to the role
    that the label says.
    """
    known = {label_key(label): speaker for label, speaker in declared.items()}
    asking = {label_key(name) for name in interviewers}
    patterns = pattern_roles(said)
    speakers = []
    for label in dict.fromkeys(said):
        key = label_key(label)
        speaker = replace(known[key], label=label) if key in known else Speaker(label)
        if speaker.role_source != "declared":
            if key in asking:
                speaker = replace(speaker, role="interviewer", role_source="declared")
            elif label in patterns:
                speaker = replace(speaker, role=patterns[label], role_source="pattern")
        speakers.append(speaker)
    return tuple(speakers)


def guess_roles(document: Document) -> tuple[RoleGuess, ...]:
    """Guess who asked and who answered from question endings and shares of the talk; nothing is applied.

    One guess per label in order of first appearance. An interviewer ends at least 40 % of their turns in a
    question, and says less than half of the average speaker of a conversation; a respondent ends less than
    20 % so, and says more than that. Everybody else, and everybody in a document with one voice or less than
    six turns, is guessed `unknown`.
    """
    words: dict[str, int] = {}
    turns: dict[str, int] = {}
    asked: dict[str, int] = {}
    for turn in document.turns:
        text = document.text[turn.span.start : turn.span.end]
        words[turn.speaker] = words.get(turn.speaker, 0) + count_signs(text)
        turns[turn.speaker] = turns.get(turn.speaker, 0) + 1
        asked[turn.speaker] = asked.get(turn.speaker, 0) + _is_question(text)
    total = sum(words.values())
    guesses = []
    for label, count in turns.items():
        share = words[label] / total if total else 0.0
        questions = asked[label] / count
        role: Role = "unknown"
        if len(turns) > 1 and len(document.turns) >= 6:
            even = 1 / len(turns)
            if questions >= 0.4 and share < even:
                role = "interviewer"
            elif questions < 0.2 and share > even / 2:
                role = "respondent"
        guesses.append(RoleGuess(label, role, count, round(share, 6), round(questions, 6)))
    return tuple(guesses)


def _is_question(text: str) -> bool:
    return text.rstrip("”’」』）)\"' \n").endswith(("？", "?", "吗", "嗎", "呢"))


@lru_cache(maxsize=4096)
def _letter(label: str) -> str:
    """Q of `Q`, `Q1` and `Ｑ 2`; # for other codes such as I03-A; "" for any other label."""
    plain = unicodedata.normalize("NFKC", label).replace(" ", "")
    if plain[:1] in tuple("QAIRP") and (len(plain) == 1 or plain[1:].isdigit()):
        return plain[0]
    return "#" if CODE.fullmatch(plain) else ""


def _take_turns(heard: Sequence[str], asking: str, answering: str) -> bool:
    voices = [letter for letter, _ in groupby(heard)]
    after = [b for a, b in pairwise([*voices, ""]) if a == asking]
    answers = sum(letter != "" and letter in answering for letter in after)
    return len(after) > 0 and answers * 2 >= len(after)
