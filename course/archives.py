"""Read what students handed in from a folder, a zip or a tar, and believe nothing of it.

Nothing is extracted by the archive's own word: names are checked, links, devices and nested
archives are refused, and what is taken is read as a stream, with limits, into numbered files.
"""

from __future__ import annotations

import bz2
import gzip
import os
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO

from course.submissions import MAX_BYTES

MAX_MEMBERS = 20_000
MAX_TOTAL = 8 * 2**30  # bytes of one download, unpacked
MAX_RATIO = 200  # unpacked to packed; stored outputs of a notebook reach 50
FREE_OF_RATIO = 64 * 2**20  # a small file may be as repetitive as it likes
MAX_DIRECTORY = 32 * 2**20  # bytes of a zip's table of contents
MAX_DEPTH = 12
CHUNK = 2**20

NOTEBOOK = ".ipynb"
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".7z", ".rar")
# What systems and editors put beside the files of a person.
LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints")
ZIP_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,  # a zip method that Python does not know
    RuntimeError,  # zipfile: a password is needed
)


class Refusal(Exception):
    """Why something is not taken; `harmless` where nobody needs to act."""

    def __init__(self, why: str, *, harmless: bool = False) -> None:
        super().__init__(why)
        self.harmless = harmless


@dataclass(frozen=True)
class Member:
    """One notebook that was taken.

    Attributes
    ----------
    name : PurePosixPath
        Where it stood: checked, relative, NFC.
    file : Path
        Where its bytes are now.
    time : datetime
        When it was last changed or handed in, as far as the download tells; UTC.
    """

    name: PurePosixPath
    file: Path
    time: datetime


@dataclass(frozen=True)
class _Entry:
    """One entry of a download before anything of it was believed."""

    name: str
    kind: str  # "file", "link" or "device"
    size: int
    packed: int
    time: datetime
    open: object
    trouble: str = ""


def unpack(download: Path, into: Path) -> Iterator[Member | tuple[str, Refusal]]:
    """Yield what `download` holds: a `Member` each notebook, else a name and why it is refused.

    Parameters
    ----------
    download : Path
        A folder, ``.zip``, ``.tar``, ``.tar.gz``, ``.tar.bz2``, or a single ``.ipynb``.
    into : Path
        An empty folder that takes the notebooks' bytes.
    """
    total = 0
    try:
        with _entries(download) as entries:
            for number, entry in enumerate(entries):
                if number >= MAX_MEMBERS:
                    raise Refusal(f"it holds more than {MAX_MEMBERS:,} files; the rest is left out")
                try:
                    name = checked_name(entry.name)
                    _check_kind(name, entry)
                    file = into / f"{number}{NOTEBOOK}"
                    total += _copy(entry, file)
                except Refusal as refusal:
                    yield printable(entry.name), refusal
                    continue
                if total > MAX_TOTAL:
                    raise Refusal(f"it unpacks to more than {MAX_TOTAL // 2**30} GiB")
                yield Member(name, file, entry.time)
    except Refusal as refusal:
        yield printable(download.name), refusal
    except DAMAGED as error:
        why = f"it is damaged or no archive ({str(error)[:100] or type(error).__name__})"
        yield printable(download.name), Refusal(f"{why}: download it again")


def checked_name(name: str) -> PurePosixPath:
    """Return a name from a download as a safe relative path.

    Raises
    ------
    Refusal
        When it is absolute, climbs out with "..", is not UTF-8, or holds what no name needs.
    """
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        raise Refusal("its name is not UTF-8: rename it") from None
    # Cc and Cf: line breaks, NUL, and marks that show a name backwards.
    if any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in name):
        raise Refusal("its name holds control characters: rename it")
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":":
        raise Refusal("its name is absolute, and would be written outside of submitted/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise Refusal("its name climbs out with '..', and would be written outside of submitted/")
    if not parts or len(parts) > MAX_DEPTH or any(len(p.encode()) > 255 for p in parts):
        raise Refusal("its name is empty, too long or too deep: rename it")
    return PurePosixPath(*parts)


def printable(name: str) -> str:
    """Return a name as it can be shown: what is not text becomes an escape."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)[:300]


def _check_kind(name: PurePosixPath, entry: _Entry) -> None:
    if any(part in LITTER or part.startswith("._") for part in name.parts):
        raise Refusal("", harmless=True)
    if entry.kind == "link":
        raise Refusal("it is a link, which may point anywhere: hand in the file itself")
    if entry.kind == "device":
        raise Refusal("it is a device or a pipe, not a file")
    suffix = name.suffix.casefold()
    if suffix in ARCHIVES:
        raise Refusal("it is an archive within a download: unpack it, then collect the folder")
    if suffix != NOTEBOOK:
        raise Refusal("it is no notebook: skipped", harmless=True)
    if entry.trouble:
        raise Refusal(entry.trouble)
    if entry.size > MAX_BYTES:
        raise Refusal(f"it is larger than {MAX_BYTES // 2**20} MiB: clear its outputs")
    if entry.size > max(FREE_OF_RATIO, MAX_RATIO * entry.packed):
        raise Refusal(f"it unpacks to over {MAX_RATIO} times its size, as a bomb does")


def _copy(entry: _Entry, file: Path) -> int:
    """Copy the bytes, counting them: what an entry says of its size may be a lie."""
    count = 0
    try:
        with entry.open() as stream, file.open("xb") as target:
            while chunk := stream.read(CHUNK):
                count += len(chunk)
                if count > MAX_BYTES:
                    raise Refusal(f"it is larger than {MAX_BYTES // 2**20} MiB: clear its outputs")
                target.write(chunk)
    except PermissionError:
        raise Refusal("it may not be read: permission denied") from None
    except DAMAGED as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise Refusal(f"it cannot be read: {(error.strerror or 'error').lower()}") from None
        raise Refusal("it is damaged: download it again") from None
    return count


@contextmanager
def _entries(download: Path) -> Iterator[Iterator[_Entry]]:
    if download.is_dir():
        yield _folder_entries(download)
    elif not download.is_file():
        raise Refusal("it is neither a file nor a folder")
    elif download.suffix.casefold() == NOTEBOOK:
        yield iter([_file_entry(download, download.name)])
    elif zipfile.is_zipfile(download):
        _check_directory(download)
        with zipfile.ZipFile(download) as archive:
            yield _zip_entries(archive)
    else:
        with _tar_stream(download) as stream, tarfile.open(fileobj=stream, mode="r:") as archive:
            yield _tar_entries(archive)


def _folder_entries(top: Path) -> Iterator[_Entry]:
    for folder, folders, files in os.walk(top):
        folders.sort()
        # os.walk lists links to folders among the folders, and does not follow them.
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted(files + links):
            path = Path(folder, name)
            yield _file_entry(path, path.relative_to(top).as_posix())


def _file_entry(path: Path, name: str) -> _Entry:
    about = path.lstat()
    kind = "file" if stat.S_ISREG(about.st_mode) else "device"
    kind = "link" if stat.S_ISLNK(about.st_mode) else kind
    time = datetime.fromtimestamp(about.st_mtime, UTC)
    # No following, no waiting: it may have become a link or a pipe since.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return _Entry(
        name, kind, about.st_size, about.st_size, time, lambda: os.fdopen(os.open(path, flags), "rb")
    )
