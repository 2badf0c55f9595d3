"""The folder of reports that chairs are given, and what a later run must know of this one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from . import _dlde
from .errors import InputError, PageError
from .report import Report


class Folder:
    """A folder of reports. Nobody but its owner may look into it: it names authors, and shows their papers."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._state = path / "state.json"
        self._known: dict[str, dict[str, Any]] = {}
        if self._state.exists():
            try:
                self._known = json.loads(self._state.read_text(encoding="utf-8"))
            except (OSError, ValueError) as cause:
                remedy = "remove it: papers are checked again, and notes that are there are found"
                raise InputError(f"{self._state}: cannot be read: {cause}", remedy) from None

    def holds(self, id: str, key: str) -> bool:
        """Whether the report on a paper is there, and still holds; what timed out or crashed is tried again."""
        known = self._known.get(id, {})
        is_there = all((self._path / f"{known.get('number')}.{ending}").exists() for ending in ("json", "md"))
        return known.get("key") == key and known["status"] in ("ok", "unreadable") and is_there

    def posted(self, id: str) -> bool:
        """Whether the note with this report was posted."""
        return bool(self._known.get(id, {}).get("note"))

    def enter(self, id: str, number: int, key: str, report: Report) -> None:
        """Keeps a report."""
        name = str(number)
        _write(self._path / f"{name}.json", report.to_json())
        _write(self._path / f"{name}.md", report.to_markdown())
        page = self._path / f"{name}.html"
        try:
            _write(page, report.to_html())
        except PageError:
            # The report stands; a page of an earlier version would not.
            page.unlink(missing_ok=True)
        told = {"number": number, "key": key, "status": report.status.value, "reason": report.reason}
        self._known[id] = {**told, "verdict": report.verdict.value, "note": None}
        self._keep()

    def enter_note(self, id: str, note: str) -> None:
        """Keeps that a note was posted."""
        self._known[id]["note"] = note
        self._keep()

    def told(self, id: str) -> tuple[str, str]:
        """The verdict on a paper, and the report for a note."""
        known = self._known[id]
        return known["verdict"], (self._path / f"{known['number']}.md").read_text(encoding="utf-8")

    def index(self, ids: list[str]) -> str:
        """Writes the index and the table of these papers. Returns what they come to, in a sentence."""
        results = []
        for known in sorted((self._known[id] for id in ids if id in self._known), key=lambda known: known["number"]):
            name = str(known["number"])
            line = {"id": name, "key": known["key"], "status": known["status"]}
            if known["reason"] is None:
                line["report"] = json.loads((self._path / f"{name}.json").read_text(encoding="utf-8"))
            else:
                line["reason"] = known["reason"]
            page = f"{name}.html"
            text = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
            results.append((text, page if (self._path / page).exists() else None))
        table, page, sentence = _dlde.index(results)
        _write(self._path / "index.csv", table)
        _write(self._path / "index.html", page)
        return sentence

    def _keep(self) -> None:
        _write(self._state, json.dumps(self._known, ensure_ascii=False, indent=1))


def _write(path: Path, text: str) -> None:
    """Writes a file whole, or not at all. Nobody else may read it."""
    draft = path.with_name(f".{path.name}")
    draft.touch(mode=0o600)
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)
