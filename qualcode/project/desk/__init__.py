"""A coder at work: what there is to decide about, one thing at a time, and what is written down.

`papers` are the documents laid out, `told` all decisions by segment, `entries` what there is to decide about,
`filters` and `queue` what of it is wanted, `desk` the work itself, `views` what a page shows of it.
"""

from qualcode.project.desk.asked import Asked
from qualcode.project.desk.desk import Desk, OvertakenError, open_desk
from qualcode.project.desk.filters import Filter, read_filter

__all__ = ["Asked", "Desk", "Filter", "OvertakenError", "open_desk", "read_filter"]
