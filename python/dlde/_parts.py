"""Results in parts: files that are written whole, so that a run that is killed loses none that it has told."""

from __future__ import annotations

import json
import re
from typing import Any

import pyarrow
from pyarrow import fs, parquet

from ._rows import SCHEMA
from ._submissions import place_of
from .errors import ChoiceError, InputError

#: Rows that are held back at most. Chosen: a part is worth its file, and a run that is killed repeats little.
_ROWS = 256
_NAME = re.compile(r"part-(\d{6})\.(parquet|jsonl)")


class Parts:
    """A folder of results, open for one run. Of two rows of one id the later one holds."""

    def __init__(self, where: str, format: str) -> None:
        if format not in ("parquet", "jsonl"):
            raise ChoiceError(f"{format}: there is no such format", "known: parquet, jsonl")
        self._files, self._root = place_of(where)
        self._format = format
        self._waiting: list[dict[str, Any]] = []
        try:
            self._files.create_dir(self._root, recursive=True)
        except OSError as cause:
            raise InputError(
                f"{where}: cannot be written: {cause}", "check the address, and that you may write there"
            ) from None
        self._newest: dict[str, tuple[str, dict[str, Any]]] = {}
        self._stale: set[str] = set()
        self._number = 0
        for name in self._names():
            self._number = max(self._number, int(name[5:11]))
            if not name.endswith(format):
                raise InputError(f"{where}: holds results in another format", "name another folder, or that format")
            self._hold(name, self._read(name))

    def rows(self) -> dict[str, dict[str, Any]]:
        """What is known, by id: key, status, and verdict."""
        return {id: row for id, (_, row) in self._newest.items()}

    def enter(self, rows: list[dict[str, Any]]) -> None:
        """Adds results; they are written by the hundred."""
        self._waiting += rows
        if len(self._waiting) >= _ROWS:
            self.flush()

    def flush(self) -> None:
        """Writes what was held back."""
        if not self._waiting:
            return
        self._number += 1
        name = f"part-{self._number:06}.{self._format}"
        self._write(name, self._waiting)
        self._hold(name, self._waiting)
        self._waiting = []

    def settle(self) -> None:
        """Takes out the rows that later ones have replaced."""
        self.flush()
        for name in sorted(self._stale):
            last = [row for row in self._read(name) if self._newest[row["id"]][0] == name]
            if last:
                self._write(name, last)
            else:
                self._files.delete_file(f"{self._root}/{name}")
        self._stale.clear()

    def _hold(self, name: str, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            before, _ = self._newest.get(row["id"], (name, None))
            if before != name:
                self._stale.add(before)
            self._newest[row["id"]] = (name, {key: row[key] for key in ("key", "status", "verdict")})

    def _names(self) -> list[str]:
        all = self._files.get_file_info(fs.FileSelector(self._root))
        return sorted(about.base_name for about in all if _NAME.fullmatch(about.base_name))

    def _read(self, name: str) -> list[dict[str, Any]]:
        with self._files.open_input_file(f"{self._root}/{name}") as file:
            if self._format == "parquet":
                rows: list[dict[str, Any]] = parquet.read_table(file, schema=SCHEMA).to_pylist()
                return rows
            return [json.loads(line) for line in file.read().decode().splitlines()]

    def _write(self, name: str, rows: list[dict[str, Any]]) -> None:
        # Under its own name only when it is whole.
        draft = f"{self._root}/.{name}"
        with self._files.open_output_stream(draft) as file:
            if self._format == "parquet":
                parquet.write_table(pyarrow.Table.from_pylist(rows, schema=SCHEMA), file)
            else:
                file.write("".join(map(_line, rows)).encode())
        self._files.move(draft, f"{self._root}/{name}")


def _line(row: dict[str, Any]) -> str:
    """A row as a line, its report an object within it."""
    report = row["report"]
    whole = {**row, "report": json.loads(report) if isinstance(report, str) else report}
    return json.dumps(whole, ensure_ascii=False) + "\n"
