"""What qualcode imports at run time is permissively licensed, down to the last dependency."""

import re
from importlib.metadata import PackageNotFoundError, distribution

from packaging.requirements import Requirement

# Weak copyleft that may be used unmodified; anything GPL or AGPL may not be there.
FORBIDDEN = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
TEST_ONLY = {"test"}


def licence_of(name: str) -> str:
    meta = distribution(name).metadata
    classifiers = [c for c in meta.get_all("Classifier", []) if c.startswith("License ::")]
    stated = meta.get("License-Expression") or meta.get("License") or ""
    first_line = stated.splitlines()[0] if stated else ""
    return " | ".join([first_line, *classifiers])


def closure(name: str) -> set[str]:
    """Every installed distribution that `name` needs at run time, its non-test extras included."""
    seen: set[str] = set()
    wanted = [(name, True)]
    while wanted:
        current, top = wanted.pop()
        if current in seen:
            continue
        try:
            needs = distribution(current).requires or []
        except PackageNotFoundError:
            continue  # an extra that is not installed here, or a marker for another platform
        seen.add(current)
        for line in needs:
            need = Requirement(line)
            extras = set(re.findall(r"extra == ['\"]([\w-]+)['\"]", line))
            if (extras and not top) or extras & TEST_ONLY:
                continue
            wanted.append((need.name.lower(), False))
    return seen


def test_no_gpl_in_the_closure_of_run_time_requirements() -> None:
    found = {name: licence_of(name) for name in sorted(closure("qualcode"))}
    assert len(found) > 20, "the closure was not walked"
    bad = {
        n: text for n, text in found.items() if FORBIDDEN.search(re.sub(r"LGPL\S*|GNU Lesser[^|]*", "", text))
    }
    assert not bad


def test_a_gpl_package_would_be_noticed() -> None:
    assert FORBIDDEN.search("License :: OSI Approved :: GNU General Public License v3 (GPLv3)")
    assert FORBIDDEN.search("AGPL-3.0-only")
