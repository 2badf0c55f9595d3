"""The folder of reports that chairs are given, and what a later run must know of this one."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from . import _dlde
from .errors import InputError, PageError
from .report import Report


@dataclass(frozen=True)
class Owner:
    """Whose reports lie in a folder."""

    venue: str
    """The id of the venue."""
    stage: str
    """The name of the stage of the notes."""
    base_url: str
    """The address of the API."""

    def __str__(self) -> str:
        return f"{self.venue}, stage {self.stage}, at {self.base_url}"


class Folder:
    """A folder of reports. On Unix nobody but its owner may look into it: it names authors, and shows their papers."""

    def __init__(self, path: Path, owner: Owner) -> None:
        self._path = path
        self._state = path / "state.json"
        self._owner = owner
        self._known: dict[str, dict[str, Any]] = self._kept()
        self._path.mkdir(parents=True, exist_ok=True, mode=0o700)

    def _kept(self) -> dict[str, Any]:
        """What earlier runs have kept. Papers of two venues share numbers, so each venue has a folder of its own."""
        if not self._state.exists():
            return {}
        try:
            kept = json.loads(self._state.read_text(encoding="utf-8"))
            owner, papers = Owner(**kept["owner"]), dict(kept["papers"])
        except (OSError, ValueError, TypeError, KeyError) as cause:
            remedy = "remove it: papers are checked again, and notes that are there are found"
            raise InputError(f"{self._state}: cannot be read: {cause!r}", remedy) from None
        if owner != self._owner:
            why = f"{self._path}: holds the reports of {owner}, not of {self._owner}"
            raise InputError(why, "name another folder with --out")
        return papers

    def holds(self, id: str, key: str) -> bool:
        """Whether the report on a paper is there, and still holds; what timed out or crashed is tried again."""
        known = self._known.get(id, {})
        if known.get("key") != key or known["status"] not in ("ok", "unreadable"):
            return False
        return all(self._text(known, ending) is not None for ending in known["digests"])

    def _text(self, known: dict[str, Any], ending: str) -> str | None:
        """A file of a report; `None` where it is not the one that was written for this paper."""
        try:
            text = (self._path / f"{known['number']}.{ending}").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        return text if _digest(text) == known["digests"][ending] else None

    def posted(self, id: str) -> bool:
        """Whether the note with this report was posted."""
        return bool(self._known.get(id, {}).get("note"))

    def enter(self, id: str, number: int, key: str, report: Report) -> None:
        """Keeps a report."""
        name = str(number)
        texts = {"json": report.to_json(), "md": report.to_markdown()}
        for ending, text in texts.items():
            _write(self._path / f"{name}.{ending}", text)
        page = self._path / f"{name}.html"
        try:
            _write(page, report.to_html())
        except PageError:
            # The report stands; a page of an earlier version would not.
            page.unlink(missing_ok=True)
        told: dict[str, Any] = {"number": number, "key": key, "status": report.status.value, "reason": report.reason}
        told["digests"] = {ending: _digest(text) for ending, text in texts.items()}
        self._known[id] = {**told, "verdict": report.verdict.value, "note": None}
        self._keep()

    def enter_note(self, id: str, note: str) -> None:
        """Keeps that a note was posted."""
        self._known[id]["note"] = note
        self._keep()

    def told(self, id: str) -> tuple[str, str]:
        """The verdict on a paper, and the report for a note.

        :raises InputError: where the report is not the one that was written for this paper.
        """
        known = self._known[id]
        report = self._text(known, "md")
        if report is None:
            where = self._path / f"{known['number']}.md"
            raise InputError(f"{where}: is not as it was written", "start again: the paper is checked anew")
        return known["verdict"], report

    def index(self, papers: list[tuple[str, int]], unchecked: dict[str, str]) -> str:
        """Writes the index and the table of these papers, each an id and a number. Returns what they come to, in a
        sentence.

        :param unchecked: Why there is no report on a paper as it is now; an earlier one does not speak for it.
        """
        results = []
        for id, number in papers:
            name, page = str(number), f"{number}.html"
            line = self._line(id, name, unchecked.get(id))
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            is_shown = id not in unchecked and (self._path / page).exists()
            results.append((text, page if is_shown else None))
        table, page, sentence = _dlde.index(results)
        _write(self._path / "index.csv", table)
        _write(self._path / "index.html", page)
        return sentence

    def _line(self, id: str, name: str, why: str | None) -> dict[str, Any]:
        """What the index is told of a paper, as `dlde batch` writes it."""
        if why is not None:
            return {"id": name, "key": "", "status": "unreadable", "reason": why}
        known = self._known[id]
        line = {"id": name, "key": known["key"], "status": known["status"]}
        if known["reason"] is not None:
            return {**line, "reason": known["reason"]}
        report = self._text(known, "json")
        if report is None:
            return {**line, "status": "crashed", "reason": f"{name}.json is not as it was written; start again"}
        return {**line, "report": json.loads(report)}

    def _keep(self) -> None:
        kept = {"owner": asdict(self._owner), "papers": self._known}
        _write(self._state, json.dumps(kept, ensure_ascii=False, indent=1))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _write(path: Path, text: str) -> None:
    """Writes a file whole, or not at all. Nobody else may read it."""
    draft = path.with_name(f".{path.name}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
