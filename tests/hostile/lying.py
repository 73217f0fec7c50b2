"""Answers that change their own process: the shell that runs them, and the libraries."""

from __future__ import annotations

from tests.hostile.case import Case, answers

WRONG = "\ndef add(a, b):\n    return 5\n"
IMPORTS = (
    "import ast, builtins, copy, gc, inspect, random, sys, threading, time\nimport numpy as np\n"
)


def _lie(name: str, about: str, code: str, answer: str = WRONG, **others: str) -> Case:
    verdicts = {"add": "failed"} | others
    return Case(name, about, answers(add=IMPORTS + code + answer), verdicts)


def _own_harm(name: str, about: str, code: str, answer: str = WRONG) -> Case:
    """Make a case whose change may spoil the later answers of the same student."""
    return _lie(name, about, code, answer, add="failed|killed|timeout", shape="any", scale="any")


SHELL = [
    _lie(
        "drops-asserts",
        "a transformer of syntax trees drops asserts and expressions",
        """
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()

    def visit_Expr(self, node):
        return ast.Pass()

get_ipython().ast_transformers.append(Drop())
""",
        shape="any",
        scale="any",
    ),
    _lie(
        "blanks-tests",
        "a transformer of input blanks cells that check",
        """
def blank(lines):
    return [] if any("check" in line for line in lines) else lines

get_ipython().input_transformers_cleanup.append(blank)
get_ipython().input_transformers_post.append(blank)
""",
    ),
    _lie(
        "transform-cell",
        "the shell's transform_cell is another",
        """
shell = get_ipython()
real = shell.transform_cell
shell.transform_cell = lambda text: "" if "check" in text else real(text)
""",
    ),
    _own_harm(
        "run-cell",
        "the shell's run_cell says that all went well",
        """
shell = get_ipython()
for owner in (shell, type(shell)):
    real = owner.run_cell

    def run_cell(*args, real=real, **kwargs):
        args = [a.replace("check", "str") if isinstance(a, str) else a for a in args]
        return real(*args, **kwargs)

    owner.run_cell = run_cell
""",
    ),
    _lie(
        "run-cell-async",
        "the shell's run_cell_async is given nothing",
        """
shell = get_ipython()
real = shell.run_cell_async

def run_cell_async(text, *args, **kwargs):
    kwargs.pop("transformed_cell", None)
    return real("" if "check" in text else text, *args, transformed_cell=None, **kwargs)

shell.run_cell_async = run_cell_async
""",
        shape="any",
        scale="any",
    ),
    _lie(
        "run-ast-nodes",
        "the shell's run_ast_nodes runs no node of a test",
        """
shell = get_ipython()
real = shell.run_ast_nodes

def run_ast_nodes(nodes, *args, **kwargs):
    return real([n for n in nodes if "check" not in ast.dump(n)], *args, **kwargs)

shell.run_ast_nodes = run_ast_nodes
""",
    ),
    _lie(
        "do-execute",
        "the kernel's do_execute answers by itself",
        """
kernel = getattr(get_ipython(), "kernel", None)
if kernel is not None:
    real = kernel.do_execute

    async def do_execute(code, *args, **kwargs):
        return await real("" if "check" in code else code, *args, **kwargs)

    kernel.do_execute = do_execute
""",
    ),
    _lie(
        "showtraceback",
        "tracebacks are shown to nobody",
        """
get_ipython().showtraceback = lambda *args, **kwargs: None
get_ipython()._showtraceback = lambda *args, **kwargs: None
sys.excepthook = lambda *args: None
""",
    ),
    _lie(
        "custom-exc",
        "a handler of the student's own takes every exception",
        "get_ipython().set_custom_exc((BaseException,), lambda *args, **kwargs: None)\n",
    ),
    _lie(
        "pre-run-hook",
        "a hook looks at each cell before it is run",
        """
def look(info):
    print(getattr(info, "raw_cell", ""))

get_ipython().events.register("pre_run_cell", look)
get_ipython().events.register("pre_execute", lambda: None)
""",
    ),
    _lie(
        "post-run-hook",
        "a hook turns the result of each cell into a success",
        """
def mend(result):
    result.error_in_exec = result.error_before_exec = None

get_ipython().events.register("post_run_cell", mend)
""",
    ),
    _lie(
        "history",
        "a call looks for the test in the shell's history and in linecache",
        """
import linecache

def texts():
    yield from map(str, get_ipython().history_manager.input_hist_raw)
    yield from map(str, globals().get("In", []))
    yield from (str(entry[2]) for entry in linecache.cache.values() if len(entry) > 2)

def add(a, b):
    print([text for text in texts() if "kestrel-" in text])
    return 5
""",
        "",
    ),
    _lie(
        "leftovers",
        "a later answer looks at what a hidden test left in the names and in the last traceback",
        "",
        WRONG
        + """
def leftovers():
    found = [str(v) for v in list(globals().values()) if "kestrel-" in str(v)]
    trace = getattr(sys, "last_traceback", None)
    while trace:
        found.append(str(trace.tb_frame.f_locals))
        trace = trace.tb_next
    return found
""",
    ),
]
LEFTOVERS = Case(
    "leftovers-told",
    "a later answer tells what a hidden test left behind",
    answers(
        add=IMPORTS + WRONG,
        shape="""\
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
FORGED = [
    _lie(
        f"forged-{name}",
        f"a call shows {value} as the result of the test, right in the visible part only",
        "",
        f"""
def add(a, b):
    sys.displayhook({value})
    return 4
""",
    )
    for name, value in (("five", "5.0"), ("points", "2.0"), ("minus", "-1.0"), ("zero", "0.0"))
] + [
    _lie(
        "forged-by-key",
        "a message is signed with the kernel's connection key",
        """
def add(a, b):
    kernel = getattr(get_ipython(), "kernel", None)
    if kernel is not None:
        content = {"data": {"text/plain": "2.0"}, "metadata": {}, "execution_count": 9}
        kernel.session.send(
            kernel.iopub_socket, "execute_result", content, parent=kernel.get_parent("shell")
        )
    return 4
""",
        "",
    ),
    _lie(
        "clears-outputs",
        "a call clears what the test has shown, for good",
        """
from IPython.display import clear_output

def add(a, b):
    clear_output()
    get_ipython().display_pub.publish = lambda *args, **kwargs: None
    return 5
""",
        "",
    ),
    _own_harm(
        "forged-answers",
        "an answer writes ready-made replies to every socket that it holds",
        """
import json, os, socket, struct

def forge():
    reply = json.dumps({"status": "ok", "outputs": []}).encode()
    for number in range(3, 40):
        try:
            with socket.socket(fileno=os.dup(number)) as other:
                other.send((struct.pack("!Q", len(reply)) + reply) * 9, socket.MSG_DONTWAIT)
        except OSError:
            pass

threading.Timer(0.05, forge).start()
""",
        "\ndef add(a, b):\n    forge()\n    time.sleep(0.1)\n    return 5\n",
    ),
]
LIBRARIES = [
    _own_harm(
        "numpy-testing",
        "NumPy's comparisons say yes",
        """
import numpy.testing
yes = lambda *args, **kwargs: True
for name in ("allclose", "array_equal", "array_equiv", "all", "isclose"):
    setattr(np, name, yes)
for name in ("assert_allclose", "assert_array_equal", "assert_equal"):
    setattr(numpy.testing, name, yes)
""",
    ),
    _own_harm(
        "builtins",
        "built-in functions say yes",
        """
real = builtins.isinstance
builtins.all = builtins.any = lambda *args: True
builtins.isinstance = lambda thing, kind: True if "CheckFailed" in str(kind) else real(thing, kind)
builtins.AssertionError = builtins.Warning
""",
    ),
    _lie(
        "modules",
        "helpers.checks is replaced in sys.modules and in the notebook",
        """
class Nodding:
    def __getattr__(self, name):
        return lambda *args, **kwargs: Nodding()

for name in [name for name in sys.modules if name.startswith("helpers.checks")]:
    sys.modules[name] = Nodding()
checks = Nodding()
""",
    ),
    _lie(
        "check-methods",
        "the methods of a check are replaced by ones that are content",
        """
import helpers.checks as own

for kind in (own.FunctionCheck, own.ValueCheck):
    for name in ("returns", "agrees_with", "holds", "equals"):
        if hasattr(kind, name):
            setattr(kind, name, lambda self, *args, **kwargs: self)
""",
    ),
    _lie(
        "difference",
        "the comparison below the checks finds no difference",
        """
for name, module in list(sys.modules.items()):
    if name.startswith("helpers.checks"):
        for attribute in ("difference", "plain"):
            if hasattr(module, attribute):
                setattr(module, attribute, lambda *args, **kwargs: None)
""",
    ),
    _own_harm(
        "random",
        "random numbers are known beforehand",
        """
import os

class Known:
    def integers(self, *args, **kwargs):
        return np.array([2, 2])

np.random.default_rng = lambda *args: Known()
random.seed = np.random.seed = lambda *args: None
os.environ["COURSE_CHECK_SEED"] = "0"
""",
        "\ndef add(a, b):\n    return 4\n",
    ),
    _own_harm(
        "clock",
        "time stands still",
        "time.time = time.monotonic = time.perf_counter = lambda: 0.0\n",
    ),
    _own_harm(
        "copies",
        "copies and signatures are what the answer likes",
        "copy.deepcopy = lambda thing, *args: thing\ninspect.signature = lambda *args: None\n",
    ),
    _own_harm(
        "rebinds",
        "a thread gives the names of the test to other things, again and again",
        """
class Nodding:
    def __getattr__(self, name):
        return lambda *args, **kwargs: Nodding()

def rebind():
    for _ in range(3000):
        globals().update(checks=Nodding(), check=Nodding())
        time.sleep(0.001)

threading.Thread(target=rebind, daemon=True).start()
time.sleep(0.01)
""",
    ),
]
LOOKING = [
    _lie(
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
    _lie(
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
    _lie(
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
    _lie(
        "audit-hook",
        "an audit hook prints what is compiled",
        """
def listen(event, args):
    if event == "compile" and "kestrel-" in str(args[0]):
        print(args[0])

sys.addaudithook(listen)
""",
    ),
    _lie(
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
    _lie(
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
                print(re.findall(rb"kestrel-[0-9a-f]+", memory.read(min(high - low, 2**26))))
            except (OSError, ValueError, OverflowError):
                pass
    return 5
""",
        "",
        add="failed|timeout",
    ),
]
CASES = [*SHELL, LEFTOVERS, *FORGED, *LIBRARIES, *LOOKING]
