"""A folder on its way into a sandbox: one open file, whose bytes need no path and no owner."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def packed(folder: Path | None) -> Iterator[list[int]]:
    """Yield a nameless open file with everything in `folder`; none where nothing is in it."""
    found = sorted(folder.rglob("*")) if folder else []
    if not found:
        yield []
        return
    handle = os.memfd_create("parcel")
    try:
        with os.fdopen(os.dup(handle), "wb") as file, zipfile.ZipFile(file, "w") as parcel:
            for path in found:
                parcel.write(path, path.relative_to(folder))
        yield [handle]
    finally:
        os.close(handle)


def unpack(handle: int, folder: str) -> None:
    """Write what is in an open parcel to `folder`."""
    with os.fdopen(os.dup(handle), "rb") as file, zipfile.ZipFile(file) as parcel:
        parcel.extractall(folder)
