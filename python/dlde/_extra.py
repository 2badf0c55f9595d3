"""What only some parts of the package need, and may not be installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from .errors import ExtraError

#: Packages by extra, for who has a wheel and no index that holds this one.
_PACKAGES = {"openreview": "openreview-py", "ray": "'ray[data]' pyarrow"}


@contextmanager
def extra(name: str, module: str) -> Iterator[None]:
    """Imports what comes with an extra of the package.

    :param module: The name of the module that imports it. As a program it ends with 2: Python itself would end with 1,
        which says that a paper would be turned away.
    :raises ExtraError: where it is not installed.
    """
    try:
        yield
    except ImportError as cause:
        remedy = f"install what its extra `{name}` names: pip install {_PACKAGES[name]}"
        error = ExtraError(f"what this needs is not installed: {cause}", remedy)
        if module != "__main__":
            raise error from cause
        print(f"dlde: {error}", file=sys.stderr)
        raise SystemExit(2) from None
