"""Print what CHANGELOG.md says of a version, for its release.

Usage: python .ci/notes.py v0.2.0
Exit status: 0, or 1 where the tag is not the version of pyproject.toml, or CHANGELOG.md has no word
of it; the reason is on stderr.
"""

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def notes(tag: str, version: str, changelog: str) -> str:
    """Return the part of a changelog on the version that a tag names.

    Raises
    ------
    ValueError
        When there is none, or the tag is another version.
    """
    if tag != f"v{version}":
        raise ValueError(f"the tag is {tag}, pyproject.toml says {version}: let them be the same")
    if re.search(r"^## \[Unreleased\]\s*\n+(?!\s*## \[)\s*\S", changelog, re.M):
        raise ValueError(f"CHANGELOG.md has unreleased notes: put them below [{version}]")
    found = re.search(
        rf"^## \[{re.escape(version)}\].*?\n(.*?)(?=^## \[|\Z)", changelog, re.M | re.S
    )
    if found is None or not found[1].strip():
        raise ValueError(f"CHANGELOG.md has no word of {version}: write what is new in it")
    return found[1].strip()


def main(tag: str) -> int:
    """Print the notes; return the exit status."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    try:
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        print(notes(tag, project["version"], changelog))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
