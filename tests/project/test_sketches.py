"""Sketches gathered in a file are those that were given, in their order."""

import numpy as np
from hypothesis import given as drawn
from hypothesis import strategies as st

from qualcode.corpus.duplicates import Sketch
from qualcode.project.sketches import Sketches

HASHES = st.lists(st.integers(0, 2**64 - 1), max_size=5)


@drawn(st.lists(st.lists(HASHES, max_size=3), max_size=4))
def test_all_come_back_in_order(tmp_path_factory, armfuls):
    gathered = Sketches(tmp_path_factory.getbasetemp())
    given = [
        [
            Sketch(f"d{n}", f"{m}.txt", np.array(some, dtype=np.uint64), 2**64 - n)
            for m, some in enumerate(held)
        ]
        for n, held in enumerate(armfuls)
    ]
    for held in given:
        gathered.add(held)

    def plain(one: Sketch) -> tuple[str, str, list[int], int]:
        return one.document, one.path, one.hashes.tolist(), one.bound

    assert [plain(one) for one in gathered.whole()] == [plain(one) for held in given for one in held]
