"""A folder on its way into a sandbox: one open file, whose bytes need no path and no owner."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path


def pack(folder: Path) -> int | None:
    """Return a file with everything in `folder`, open and nameless; None for an empty folder."""
    found = sorted(folder.rglob("*"))
    if not found:
        return None
    handle = os.memfd_create("parcel")
    with os.fdopen(os.dup(handle), "wb") as file, zipfile.ZipFile(file, "w") as parcel:
        for path in found:
            parcel.write(path, path.relative_to(folder))
    return handle


def unpack(handle: int, folder: str) -> None:
    """Write what is in an open parcel to `folder`."""
    with os.fdopen(os.dup(handle), "rb") as file, zipfile.ZipFile(file) as parcel:
        parcel.extractall(folder)
