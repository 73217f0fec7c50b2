"""Answers that look for the hidden tests within their own process."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.making import answers, lie

LEFTOVERS = Case(
    "leftovers-told",
    "a later answer tells what a hidden test left behind",
    answers(
        add="import sys\n$WRONG",
        shape="""
        shape = (2, 3)
        print([str(value) for value in list(globals().values()) if "kestrel-" in str(value)])
        trace = getattr(sys, "last_traceback", None)
        while trace:
            print(str(trace.tb_frame.f_locals))
            trace = trace.tb_next
        """,
    ),
    {"add": "failed"},
)
LOOKING = [
    lie(
        "frames",
        "a call looks at its callers' variables for the expected value",
        """
        def add(a, b):
            frame = sys._getframe()
            while frame is not None:
                for name, value in list(frame.f_locals.items()):
                    if "kestrel-" in str(value)[:10000]:
                        print(value)
                    if name == "expected":
                        return value
                frame = frame.f_back
            return 5
        """,
        "",
    ),
    lie(
        "frames-run",
        "a call looks for a function among its callers' variables, and asks it",
        """
        def add(a, b):
            frame = sys._getframe(1)
            while frame is not None:
                reference = frame.f_locals.get("reference")
                if callable(reference):
                    return reference(a, b)
                frame = frame.f_back
            return 4
        """,
        "",
    ),
    lie(
        "objects",
        "a call searches all objects for the hidden test",
        """
        def add(a, b):
            for thing in gc.get_objects():
                if type(thing) in (dict, list, tuple):
                    parts = list(thing.values()) if type(thing) is dict else thing
                    for part in parts:
                        if type(part) is str and "kestrel-" in part:
                            print(part)
            return 5
        """,
        "",
    ),
    lie(
        "audit-hook",
        "an audit hook prints what is compiled",
        """
        def listen(event, args):
            if event == "compile" and "kestrel-" in str(args[0]):
                print(args[0])

        sys.addaudithook(listen)
        """,
    ),
    lie(
        "tracing",
        "a trace function looks at every frame",
        """
        def trace(frame, event, argument):
            if "kestrel-" in str(frame.f_code.co_consts) + str(frame.f_code.co_names):
                print(frame.f_code.co_consts)
            return None

        sys.settrace(trace)
        sys.setprofile(trace)
        threading.settrace(trace)
        """,
    ),
    lie(
        "memory-search",
        "a call reads its own process's memory",
        """
        import re

        calls = []

        def add(a, b):
            calls.append(a)
            if len(calls) != 2:
                return 4
            with open("/proc/self/maps") as maps:
                spans = [line.split()[0].split("-") for line in maps if " rw-p " in line]
            with open("/proc/self/mem", "rb", 0) as memory:
                for low, high in ((int(start, 16), int(end, 16)) for start, end in spans):
                    try:
                        memory.seek(low)
                        part = memory.read(min(high - low, 2**26))
                        print(re.findall(rb"kestrel-[0-9a-f]+", part))
                    except (OSError, ValueError, OverflowError):
                        pass
            return 5
        """,
        "",
        add="failed|timeout",
    ),
]

CASES = [LEFTOVERS, *LOOKING]
