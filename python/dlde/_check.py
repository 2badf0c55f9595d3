"""Checks a paper."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Optional, Union

from . import _dlde
from ._seats import seats
from .errors import ChoiceError, DldeError, IdentitiesError, PageError
from .report import Report

StrPath = Union[str, "os.PathLike[str]"]
Content = Union[bytes, bytearray, memoryview]
#: What came of a check: status, reason, and the report as JSON, as Markdown, as a page.
Answer = tuple[str, Optional[str], Optional[str], Optional[str], Optional[str]]
Identities = Union[Mapping[str, Any], StrPath]


def check(
    pdf: Content | StrPath,
    *,
    source: Content | StrPath | None = None,
    supplements: Sequence[Content | StrPath] = (),
    venue: StrPath | None = None,
    stage: str = "submission",
    track: str = "regular",
    identities: Identities | None = None,
    audience: str = "author",
    isolate: bool = True,
    timeout: float = 30.0,
    memory: int = 1 << 30,
    name: str = "paper.pdf",
) -> Report:
    """Checks a paper against what a venue demands. Other threads of Python go on meanwhile.

    :param pdf: The paper: its bytes, or the path of a PDF, an archive or a folder.
    :param source: What it was made from and is not handed in: an archive or a ``.tex``.
    :param supplements: What is handed in with it.
    :param venue: The id of one of `venues()`, or the path of a venue of your own; the newest where none is named.
    :param stage: ``submission``, ``camera-ready`` or ``preprint``.
    :param track: ``regular`` or ``recently-published``.
    :param identities: Who the authors are, as a file of identities for `dlde check` says it, or the path of one:
        ``{"authors": [{"names": ["Ada Orr"], "emails": ["ada@orr.example"]}]}``.
    :param audience: Who reads the report: ``author``, ``chair``, or ``reviewer``, who is shown nothing that names
        the authors.
    :param isolate: Checks in a process of its own, which on Linux can open nothing: whatever the file does, this one
        goes on.
    :param timeout: Seconds that an isolated check may take; a day at most.
    :param memory: Bytes that an isolated check may take; 64 MiB at least.
    :param name: What the paper is called, where it is bytes.
    :raises TypeError: for what is neither bytes nor a path.
    :raises DldeError: where no check can be made; it tells what to do.
    """
    said = _text_of(identities)
    if said is not None and audience == "reviewer":
        raise IdentitiesError("a report for reviewers looks for no names", "leave the identities out")
    if isinstance(supplements, (str, bytes, bytearray, memoryview, os.PathLike)):
        raise TypeError("supplements are a list of bytes and paths, not one of them alone")
    handed = handed_of(pdf, name)
    for role, more in [("source", source), *(("supplement", one) for one in supplements)]:
        if more is not None:
            handed = _with(handed, more, role)
    demands = Demands(wish_of(venue, stage, track, audience))
    return checked(handed, demands, said, Isolation(isolate, timeout, memory))


@dataclass(frozen=True)
class Wish:
    """What a paper is to be checked against."""

    venue: str | None
    file: str | None
    stage: str
    track: str
    audience: str
    pages: bool = False


class Demands:
    """What a wish comes to. The file of a venue is read once, so that what is told of one check is of one venue."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self.orders = _dlde.Orders(wish)

    def key(self, handed: _dlde.Handed, identities: str | None) -> str:
        """What tells whether a result on a submission still holds."""
        return self.orders.key(handed, "", identities)

    def paged(self, handed: _dlde.Handed, identities: str | None) -> _dlde.Orders:
        """The same, with a page for a browser.

        :raises PageError: where the file of the venue is another by now.
        """
        try:
            orders = _dlde.Orders(replace(self._wish, pages=True))
        except DldeError as cause:
            raise PageError(f"the venue cannot be read again: {cause.message}", cause.remedy) from None
        # The page is no part of a key; the text of the venue is.
        if orders.key(handed, "", identities) != self.key(handed, identities):
            raise PageError("the file of the venue has changed since this paper was checked", "check the paper anew")
        return orders


#: The most seconds that count, a day, as in the part in Rust: an int may be larger than any float.
_DAY = 24 * 60 * 60
#: Bytes that a worker is given at least. Chosen: in half of it Python itself does not start.
_LEAST = 64 << 20
#: The most bytes that a system counts. Source: setrlimit(2), which takes what is above it for no limit.
_MOST = (1 << 63) - 1


@dataclass(frozen=True)
class Isolation:
    """Where a paper is checked, and what its check may take: seconds, and bytes."""

    isolate: bool = True
    timeout: float = 30.0
    memory: int = 1 << 30

    def __post_init__(self) -> None:
        for number in (self.timeout, self.memory):
            if not isinstance(number, (int, float)):
                raise TypeError(f"timeout and memory are numbers, not {type(number).__name__}")
        if isinstance(self.timeout, bool) or not self.timeout > 0:
            raise ChoiceError(f"{self.timeout}: no check takes that time", "pass a timeout of some seconds, such as 30")
        if isinstance(self.memory, bool) or not _LEAST <= self.memory <= _MOST:
            why = f"{self.memory}: no check can be held to that many bytes of memory"
            raise ChoiceError(why, f"pass a memory of {_LEAST >> 20} MiB or more, such as 1 << 30")


def wish_of(venue: StrPath | None, stage: str, track: str, audience: str) -> Wish:
    """What is meant by these words: a venue that is neither known nor there is told by whoever looks for it."""
    for said in (stage, track, audience):
        if not isinstance(said, str):
            raise TypeError(f"stage, track and audience are each a str, not {type(said).__name__}")
    if venue is None:
        return Wish(None, None, stage, track, audience)
    word = os.fspath(venue)
    if not isinstance(word, str):
        raise TypeError("a venue is a str or a path")
    is_known = any(word == id for id, *_ in _dlde.venues())
    is_file = not isinstance(venue, str) or (not is_known and (word.endswith(".toml") or os.path.exists(word)))
    return Wish(None, word, stage, track, audience) if is_file else Wish(word, None, stage, track, audience)


def checked(handed: _dlde.Handed, demands: Demands, identities: str | None, isolation: Isolation) -> Report:
    """The report on what was handed in."""

    def ask(orders: _dlde.Orders) -> Answer:
        if not isolation.isolate:
            return _dlde.check_here(orders, handed, identities)
        with seats.one((orders, float(min(isolation.timeout, _DAY)), int(isolation.memory))) as seat:
            return seat.check(handed, identities)

    answer = ask(demands.orders)

    def page() -> str | None:
        again = ask(demands.paged(handed, identities))
        if again[2] is not None and _verdict(again) != _verdict(answer):
            raise PageError("a second check of this paper came to another verdict", "check the paper anew")
        return again[-1]

    return Report._of(answer, page)


def _verdict(answer: Answer) -> object:
    """The verdict of an answer, whatever stands there."""
    try:
        return json.loads(answer[2] or "")["verdict"]
    except (KeyError, RecursionError, TypeError, ValueError):
        return None


def handed_of(pdf: Content | StrPath, name: str) -> _dlde.Handed:
    """What was handed in: bytes, or what lies at a path."""
    if isinstance(pdf, (bytes, bytearray, memoryview)):
        return _dlde.Handed.pack(name, False, [(name, bytes(pdf), "input")])
    if isinstance(pdf, (str, os.PathLike)):
        return _dlde.Handed.gather(pdf)
    raise TypeError(f"a paper is bytes or a path, not {type(pdf).__name__}")


def _with(handed: _dlde.Handed, more: Content | StrPath, role: str) -> _dlde.Handed:
    if isinstance(more, (bytes, bytearray, memoryview)):
        content = bytes(more)
        # What is packed is known by its bytes, a source by its name alone.
        is_packed = content[:2] in (b"PK", b"\x1f\x8b") or content[257:262] == b"ustar" or b"%PDF-" in content[:1024]
        return handed.with_bytes(f"{role}.zip" if is_packed else f"{role}.tex", content, role)
    if isinstance(more, (str, os.PathLike)):
        return handed.with_path(more, role)
    raise TypeError(f"a {role} is bytes or a path, not {type(more).__name__}")


def _text_of(identities: Identities | None) -> str | None:
    """The text of a file of identities. Mistakes in it are told before anything is checked."""
    if identities is None:
        return None
    if isinstance(identities, Mapping):
        text = json.dumps(identities)
    elif isinstance(identities, (str, os.PathLike)):
        try:
            text = Path(identities).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as cause:
            raise IdentitiesError(
                f"identities: the file cannot be read: {cause}", "name a file, JSON or TOML"
            ) from None
    else:
        raise TypeError(f"identities are a mapping or a path, not {type(identities).__name__}")
    _dlde.Orders.accepts(text)
    return text
