"""Downloads of a learning platform, made for tests."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from course.intake import people
from course.intake.taken import Collected, Refused
from course.record import locks
from tests.builders import notebook, solution

MONDAY = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 12, 0, 0, tzinfo=UTC)
GOOD = "anna/02-convolution/convolution.ipynb"


def handed_in(text="blur = 1", *, grade_id="blur") -> bytes:
    return json.dumps(notebook([solution(grade_id, text)])).encode()


def zip_of(path: Path, files: dict[str, bytes], when: datetime = MONDAY) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, when.astimezone().timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def tar_of(path: Path, members: list[tuple[tarfile.TarInfo, bytes]], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:
        for info, data in members:
            info.size = len(data)
            info.mtime = MONDAY.timestamp()
            archive.addfile(info, io.BytesIO(data))
    return path


def taken(results) -> list[str]:
    return [f"{r.student}/{r.section}" for r in results if isinstance(r, Collected)]


def refused(results) -> list[Refused]:
    return [r for r in results if isinstance(r, Refused) and not r.harmless]


def files_below(folder: Path) -> set[str]:
    """Return the files below a folder, but for what `course collect` keeps for itself."""
    files = (p for p in folder.rglob("*") if p.is_file() and p.name != people.FILE)
    return {str(p.relative_to(folder)) for p in files if locks.FOLDER not in p.parts}
