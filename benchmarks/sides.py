"""qualcode and its peers side by side, round after round, and whether they found the same."""

from __future__ import annotations

from pathlib import Path

from benchmarks import called
from benchmarks.hits import compare, of_peer, of_qualcode
from benchmarks.kept import Kept, put
from benchmarks.machine import Measured, revision
from benchmarks.material import Material
from benchmarks.peers.common import segments
from benchmarks.programs import LANGS, PEERS, QUALCODE, Program


class Sides:
    """Rounds are interleaved, so that whatever else the machine does falls on all programs."""

    def __init__(self, kept: Kept, material: Material, *, share: float) -> None:
        self.kept, self.material, self.share = kept, material, share
        self.program = revision()

    def measure(self, works: tuple[str, ...], rounds: int, *, anew: bool) -> None:
        """Run every program on the works.

        Unless all begins `anew`, rounds are added to those measured before with the same state of the
        program; those of another state go. Works that are not asked for stay as they were measured.
        """
        with self.kept.part("side by side") as measured:
            measured["missing"] = {peer.name: peer.missing() for peer in PEERS if peer.missing()}
            measured["runs"] = [
                run
                for run in measured.get("runs", [])
                if run["work"] not in works or (not anew and run["revision"] == self.program)
            ]
            done = max((run["round"] for run in measured["runs"] if run["work"] in works), default=-1) + 1
            for number in range(done, done + rounds):
                for work in works:
                    for lang in LANGS:
                        self._round(measured, number, lang, work)

    def _round(self, measured: Measured, number: int, lang: str, work: str) -> None:
        for peer in (None, *PEERS):
            if peer and (work not in peer.works or peer.name in measured["missing"]):
                continue
            found = self._peer(measured, lang, work, peer) if peer else self._own(measured, lang, work)
            run: Measured = {
                "lang": lang,
                "work": work,
                "program": peer.name if peer else QUALCODE,
                "round": number,
            }
            run |= {"revision": self.program, **found}
            measured["runs"].append(run)
            rate = run["mb"] / max(run["cpu"] - run["start"], 0.001)
            print(
                f"{number} {lang} {work} {run['program']}: {rate:.3g} MB/s, {run['wall']:.1f} s", flush=True
            )
            self.kept.save()

    def _own(self, measured: Measured, lang: str, work: str) -> Measured:
        folder = self.material.folder
        start = called.taken(self.material.coding(lang, work, folder / f"{lang}-tiny"))
        found = called.taken(self.material.coding(lang, work, folder / lang))
        return _both(start, found, measured[f"bytes-{lang}"])

    def _peer(self, measured: Measured, lang: str, work: str, peer: Program) -> Measured:
        folder, book = self.material.folder, self.material.book(lang, work).with_suffix(".json")
        part, size = self.material.part(lang, min(peer.size(lang, work) * self.share, measured["size"]))
        start = called.taken(peer.command(book, folder / f"{lang}-tiny.tsv", folder / "tiny.csv", lang))
        found = called.taken(peer.command(book, part, folder / "hits.csv", lang))
        if peer.kinds:
            self._agree(measured, lang, work, peer, part)
        return _both(start, found, size)

    def _agree(self, measured: Measured, lang: str, work: str, peer: Program, part: Path) -> None:
        known = {name for name, _, _ in segments(part)}
        hits, own = self.material.folder / "hits.csv", self.material.out(lang, work)
        for kind in peer.kinds.get(work, ""):
            found = compare(of_peer(hits), of_qualcode(own), known, kinds=kind, places=peer.places)
            row: Measured = {"lang": lang, "work": work, "program": peer.name, "kind": kind}
            row |= {"peer": found.peer, "qualcode": found.qualcode, "shared": found.shared}
            # The last round stands; every round has the same hits if it has the same text.
            put(measured.setdefault("hits", []), row, ("lang", "work", "program", "kind"))


def _both(start: Measured, found: Measured, size: int) -> Measured:
    return {"mb": size / 1e6, "start": start["cpu"], "start_mb": start["peak_mb"], **found}
