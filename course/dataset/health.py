"""What `course doctor` says about the handwriting."""

from __future__ import annotations

from pathlib import Path

from course.health import RENEW, Probe

NAME = "Handwriting"
AGAIN = "Run `course data` with the same options again: it writes what is missing."


def look_at_data(root: Path | None) -> Probe:
    """Count the pictures of CASIA-Dataset/, where there is one; the lessons do without it."""
    try:
        from helpers.handwriting.tree import TREE
        from helpers.loading.manifests import UNFINISHED, read_manifest
    except ImportError as error:  # the doctor must work where libraries are missing
        return Probe(NAME, "warn", f"cannot be looked at: {error}", RENEW)
    folder = (root or Path.cwd()) / TREE
    if not folder.is_dir():
        return Probe(
            NAME, "ok", f"no {TREE}/ here; lessons draw their own, `course data` writes it"
        )
    manifest = read_manifest(folder)
    if manifest is None:
        if (folder / UNFINISHED).is_dir():
            return Probe(NAME, "warn", f"{folder} is unfinished", AGAIN)
        return Probe(NAME, "ok", f"{folder}, which `course data` did not write")
    there = sum(_pictures(folder / name) for name in manifest["folders"])
    wanted = manifest["pictures"]
    if there < wanted:
        return Probe(NAME, "warn", f"{folder} has {there:,} of its {wanted:,} pictures", AGAIN)
    return Probe(NAME, "ok", f"{there:,} pictures in {folder}: {manifest['origin']['what']}")


def _pictures(folder: Path) -> int:
    from helpers.ground.litter import is_litter

    return sum(not is_litter(path.name) for path in folder.glob("*.png"))
