"""Tables of the shipped sample once more, in plain pandas from segments.csv and coded_segments.csv.

Written from docs/columns.md and docs/methods.md, with none of qualcode's code. What is drawn at random
(intervals, p) is not compared; what is counted is, to the last row.
"""

from __future__ import annotations

import datetime
import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

NODE = "2019-06-25"
PHASES = {"P1": ("2016-09-05", NODE), "P2": (NODE, "2024-01-01")}
REFORM = {"R1": ("2016-09-05", "2018-03-17"), "R2": ("2018-03-17", "2024-01-01")}
TALK = {"interview", "focus_group", "fieldnote"}
LOGICS = ["avoidance", "innovation", "field"]


def read(folder, name):
    return pd.read_csv(folder / f"{name}.csv", encoding="utf-8-sig", dtype=str, keep_default_na=False)


def days(text, *, last=False):
    """The first or last day a partial date stands for, as a number."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    if not last:
        return datetime.date(year, month or 1, day or 1).toordinal()
    if not month:
        return datetime.date(year, 12, 31).toordinal()
    if not day:
        after = datetime.date(year + month // 12, month % 12 + 1, 1)
        return after.toordinal() - 1
    return datetime.date(year, month, day).toordinal()


def placed(start, end, phases):
    """The phase that has .8 of the days; an open side reaches as far as the phases."""
    if not (start or end):
        return ""
    borders = {name: (days(low), days(high)) for name, (low, high) in phases.items()}
    low = days(start) if start else min(border[0] for border in borders.values())
    high = days(end, last=True) if end else max(border[1] for border in borders.values()) - 1
    for name, (first, after) in borders.items():
        inside = min(high, after - 1) - max(low, first) + 1
        if high >= low and inside / (high - low + 1) >= 0.8:
            return name
    return ""


class Sample:
    def __init__(self, folder):
        self.folder = folder
        self.documents = read(folder, "documents").set_index("document_id")
        whole = read(folder, "segments")
        self.kept = whole[whole["codable"] == "yes"].copy()
        self.kept["start"] = self.kept["start"].astype(int)
        self.kept = self.kept.sort_values(["document_id", "start"]).reset_index(drop=True)
        self.kept["type"] = self.kept["document_id"].map(self.documents["kind"])
        codings = read(folder, "coded_segments")
        self.codings = codings[codings["countable"] == "yes"]
        self.codes = read(folder, "codes")["code"].tolist()
        pairs = {
            (segment, ".".join(code.split(".")[:n]))
            for segment, code in zip(self.codings["segment_id"], self.codings["code"], strict=True)
            for n in range(1, code.count(".") + 2)
        }
        self.has = {
            code: self.kept["segment_id"].map(lambda name, code=code: (name, code) in pairs)
            for code in self.codes
        }
        self.roots = [code for code in self.codes if "." not in code]

    def phase(self, phases):
        spans = zip(self.kept["t_about_start"], self.kept["t_about_end"], self.kept["type"], strict=True)
        return pd.Series(
            [placed(a, b if kind in TALK else (b or a), phases) for a, b, kind in spans], dtype=object
        )


@pytest.fixture(scope="module")
def sample(shipped):
    return Sample(shipped)


def near(written, value):
    return (written == "" and math.isnan(value)) or math.isclose(
        float(written or "nan"), value, rel_tol=2e-5, abs_tol=2e-6
    )


def test_codes_are_counted_by_segment_and_document(sample):
    for row in read(sample.folder, "codes").to_dict("records"):
        found = sample.has[row["code"]]
        below = sample.codings["code"].map(
            lambda code, top=row["code"]: code == top or code.startswith(top + ".")
        )
        kept = sample.codings["segment_id"].isin(sample.kept["segment_id"])
        assert int(row["n_segments"]) == found.sum()
        assert int(row["n_documents"]) == sample.kept["document_id"][found].nunique()
        assert int(row["n_codings"]) == (below & kept).sum()
        assert near(row["share"], found.mean())


@pytest.mark.parametrize(("table", "key"), [("document_code", "document_id"), ("case_code", "case")])
def test_codes_by_document_and_case(sample, table, key):
    owner = sample.kept["document_id"]
    if key == "case":
        owner = owner.map(sample.documents["case"])
    held = read(sample.folder, table)
    assert set(held[key]) == set(owner) - {""}
    for row in held.to_dict("records"):
        mine = owner == row[key]
        assert int(row["n_codable"]) == mine.sum()
        assert {code: int(row[code]) for code in sample.codes} == {
            code: int((sample.has[code] & mine).sum()) for code in sample.codes
        }


def test_every_coding_stands_in_the_phase_of_its_segment(sample):
    phase = dict(zip(sample.kept["segment_id"], sample.phase(PHASES), strict=True))
    codings = sample.codings[sample.codings["segment_id"].isin(phase)]
    assert (codings["phase"] == codings["segment_id"].map(phase)).all()
    assert set(codings["phase"]) == {"", "P1", "P2"}


def shares(sample, code, here):
    """Each document's share of segments with a code."""
    return sample.has[code][here].groupby(sample.kept["document_id"][here]).mean()


def test_dominance_has_the_mean_of_documents_and_the_share_of_all(sample):
    phase = sample.phase(PHASES)
    held = read(sample.folder, "dominance")
    assert len(held) > 100
    for row in held.to_dict("records"):
        here = (phase == row["phase"]) & (sample.kept["type"] == row["kind"])
        by = shares(sample, row["code"], here)
        assert (int(row["n_segments"]), int(row["n_documents"])) == (here.sum(), len(by))
        assert int(row["n_quotes"]) == (sample.has[row["code"]] & here).sum()
        if len(by):
            assert near(row["p_macro"], by.mean())
            assert near(row["p_micro"], sample.has[row["code"]][here].mean())


@pytest.mark.parametrize(("name", "phases"), [("conference", PHASES), ("reform", REFORM)])
def test_every_division_of_time_has_its_shares_and_changes(sample, name, phases):
    phase = sample.phase(phases)
    held = read(sample.folder, "phase_set_cells")
    held = held[held["phase_set"] == name]
    before: dict[tuple[str, str], float] = {}
    for row in held.to_dict("records"):
        here = (phase == row["phase"]) & (sample.kept["type"] == row["kind"])
        share = shares(sample, row["code"], here).mean() if here.any() else math.nan
        key = (row["kind"], row["code"])
        assert int(row["n_segments"]) == here.sum()
        assert near(row["p_macro"], share)
        assert near(row["change"], share - before.get(key, math.nan))
        before[key] = share


def test_the_shift_is_the_mean_of_documents_own_differences(sample):
    phase = sample.phase(PHASES)
    for row in read(sample.folder, "shift").to_dict("records"):
        mine = sample.kept["type"] == row["kind"]
        first, second = (shares(sample, row["code"], mine & (phase == side)) for side in PHASES)
        if row["kind"] in TALK:
            both = first.index.intersection(second.index)
            first, second = first[both], second[both]
            assert (int(row["n_up"]), int(row["n_down"])) == (
                (second > first).sum(),
                (second < first).sum(),
            ) or not len(both)
        assert (int(row["n_before"]), int(row["n_after"])) == (len(first), len(second))
        if len(first) and len(second):
            assert near(row["p_before"], first.mean()) and near(row["p_after"], second.mean())
            assert near(row["mean_diff"], second.mean() - first.mean())
            angle = 2 * math.asin(math.sqrt(second.mean())) - 2 * math.asin(math.sqrt(first.mean()))
            assert near(row["h"], angle)


def test_fractional_times_count_by_their_days(sample):
    held = read(sample.folder, "sensitivity")
    held = held[(held["way"] == "fractional") & (held["kind"] == "interview")]
    low, node, high = days(PHASES["P1"][0]), days(NODE), days(PHASES["P2"][1])
    before, after = [], []
    for start, end in zip(sample.kept["t_about_start"], sample.kept["t_about_end"], strict=True):
        if not (start or end):
            before.append(0.0)
            after.append(0.0)
            continue
        a = days(start) if start else low
        b = (days(end, last=True) if end else high - 1) + 1
        length = max(b - a, 1)
        before.append(max(0, min(b, node) - max(a, low)) / length)
        after.append(max(0, min(b, high) - max(a, node)) / length)
    frame = sample.kept.assign(before=before, after=after)
    frame = frame[frame["type"] == "interview"]
    for row in held.to_dict("records"):
        has = sample.has[row["code"]][frame.index]
        parts = []
        for side in ("before", "after"):
            whole = frame[side].groupby(frame["document_id"]).sum()
            part = (frame[side] * has).groupby(frame["document_id"]).sum()
            parts.append(part / whole.where(whole > 0))
        both = parts[0].notna() & parts[1].notna()
        assert near(row["mean_diff"], (parts[1][both] - parts[0][both]).mean())


def test_who_says_what_more_than_expected(sample):
    """Codes affirmed by units that speak, and Haberman's residual of each cell."""
    held = read(sample.folder, "actor_code")
    held = held[(held["role"] == "speaker") & (held["polarity"] == "affirmed")]
    known = sample.kept.set_index("segment_id")
    codings = sample.codings[
        sample.codings["segment_id"].isin(known.index) & (sample.codings["polarity"] == "affirmed")
    ]
    compared = set(held["code"])
    cells = pd.DataFrame(
        sorted(
            {
                (known["type"][segment], known["actor"][segment], segment, code)
                for segment, given in zip(codings["segment_id"], codings["code"], strict=True)
                for code in compared
                if known["actor"][segment] and (given == code or given.startswith(code + "."))
            }
        ),
        columns=["kind", "actor", "segment", "code"],
    )
    for kind, mine in held.groupby("kind"):
        table = cells[cells["kind"] == kind]
        total = len(table)
        for row in mine.to_dict("records"):
            of_actor, of_code = table["actor"] == row["actor"], table["code"] == row["code"]
            n, out, into = (of_actor & of_code).sum(), of_actor.sum(), of_code.sum()
            assert int(row["n"]) == n
            assert near(row["row_share"], n / out)
            expected = out * into / total
            spread = expected * (1 - out / total) * (1 - into / total)
            assert near(row["adj_resid"], (n - expected) / math.sqrt(spread) if spread > 0 else math.nan)


def test_steps_from_avoidance_to_innovation_in_the_order_of_talk(sample):
    held = read(sample.folder, "transitions")
    held = held[(held["level"] == "talk") & (held["repeats"] == "kept")]
    for (kind, lag), rows in held.groupby(["kind", "lag"]):
        counts = np.zeros((2, 2))
        marks = np.stack([sample.has["avoidance"], sample.has["innovation"]])
        only = (sample.kept["type"] == kind).to_numpy() & (marks.sum(axis=0) == 1)
        for name in sample.kept["document_id"].unique():
            line = marks[1][only & (sample.kept["document_id"] == name).to_numpy()].astype(int)
            for one, other in zip(line, line[int(lag) :], strict=False):
                counts[one, other] += 1
        for row in rows.to_dict("records"):
            a, b = (["avoidance", "innovation"].index(row[end]) for end in ("source", "target"))
            n, total = counts[a, b], counts.sum()
            out, into = counts[a].sum(), counts[:, b].sum()
            expected = out * into / total
            assert int(row["n"]) == n and near(row["expected"], expected)
            assert near(
                row["z"], (n - expected) / math.sqrt(expected * (1 - out / total) * (1 - into / total))
            )
            rest = total - out - into + n
            top, bottom = n * rest, (out - n) * (into - n)
            assert near(row["q"], (top - bottom) / (top + bottom))


def test_where_the_field_is_and_where_it_is_empty(sample):
    phase = sample.phase(PHASES)
    held = read(sample.folder, "bridge")
    held = held[(held["part"] == "presence") & (held["source"] == "field")]
    assert {row["phase"] for row in held.to_dict("records")} >= {"P1", "P2"}
    for row in held.to_dict("records"):
        here = (sample.kept["type"] == row["kind"]) & (phase == row["phase"])
        by = shares(sample, "field", here)
        assert int(row["n_documents"]) == len(by)
        assert near(row["share"], (by > 0).mean()) and near(row["p_macro"], by.mean())
        assert [name for name in row["empty"].split(";") if name] == sorted(by.index[by == 0])


@pytest.mark.parametrize("unit", ["segment", "speech"])
def test_switches_with_the_field_at_or_between_them(sample, unit):
    held = read(sample.folder, "bridge")
    held = held[(held["part"] == "switch") & (held["unit"] == unit)]
    assert len(held)
    frame = sample.kept.assign(**{code: sample.has[code] for code in LOGICS})
    if unit == "speech":
        frame = frame.groupby(["document_id", "speech"], sort=False, as_index=False)[[*LOGICS, "type"]].agg(
            {**dict.fromkeys(LOGICS, "any"), "type": "first"}
        )
    for row in held.to_dict("records"):
        switches = mediated = 0
        for _, part in frame[frame["type"] == row["kind"]].groupby("document_id", sort=False):
            one, other, third = (part[code].to_numpy() for code in LOGICS)
            places = np.flatnonzero(one != other)
            for a, b in pairwise(places):
                if one[a] != one[b]:
                    switches += 1
                    mediated += bool(third[a : b + 1].any())
        assert (int(row["switches"]), int(row["switches_with"])) == (switches, mediated)


def test_codes_are_new_once_and_the_rest_is_uncoded(sample):
    held = read(sample.folder, "saturation").to_dict("records")
    talk = sample.documents[sample.documents["kind"].isin(TALK)]
    order = sorted(talk.index, key=lambda name: (talk["date"][name], name))
    assert [row["document_id"] for row in held] == order
    seen: set[str] = set()
    fresh: list[int] = []
    for row in held:
        mine = sample.kept["document_id"] == row["document_id"]
        found = {code for code in sample.codes if (sample.has[code] & mine).any()}
        fresh.append(len(found - seen))
        seen |= found
        assert (int(row["new_codes"]), int(row["cum_codes"])) == (fresh[-1], len(seen))
        coded = np.any([sample.has[code][mine] for code in sample.roots], axis=0)
        assert near(row["uncoded_share"], 1 - coded.mean())
        if len(fresh) > int(row["base"]) + int(row["run"]) - 1:
            base = sum(fresh[: int(row["base"])])
            assert near(row["ratio"], sum(fresh[-int(row["run"]) :]) / base)


def test_the_ladder_has_every_coding_that_counts(sample):
    held = read(sample.folder, "data_structure")
    kept = sample.codings[sample.codings["segment_id"].isin(sample.kept["segment_id"])]
    wanted = set(zip(kept["segment_id"], kept["code"], strict=True))
    assert set(zip(held["segment_id"], held["first_order"], strict=True)) == wanted
    assert len(held) == len(wanted)


def test_uncoded_segments_are_those_without_any_code(sample):
    coded = np.any([sample.has[code] for code in sample.roots], axis=0)
    listed = set(read(sample.folder, "uncoded")["segment_id"])
    assert listed <= set(sample.kept["segment_id"][~coded])
    bare = set(sample.kept["segment_id"][~coded]) - listed
    with_code = set(read(sample.folder, "coded_segments")["segment_id"])
    assert bare <= with_code  # a coding that does not count: it was looked at
