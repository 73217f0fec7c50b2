"""Answers that look for what is not theirs, or change it, or call somebody.

All are right answers: what they try must fail, teach them nothing, and cost them nothing. What
they find they print; the canaries hold words that the runner looks for.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

from tests.hostile.case import (
    SAY,
    Case,
    answers,
    as_bytes,
    beside,
    edited,
    everywhere,
    released,
)
from tests.hostile.lessons import ADD, SHAPE

IMPORTS = "import glob, os, pathlib, socket, sqlite3, sys\n"


def _tries(name: str, about: str, code: str, **how) -> Case:
    """Make a case that tries something in an answer cell, and goes on with a right answer."""
    body = indent(code.strip("\n"), "    ")
    text = f"{IMPORTS}try:\n{body}\nexcept Exception as error:\n    print(type(error))\n{ADD}"
    return Case(name, about, answers(add=text), **how)


def _tries_later(name: str, about: str, code: str) -> Case:
    """Make a case that tries something each time that the function is called."""
    body = indent(code.strip("\n"), " " * 8)
    text = (
        f"{IMPORTS}\ndef add(a, b):\n    try:\n{body}\n    except Exception as error:\n"
        "        print(type(error))\n    return a + b\n"
    )
    return Case(name, about, answers(add=text))


READS = [
    _tries(
        "reads-source",
        "the source notebook with its hidden tests",
        "for path in glob.glob('$course/source/**', recursive=True):\n"
        "    print(pathlib.Path(path).read_text())",
    ),
    _tries_later(
        "reads-source-later",
        "the same, in a call",
        "print(pathlib.Path('$course/source/01-sums/sums.ipynb').read_text())",
    ),
    _tries(
        "reads-nearby",
        "every notebook at or above the working folder",
        "here = pathlib.Path.cwd()\n"
        "for folder in (here, *here.parents[:-1]):\n"
        "    for path in folder.glob('*.ipynb'):\n"
        "        print(path.read_text())",
    ),
    _tries(
        "reads-gradebook", "the gradebook", f"open('$course/gradebook.db', 'rb').read(16)\n{SAY}"
    ),
    _tries(
        "reads-others",
        "what others handed in",
        "for path in glob.glob('$course/submitted/victim/**/*.ipynb', recursive=True):\n"
        "    print(open(path).read())",
    ),
    _tries(
        "reads-graded",
        "what was graded already",
        "for path in glob.glob('$course/*/*/*/*.*'):\n    print(open(path).read())",
    ),
    _tries("reads-home", "notes in the home folder", "print(open('$home/notes.txt').read())"),
    _tries("reads-keys", "keys in the home folder", "print(open('$home/.ssh/id_ed25519').read())"),
    _tries(
        "reads-own-home",
        "whatever the process takes for its home",
        "home = pathlib.Path.home()\n"
        "print([p.read_text() for p in home.rglob('*') if p.is_file() and p.stat().st_size < 999])",
    ),
    _tries("reads-environment", "environment variables", "print(dict(os.environ))"),
    _tries(
        "reads-environments",
        "environment variables of all processes",
        "for path in glob.glob('/proc/[0-9]*/environ'):\n"
        "    try:\n        print(open(path, 'rb').read())\n"
        "    except OSError:\n        pass",
    ),
    _tries(
        "reads-commands",
        "command lines of all processes",
        "for path in glob.glob('/proc/[0-9]*/cmdline'):\n"
        f"    if b'grading.py' in open(path, 'rb').read():\n        {SAY}",
    ),
    _tries(
        "reads-roots",
        "the file system as other processes see it",
        "for path in glob.glob('/proc/[0-9]*/root$home/notes.txt'):\n    print(open(path).read())",
    ),
    _tries(
        "reads-open-files",
        "files that its own process holds open",
        "for path in glob.glob('/proc/self/fd/*'):\n"
        "    if os.path.realpath(path).startswith('$course'):\n"
        f"        {SAY}",
    ),
    _tries(
        "reads-parent-memory",
        "its parent's memory",
        f"if os.getppid():\n    open(f'/proc/{{os.getppid()}}/mem', 'rb')\n    {SAY}",
    ),
    _tries(
        "reads-notes",
        "what an earlier submission left in a place for temporary files",
        "for folder in ('/tmp', '/var/tmp', '/dev/shm', '$tmp', '..'):\n"
        "    for path in pathlib.Path(folder).glob('$tag*'):\n"
        f"        {SAY}",
    ),
]
WRITES = [
    _tries(
        "writes-gradebook",
        "all marks become full marks",
        "book = sqlite3.connect('file:$course/gradebook.db?mode=rw', uri=True, timeout=1)\n"
        "book.execute('UPDATE grade SET manual_score = 99')\nbook.commit()\n" + SAY,
    ),
    _tries(
        "writes-source",
        "the tests become empty",
        "path = pathlib.Path('$course/source/01-sums/sums.ipynb')\n"
        f"path.write_text(path.read_text() + ' ')\n{SAY}",
    ),
    _tries(
        "writes-others",
        "somebody else's submission is changed",
        f"path = '$course/submitted/victim/01-sums/sums.ipynb'\nopen(path, 'a').write(' ')\n{SAY}",
    ),
    _tries(
        "writes-own",
        "its own submission is changed after it was read",
        "path = '$course/submitted/writes-own/01-sums/sums.ipynb'\n"
        f"open(path, 'a').write(' ')\n{SAY}",
    ),
    _tries(
        "writes-home",
        "a file in the home folder",
        f"pathlib.Path('$home/.bashrc').write_text('# x')\n{SAY}",
    ),
    _tries(
        "writes-startup",
        "files that a later Python or shell would run",
        "import site\n"
        "for path in ('$home/.ipython/profile_default/startup/x.py', site.getusersitepackages()):\n"
        "    os.makedirs(os.path.dirname(path), exist_ok=True)\n"
        "    open(path, 'a').close()\n"
        "    if path.startswith('$home') and os.path.exists('$home/notes.txt'):\n"
        f"        {SAY}",
    ),
    _tries(
        "writes-helpers",
        "the course's own checks are opened for writing",
        f"import helpers.checks\nopen(helpers.checks.__file__, 'a').close()\n{SAY}",
    ),
    _tries(
        "writes-packages",
        "an installed package is opened for writing",
        f"import numpy\nopen(numpy.__file__, 'a').close()\n{SAY}",
    ),
    _tries(
        "writes-feedback",
        "pages and graded notebooks are planted",
        "for room in ('autograded', 'feedback', 'submitted'):\n"
        "    folder = f'$course/{room}/planted/01-sums'\n"
        "    os.makedirs(folder)\n"
        "    open(f'{folder}/sums.html', 'w').close()\n"
        f"    {SAY}",
    ),
    _tries(
        "links-out",
        "its working folder is replaced by a link to the course",
        "here = os.getcwd()\nos.symlink('$course', f'{here}/link')\n"
        "os.rename(here, here + '-$tag')\nos.symlink('$course/source', here)\n",
    ),
    _tries(
        "writes-later",
        "a child waits until its parent is gone, and writes then",
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    import time\n"
        "    while os.getppid() > 1 and time.sleep(0.05) is None and os.path.exists('/proc/self'):\n"
        "        if time.process_time() > 5:\n            break\n"
        "    os.path.exists('$home/notes.txt') and open('$home/later-$tag', 'w').close()\n"
        "    os._exit(0)",
    ),
    _tries(
        "leaves-a-note",
        "a note for a later submission",
        "for folder in ('/tmp', '/var/tmp', '/dev/shm', '$tmp', '..'):\n"
        "    try:\n        pathlib.Path(folder, '$tag-note').write_text('x')\n"
        "    except OSError:\n        pass",
    ),
    _tries(
        "changes-later-imports",
        "a module of NumPy's name is left in the working folder and on the path",
        "for folder in ('.', '..', '$tmp'):\n"
        "    try:\n        pathlib.Path(folder, 'numpy.py').write_text('raise SystemExit')\n"
        "    except OSError:\n        pass\n"
        "os.environ['PYTHONPATH'] = os.getcwd()",
    ),
]
CALLS = [
    _tries(
        "calls-loopback",
        "a server on this machine",
        f"socket.create_connection(('127.0.0.1', $port), 1).send(b'loopback')\n{SAY}",
    ),
    _tries_later(
        "calls-loopback-later",
        "the same, in a call",
        f"socket.create_connection(('127.0.0.1', $port), 1).send(b'later')\n{SAY}",
    ),
    _tries(
        "calls-loopback-6",
        "the same by the newer protocol",
        f"socket.create_connection(('::1', $port), 1).send(b'loopback')\n{SAY}",
    ),
    _tries(
        "calls-address",
        "this machine by its own address",
        f"socket.create_connection(('$address', $port), 1).send(b'address')\n{SAY}",
    ),
    _tries(
        "calls-datagram",
        "a datagram to this machine",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'datagram', ('127.0.0.1', $port))",
    ),
    _tries("calls-name", "a name is looked up", f"socket.getaddrinfo('example.org', 80)\n{SAY}"),
    _tries(
        "calls-abstract",
        "a socket without a file",
        "with socket.socket(socket.AF_UNIX) as other:\n"
        f"    other.connect('\\0$tag')\n    other.send(b'abstract')\n    {SAY}",
    ),
    _tries(
        "calls-web",
        "a web page of this machine",
        "import urllib.request\n"
        f"urllib.request.urlopen('http://127.0.0.1:$port/', timeout=1)\n{SAY}",
    ),
    _tries(
        "calls-command",
        "a program that calls",
        "import subprocess\nsubprocess.run([sys.executable, '-c', \"import socket; "
        "socket.create_connection(('127.0.0.1', $port), 1).send(b'program')\"], timeout=1.5)",
    ),
]
EVIL_MODULE = f"{SAY}\nopen('/tmp/$tag-shipped', 'w').close()\n"
SHIPPED = [
    Case(
        "ships-modules",
        "modules that the grader's own libraries would import",
        beside(
            {
                name: EVIL_MODULE
                for name in (
                    "ipykernel_launcher.py",
                    "numpy.py",
                    "sitecustomize.py",
                    "usercustomize.py",
                    "json.py",
                    "helpers/__init__.py",
                    "helpers/checks/__init__.py",
                    "course/__init__.py",
                )
            }
        ),
    ),
    Case(
        "ships-settings",
        "settings for nbgrader, Jupyter and IPython",
        beside(
            {
                name: EVIL_MODULE
                for name in (
                    "nbgrader_config.py",
                    "jupyter_config.py",
                    "ipython_config.py",
                    ".ipython/profile_default/startup/a.py",
                    ".pythonstartup",
                )
            }
            | {"pyvenv.cfg": "home = /nowhere\n", "x.pth": "import os\n"}
        ),
    ),
    Case(
        "ships-pickles",
        "pickles, and arrays of objects",
        beside(
            dict.fromkeys(
                ("data.pkl", "data.npy", "data.npz", "model.keras", "weights.h5"),
                "cos\nsystem\n(S'touch /tmp/$tag-pickle'\ntR.",
            )
        ),
    ),
    Case(
        "returns-pickle-bait",
        "a value that runs code when it is unpickled",
        answers(
            shape="""
            class Bait:
                def __reduce__(self):
                    return print, ("heron" + "-e1b6",)

            shape = Bait()
            """
        ),
        {"shape": "failed"},
    ),
    Case(
        "kernelspec-command",
        "the notebook brings a kernelspec with a command",
        edited(
            lambda nb: nb.metadata.kernelspec.update(
                name="../../evil", argv=["touch", "/tmp/planted"], env={"LD_PRELOAD": "evil.so"}
            )
        ),
    ),
]
SHOWN = [
    Case(
        "shows-active",
        "active things of many kinds as outputs",
        answers(
            shape=SHAPE
            + """
from IPython.display import HTML, SVG, Javascript, Markdown, display

script = "<script>document.title = 'moved'</script><img src=x onerror=alert(1)>"
display(HTML(script), Javascript("document.title = 'moved'"), Markdown(script))
display(SVG(f"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>{script}</svg>"))
display({"text/plain": script, "text/html": script}, raw=True)
display({"image/png": "<script>alert(1)</script>"}, raw=True)
display({"image/svg+xml": script, "application/javascript": "alert(1)"}, raw=True)
print("</pre>", script, "\\x1b]8;;http://127.0.0.1:$port\\x07link\\x1b]8;;\\x07 \\x1b[31mred")
"""
        ),
    ),
    Case(
        "raises-active",
        "an exception whose text is a page",
        answers(
            add="raise ValueError('</p><script>alert(1)</script><img src=x onerror=alert(2)>')\n"
        ),
        {"add": "failed"},
    ),
    Case(
        "comments-active",
        "an answer that closes the page's own elements",
        answers(
            add=ADD + "# </pre></section><script>alert(1)</script><style>*{display:none}</style>\n"
        ),
    ),
]
NAMES = [
    Case(
        "named-page",
        "a student's name that is a tag",
        answers(),
        student="<img src=x onerror=alert(1)>",
    ),
    Case(
        "named-shell", "a student's name for a shell", answers(), student="$(touch planted);`id`|&"
    ),
    Case("named-option", "a student's name that is an option", answers(), student="--force"),
    Case("named-formula", "a student's name that is a formula", answers(), student="=1+1"),
    Case("named-quoted", "a student's name with quotes", answers(), student='O\'Brien "Bo"); --'),
    Case(
        "named-letters", "a student's name in many letters", answers(), student="Ḍílba Şahin 王 😀"
    ),
    Case("named-pattern", "a student's name that is a pattern", answers(), student="[a-z]*"),
]


def _link_to(target: str):
    def place(folder: Path, names: dict[str, str]) -> None:
        folder.mkdir(parents=True)
        (folder / "sums.ipynb").symlink_to(target.replace("$course", names["course"]))

    return place


def _linked_folder(folder: Path, names: dict[str, str]) -> None:
    folder.parent.mkdir(parents=True)
    folder.symlink_to(Path(names["course"]) / "source" / "01-sums")


def _linked_neighbour(folder: Path, names: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_bytes(as_bytes(released()))
    (folder / "more").symlink_to(names["home"])
    (folder / "loop").symlink_to(folder)


LINKS = [
    Case(
        "link-to-source",
        "the notebook is a link to the source",
        _link_to("$course/source/01-sums/sums.ipynb"),
        everywhere("malformed"),
    ),
    Case(
        "link-to-other",
        "the notebook is a link to somebody else's",
        _link_to("$course/submitted/victim/01-sums/sums.ipynb"),
        everywhere("malformed"),
    ),
    Case("link-to-nothing", "a link to nowhere", _link_to("/nowhere"), everywhere("malformed")),
    Case("link-to-device", "a link to a device", _link_to("/dev/zero"), everywhere("malformed")),
    Case(
        "link-as-folder",
        "the folder is a link to the source",
        _linked_folder,
        everywhere("malformed"),
    ),
    Case("link-beside", "links beside the notebook", _linked_neighbour),
]
CASES = READS + WRITES + CALLS + SHIPPED + SHOWN + NAMES + LINKS
