"""What a check says."""

from __future__ import annotations

import enum
import html
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .errors import PageError


class Verdict(str, enum.Enum):
    """The answer for a paper as a whole."""

    PASS = "pass"
    """Nothing that would turn it away, and all that decides could be determined."""
    FAIL = "fail"
    """It would be turned away."""
    UNDETERMINED = "undetermined"
    """Something that decides could not be determined. This is no pass."""


class Status(str, enum.Enum):
    """What became of a paper."""

    OK = "ok"
    """It was checked."""
    UNREADABLE = "unreadable"
    """There is no paper in it that can be read."""
    TIMEOUT = "timeout"
    """Its check took longer than allowed."""
    CRASHED = "crashed"
    """Its check ended by itself, such as for want of memory."""


class Severity(str, enum.Enum):
    """How much a finding weighs."""

    ERROR = "error"
    """The paper would be turned away for it."""
    WARNING = "warning"
    """Somebody would ask."""
    NOTE = "note"
    """It is only good practice."""


@dataclass(frozen=True)
class Place:
    """Where something is. What has no meaning for its kind is ``None``."""

    kind: str
    """``page``, ``source``, ``file``, or ``submission``."""
    file: str | None = None
    """The file, relative to the submission."""
    page: int | None = None
    """The page, 1-based, as a viewer counts."""
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    """Left, top, right and bottom in bp (1/72 in), from the top left of the page."""
    line_number: int | None = None
    """The number printed in the margin."""
    line: int | None = None
    """The line of a source, 1-based."""
    column: int | None = None
    """The column, 1-based, in characters."""
    end_line: int | None = None
    """The line of the first character that does not belong."""
    end_column: int | None = None
    """Its column."""
    inside: str | None = None
    """The path within the file, such as ``/Info/Author``."""

    @classmethod
    def _of(cls, place: Mapping[str, Any]) -> Place:
        known = {key: place[key] for key in cls.__dataclass_fields__ if key in place}
        boxes = tuple((left, top, right, bottom) for left, top, right, bottom in known.pop("boxes", ()))
        return cls(boxes=boxes, **known)


@dataclass(frozen=True)
class Finding:
    """Something that was found against a demand."""

    code: str
    """The rule's code, such as ``PAGE001``."""
    rule: str
    """The rule's name, such as ``page-limit-exceeded``."""
    severity: Severity
    """How much it weighs."""
    confidence: str
    """``certain``, ``likely`` or ``possible``."""
    message: str
    """What was measured, then what is allowed."""
    evidence: str | None
    """The words or the value that was seen."""
    measured: float | str | None
    """What was measured."""
    allowed: float | str | None
    """What is allowed."""
    place: Place
    """Where it is."""
    demand: Mapping[str, str] | None
    """What the call asks, in other words (``says``), and where (``url``, ``section``)."""
    help: str
    """What to do."""
    fingerprint: str
    """The same for the same finding in the next version of the paper."""

    @classmethod
    def _of(cls, finding: Mapping[str, Any]) -> Finding:
        known = {key: finding[key] for key in cls.__dataclass_fields__}
        known.update(severity=Severity(finding["severity"]), place=Place._of(finding["place"]))
        return cls(**known)


@dataclass(frozen=True)
class Outcome:
    """What one rule said."""

    code: str
    """The rule's code."""
    rule: str
    """The rule's name."""
    severity: Severity
    """How much its findings weigh at most."""
    outcome: str
    """``pass``, ``finding``, ``not-applicable`` or ``undetermined``."""
    reason: str | None
    """Why there is no answer."""

    @classmethod
    def _of(cls, outcome: Mapping[str, Any]) -> Outcome:
        known = {key: outcome[key] for key in cls.__dataclass_fields__}
        return cls(**{**known, "severity": Severity(outcome["severity"])})


@dataclass(frozen=True)
class Report:
    """What a check says of a paper."""

    status: Status
    """What became of it."""
    reason: str | None
    """Why nothing more is told; ``None`` where a report was made."""
    verdict: Verdict
    """The answer."""
    findings: tuple[Finding, ...]
    """What was found, errors first."""
    outcomes: tuple[Outcome, ...] = field(repr=False)
    """One for each rule that was run, in order of code."""
    data: Mapping[str, Any] = field(repr=False)
    """The report as `dlde check --format json` writes it. A check that did not end has no more than ``verdict``,
    ``status`` and ``reason``."""
    _json: str = field(repr=False)
    _markdown: str = field(repr=False)
    _page: str | None = field(repr=False, default=None)
    _make_page: Callable[[], str | None] | None = field(repr=False, compare=False, default=None)

    def to_json(self) -> str:
        """The report as one object, on one line."""
        return self._json

    def to_markdown(self) -> str:
        """The report for a comment, of at most 2,000 characters."""
        return self._markdown

    def to_html(self) -> str:
        """The report as one page for a browser, with pictures of the paper's pages.

        They are drawn when first asked for, by a worker where the check was isolated.

        :raises PageError: where they cannot be drawn.
        """
        if self._page is None:
            page = self._plain_page() if self.reason is not None else self._drawn()
            object.__setattr__(self, "_page", page)
        assert self._page is not None
        return self._page

    def _drawn(self) -> str:
        if self._make_page is None:
            raise PageError("this report came from another process without its paper", "make the page there")
        page = self._make_page()
        if page is None:
            raise PageError("the pages of this paper could not be drawn", "use `to_markdown()`, or `to_json()`")
        return page

    def _plain_page(self) -> str:
        said = html.escape(self.reason or "")
        return (
            '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>Could not be determined</title>'
            f"<h1>Could not be determined</h1><p>{said}</p></html>\n"
        )

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_make_page": None}

    @classmethod
    def _of(
        cls,
        answer: tuple[str, str | None, str | None, str | None, str | None],
        make_page: Callable[[], str | None],
    ) -> Report:
        status, reason, text, markdown, page = answer
        if text is not None:
            try:
                return cls._told(Status(status), text, markdown or "", page, make_page)
            except (KeyError, RecursionError, TypeError, ValueError):
                # A worker that a file has taken over may say anything.
                status, reason = "crashed", "the check of this submission gave no report; have a person look at it"
        data = {"verdict": Verdict.UNDETERMINED.value, "status": status, "reason": reason}
        markdown = f"**Could not be determined**\n\n{reason}\n"
        return cls(Status(status), reason, Verdict.UNDETERMINED, (), (), data, json.dumps(data), markdown)

    @classmethod
    def _told(
        cls, status: Status, text: str, markdown: str, page: str | None, make_page: Callable[[], str | None]
    ) -> Report:
        data = json.loads(text)
        findings = tuple(Finding._of(finding) for finding in data["findings"])
        outcomes = tuple(Outcome._of(outcome) for outcome in data["verdicts"])
        return cls(status, None, Verdict(data["verdict"]), findings, outcomes, data, text, markdown, page, make_page)
