"""Where a judge sits: a fork of the judges' warm process, with folders of its own.

Nothing that it imports from can be written: Python and the packages lie behind the outer wall's
read-only view, and the section's own files in a folder that is read-only, too. It works in a
copy of that folder, because a lesson may write where it stands.
"""

from __future__ import annotations

import os

from course.sandbox import calls, system
from course.sandbox.bounds import MIB
from course.sandbox.folders import FOLDER, HOME, PLAIN, SHARED, TEMPORARY, WORK, own_folders
from course.sandbox.parcel import unpack

LESSON = f"{FOLDER}/lesson"
DISK, FILES = 512 * MIB, 4096
WRITABLE = (WORK, HOME, TEMPORARY, SHARED)


def enter(parcel: int | None) -> tuple[str, str]:
    """Shut this fork in.

    Parameters
    ----------
    parcel : int or None
        The section's own files; see `course.sandbox.parcel`.

    Returns
    -------
    lesson, work : str
        The folder to import from, and the one to work in.

    Raises
    ------
    OSError
        When the system does not allow it.
    """
    folders = furnish(parcel)
    system.drop_privileges()
    calls.refuse_calls()
    return folders


def furnish(parcel: int | None) -> tuple[str, str]:
    """Give this fork the folders of its own, as `enter` does; it may still build walls."""
    system.leave_namespaces(system.CLONE_NEWIPC)
    own_folders(DISK, FILES)
    os.mkdir(LESSON)
    if parcel is not None:
        for folder in (LESSON, WORK):
            unpack(parcel, folder)
    system.mount(LESSON, LESSON, flags=system.MS_BIND)
    again = system.MS_BIND | system.MS_REMOUNT
    system.mount("", LESSON, flags=again | system.MS_RDONLY | PLAIN)
    system.open_to_others(False)
    return LESSON, WORK
