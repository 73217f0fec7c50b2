"""Answers that look for the way to the judge, or to the next student, past their own walls."""

from __future__ import annotations

from tests.hostile.making import lie, tries, tries_later

EVERYWHERE = """
tops = ['/', '/tmp', '/dev/shm', '/session', '.', os.path.expanduser('~')]
for process in filter(str.isdigit, os.listdir('/proc')):
    tops += [f'/proc/{process}/{way}{below}' for way in ('cwd', 'root')
             for below in ('', '/tmp', '/session')]
for top in list(tops):
    try:
        tops += [entry.path for entry in os.scandir(top) if entry.is_dir()]
    except OSError:
        pass
"""
PLANT = """
for top in tops:
    try:
        with open(f'{top}/{name}', 'w') as file:
            file.write(text)
    except OSError:
        pass
"""
PASSES = """
import builtins, sys
for module in list(sys.modules.values()):
    for name, kind in list(vars(module).items()):
        if isinstance(kind, type) and 'Check' in name:
            for method in ('returns', 'agrees_with', 'holds', 'equals'):
                try: setattr(kind, method, lambda *a, **k: None)
                except Exception: pass
"""


def plants(name: str, about: str, module: str):
    """Make a case that leaves a module wherever one may be imported from, and a wrong answer."""
    code = f"{EVERYWHERE}\nname, text = {module!r}, {PASSES!r}\n{PLANT}"
    return lie(name, about, code)


# A frame or series, by what it calls itself: whoever reads it may want its library.
CLAIMS = """
class Claim:
    __module__ = 'pandas.core.indexes.base'
kind = type('Index', (Claim,), {'__module__': 'pandas.core.indexes.base'})
"""

CASES = [
    plants("plants-pandas", "a pandas.py wherever a file can be left", "pandas.py"),
    plants("plants-helpers", "a helpers.py wherever a file can be left", "helpers.py"),
    plants("plants-sitecustomize", "a sitecustomize.py", "sitecustomize.py"),
    plants("plants-numpy", "a numpy.py", "numpy.py"),
    lie(
        "plants-pandas-and-claims",
        "a pandas.py, and a value that claims to be an index of pandas",
        f"{EVERYWHERE}\nname, text = 'pandas.py', {PASSES!r}\n{PLANT}\n{CLAIMS}",
        "def add(a, b):\n    return kind()",
        add="failed|killed",
    ),
    tries(
        "first-process",
        "the folders, files and memory of the namespace's first process",
        """
        for way in ('cwd', 'root', 'exe', 'fd/0', 'fd/1', 'fd/2', 'environ', 'mem', 'maps'):
            try:
                os.readlink(f'/proc/1/{way}') if '/' in way or way in ('cwd', 'root', 'exe') \\
                    else open(f'/proc/1/{way}', 'rb').read(1)
                $SAY
            except OSError:
                pass
        """,
    ),
    tries(
        "first-process-signals",
        "signals to the first process, which is not to hear them",
        """
        import signal
        for number in set(signal.valid_signals()):
            if number not in (signal.SIGSTOP, signal.SIGKILL):
                os.kill(1, number)
        time.sleep(0.2)
        os.path.exists('/proc/1') or os._exit(1)
        """,
    ),
    tries(
        "other-processes",
        "every process in sight but this one and the first",
        """
        others = {p for p in os.listdir('/proc') if p.isdigit()} - {'1', str(os.getpid())}
        if others:
            $SAY
        """,
    ),
    tries(
        "notes-between",
        "a note for the next submission, and one from the last",
        f"""
        {EVERYWHERE.replace(chr(10), chr(10) + "        ")}
        for top in tops:
            if os.path.lexists(top + '/note-$tag'):
                $SAY
        for top in tops:
            try:
                open(top + '/note-$tag', 'w').close()
            except OSError:
                pass
        """,
    ),
    tries(
        "notes-between-again",
        "the same, from the one that comes next",
        f"""
        {EVERYWHERE.replace(chr(10), chr(10) + "        ")}
        for top in tops:
            if os.path.lexists(top + '/note-$tag'):
                $SAY
        """,
    ),
    tries_later(
        "tells-descriptors",
        "open files, sent to whoever is at the other end of the one socket",
        """
        import array
        for number in range(3, 64):
            try:
                sock = socket.socket(fileno=os.dup(number))
                files = array.array('i', [0, 1, 2])
                sock.sendmsg([b''], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
            except OSError:
                pass
        """,
    ),
]
