"""Writes a paper anew."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import _dlde
from ._check import Content, StrPath, handed_of, wish_of


@dataclass(frozen=True)
class Fixed:
    """A paper anew, without what no page shows."""

    data: bytes = field(repr=False)
    """The new PDF; for a folder or an archive a zip."""
    done: tuple[str, ...]
    """What was taken out, such as ``XMP packets: 4``."""
    left_out: tuple[str, ...]
    """Files that it is without, each with the reason."""
    untouched: tuple[str, ...]
    """Files that stay as they are though they may tell something, each with the reason."""


def fix(
    pdf: Content | StrPath,
    *,
    venue: StrPath | None = None,
    stage: str = "submission",
    track: str = "regular",
    attachments: bool = False,
    unsafe: bool = False,
    name: str = "paper.pdf",
) -> Fixed:
    """Writes a paper anew without what no page shows: metadata, notes' writers, comments, stray data.

    Pages come out as they were. Nothing is changed in place: the new bytes are yours to save and to check. This runs
    in the process of its caller: it is for papers of one's own.

    :param pdf: The paper: its bytes, or the path of a PDF, or of a folder or an archive of its sources.
    :param attachments: Also takes out the files within PDFs.
    :param unsafe: Also cuts, from sources, what no page shows and its authors may still want.
    :raises FixError: where it cannot be written anew; the paper is as it was.
    """
    orders = _dlde.Orders(wish_of(venue, stage, track, "author"))
    data, done, left_out, untouched = _dlde.fix(orders, handed_of(pdf, name), attachments, unsafe)
    return Fixed(data, tuple(done), tuple(left_out), tuple(untouched))
