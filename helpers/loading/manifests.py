"""What a tree of pictures says of itself, and whether all in it belongs to it."""

import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from helpers.ground.litter import is_litter

from .classfolders import Part, Record
from .files import renamed_into

MANIFEST = "manifest.json"
UNFINISHED = ".unfinished"  # the folder that holds the plan, the journal and what is being written
FORMAT = 1


class TreeError(Exception):
    """Why a tree is not written; what was there has not changed."""


def read_manifest(folder: Path) -> dict | None:
    """Return what a whole tree says of itself; None where there is none."""
    try:
        found = json.loads((folder / MANIFEST).read_text("utf-8"))
        ours = found["format"] == FORMAT and isinstance(found["origin"], dict)
        return found if ours and all(map(_record, found["folders"].values())) else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def known_records(folder: Path, parts: Sequence[Part], origin: dict[str, str]) -> dict[str, Record]:
    """Return what is noted of the class folders, after making sure that all there is ours.

    Raises
    ------
    TreeError
        If the folder holds anything that does not belong to a tree of these parts and origin.
    """
    if not folder.exists():
        return {}
    if not folder.is_dir():
        raise TreeError(f"{folder} is a file: move it away, or choose another place.")
    manifest, journal = read_manifest(folder), folder / UNFINISHED / "journal.jsonl"
    theirs = manifest["origin"] if manifest else _read_json(folder / UNFINISHED / "plan.json")
    if theirs is None:
        _refuse_anything(folder)
    elif theirs != origin:
        _refuse_other(folder, theirs, origin, whole=manifest is not None)
    else:
        _refuse_strangers(folder, parts)
    noted = dict(manifest["folders"]) if manifest else {}
    if journal.is_file():
        noted |= dict(filter(None, map(_line, journal.read_text("utf-8", "replace").splitlines())))
    return {name: _record(fields) for name, fields in noted.items()}


def journal_line(part: Part, record: Record) -> str:
    """Return what notes a class folder; a line that a killed process began does not spoil it."""
    return "\n" + json.dumps([part.name, asdict(record)])


def write_manifest(folder: Path, records: dict[str, Record], origin: dict[str, str]) -> None:
    """Say that a tree is whole."""
    pictures = sum(record.pictures for record in records.values())
    held = {name: asdict(record) for name, record in records.items()}
    content = {"format": FORMAT, "origin": origin, "pictures": pictures, "folders": held}
    # By way of the folder that goes away: a killed process leaves nothing beside the pictures.
    _write_json(folder / UNFINISHED / MANIFEST, content)
    os.replace(folder / UNFINISHED / MANIFEST, folder / MANIFEST)


def write_plan(folder: Path, origin: dict[str, str]) -> None:
    """Say what an unfinished tree is going to be."""
    _write_json(folder / UNFINISHED / "plan.json", origin)


def _line(text: str) -> tuple[str, dict] | None:
    try:
        name, fields = json.loads(text)
        return (str(name), fields) if _record(fields) else None
    except (ValueError, LookupError, TypeError):
        return None


def _record(fields: dict) -> Record:
    return Record(**{**fields, "failures": tuple(fields["failures"])})


def _refuse_anything(folder: Path) -> None:
    with os.scandir(folder) as entries:
        there = sorted(e.name for e in entries if e.name != UNFINISHED and not is_litter(e.name))
    if there:
        raise TreeError(
            f"{folder} was not written by this command (it holds {there[0]}): move it away, or "
            "choose another place."
        )


def _refuse_other(folder: Path, theirs: dict, origin: dict, *, whole: bool) -> None:
    what = theirs.get("what", "other pictures")
    same = " as another version draws it" if what == origin["what"] else ""
    state = "holds" if whole else "was begun with"
    raise TreeError(
        f"{folder} {state} {what}{same}, not {origin['what']}: move it away or delete it, or "
        "choose another place."
    )


def _refuse_strangers(folder: Path, parts: Sequence[Part]) -> None:
    limits = {part.name: part.pictures for part in parts}
    above = {name.rpartition("/")[0] for name in limits}
    for root, folders, files in os.walk(folder):
        here = Path(root).relative_to(folder).as_posix().removeprefix(".")
        folders[:] = [name for name in folders if not is_litter(name)]
        files = [name for name in files if not is_litter(name)]
        if not here:
            folders[:] = [name for name in folders if name != UNFINISHED]
            files = [name for name in files if name != MANIFEST]
        prefix = f"{here}/" if here else ""
        known = [name for name in folders if prefix + name in limits or prefix + name in above]
        most = limits.get(here, 0)
        for name in sorted((set(folders) - set(known)) | set(files)):
            number = re.fullmatch(r"([1-9]\d*)\.png", name)
            if not (number and int(number[1]) <= most):
                raise TreeError(
                    f"{folder} holds {prefix}{name}, which does not belong to it: move it away, "
                    "and run this again."
                )


def _read_json(path: Path) -> dict | None:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def _write_json(path: Path, content: dict) -> None:
    with renamed_into(path) as file:
        file.write(json.dumps(content, ensure_ascii=False, indent=1).encode())
