"""Checks thousands of papers on a cluster: ``python -m dlde.ray INPUT OUTPUT``.

INPUT is a folder of submissions or a manifest, here or in object storage; OUTPUT a folder of results there or here: a
row for every submission, whatever became of it. A run that was killed goes on where it was when it is started again.
"""

from __future__ import annotations

import argparse
import pickle
import sys
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ._check import Isolation, StrPath, wish_of
from ._dlde import Orders
from ._extra import extra
from .errors import DldeError, WorkerError

with extra("ray", __name__):
    import ray
    import ray.data

    from ._parts import Parts
    from ._rows import Rows, rows_of, unchecked
    from ._submissions import submissions

#: Submissions that one task checks. Chosen: a task takes seconds, and its loss costs no more.
_TASK = 16
#: Each check in a worker, with the usual limits.
_USUAL = Isolation()


def run(
    input: str,
    output: str,
    *,
    venue: StrPath | None = None,
    stage: str = "submission",
    track: str = "regular",
    audience: str = "chair",
    isolation: Isolation = _USUAL,
    format: str = "parquet",
    retry: bool = False,
) -> Counter[str]:
    """Checks every submission of the input on the cluster that Ray is connected to, and counts the verdicts.

    :param format: ``parquet`` or ``jsonl``.
    :param retry: Checks again what timed out or crashed before.
    :raises DldeError: for inputs that are none, and for a venue that is none, before anything is checked.
    """
    wish = wish_of(venue, stage, track, audience)
    Orders(wish)
    files, all = submissions(input)
    parts = Parts(output, format)
    known = {id: row["key"] for id, row in parts.rows().items() if not retry or row["status"] in ("ok", "unreadable")}
    items = [{"submitted": pickle.dumps(one)} for one in all]
    rows = Rows(files, wish, isolation, known)
    told: set[str] = set()
    try:
        for batch in _checked(items, rows):
            fresh = [row for row in batch if row["id"] not in told]
            told.update(row["id"] for row in fresh)
            parts.enter([row for row in fresh if row["status"] is not None])
    finally:
        parts.flush()
    if not told:
        raise WorkerError("no node could check anything", "see that dlde is installed on each; the log tells more")
    why = "the node that checked it failed, as the log of Ray tells; start the run again"
    parts.enter([unchecked(one.id, "", "crashed", why) for one in all if one.id not in told])
    parts.settle()
    held = parts.rows()
    return Counter(held[one.id]["verdict"] for one in all)


def _checked(items: list[dict[str, bytes]], rows: Rows) -> Iterator[list[dict[str, Any]]]:
    """The rows of all submissions, as they come."""
    context = ray.data.DataContext.get_current()
    before = context.max_errored_blocks
    # Ray does anew what a node or a process has taken with it. What fails beyond that costs no other submission its
    # result; who is missing is told by whoever counts.
    context.max_errored_blocks = -1
    try:
        tasks = ray.data.from_items(items, override_num_blocks=-(-len(items) // _TASK))
        mapped = tasks.map_batches(rows_of, fn_args=(rows,), batch_size=None, batch_format="pyarrow")
        for batch in mapped.iter_batches(batch_size=None, batch_format="pyarrow"):
            yield batch.to_pylist()
    finally:
        context.max_errored_blocks = before


def main(words: Sequence[str] | None = None) -> int:
    """The command line. Returns 0 where all pass, 1 where one would be turned away, 3 where one is undetermined, and 2
    where nothing could be done."""
    args = _arguments().parse_args(words)
    try:
        ray.init(address=args.address, log_to_driver=False)
        counted = run(
            args.input,
            args.output,
            venue=args.venue,
            stage=args.stage,
            track=args.track,
            audience=args.audience,
            isolation=Isolation(True, args.timeout, args.memory << 20),
            format=args.format,
            retry=args.retry,
        )
    except (DldeError, OSError) as error:
        print(f"dlde: {error}", file=sys.stderr)
        return 2
    except Exception:
        # Left to itself, Python would end with 1, which says that a paper would be turned away.
        traceback.print_exc()
        return 2
    print(
        f"{sum(counted.values())} submissions: "
        + ", ".join(f"{number} {one}" for one, number in sorted(counted.items()))
    )
    return 1 if counted["fail"] else 3 if counted["undetermined"] else 0


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dlde.ray", description="Checks thousands of papers on a cluster.")
    parser.add_argument("input", help="a folder of submissions, or a manifest (.jsonl); a path, or s3://, gs://, ...")
    parser.add_argument("output", help="a folder for the results: rows in parts; a run goes on where it was killed")
    parser.add_argument("--venue", help="an id that `dlde.venues()` lists, or a file; the newest where none is named")
    parser.add_argument("--stage", default="submission", help="submission (the default), camera-ready, or preprint")
    parser.add_argument("--track", default="regular", help="regular (the default), or recently-published")
    parser.add_argument("--audience", default="chair", help="who reads the results: chair (the default), or reviewer")
    parser.add_argument("--format", default="parquet", help="parquet (the default), or jsonl")
    parser.add_argument("--timeout", type=float, default=30.0, help="seconds that a check may take (30)")
    parser.add_argument("--memory", type=int, default=1024, help="MiB that a check may take (1024)")
    parser.add_argument("--retry", action="store_true", help="check again what timed out or crashed before")
    parser.add_argument("--address", help="the cluster; where none is named, RAY_ADDRESS, or this machine alone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
