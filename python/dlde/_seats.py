"""Workers that wait for papers: processes of their own. On Linux they are closed in: no file, no connection."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import _dlde
from .errors import WorkerError

#: What turns Python into a worker: it loads the part in Rust, and nothing else, and does not tidy up after itself.
_WORK = "import os, sys; sys.path.insert(0, sys.argv[1]); import _dlde; _dlde.work(); os._exit(0)"


def _program() -> list[str]:
    """The program that becomes a worker."""
    if not sys.executable:
        raise WorkerError("it is not known which program Python is", "set `sys.executable`, or pass isolate=False")
    python = [sys.executable, "-I", "-S", "-c", _WORK, str(Path(__file__).parent)]
    # A worker is given no environment, but without this one some systems cannot start Python.
    libraries = os.environ.get("LD_LIBRARY_PATH")
    return ["env", f"LD_LIBRARY_PATH={libraries}", *python] if libraries else python


_Kind = tuple[_dlde.Orders, float, int]


class _Seats:
    """Seats that nobody sits at; as many are kept as checks are made at once, and no more than there are cores."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: list[tuple[_Kind, _dlde.Seat]] = []

    @contextmanager
    def one(self, kind: _Kind) -> Iterator[_dlde.Seat]:
        """A seat of this kind. One whose check was interrupted is not used again."""
        seat = self._taken(kind) or _dlde.Seat(_program(), *kind)
        yield seat
        with self._lock:
            self._idle.append((kind, seat))
            del self._idle[: -(os.cpu_count() or 1)]

    def _taken(self, kind: _Kind) -> _dlde.Seat | None:
        with self._lock:
            at = next((at for at, (other, _) in enumerate(self._idle) if other == kind), None)
            return None if at is None else self._idle.pop(at)[1]


seats = _Seats()
# A process that is forked off has none of the threads that the seats are: it begins with none.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=seats.__init__)  # type: ignore[misc]
