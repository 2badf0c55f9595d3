"""A row for every submission, whatever became of it: what the nodes of a cluster do."""

from __future__ import annotations

import os
import pickle
import time
from dataclasses import replace
from typing import Any

import pyarrow
from pyarrow import fs

from ._check import Demands, Isolation, Wish, checked
from ._submissions import Submitted, gathered
from .errors import DldeError
from .report import Finding, Report, Severity

_FINDING = pyarrow.struct(
    [
        ("code", pyarrow.string()),
        ("rule", pyarrow.string()),
        ("severity", pyarrow.string()),
        ("confidence", pyarrow.string()),
        ("message", pyarrow.string()),
        ("evidence", pyarrow.string()),
        ("file", pyarrow.string()),
        ("page", pyarrow.int32()),
        ("line", pyarrow.int32()),
        ("help", pyarrow.string()),
        ("fingerprint", pyarrow.string()),
    ]
)

#: `key`, `status`, `reason` and `report` as in the results of `dlde batch`; `line` is that of a source, or the number
#: in the margin of a page; `seconds` are of wall time.
SCHEMA = pyarrow.schema(
    [
        ("id", pyarrow.string()),
        ("key", pyarrow.string()),
        ("status", pyarrow.string()),
        ("verdict", pyarrow.string()),
        ("reason", pyarrow.string()),
        ("errors", pyarrow.int32()),
        ("warnings", pyarrow.int32()),
        ("notes", pyarrow.int32()),
        ("findings", pyarrow.list_(_FINDING)),
        ("seconds", pyarrow.float64()),
        ("report", pyarrow.string()),
    ]
)


class Rows:
    """Turns submissions into rows; those whose result is known and still holds into rows without a status."""

    def __init__(self, files: fs.FileSystem, wish: Wish, isolation: Isolation, known: dict[str, str]) -> None:
        self._files = files
        self._wish = wish
        self._isolation = isolation
        self._known = known

    def one(self, submitted: Submitted) -> dict[str, Any]:
        """The row of a submission."""
        started = time.perf_counter()
        wish = replace(self._wish, track=submitted.track or self._wish.track)
        try:
            demands = Demands(wish)
        except DldeError as cause:
            return unchecked(submitted.id, "", "crashed", str(cause))
        handed, why = None, ""
        try:
            handed = gathered(self._files, submitted)
        except (OSError, ValueError, DldeError) as cause:
            why = _why(cause, submitted)
        key = demands.orders.key(handed, why, submitted.identities)
        if self._known.get(submitted.id) == key:
            return {**unchecked(submitted.id, key, "", ""), "status": None}
        if handed is None:
            return unchecked(submitted.id, key, "unreadable", why)
        try:
            report = checked(handed, demands, submitted.identities, self._isolation)
        except DldeError as cause:
            return unchecked(submitted.id, key, "crashed", str(cause))
        return _row(submitted.id, key, report, time.perf_counter() - started)


def rows_of(batch: pyarrow.Table, rows: Rows) -> pyarrow.Table:
    """The rows of a batch of pickled submissions."""
    all = [rows.one(pickle.loads(item)) for item in batch.column("submitted").to_pylist()]
    return pyarrow.Table.from_pylist(all, schema=SCHEMA)


def unchecked(id: str, key: str, status: str, reason: str) -> dict[str, Any]:
    """The row of a submission without a report, and why."""
    row = dict.fromkeys(SCHEMA.names)
    row.update(id=id, key=key, status=status, verdict="undetermined", reason=reason)
    row.update(errors=0, warnings=0, notes=0, findings=[], seconds=0.0)
    return row


def _why(cause: Exception, submitted: Submitted) -> str:
    """Why a submission cannot be read, without the path, which is no one's business and differs between machines."""
    if isinstance(cause, FileNotFoundError):
        return "there is no such file"
    if isinstance(cause, DldeError):
        said = cause.message
        for entry in submitted.entries:
            said = said[len(entry.path) + 2 :] if said.startswith(f"{entry.path}: ") else said
        return f"{said}; {cause.remedy}"
    number = getattr(cause, "errno", None)
    return f"it cannot be opened: {os.strerror(number)}" if number else "it cannot be opened"


def _row(id: str, key: str, report: Report, seconds: float) -> dict[str, Any]:
    def number(severity: Severity) -> int:
        return sum(finding.severity is severity for finding in report.findings)

    return {
        "id": id,
        "key": key,
        "status": report.status.value,
        "verdict": report.verdict.value,
        "reason": report.reason,
        "errors": number(Severity.ERROR),
        "warnings": number(Severity.WARNING),
        "notes": number(Severity.NOTE),
        "findings": [_finding(finding) for finding in report.findings],
        "seconds": seconds,
        "report": None if report.reason else report.to_json(),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    row = {name: getattr(finding, name) for name in ("code", "rule", "confidence", "message", "evidence", "help")}
    place = finding.place
    row.update(severity=finding.severity.value, fingerprint=finding.fingerprint, file=place.file, page=place.page)
    row["line"] = place.line if place.line is not None else place.line_number
    return row
