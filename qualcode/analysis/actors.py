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

from typing import TYPE_CHECKING, Any

from qualcode.analysis.given import Given, Made, Remark, basis_of, families, remark
from qualcode.analysis.intervals import LEAST, bounds, resampled
from qualcode.analysis.load import Row, frame
from qualcode.analysis.standing import Standing, listed, standings
from qualcode.model import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

KNOWN = 0.5
LEAST_ACTORS, LEAST_DOCUMENTS = 2, 2
Said = tuple[str, str, str, str, int]  # kind, polarity, actor, code, row of the segment


def actors(given: Given) -> Made:
    """Return the table `actor_code` for the codes asked for, else the roots of every family."""
    codes = given.codes or tuple(code for members in families(given.codebook).values() for code in members)
    for code in codes:
        given.known(code)
    place = given.place
    units = given.kept["actor"].tolist()
    stands, of = standings(given), listed(given.codebook)
    speaker: list[Said] = []
    holder: list[Said] = []
    asked = known = silent = 0
    counts = given.codings[given.codings["countable"].to_numpy(dtype=bool)]
    columns = (counts[name].tolist() for name in ("segment_id", "code", "polarity", "holder"))
    for segment, found, polarity, held in zip(*columns, strict=True):
        row = place.get(segment)
        if row is None:
            continue
        for code in codes:
            if not f"{found}.".startswith(f"{code}."):
                continue
            asked += 1
            kind = str(given.kinds[row])
            if units[row]:
                speaker.append((kind, polarity, str(units[row]), code, row))
            else:
                silent += 1
            if held == "self" or held.startswith("other"):
                known += 1
                holder.append((kind, polarity, held.removeprefix("other:"), code, row))
    rows = _table(given, "speaker", speaker, codes)
    rows += _by_standing(given, "speaker", speaker, codes, lambda _, row: stands[row])
    remarks: list[Remark] = []
    if silent:
        remarks.append(remark("{n} of {all} codings have no actor who speaks", n=silent, all=asked))
    if known < asked:
        remarks.append(
            remark("{n} of {all} codings say nothing of whose conduct it is", n=asked - known, all=asked)
        )
    if asked and known >= KNOWN * asked:
        rows += _table(given, "holder", holder, codes)
        rows += _by_standing(
            given, "holder", holder, codes, lambda held, row: stands[row] if held == "self" else of(held)
        )
    elif asked:
        remarks.append(remark("too few holders are known: actors are shown as speakers only"))
    unplaced = sum(stands[row] == Standing() for *_, row in speaker)
    if 0 < unplaced < len(speaker):
        remarks.append(
            remark(
                "{n} of {all} codings are of units whose type and level nobody says",
                n=unplaced,
                all=len(speaker),
            )
        )
    return Made({"actor_code": frame(rows, "actor_code")}, remarks)


def _by_standing(
    given: Given,
    role: str,
    said: Sequence[Said],
    codes: Sequence[str],
    standing: Callable[[str, int], Standing],
) -> list[Row]:
    """The same counts with units put together by type, then by level."""
    rows: list[Row] = []
    for field in Standing._fields:
        placed = [
            (kind, polarity, str(getattr(standing(actor, row), field)), code, row)
            for kind, polarity, actor, code, row in said
        ]
        rows += _table(given, f"{role}_{field}", [one for one in placed if one[2]], codes)
    return rows


def residual(n: int, row: int, column: int, whole: int) -> float:
    """Return the adjusted residual of a cell; NaN where a margin is all or nothing.

    >>> round(residual(8, 10, 12, 30), 4)  # expected 4; 4 / sqrt(4 * 2/3 * 3/5)
    3.1623
    """
    expected = row * column / whole if whole else 0.0
    spread = expected * (1 - row / whole) * (1 - column / whole) if whole else 0.0
    return float((n - expected) / spread**0.5) if spread > 0 else float("nan")


def _table(given: Given, role: str, said: Sequence[Said], codes: Sequence[str]) -> list[Row]:
    import numpy as np

    rows: list[Row] = []
    distinct = list(dict.fromkeys(said))
    for kind in KINDS:
        for polarity in sorted({p for k, p, *_ in distinct if k == kind}):
            here = [(a, c, row) for k, p, a, c, row in distinct if (k, p) == (kind, polarity)]
            names = sorted({a for a, _, _ in here})
            documents = sorted({given.names[row] for _, _, row in here})
            number = {name: n for n, name in enumerate(documents)}
            cell = np.zeros((len(documents), len(names), len(codes)))
            for actor, code, row in here:
                cell[number[given.names[row]], names.index(actor), codes.index(code)] += 1
            total = cell.sum(axis=0).astype(int)
            low, high = _interval(given, cell)
            weak = len(names) < LEAST_ACTORS or len(documents) < LEAST_DOCUMENTS
            asymmetry = _asymmetry(total, names) if role == "holder" else [float("nan")] * len(codes)
            for a, actor in enumerate(names):
                for c, code in enumerate(codes):
                    own, column = int(total[a].sum()), int(total[:, c].sum())
                    if not column:
                        continue
                    found = [row for name, held, row in here if (name, held) == (actor, code)]
                    rows.append(
                        (
                            *(basis_of(kind), kind, role, polarity, actor, code),
                            *(
                                len({row for name, _, row in here if name == actor}),
                                len({given.names[r] for r in found}),
                            ),
                            *(len(set(found)), int(total[a, c]), total[a, c] / own if own else None),
                            float("nan")
                            if weak
                            else residual(int(total[a, c]), own, column, int(total.sum())),
                            *(float(low[a, c]), float(high[a, c]), asymmetry[c]),
                            "fewer than 2 actors or documents: no residual" if weak else "",
                            given.quotes(np.array(sorted(set(found)), dtype=int)),
                            given.seed,
                        )
                    )
    return rows


def _interval(given: Given, cell: Any) -> tuple[Any, Any]:
    """Bounds of row_share over resampled documents; NaN for actors in fewer than three."""
    import numpy as np

    count, *shape = cell.shape
    again = np.einsum("rd,dac->rac", resampled(count, resamples=given.resamples, seed=given.seed), cell)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = again / again.sum(axis=2, keepdims=True)
    low, high = (end.reshape(shape) for end in bounds(share.reshape(len(share), -1)))
    few = (cell.sum(axis=2) > 0).sum(axis=0) < LEAST
    low[few], high[few] = np.nan, np.nan
    return low, high


def _asymmetry(total: Any, names: Sequence[str]) -> list[float]:
    """Share of each code among what is held by oneself, less among what is held by others."""
    own = [n for n, name in enumerate(names) if name == "self"]
    rest = [n for n, name in enumerate(names) if name != "self"]
    one, other = total[own].sum(axis=0), total[rest].sum(axis=0)
    if not one.sum() or not other.sum():
        return [float("nan")] * total.shape[1]
    return [float(x) for x in one / one.sum() - other / other.sum()]
