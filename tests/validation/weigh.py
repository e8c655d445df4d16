"""Fit the words that add up: which words and word families speak for a logic, and how much.

    python tests/validation/weigh.py codebooks/action_logics.yaml tests/validation/round1 ... [--write]

Every logic's own code holds one `score` rule a language, between the two marks below. Its entries are the
lexicons of the book, and words of the tagged texts: in Chinese stretches of two to four characters, in
English stems, pairs and triples of words. Their weights are those of a logistic regression with a quadratic
penalty (Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 4.4), fitted on the texts named
here, cut to the strongest and rounded. The rule matches where the fitted probability would pass a cut, or
half of it in a turn that passes it elsewhere. The cut is the highest that costs at most two hundredths of the
best F1 in whole interviews and documents left out of the fit: of equals, the one that is more often right.
Texts that are to be reported on must not be among those named.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit, logit
from tagged import LOGICS, read_round, tops

from qualcode.codebook import load_codebook
from qualcode.coding.index import Index
from qualcode.model import ASKING, Segment
from qualcode.patterns import Term, make_term
from qualcode.problems import Place

MARKS = ("# >>> words that add up: fitted by tests/validation/weigh.py", "# <<< words that add up")
ENTRIES = 2000  # kept a logic and language: the strongest
STEP = 0.01  # weights are rounded to this
WEAKEST = 0.01  # weights below this are left out
PENALTY = 1.0  # of a lexicon; a word's is four times as much: single words say less than families
SPARED = 0.02  # of F1, for the sake of precision
LOWEST = 0.45  # cut: talk on other subjects has fewer codes than the texts of the fit
AGAIN = 0.5  # of the cut: enough in a turn that passes it elsewhere
LENGTHS = (2, 3, 4)  # of stretches of Chinese characters
FOLDS = 5
LEAST = 4  # segments a word must stand in

_HAN = re.compile(r"(?:(?!某)[一-鿿])+")  # 某局 is how names are hidden, not how people talk
_ENGLISH = re.compile(r"[a-z][a-z']*")
_ENDINGS = ("ations", "ation", "ings", "ing", "ied", "ies", "ers", "ed", "es", "ly", "s", "e")


@dataclass(frozen=True)
class Sample:
    """One tagged segment: its logics, its turn, and the fold it belongs to."""

    segment: Segment
    language: str
    logics: frozenset[str]
    fold: int
    turn: str  # "" for none
    whole: bool  # of an interview or document as a whole, not of a bank of single sentences


@dataclass(frozen=True)
class Fitted:
    """The score rule of one logic in one language: entries with weights that reach 1."""

    weights: dict[str, float]
    again: float  # reach_in_turn
    cut: float


def samples(folders: Iterable[Path]) -> list[Sample]:
    """Read the segments that are no interviewer's. Whole texts are in one fold, banks are not."""
    found = []
    for folder in folders:
        bank = folder.name.startswith("bank")
        for text in read_round(folder):
            for segment in text.segments:
                if segment.role not in ASKING:
                    key = segment.text if bank else text.name
                    found.append(
                        Sample(
                            segment,
                            text.language,
                            tops(text.codes.get(segment.index, ())),
                            crc32(key.encode()) % FOLDS,
                            f"{folder.name}/{text.name}:{segment.turn}" if segment.turn and not bank else "",
                            not bank,
                        )
                    )
    return found


def words(text: str, language: str) -> set[str]:
    """Return the candidates of a segment: words and pairs of words, as terms are written."""
    if language == "zh":
        runs = _HAN.findall(text)
        return {
            run[n : n + length] for run in runs for length in LENGTHS for n in range(len(run) - length + 1)
        }
    cut = _ENGLISH.findall(text.lower().replace("’", "'"))
    pairs = {" ".join(pair) for pair in pairwise(cut)}
    triples = {" ".join(three) for three in zip(cut, cut[1:], cut[2:], strict=False)}
    return {_stem(word) for word in cut if len(word) > 1} | pairs | triples


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)] + "*"
    return word


class Table:
    """Which entries, `$lexicon` and words, stand in which sample, found as the program finds them."""

    def __init__(
        self, given: Sequence[Sample], lexicons: dict[str, tuple[Term, ...]], fold: frozenset[str]
    ) -> None:
        counts = Counter(word for one in given for word in words(one.segment.text, one.language))
        listed = {term.text for its_terms in lexicons.values() for term in its_terms}
        frequent = sorted(word for word, n in counts.items() if n >= LEAST and word not in listed)
        terms = {word: (term,) for word in frequent if (term := make_term(word, Place(), []))}
        entries = {f"${name}": its_terms for name, its_terms in sorted(lexicons.items())} | terms
        self.names = list(entries)
        index = Index((term for its_terms in entries.values() for term in its_terms), fold)
        owners: dict[int, list[int]] = {}
        for column, its_terms in enumerate(entries.values()):
            for number in index.numbers(its_terms):
                owners.setdefault(number, []).append(column)
        rows, columns = [], []
        for row, one in enumerate(given):
            for column in sorted({c for number in index.places_in(one.segment) for c in owners[number]}):
                rows.append(row)
                columns.append(column)
        self.scale = np.array([1.0 if name.startswith("$") else 0.5 for name in self.names])
        self.matrix = csr_matrix(
            (self.scale[columns], (rows, columns)), shape=(len(given), len(self.names)), dtype=float
        )


def fit(matrix: csr_matrix, yes: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights and intercept of a penalised logistic regression; the intercept is not penalised."""

    def loss(all_weights: np.ndarray) -> tuple[float, np.ndarray]:
        weights, intercept = all_weights[:-1], all_weights[-1]
        margin = matrix @ weights + intercept
        signed = np.where(yes, margin, -margin)
        wrong = expit(margin) - yes
        value = np.logaddexp(0, -signed).sum() + PENALTY * weights @ weights / 2
        return value, np.append(matrix.T @ wrong + PENALTY * weights, wrong.sum())

    found = minimize(
        loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}
    )
    return found.x[:-1], float(found.x[-1])


def strongest(matrix: csr_matrix, yes: np.ndarray) -> np.ndarray:
    """Return the columns to keep: those whose weight moves most segments furthest."""
    weights, _ = fit(matrix, yes)
    spread = np.sqrt(np.asarray((matrix != 0).sum(axis=0)).ravel())
    order = np.argsort(-np.abs(weights) * spread, kind="stable")
    return np.sort(order[:ENTRIES])


def weigh(table: Table, given: Sequence[Sample], logic: str, language: str) -> Fitted:
    """Fit one logic in one language."""
    rows = np.array([n for n, one in enumerate(given) if one.language == language])
    yes = np.array([logic in given[n].logics for n in rows])
    folds = np.array([given[n].fold for n in rows])
    whole = np.array([given[n].whole for n in rows])
    matrix = table.matrix[rows]
    left_out = np.zeros(len(rows))
    for fold in range(FOLDS):
        here = folds == fold
        keep = strongest(matrix[~here], yes[~here])
        weights, intercept = fit(matrix[~here][:, keep], yes[~here])
        left_out[here] = expit(matrix[here][:, keep] @ weights + intercept)
    turns = np.array([given[n].turn for n in rows])
    cut = _cut(left_out[whole], yes[whole], turns[whole])
    keep = strongest(matrix, yes)
    weights, intercept = fit(matrix[:, keep], yes)
    margin = logit(cut) - intercept
    rounded = np.round(weights * table.scale[keep] / margin / STEP) * STEP
    named = {
        table.names[c]: round(float(w), 2)
        for c, w in zip(keep, rounded, strict=True)
        if abs(w) > WEAKEST - STEP / 2
    }
    return Fitted(named, round(float((logit(cut * AGAIN) - intercept) / margin), 2), cut)


def _cut(probability: np.ndarray, yes: np.ndarray, turns: np.ndarray) -> float:
    cuts = np.arange(LOWEST, 0.7, 0.01)
    scores = []
    for cut in cuts:
        clear = set(turns[(probability > cut) & (turns != "")])
        again = (probability > cut * AGAIN) & np.array([turn in clear for turn in turns])
        found = (probability > cut) | again
        scores.append(2 * (found & yes).sum() / max(found.sum() + yes.sum(), 1))
    return float(max(cut for cut, f1 in zip(cuts, scores, strict=True) if f1 >= max(scores) - SPARED))


def block(logic: str, fitted: dict[str, Fitted], indent: str) -> list[str]:
    """Write the score rules of a logic as lines of YAML, marks included."""
    lines = [MARKS[0]]
    for language, one in fitted.items():
        lines += [f"- id: {logic}_words_{language}", f"  where: {{language: {language}}}", "  score:"]
        by_weight: dict[float, list[str]] = {}
        for name, weight in sorted(one.weights.items()):
            by_weight.setdefault(weight, []).append(
                name if _plain(name) else f"'{name.replace(chr(39), chr(39) * 2)}'"
            )
        for weight in sorted(by_weight, reverse=True):
            lines += _wrapped(f"    {weight:g}: [", by_weight[weight])
        lines.append(f"  reach_in_turn: {one.again:g}")
    return [indent + line for line in [*lines, MARKS[1]]]


def _plain(name: str) -> bool:
    return "'" not in name and name not in ("no", "yes", "on", "off", "null", "true", "false", "y", "n")


def _wrapped(head: str, names: Sequence[str], width: int = 150) -> list[str]:
    lines, line = [], head
    for n, name in enumerate(names):
        piece = name + (", " if n + 1 < len(names) else "]")
        if len(line) + len(piece) > width:
            lines.append(line.rstrip())
            line = " " * 6
        line += piece
    return [*lines, line]


def written(text: str, lines: Sequence[str]) -> str:
    """Return a codebook's text with what stands between the marks replaced."""
    start = text.index(MARKS[0])
    start = text.rindex("\n", 0, start) + 1
    end = text.index("\n", text.index(MARKS[1])) + 1
    return text[:start] + "\n".join(lines) + "\n" + text[end:]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("codebook", type=Path)
    parser.add_argument("folder", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help="write the rules into the books")
    given = parser.parse_args(arguments)
    codebook, problems = load_codebook(given.codebook)
    if codebook is None:
        print(*problems, sep="\n", file=sys.stderr)
        return 2
    read = samples(given.folder)
    table = Table(read, codebook.lexicons, codebook.fold)
    for logic in LOGICS:
        path = Path(codebook.codes[logic].place.path)
        fitted = {language: weigh(table, read, logic, language) for language in ("zh", "en")}
        for language, one in fitted.items():
            print(
                f"{logic} {language}: {len(one.weights)} entries, cut {one.cut:.2f}, again {one.again:.2f}",
                flush=True,
            )
        if given.write:
            text = path.read_text(encoding="utf-8")
            indent = re.search(f"^( *){re.escape(MARKS[0])}", text, re.M)
            if indent is None:
                print(f"{path}: the marks are missing", file=sys.stderr)
                return 2
            path.write_text(written(text, block(logic, fitted, indent[1])), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
