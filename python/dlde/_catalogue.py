"""The venues and rules that the library carries."""

from __future__ import annotations

from dataclasses import dataclass

from . import _dlde
from .report import Severity


@dataclass(frozen=True)
class Venue:
    """A venue: what its call demands of papers."""

    id: str
    """The name to check by, such as ``dlde-2023``."""
    name: str
    """The name in full."""
    url: str
    """The page of the call."""
    text: str
    """The file, TOML: a start for a venue of one's own."""


@dataclass(frozen=True)
class Rule:
    """A rule: one thing that is looked at."""

    code: str
    """Four letters of subject and three digits; assigned once."""
    name: str
    """Names the defect."""
    severity: Severity
    """What a venue does about it, unless it says otherwise."""
    what: str
    """What it checks."""
    why: str
    """Why it matters."""
    remedy: str
    """What to do about a finding."""


def venues() -> tuple[Venue, ...]:
    """The venues that come with the library, newest first; the first is the default."""
    return tuple(Venue(*venue) for venue in _dlde.venues())


def rules() -> tuple[Rule, ...]:
    """Every rule, in order of code."""
    return tuple(
        Rule(code, name, Severity(severity), what, why, remedy)
        for code, name, severity, what, why, remedy in _dlde.rules()
    )
