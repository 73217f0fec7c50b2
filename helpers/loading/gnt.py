"""CASIA's own files of scanned characters, ``.gnt``.

One record after another, without a header. Numbers are little-endian:

| bytes | what |
|---|---|
| 4 | size of the record: 10 + width x height |
| 2 | the character in GB 2312 or GBK, as text has it (``B0 A1`` is 啊); ASCII is padded by a zero |
| 2 | width |
| 2 | height |
| width x height | the picture, row after row: 255 is paper, less is ink |

Source: the format's description that accompanies the CASIA-HWDB data sets (Liu, Yin, Wang, Wang:
*CASIA online and offline Chinese handwriting databases*, ICDAR 2011).
"""

import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from helpers.ground.litter import is_litter

import numpy as np

from .files import renamed_into

HEAD = struct.Struct("<I2sHH")
LARGEST = 2**16 - 1


class Record(NamedTuple):
    """Where a picture lies: character, file, offset of its pixels in bytes, height and width."""

    character: str
    file: Path
    offset: int
    height: int
    width: int

    def image(self) -> np.ndarray:
        """Read the picture, shape (height, width), dtype uint8."""
        with open(self.file, "rb") as stream:
            return _pixels(stream, self)


def read_gnt(
    path: str | os.PathLike, characters: Iterable[str] | None = None
) -> Iterator[tuple[str, np.ndarray]]:
    """Read the characters of a ``.gnt`` file, or of all such files below a folder.

    Parameters
    ----------
    path
        A file, or a folder; files are read in the order of their names.
    characters
        Only these; pictures of others are passed over without being read.

    Yields
    ------
    character : str
    image : numpy.ndarray
        Shape (height, width) as scanned, dtype uint8, 255 is paper.

    Raises
    ------
    FileNotFoundError
        If ``path`` does not exist, or is a folder without ``.gnt`` files.
    ValueError
        If a record is cut off, its sizes disagree, or its code stands for no character: with the
        file and where the record begins in it. Also if GBK does not have one of ``characters``.
    """
    # Not a generator itself: a wrong path is told at once.
    return _images(gnt_files(path), _codes(characters))


def gnt_records(
    path: str | os.PathLike, characters: Iterable[str] | None = None
) -> Iterator[Record]:
    """Tell where the pictures of ``.gnt`` files lie, without reading them.

    Takes and raises what :func:`read_gnt` does.
    """
    files, wanted = gnt_files(path), _codes(characters)
    return (record for file in files for record, _ in _records(file, wanted))


def write_gnt(path: str | os.PathLike, records: Iterable[tuple[str, np.ndarray]]) -> int:
    """Write characters as a ``.gnt`` file, whole or not at all.

    Parameters
    ----------
    path
        The file; one that exists is replaced.
    records
        Characters, each with its image: shape (H, W), dtype uint8, 255 is paper.

    Returns
    -------
    int
        How many were written.

    Raises
    ------
    ValueError
        If GBK does not have a character, or an image has another shape or dtype, or a side of
        more than 65,535 pixels.
    """
    number = 0
    with renamed_into(Path(path)) as stream:
        for character, image in records:
            image = np.asarray(image)
            if image.ndim != 2 or image.dtype != np.uint8 or 0 in image.shape:
                raise ValueError(
                    f"Picture {number} ({character}) has shape {image.shape} and dtype "
                    f"{image.dtype}: give (H, W) of uint8, both at least 1."
                )
            if max(image.shape) > LARGEST:
                raise ValueError(
                    f"Picture {number} ({character}) has shape {image.shape}: a .gnt file holds "
                    f"at most {LARGEST} x {LARGEST} pixels."
                )
            height, width = image.shape
            stream.write(HEAD.pack(HEAD.size + image.size, _code(character), width, height))
            stream.write(image.tobytes())
            number += 1
    return number


def gnt_files(path: str | os.PathLike) -> list[Path]:
    """Return the file, or all ``.gnt`` files below the folder, by name.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    path = Path(path)
    if not path.is_dir():
        if not path.exists():
            raise FileNotFoundError(f"{path} does not exist: give a .gnt file or a folder of them.")
        return [path]
    found = [p for p in path.rglob("*") if p.suffix.lower() == ".gnt" and p.is_file()]
    found = sorted(p for p in found if not any(map(is_litter, p.relative_to(path).parts)))
    if not found:
        raise FileNotFoundError(
            f"Folder {path} has no .gnt files: unpack CASIA's archives, and give their folder."
        )
    return found


def _images(files: list[Path], wanted: set[bytes] | None) -> Iterator[tuple[str, np.ndarray]]:
    for file in files:
        for record, stream in _records(file, wanted):
            yield record.character, _pixels(stream, record)


def _records(file: Path, wanted: set[bytes] | None) -> Iterator[tuple[Record, BinaryIO]]:
    with open(file, "rb") as stream:
        end = os.fstat(stream.fileno()).st_size
        start = 0
        while start < end:
            stream.seek(start)
            size, code, width, height = _head(file, start, stream.read(HEAD.size))
            if start + size > end:
                raise _damage(
                    file, start, f"it is cut off: {end - start:,} of its {size:,} bytes are there"
                )
            if wanted is None or code in wanted:
                character = _character(file, start, code)
                yield Record(character, file, start + HEAD.size, height, width), stream
            start += size


def _head(file: Path, start: int, head: bytes) -> tuple[int, bytes, int, int]:
    if len(head) < HEAD.size:
        missing = f"{len(head)} of the {HEAD.size} bytes of its head are there"
        raise _damage(file, start, f"it is cut off: {missing}")
    size, code, width, height = HEAD.unpack(head)
    if size != HEAD.size + width * height or not width * height:
        picture = f"a picture of {height} x {width} pixels and a head of {HEAD.size} bytes"
        raise _damage(file, start, f"its size is {size:,} bytes, which is not {picture}")
    return size, code, width, height


def _character(file: Path, start: int, code: bytes) -> str:
    try:
        text = code.removesuffix(b"\0").decode("gbk")
        if len(text) == 1:
            return text
    except UnicodeDecodeError:
        pass
    raise _damage(file, start, f"its code {code.hex(' ').upper()} is no character of GBK")


def _damage(file: Path, start: int, what: str) -> ValueError:
    return ValueError(
        f"{file}, record at byte {start:,}: {what}. Get the file again: it is damaged, or no .gnt."
    )


def _pixels(stream: BinaryIO, record: Record) -> np.ndarray:
    stream.seek(record.offset)
    pixels = np.frombuffer(stream.read(record.height * record.width), np.uint8)
    return pixels.reshape(record.height, record.width).copy()


def _codes(characters: Iterable[str] | None) -> set[bytes] | None:
    return None if characters is None else {_code(character) for character in characters}


def _code(character: str) -> bytes:
    try:
        if len(code := character.encode("gbk")) <= 2 and len(character) == 1:
            return code.ljust(2, b"\0")
    except UnicodeEncodeError:
        pass
    raise ValueError(f"{character!r} is no character of GBK: .gnt files cannot hold it.")
