"""Tables that platforms export: read as they are, and written back with what is filled in.

Separator, encoding and line ends stay those of the file: a platform takes back what it gave.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field, replace
from pathlib import Path

from course.errors import CourseError

SEPARATORS = ",;\t"
BYTE_ORDER = "\ufeff"
ARCHIVE = b"PK\x03\x04"  # what an Excel file begins with
LARGEST = 50 * 2**20


@dataclass(frozen=True)
class Sheet:
    """A table of text.

    Attributes
    ----------
    file : Path
    columns : list of str
        The first line, without blanks around the names.
    rows : list of list of str
        Each as long as `columns`.
    lines : list of int
        In which line of the file each row ends.
    separator, encoding, line_end : str
    """

    file: Path
    columns: list[str]
    rows: list[list[str]]
    separator: str = ","
    encoding: str = "utf-8"
    line_end: str = "\n"
    lines: list[int] = field(default_factory=list)

    def column(self, *names: str) -> int | None:
        """Return the place of the first of these columns that is there, whatever its case."""
        places = {name.casefold(): i for i, name in reversed(list(enumerate(self.columns)))}
        return next((places[n.casefold()] for n in names if n.casefold() in places), None)

    def cell(self, row: list[str], *names: str) -> str:
        """Return what a row holds in the first of these columns that is there; else nothing."""
        place = self.column(*names)
        return "" if place is None else row[place].strip()

    def only(self, columns: list[int], rows: list[list[str]]) -> Sheet:
        """Return a sheet of some columns of these rows."""
        kept = [[row[i] for i in columns] for row in rows]
        return replace(self, columns=[self.columns[i] for i in columns], rows=kept, lines=[])

    def text(self) -> str:
        """Return the sheet as the text of a file."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.separator, lineterminator=self.line_end)
        writer.writerows([self.columns, *self.rows])
        return (BYTE_ORDER if self.encoding == "utf-8-sig" else "") + out.getvalue()


def read_sheet(file: Path, *, least: int = 1) -> Sheet:
    """Read a table with names of columns in its first line, and this many rows at least.

    Raises
    ------
    CourseError
        When it is no such table.
    """
    data = _bytes(file)
    text, encoding = _decoded(file, data)
    first = text.splitlines()[0] if text.strip() else ""
    separator = max(SEPARATORS, key=first.count)
    try:
        reader = csv.reader(io.StringIO(text), delimiter=separator)
        found = [(line, reader.line_num) for line in reader if any(line)]
    except csv.Error as error:
        raise CourseError(
            f"{file} is no table: {error}.", "Export it again as CSV and give that file."
        ) from None
    lines, places = [line for line, _ in found], [place for _, place in found]
    if len(lines) < 1 + least or len(lines[0]) < 2:
        raise CourseError(
            f"{file} is no table with names of columns and a line for each student.",
            "Export it again as CSV and give that file.",
        )
    columns = [name.strip() for name in lines[0]]
    rows = [(line + [""] * len(columns))[: len(columns)] for line in lines[1:]]
    line_end = "\r\n" if "\r\n" in text else "\n"
    return Sheet(file, columns, rows, separator, encoding, line_end, places[1:])


def _bytes(file: Path) -> bytes:
    if file.is_dir():
        raise CourseError(f"{file} is a folder.", "Give the CSV file that the platform exports.")
    if not file.exists():
        raise CourseError(f"{file} is not there.", "Give the CSV file that the platform exports.")
    if file.stat().st_size > LARGEST:
        raise CourseError(
            f"{file} has {file.stat().st_size:,} bytes, more than a table of students has.",
            "Give the CSV file that the platform exports.",
        )
    data = file.read_bytes()
    if data.startswith(ARCHIVE):
        raise CourseError(f"{file} is an Excel file.", "Save it as CSV (UTF-8), and give that.")
    return data


def _decoded(file: Path, data: bytes) -> tuple[str, str]:
    """Return the text, and the encoding in which it can be written back."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):  # what Excel calls "Unicode text"
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig" if data.startswith(BYTE_ORDER.encode()) else "utf-8"
    try:
        return data.decode(encoding), "utf-8-sig" if encoding == "utf-16" else encoding
    except UnicodeDecodeError as error:
        raise CourseError(
            f"{file} is not UTF-8: byte {error.start} is no part of it, so names would be spoilt.",
            "Export it again, or save it as CSV UTF-8.",
        ) from None
