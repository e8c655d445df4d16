"""English abbreviations and sentence openers, for telling a full stop from the dot of an abbreviation.

All but `STARTERS` are lower case and without their last dot.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEVER_END = _words("""
    mr mrs ms mx dr prof rev hon gen sen rep gov capt lt col sgt cmdr maj st messrs mt e.g i.e eg ie
    vs v cf viz approx esp incl excl ca
""")
"""Titles and connectives: something always follows."""

NUMBERED = _words("""
    no nos art arts sec secs fig figs p pp vol vols ch chap para paras ed eds tab eq
""")
"""Abbreviations only before a number: `No. 5` goes on, `No. We refused` does not."""

CAN_END = _words("""
    etc inc ltd co corp jr sr u.s u.k u.n e.u u.s.a p.r.c r.o.c d.c a.m p.m ph.d m.a b.a m.p.a dept
    depts univ govt gov't assn bros est ext al min max jan feb mar apr jun jul aug sep sept oct nov
    dec mon tue wed thu fri
""")
"""May stand inside a sentence or at its end: the next word decides."""

STARTERS = _words("""
    The This That These Those There Then They We You He She It I But And So Or Because If When While
    Although However Therefore In On At For From With After Before Our Their His Her My Its What Why
    How Where Who Which Yes No Not Now Well As By To Some Many Most All Also Another Every Each Once
    Since Until Let Do Does Did Is Are Was Were Can Could Would Should Will It's That's There's
    We're They're I'm You're He's She's What's Let's It’s That’s There’s We’re They’re I’m You’re
    He’s She’s What’s Let’s Actually Maybe Perhaps Still Yet Even
""")
"""Words that, capitalised after a doubtful dot, show that a new sentence began."""
