"""The command `course`, in a module whose name nobody else's file has.

PYTHONPATH comes before what is installed: a course.py or helpers.py of the user's would be
imported in place of ours, and so would any file named as one of the libraries.
"""

import os
import sys
import warnings

# What this process was given, before anything of ours changed it: where a program that is not ours
# looks for its modules, and the environment.
PATH = list(sys.path)
ENVIRONMENT = dict(os.environ)


def main() -> int:
    """Run the command line, in a fork of what stands by or here; see `course.cli.main`."""
    if sys.getfilesystemencoding().lower() != "utf-8":
        _start_with_utf8()
    _put_ours_first()
    from course.warm.ahead import run_ahead

    return run() if (code := run_ahead()) is None else code


def run() -> int:
    """Run the command line in this process."""
    try:
        from course.cli import main
    except ModuleNotFoundError as error:
        return _lacks(error.name or "a package")
    return main()


def begin() -> None:
    """Be the module of ours that the first argument names, as ``python -m`` would, with ours first.

    Our programs are started by ``python -c "import vision_course; vision_course.begin()" MODULE``.
    """
    _put_ours_first()
    import runpy

    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _put_ours_first() -> None:
    sys.path[:] = own_first(sys.path, os.environ.get("PYTHONPATH", ""))
    if sys.warnoptions:  # PYTHONWARNINGS=error would have libraries raise what they only mention
        warnings.resetwarnings()
        warnings.simplefilter("ignore")


def _lacks(package: str) -> int:
    """Say what is missing where only what students need is installed."""
    print(
        f"`course` needs {package}, which is not installed here. Install the course's package "
        "with its extra `instructor`, or run `make setup` in the course's folder.",
        file=sys.stderr,
    )
    return 2


def _start_with_utf8() -> None:
    """Start anew in Python's UTF-8 mode: our other processes know files by names in UTF-8."""
    os.environ["PYTHONUTF8"] = "1"
    # What is shown is still in the terminal's own encoding.
    os.environ.setdefault("PYTHONIOENCODING", sys.stdout.encoding if sys.stdout else "ascii")
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])


def own_first(path: list[str], added: str) -> list[str]:
    """Return an import path with the folders of a user's, named by PYTHONPATH, behind all others.

    So is the working directory, which ``python -m`` puts in front.
    """
    own = os.path.dirname(os.path.abspath(__file__))
    users = {os.path.abspath(folder) for folder in added.split(os.pathsep)} if added else set()
    if path and path[0] in ("", os.getcwd()):
        users.add(os.getcwd())
    last = [folder for folder in path if os.path.abspath(folder) in users - {own}]
    return [folder for folder in path if folder not in last] + last


if __name__ == "__main__":
    sys.exit(main())
