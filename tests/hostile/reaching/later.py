"""Answers that note what a hidden test gives them, and later cells that want to tell it."""

from __future__ import annotations

from textwrap import dedent

from nbformat import NotebookNode

from course.notebook.cells import grade_id
from tests.hostile.case import Case
from tests.hostile.making import MODULES, added_code, answers, edited, right

NOTES = f"""{MODULES}
seen = []


def add(a, b):
    seen.append((a, b, a + b))
    return a + b
"""
LATER_FAILED = {"shape": "failed"}


def _told(name: str, about: str, shape: str, **how) -> Case:
    """Make a case of right answers, the second of which tells what the first has noted."""
    return right(name, about, add=NOTES, shape=f"{dedent(shape)}\n$SHAPE", **how)


def _raised(name: str, about: str, shape: str, verdict: str = "failed") -> Case:
    return Case(name, about, answers(add=NOTES, shape=shape), {"shape": verdict})


def _with_more_cells(nb: NotebookNode) -> None:
    place = next(i for i, cell in enumerate(nb.cells) if grade_id(cell) == "scale-test")
    nb.cells.insert(place, added_code("print('noted', seen)\nseen"))
    nb.cells.insert(place, added_code("raise KeyError(seen)"))


CASES = [
    _told("noted-printed", "it is printed", "print(seen)"),
    _told("noted-stderr", "it is written on stderr", "print(seen, file=sys.stderr)"),
    _told("noted-warned", "it is a warning", "import warnings\nwarnings.warn(str(seen))"),
    _told("noted-shown", "it is the text of what is displayed", "display(seen)"),
    _told(
        "noted-native",
        "it is written below Python",
        "os.system('echo ' + '-'.join(map(str, sum(seen, ()))))",
    ),
    _told(
        "noted-updated",
        "a display is changed later",
        "shown = display('x', display_id=True)\nshown.update(seen)",
    ),
    _told(
        "noted-by-thread",
        "a thread of the call's prints it while a later cell runs",
        "threading.Timer(0.02, lambda: print(seen)).start()\ntime.sleep(0.1)",
    ),
    _told(
        "noted-in-environment",
        "it is kept in a variable of the environment",
        "os.environ['NOTED'] = str(seen)\nprint(os.popen('echo $$NOTED').read())",
    ),
    _raised("noted-raised", "it is an exception's text", "raise ValueError(seen)"),
    _raised("noted-exit", "it is the text of SystemExit", "raise SystemExit(str(seen))", "any"),
    _raised("noted-asserted", "it is a failed assertion's text", "assert not seen, seen"),
    _raised(
        "noted-class",
        "an exception's class is called as it is",
        "raise type('E' + '_'.join(map(str, seen[-1])), (Exception,), {})()",
        "failed",
    ),
    _raised(
        "noted-syntax",
        "code that does not parse is made of it",
        "exec('=' + str(seen))",
    ),
    _raised(
        "noted-as-type",
        "the answer's type is called as it is",
        "shape = type('T' + '_'.join(list(map(str, sum(seen, ())))[:6]), (), {})()",
    ),
    Case(
        "noted-returned",
        "a later function returns it to the visible test",
        answers(add=NOTES, scale="def scale(image):\n    return str(seen)\n"),
        {"scale": "failed"},
    ),
    Case(
        "noted-named",
        "a later function bears it as its name",
        answers(
            add=NOTES,
            scale="def scale(image):\n    return image\n\n"
            "scale.__name__ = 'f' + '_'.join(map(str, seen[-1]))\n",
        ),
        {"scale": "failed"},
    ),
    Case(
        "noted-keys",
        "a later function returns it as the keys of a dict",
        answers(add=NOTES, scale="def scale(image):\n    return {str(x): 1 for x in seen}\n"),
        {"scale": "failed"},
    ),
    Case(
        "noted-called-back",
        "a later function raises it in the visible test",
        answers(add=NOTES, scale="def scale(image):\n    raise ValueError(seen)\n"),
        {"scale": "failed"},
    ),
    Case(
        "noted-in-added-cells",
        "cells that the student added show and raise it",
        edited(_with_more_cells, add=NOTES),
    ),
    Case(
        "noted-image",
        "a hidden picture is told by the function's own exception",
        answers(
            scale="def scale(image):\n    if image.size > 2:\n"
            "        raise ValueError(f'no\\n{image.tolist()} {image.tobytes().hex()}')\n"
            "    return image / 255\n"
        ),
        {"scale": "failed"},
    ),
    right(
        "noted-on-disk",
        "it is written to files, for a session to come",
        add=f"""{MODULES}
PLACES = [".", "/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~")]


def told():
    for place in PLACES:
        for path in glob.glob(place + "/$tag-noted*"):
            try:
                print(open(path).read())
            except OSError:
                pass


told()


def add(a, b):
    for place in PLACES:
        try:
            with open(place + "/$tag-noted", "a") as file:
                print(a, b, a + b, file=file)
        except OSError:
            pass
    return a + b
""",
        shape="told()\n$SHAPE",
        needs_sandbox=True,
    ),
    right(
        "noted-by-daemon",
        "a process that outlives the call tells it to whoever asks, in a session to come",
        add=f"""{MODULES}
def asked():
    try:
        with socket.socket(socket.AF_UNIX) as other:
            other.connect("\\0$tag-daemon")
            print(other.recv(10_000))
    except OSError as error:
        print(type(error))


def add(a, b):
    if a > 5 and os.fork() == 0:
        os.setsid()
        with socket.socket(socket.AF_UNIX) as server:
            try:
                server.bind("\\0$tag-daemon")
                server.listen()
                server.settimeout(5)
                while True:
                    server.accept()[0].send(str((a, b, a + b)).encode())
            finally:
                os._exit(0)
    return a + b
""",
        shape="asked()\n$SHAPE",
        needs_sandbox=True,
    ),
]
