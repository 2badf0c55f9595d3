"""Decides, to the line, whether a paper may be submitted to the DLDE workshop: page limit, style, anonymity.

>>> import dlde
>>> report = dlde.check("paper.pdf")  # doctest: +SKIP
>>> report.verdict  # doctest: +SKIP
<Verdict.FAIL: 'fail'>

There are three answers: the paper passes, it would be turned away, or it could not be determined. What could not be
read is never a pass: compare with ``Verdict.PASS``, not with ``Verdict.FAIL``.
"""

from ._catalogue import Rule, Venue, rules, venues
from ._check import check
from ._fix import Fixed, fix
from .errors import (
    ChoiceError,
    DldeError,
    ExtraError,
    FixError,
    IdentitiesError,
    InputError,
    PageError,
    VenueError,
    WorkerError,
)
from .report import Finding, Outcome, Place, Report, Severity, Status, Verdict

__all__ = [
    "ChoiceError",
    "DldeError",
    "ExtraError",
    "Finding",
    "FixError",
    "Fixed",
    "IdentitiesError",
    "InputError",
    "Outcome",
    "PageError",
    "Place",
    "Report",
    "Rule",
    "Severity",
    "Status",
    "Venue",
    "VenueError",
    "Verdict",
    "WorkerError",
    "check",
    "fix",
    "rules",
    "venues",
]
