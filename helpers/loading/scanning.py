"""The pictures of a class folder with their sizes and times; also a script that helps to look.

The script must start at once, so this module imports nothing but what Python has at hand.
"""

import marshal
import os
import sys
from array import array
from collections.abc import Iterator

if __package__:
    from helpers.ground.litter import BEGINNINGS, is_litter
else:  # as a script
    sys.path.append(os.path.join(os.path.dirname(os.path.dirname(__file__)), "ground"))
    from litter import BEGINNINGS, is_litter

# The endings that Keras's image_dataset_from_directory takes, and others of such pictures: browsers
# save .jfif. Other files are passed over.
ENDINGS = (".bmp", ".gif", ".jpeg", ".jpg", ".png")
ENDINGS += (".jfif", ".jpe", ".tif", ".tiff", ".webp")
KIND, FILE = 0o170000, 0o100000  # of a file's mode: its kind, and that of a plain file
TOKEN = 4  # bytes of a number that waits in a pipe
# The pictures' names, joined by zeros, and three numbers of eight bytes for each of them, all of
# the first, then all of the others: bytes, time of the content, time of any change. At the end the
# names of what is passed over, joined in the same way.
Scan = tuple[str, bytes, str]


def scan(folder: str, prefix: str) -> Scan:
    """List the pictures in and below a folder, in Keras's order; links to folders do not count.

    What cannot be looked at has -1 for each number.

    Parameters
    ----------
    folder
        Path of the folder.
    prefix
        What stands before each name, with a ``/``.
    """
    return _plain(folder, prefix) or _any(folder, prefix)


def _plain(folder: str, prefix: str) -> Scan | None:
    """Scan a folder of nothing but pictures as quickly as Python can; None where it is not one."""
    if os.stat not in os.supports_dir_fd or os.listdir not in os.supports_fd:
        return None
    handle = os.open(folder, os.O_RDONLY)  # by which each file has a short path
    try:
        names = sorted(os.listdir(handle))
        if [n for n in names if not n.endswith(ENDINGS) or n.startswith(BEGINNINGS)]:
            return None
        stats = [os.stat(name, dir_fd=handle) for name in names]
    except OSError:  # gone meanwhile, or a link to nothing
        return None
    finally:
        os.close(handle)
    if {s.st_mode & KIND for s in stats} - {FILE}:
        return None
    numbers = array("q", [s.st_size for s in stats])
    numbers.extend([s.st_mtime_ns for s in stats])
    numbers.extend([s.st_ctime_ns for s in stats])
    return f"\0{prefix}/".join(["", *names])[1:], numbers.tobytes(), ""


def _any(folder: str, prefix: str) -> Scan:
    others: list[str] = []
    found = sorted(_rows(folder, prefix, others))
    rows = [row for _, rows in found for row in sorted(rows)]
    numbers = array("q", [row[i] for i in (1, 2, 3) for row in rows])
    return "\0".join([row[0] for row in rows]), numbers.tobytes(), "\0".join(sorted(others))


def _rows(
    folder: str, prefix: str, others: list[str]
) -> list[tuple[str, list[tuple[str, int, int, int]]]]:
    """Return this folder and the deeper ones, each with the rows of its pictures."""
    here, deeper = [], []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = f"{prefix}/{entry.name}"
            if is_litter(entry.name):
                others.append(name)
            elif name.lower().endswith(ENDINGS) and not entry.is_dir():
                try:
                    s = entry.stat()
                except OSError:  # reading it will tell
                    here.append((name, -1, -1, -1))
                else:
                    here.append((name, s.st_size, s.st_mtime_ns, s.st_ctime_ns))
            elif entry.is_dir(follow_symlinks=False):
                deeper += _rows(entry.path, name, others)
            else:
                others.append(name)
    return [(prefix, here), *deeper]


def claimed(tokens: int) -> Iterator[int]:
    """Take numbers from a pipe, each of which nobody else gets, until there are none."""
    while token := os.read(tokens, TOKEN):
        yield int.from_bytes(token, "big")


def main() -> None:
    """Scan those of the folders named in the command line whose numbers come from stdin."""
    root, *folders = sys.argv[1:]
    found = {i: scan(os.path.join(root, folders[i]), folders[i]) for i in claimed(0)}
    sys.stdout.buffer.write(marshal.dumps(found))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
