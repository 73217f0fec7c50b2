"""Take notebooks out of a download: a folder, a zip or a tar of an LMS.

Nothing is extracted by the archive's own word: names are checked, links, devices and nested
archives are refused, and what is taken is read as a stream, with limits, into numbered files.
"""

from __future__ import annotations

import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from helpers.ground.litter import is_litter

from course.files import named
from course.intake.members import MAX_TOTAL, Entry, Refusal, open_entries
from course.intake.names import NOTEBOOK, notebook_name
from course.intake.submissions import MAX_BYTES

MAX_MEMBERS = (
    2_000_000  # of all people together; each has a budget of their own in course.intake.shares
)
MAX_RATIO = 200  # unpacked to packed; stored outputs of a notebook reach 50
FREE_OF_RATIO = 64 * 2**20  # a smaller file may be as repetitive as it likes
MAX_DEPTH, MAX_NAME = 12, 255  # folders; bytes of each name
CHUNK = 2**20

ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz", ".7z", ".rar")
# Marks that show a part of a name backwards. Joiners are not among them: names need those.
BACKWARDS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TOO_LARGE = f"it is larger than {MAX_BYTES // 2**20} MiB: clear its outputs"
# What Python's readers raise on a damaged or forged archive.
DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)


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


def listed(download: Path) -> Iterator[tuple[PurePosixPath, int]]:
    """Yield the names in `download` and the bytes that will be read of each; litter is left out.

    Names are an `outline`. Where it is damaged the list ends; `unpack` says so.
    """
    try:
        for entry in _entries(download):
            size = 0
            try:
                _check(checked_name(entry.name), entry)
                size = entry.size
            except Refusal as refusal:
                if not str(refusal):
                    continue
            yield outline(entry.name), size
    except Refusal:
        return


def unpack(
    download: Path, into: Path, bars: Callable[[PurePosixPath], bool] = lambda outline: False
) -> Iterator[Member | tuple[str, Refusal]]:
    """Yield what `download` holds: a `Member` each notebook, else a name and why it is refused.

    Parameters
    ----------
    download : Path
        A folder, ``.zip``, ``.tar``, ``.tar.gz``, ``.tar.bz2``, or a single ``.ipynb``.
    into : Path
        An empty folder, in a folder of the course's, that takes the notebooks' bytes.
    bars : callable
        Tells by the outline of a file's name whether it is passed over without a word.

    Raises
    ------
    OSError
        When `into` cannot be written; it names the folder that `into` lies in.
    """
    total = 0
    try:
        with closing(_entries(download)) as entries:
            wanted = (entry for entry in entries if not bars(outline(entry.name)))
            for number, entry in enumerate(wanted):
                if number >= MAX_MEMBERS:
                    raise Refusal(f"it holds more than {MAX_MEMBERS:,} files; the rest is left out")
                try:
                    name = checked_name(entry.name)
                    _check(name, entry)
                    file = into / f"{number}{NOTEBOOK}"
                    total += _write(file, _chunks(entry), MAX_TOTAL - total)
                except Refusal as refusal:
                    yield printable(entry.name), refusal
                    continue
                if total > MAX_TOTAL:
                    raise Refusal(f"it unpacks to more than {MAX_TOTAL // 2**30} GiB")
                yield Member(name, file, entry.time)
    except Refusal as refusal:
        yield printable(download.name), refusal


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
    if len(name) > MAX_DEPTH * MAX_NAME:  # accents by the thousand take long to be put in order
        raise Refusal("its name is too long: rename it")
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in BACKWARDS for c in name):
        raise Refusal("its name holds control characters: rename it")
    name = unicodedata.normalize("NFC", name).replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":":
        raise Refusal("its name is absolute and would lead out of submitted/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    if ".." in parts:
        raise Refusal("its name climbs with '..' and would lead out of submitted/")
    if not parts or len(parts) > MAX_DEPTH or any(len(p.encode()) > MAX_NAME for p in parts):
        raise Refusal("its name is empty, too long or too deep: rename it")
    return PurePosixPath(*parts)


def outline(name: str) -> PurePosixPath:
    """Return the parts of any name, as text; none where it is absolute or climbs out."""
    parts = printable(name).replace("\\\\", "/").replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or parts[0][1:2] == ":":
        return PurePosixPath()
    return PurePosixPath(*(part for part in parts if part not in ("", ".")))


def printable(name: str) -> str:
    """Return a name as it can be shown: what is not text becomes an escape."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)[:300]


def _entries(download: Path) -> Generator[Entry]:
    try:
        with open_entries(download) as entries:
            yield from entries
    except PermissionError:
        raise Refusal("it may not be read: permission denied") from None
    except DAMAGED as error:
        reason = printable(str(error))[:100] or type(error).__name__
        raise Refusal(f"it is damaged or no archive ({reason}): download it again") from None


def _check(name: PurePosixPath, entry: Entry) -> None:
    if any(map(is_litter, name.parts)):
        raise Refusal("", harmless=True)
    if entry.kind == "link":
        raise Refusal("it is a link, which may point anywhere: hand in the file itself")
    if entry.kind == "device":
        raise Refusal("it is a device or a pipe, not a file")
    if name.suffix.casefold() in ARCHIVES:
        raise Refusal("it is an archive within a download: unpack it, then collect the folder")
    if notebook_name(name.name) is None:
        raise Refusal("it is no notebook", harmless=True)
    if entry.trouble:
        raise Refusal(entry.trouble)
    if entry.size > MAX_BYTES:
        raise Refusal(TOO_LARGE)
    if entry.size > max(FREE_OF_RATIO, MAX_RATIO * entry.packed):
        raise Refusal(f"it unpacks to more than {MAX_RATIO} times its size, as a bomb does")


def _write(file: Path, chunks: Generator[bytes], most: int) -> int:
    """Write until all is written, or one chunk more than may be; return how many bytes."""
    count = 0
    with named(file.parent.parent), closing(chunks), file.open("xb") as target:
        for chunk in chunks:
            count += target.write(chunk)
            if count > most:
                break
    return count


def _chunks(entry: Entry) -> Generator[bytes]:
    """Yield the bytes and count them: what an entry says of its size may be a lie."""
    count = 0
    try:
        with entry.open() as stream:
            while chunk := stream.read(CHUNK):
                count += len(chunk)
                if count > MAX_BYTES:
                    raise Refusal(TOO_LARGE)
                yield chunk
    except PermissionError:
        raise Refusal("it may not be read: permission denied") from None
    except DAMAGED:
        raise Refusal("it is damaged: download it again") from None
