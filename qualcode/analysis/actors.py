"""Who says what, and about whom? The table `actor_code`.

Rows are actors, once as speaker and once as holder: `self` (the speaker's own unit), `other` (another that is
not named), or the name of another. Counted are codings, one per segment, code and holder. With n codings of
an actor and a code, R of the actor, C of the code and N in all (of the role, kind and polarity):

    row_share = n / R        adj_resid = (n - RC/N) / sqrt(RC/N (1 - R/N) (1 - C/N))      (Haberman 1973)

lo and hi resample documents. A residual shows direction: codings of one interview are not independent.

A high count as holder that is not matched as speaker is what others say of a unit, not what it says of
itself: `soa` is, per code, its share among codings held by oneself less its share among those held by others.
Where codings have no holder (unspecified, unassessed) nothing is said about holders, and a remark says how
many are so; with fewer than half known no holder rows are given.

Where units have a type (line, block, vertical) or a level, in metadata or in the codebook's actor list, the
same is counted by type and by level, as the roles `speaker_type`, `speaker_level`, `holder_type` and
`holder_level`; `self` is then what the speaking unit is. Units nobody says it of are left out, and counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from qualcode.analysis.given import Given, Made, Remark, basis_of, families, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled
from qualcode.analysis.lean import values_of
from qualcode.analysis.load import Row, frame
from qualcode.analysis.numbering import distinct
from qualcode.analysis.standing import Standing, listed, standings
from qualcode.coding.occurrences import Lists
from qualcode.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

KNOWN = 0.5
LEAST_ACTORS, LEAST_DOCUMENTS = 2, 2
AT_ONCE = 2_000_000  # shares of resamples worked out together


class Said(NamedTuple):
    """Codings side by side, in arrays: whose they are, by number, their code, and their segment's row."""

    names: Sequence[str]  # of `whose`
    polarities: Sequence[str]  # of `polarity`
    whose: Any
    polarity: Any
    code: Any
    row: Any

    def of(self, which: Any) -> Said:
        """Some of them."""
        return self._replace(**{name: getattr(self, name)[which] for name in self._fields[2:]})

    def renamed(self, names: Sequence[str], whose: Any) -> Said:
        """The same, put down to others; those put down to nobody left out."""
        known = {name: n for n, name in enumerate(dict.fromkeys(names))}
        whose = np.array([known[name] for name in names] or [0])[whose]
        return self._replace(names=list(known), whose=whose).of(whose != known.get("", -1))


def actors(given: Given) -> Made:
    """Return the table `actor_code` for the codes asked for, else the roots of every family."""
    codes = given.codes or tuple(code for members in families(given.codebook).values() for code in members)
    for code in codes:
        given.known(code)
    said, holders = _said(given, codes)
    asked = len(said.row)
    units = values_of(given.kept["actor"])
    everybody = said.renamed(distinct(units), units.at[said.row])
    stands = standings(given)
    rows = _table(given, "speaker", everybody, codes)
    rows += _by_standing(given, "speaker", everybody, codes, stands.of, stands.numbers[everybody.row])
    remarks: list[Remark] = []
    if len(everybody.row) < asked:
        silent = asked - len(everybody.row)
        remarks.append(remark("{n} of {all} codings have no actor who speaks", n=silent, all=asked))
    names = [held.removeprefix("other:") if _is_known(held) else "" for held in holders]
    holder = said.renamed(names, said.whose)
    known = len(holder.row)
    if known < asked:
        remarks.append(
            remark("{n} of {all} codings say nothing of whose conduct it is", n=asked - known, all=asked)
        )
    if asked and known >= KNOWN * asked:
        rows += _table(given, "holder", holder, codes)
        others = list(map(listed(given.codebook), holder.names))
        own = np.array([name == "self" for name in holder.names], dtype=bool)[holder.whose]
        which = np.where(own, len(others) + stands.numbers[holder.row], holder.whose)
        rows += _by_standing(given, "holder", holder, codes, [*others, *stands.of], which)
    elif asked:
        remarks.append(remark("too few holders are known: actors are shown as speakers only"))
    nobody = np.array([one == Standing() for one in stands.of] or [False])
    unplaced = int(nobody[stands.numbers[everybody.row]].sum())
    if 0 < unplaced < len(everybody.row):
        remarks.append(
            remark(
                "{n} of {all} codings are of units whose type and level nobody says",
                n=unplaced,
                all=len(everybody.row),
            )
        )
    return Made({"actor_code": frame(rows, "actor_code")}, remarks)


def _is_known(held: str) -> bool:
    return held == "self" or held.startswith("other")


def _said(given: Given, codes: Sequence[str]) -> tuple[Said, list[str]]:
    """The countable codings of each code asked for, by whom their holder is said to be; and these names."""
    under = given.under(codes)
    number = {code: n for n, code in enumerate(codes)}
    code, polarity, holder = (values_of(given.codings[name]) for name in ("code", "polarity", "holder"))
    lines = [[number[one] for one in under[found]] for found in distinct(code)]
    at = np.flatnonzero((given.coding_rows >= 0) & given.codings["countable"].to_numpy(dtype=bool))
    again, its = Lists.of(lines).each(code.at[at])
    at = at[again]
    said = Said(
        distinct(holder),
        distinct(polarity),
        holder.at[at],
        polarity.at[at],
        its,
        given.coding_rows[at],
    )
    return said, distinct(holder)


def _by_standing(
    given: Given,
    role: str,
    said: Said,
    codes: Sequence[str],
    standings: Sequence[Standing],
    which: Any,
) -> list[Row]:
    """The same counts with units put together by type, then by level; `which` standing each coding has."""
    rows: list[Row] = []
    for field in Standing._fields:
        placed = said.renamed([getattr(standing, field) for standing in standings], which)
        rows += _table(given, f"{role}_{field}", placed, codes)
    return rows


def residual(n: int, row: int, column: int, whole: int) -> float:
    """Return the adjusted residual of a cell; NaN where a margin is all or nothing.

    >>> round(residual(8, 10, 12, 30), 4)  # expected 4; 4 / sqrt(4 * 2/3 * 3/5)
    3.1623
    """
    expected = row * column / whole if whole else 0.0
    spread = expected * (1 - row / whole) * (1 - column / whole) if whole else 0.0
    return float((n - expected) / spread**0.5) if spread > 0 else float("nan")


def _table(given: Given, role: str, said: Said, codes: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    for kind in KINDS:
        inside = said.of(np.asarray(given.kinds == kind, dtype=bool)[said.row])
        for polarity in sorted(inside.polarities[n] for n in np.unique(inside.polarity)):
            here = inside.of(inside.polarity == inside.polarities.index(polarity))
            rows += _of_polarity(given, role, kind, polarity, here, codes)
    return rows


def _of_polarity(
    given: Given, role: str, kind: str, polarity: str, said: Said, codes: Sequence[str]
) -> list[Row]:
    from scipy.sparse import csc_matrix

    met = np.unique(said.whose)
    names = sorted(said.names[n] for n in met)
    place = {name: n for n, name in enumerate(names)}
    whose = np.array([place.get(name, 0) for name in said.names])[said.whose]
    size = len(given.document)
    key = np.unique((whose * len(codes) + said.code) * size + said.row)  # each once, by actor and code
    cell, row = np.divmod(key, size)
    documents, document = np.unique(given.document[row], return_inverse=True)
    shape = (len(names), len(codes))
    total = np.bincount(cell, minlength=len(names) * len(codes)).reshape(shape)
    counts = csc_matrix((np.ones(len(cell)), (document, cell)), shape=(len(documents), total.size))
    low, high = _interval(given, counts, shape)
    weak = len(names) < LEAST_ACTORS or len(documents) < LEAST_DOCUMENTS
    asymmetry = _asymmetry(total, names) if role == "holder" else [float("nan")] * len(codes)
    ends = np.concatenate(([0], np.cumsum(total.ravel())))
    rows: list[Row] = []
    for a, actor in enumerate(names):
        own = int(total[a].sum())
        segments = len(np.unique(row[ends[a * len(codes)] : ends[(a + 1) * len(codes)]]))
        for c, code in enumerate(codes):
            column = int(total[:, c].sum())
            if not column:
                continue
            found = row[slice(*ends[a * len(codes) + c :][:2])]
            rows.append(
                (
                    *(basis_of(kind), kind, role, polarity, actor, code),
                    *(segments, len(np.unique(given.document[found]))),
                    *(len(found), int(total[a, c]), total[a, c] / own if own else None),
                    float("nan") if weak else residual(int(total[a, c]), own, column, int(total.sum())),
                    *(float(low[a, c]), float(high[a, c]), asymmetry[c]),
                    "fewer than 2 actors or documents: no residual" if weak else "",
                    given.quotes(found),
                    given.seed,
                )
            )
    return rows


def _interval(given: Given, counts: Any, shape: tuple[int, int]) -> tuple[Any, Any]:
    """Bounds of row_share over resampled documents; NaN for actors in fewer than three.

    `counts` are documents by actors and codes.
    """
    actors, codes = shape
    low, high = (np.full(shape, np.nan) for _ in range(2))
    cell = np.repeat(np.arange(actors * codes), np.diff(counts.indptr))
    inside = np.unique(np.stack([cell // codes, counts.indices]), axis=1)[0] if counts.nnz else cell
    enough = np.flatnonzero(np.bincount(inside, minlength=actors) >= LEAST)
    weights = resampled(counts.shape[0], resamples=given.resamples, seed=given.seed) if len(enough) else None
    step = max(1, AT_ONCE // (given.resamples * codes))
    for at in range(0, len(enough), step):
        some = enough[at : at + step]
        again = weights @ counts[:, np.add.outer(some * codes, np.arange(codes)).ravel()]
        again = again.reshape(-1, len(some), codes)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = again / again.sum(axis=2, keepdims=True)
        low[some], high[some] = (
            end.reshape(len(some), codes) for end in bounds(share.reshape(len(share), -1))
        )
    return low, high


def _asymmetry(total: Any, names: Sequence[str]) -> list[float]:
    """Share of each code among what is held by oneself, less among what is held by others."""
    own = [n for n, name in enumerate(names) if name == "self"]
    rest = [n for n, name in enumerate(names) if name != "self"]
    one, other = total[own].sum(axis=0), total[rest].sum(axis=0)
    if not one.sum() or not other.sum():
        return [float("nan")] * total.shape[1]
    return [float(x) for x in one / one.sum() - other / other.sum()]
