"""Agreement between coders: one coefficient per file, each from patterns of values to a number or None.

    coefficients["cohen"]({(True, True): 20, (True, False): 5, (False, False): 75})

None is undefined and is said as that: never 0, never 1. `patterns.py` says what goes in.
"""

from __future__ import annotations

from collections.abc import Callable

from qualcode.analysis.agreement.cohen import cohen
from qualcode.analysis.agreement.fleiss import fleiss
from qualcode.analysis.agreement.gwet import gwet
from qualcode.analysis.agreement.krippendorff import alpha
from qualcode.analysis.agreement.patterns import Patterns
from qualcode.analysis.agreement.percent import percent
from qualcode.analysis.agreement.prevalence import prevalence
from qualcode.analysis.agreement.sets import alpha_jaccard, alpha_masi
from qualcode.analysis.agreement.specific import negative, positive
from qualcode.registry import Registry

Coefficient = Callable[[Patterns], "float | None"]

# Of one code, given or not; an installed package can add to them (entry points `qualcode.coefficient`).
coefficients: Registry[Coefficient] = Registry(
    "coefficient",
    {
        "prevalence": prevalence,
        "percent": percent,
        "positive": positive,
        "negative": negative,
        "cohen": cohen,
        "fleiss": fleiss,
        "alpha": alpha,
        "ac1": gwet,
        "alpha_jaccard": alpha_jaccard,
        "alpha_masi": alpha_masi,
    },
)

OF_CODE = ("prevalence", "percent", "positive", "negative", "cohen", "fleiss", "alpha", "ac1")
OF_SETS = ("percent", "alpha_jaccard", "alpha_masi")
