"""Names in a zip, in whatever letters they were written.

A zip says of a name that it is UTF-8, or says nothing; then it may be UTF-8 all the same, or in the
letters of whoever's Windows packed it. Some programs add the name once more, in UTF-8.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator

IS_UTF8 = 0x800  # a bit of an entry's flags
UNICODE_PATH = 0x7075  # a field of an entry


def zip_name(info: zipfile.ZipInfo) -> str:
    """Return the name in full, which Python cuts at a NUL; what no letters fit has surrogates."""
    name = info.orig_filename
    if info.flag_bits & IS_UTF8 or name.isascii():
        return name
    raw = name.encode("cp437")  # by which Python has read it
    return _said_again(info, raw) or _guessed(raw)


def extra_fields(extra: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of the fields that an entry has beside its name."""
    while len(extra) >= 4:
        field, length = struct.unpack("<HH", extra[:4])
        yield field, extra[4 : 4 + length]
        extra = extra[4 + length :]


def _said_again(info: zipfile.ZipInfo, raw: bytes) -> str:
    """Return the name that an entry adds in UTF-8; it counts for the name as it stands alone."""
    mark = b"\x01" + struct.pack("<I", zlib.crc32(raw))
    for field, data in extra_fields(info.extra):
        if field == UNICODE_PATH and data.startswith(mark):
            return data[len(mark) :].decode("utf-8", "surrogateescape")
    return ""


def _guessed(raw: bytes) -> str:
    """Return a name whose letters nobody tells: UTF-8, Chinese, or Western Europe's.

    Chinese of everyday use is in pairs of high bytes, which no Western name has. Where both fit,
    letters are likelier than CP850's frames and signs.
    """
    if (name := _decoded(raw, "utf-8")) is not None:
        return name
    chinese, western = _decoded(raw, "gb18030"), _decoded(raw, "cp850") or ""
    everyday = _decoded(raw, "gb2312") is not None
    if chinese is not None and (everyday or not _is_in_letters(western)):
        return chinese
    return western if _is_in_letters(western) else raw.decode("utf-8", "surrogateescape")


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _is_in_letters(name: str) -> bool:
    return all(character.isascii() or character.isalpha() for character in name)
