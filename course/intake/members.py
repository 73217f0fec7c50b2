"""What a folder, a zip or a tar says that it holds; nothing of it is believed here."""

from __future__ import annotations

import bz2
import gzip
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from course.intake.names import notebook_name
from course.intake.submissions import MAX_BYTES
from course.intake.zipnames import extra_fields, zip_name

MAX_TOTAL = 128 * 2**30  # bytes of one download, unpacked: a thousand of the largest notebooks
MAX_DIRECTORY = 32 * 2**20  # bytes of a zip's table of contents, which Python reads at once
# No others: Python unpacks a megabyte of bzip2 at once, which may be 20 GB, and LZMA takes as
# much memory as the archive asks for.
ZIP_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
UNIX_TIMES = 0x5455  # a field of an entry


class Refusal(Exception):
    """Why something is not taken; `harmless` where nobody needs to act."""

    def __init__(self, why: str, *, harmless: bool = False) -> None:
        super().__init__(why)
        self.harmless = harmless


@dataclass(frozen=True)
class Entry:
    """One entry of a download.

    Attributes
    ----------
    name : str
        As the download has it: it may be absolute, climb out, or hold anything.
    kind : {"file", "link", "device"}
    size, packed : int
        Bytes, as the download says, and what they take in it.
    time : datetime
        Last change or submission, as far as the download tells; UTC.
    open : callable
        Returns a stream of the bytes.
    trouble : str
        Why it cannot be read; empty where nothing speaks against it.
    """

    name: str
    kind: str
    size: int
    packed: int
    time: datetime
    open: Callable[[], AbstractContextManager[IO[bytes]]]
    trouble: str = ""


@contextmanager
def open_entries(download: Path) -> Iterator[Iterator[Entry]]:
    """Open a folder, ``.zip``, ``.tar``, ``.tar.gz``, ``.tar.bz2`` or single notebook."""
    if download.is_dir():
        yield _folder_entries(download)
    elif not download.is_file():
        raise Refusal("it is neither a file nor a folder")
    elif notebook_name(download.name):
        yield iter([_file_entry(download.resolve(), download.name)])
    elif zipfile.is_zipfile(download):
        _check_directory(download)
        with zipfile.ZipFile(download) as archive:
            yield _zip_entries(archive, download.stat().st_mtime)
    else:
        with _unpacked(download) as stream:
            limited = _Limited(stream)
            with tarfile.open(fileobj=limited, mode="r:", ignore_zeros=False) as archive:
                yield _tar_entries(archive, limited, download.stat().st_mtime)


def _folder_entries(top: Path) -> Iterator[Entry]:
    for folder, folders, files in os.walk(top, onerror=_raise):
        folders.sort()
        # os.walk lists links to folders among the folders, and does not follow them.
        links = [name for name in folders if Path(folder, name).is_symlink()]
        for name in sorted(files + links):
            path = Path(folder, name)
            yield _file_entry(path, path.relative_to(top).as_posix())


def _raise(error: OSError) -> None:
    reason = (error.strerror or "error").lower()
    raise Refusal(f"its folder {Path(error.filename).name} cannot be read: {reason}")


def _file_entry(path: Path, name: str) -> Entry:
    about = path.lstat()
    kind = "file" if stat.S_ISREG(about.st_mode) else "device"
    kind = "link" if stat.S_ISLNK(about.st_mode) else kind
    # No following, no waiting: it may have become a link or a pipe since.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    opener = lambda: os.fdopen(os.open(path, flags), "rb")  # noqa: E731
    return Entry(name, kind, about.st_size, about.st_size, _utc(about.st_mtime), opener)


def _zip_entries(archive: zipfile.ZipFile, archived: float) -> Iterator[Entry]:
    for info in archive.infolist():
        mode = info.external_attr >> 16
        if info.is_dir() or stat.S_ISDIR(mode):
            continue
        kind = "device" if stat.S_IFMT(mode) and not stat.S_ISREG(mode) else "file"
        kind = "link" if stat.S_ISLNK(mode) else kind
        trouble = ""
        if info.flag_bits & 0x1:
            trouble = "it is encrypted with a password: zip it without one"
        elif info.compress_type not in ZIP_METHODS:
            trouble = "it is packed by a method that is not read: zip it again with another tool"
        yield Entry(
            zip_name(info),
            kind,
            info.file_size,
            info.compress_size,
            _zip_time(info, archived),
            lambda info=info: archive.open(info),
            trouble,
        )


def _zip_time(info: zipfile.ZipInfo, archived: float) -> datetime:
    """Return the time in UTC where it is given so, else read the date as this machine's time."""
    for field, data in extra_fields(info.extra):
        if field == UNIX_TIMES and len(data) >= 5 and data[0] & 1:
            return _utc(struct.unpack("<i", data[1:5])[0])
    try:
        when = datetime(*info.date_time).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return _utc(archived)
    return _utc(archived) if when.year < 1981 else _utc(when.timestamp())


def _check_directory(path: Path) -> None:
    """Refuse a zip whose table of contents alone would fill the memory."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 2**16 + 22), os.SEEK_END)
        tail = file.read()
    end = tail.rfind(b"PK\x05\x06")
    if end >= 0 and int.from_bytes(tail[end + 12 : end + 16], "little") > MAX_DIRECTORY:
        raise Refusal("it lists far too many files: unpack it, then collect the folder")


@contextmanager
def _unpacked(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as file:
        start = file.read(6)
        file.seek(0)
        if start.startswith((b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")):
            raise Refusal("it is packed by a method that is not read: give a zip or a folder")
        if start.startswith(b"\x1f\x8b"):
            with gzip.open(file) as stream:
                yield stream
        elif start.startswith(b"BZh"):
            with bz2.open(file) as stream:
                yield stream
        else:
            yield file


class _Limited:
    """A stream that tarfile cannot be made to read whole, nor to run through for ever."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= MAX_BYTES:
            raise Refusal("one of its headers is a bomb: it claims gigabytes")
        return self._stream.read(size)

    def seek(self, position: int, whence: int = os.SEEK_SET) -> int:
        if whence != os.SEEK_SET or position > MAX_TOTAL:
            raise Refusal(f"it unpacks to more than {MAX_TOTAL // 2**30} GiB")
        return self._stream.seek(position)

    def tell(self) -> int:
        return self._stream.tell()


def _tar_entries(archive: tarfile.TarFile, stream: _Limited, archived: float) -> Iterator[Entry]:
    for info in archive:
        if info.isdir():
            continue
        kind = "link" if info.issym() or info.islnk() else "device"
        kind = "file" if info.isreg() else kind
        # GNU tar's sparse files claim any size and hold nothing.
        trouble = "it is a sparse file: pack it again" if info.issparse() else ""
        time = _utc(info.mtime or archived)
        opener = lambda info=info: archive.extractfile(info)  # noqa: E731
        yield Entry(info.name, kind, info.size, info.size, time, opener, trouble)


def _utc(seconds: float) -> datetime:
    """Return a time, but none of the future: it would outdo every later submission."""
    now = datetime.now(UTC)
    try:
        return min(datetime.fromtimestamp(seconds, UTC), now)
    except (ValueError, OverflowError, OSError):
        return now
