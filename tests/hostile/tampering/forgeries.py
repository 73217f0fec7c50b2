"""Answers that forge results, and answers that change the libraries that judge them."""

from __future__ import annotations

from tests.hostile.making import lie, own_harm

FORGED = [
    lie(
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
    lie(
        "forged-by-key",
        "a message is signed with the kernel's connection key",
        """
        def add(a, b):
            kernel = getattr(get_ipython(), "kernel", None)
            if kernel is not None:
                content = {"data": {"text/plain": "2.0"}, "metadata": {}, "execution_count": 9}
                parent = kernel.get_parent("shell")
                kernel.session.send(kernel.iopub_socket, "execute_result", content, parent=parent)
            return 4
        """,
        "",
    ),
    lie(
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
    own_harm(
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
        """
        def add(a, b):
            forge()
            time.sleep(0.1)
            return 5
        """,
    ),
]
LIBRARIES = [
    own_harm(
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
    own_harm(
        "builtins",
        "built-in functions say yes",
        """
        real = builtins.isinstance
        builtins.all = builtins.any = lambda *args: True
        builtins.isinstance = lambda thing, kind: "Failed" in str(kind) or real(thing, kind)
        builtins.AssertionError = builtins.Warning
        """,
    ),
    lie(
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
    lie(
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
    lie(
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
    own_harm(
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
        """
        def add(a, b):
            return 4
        """,
    ),
    own_harm(
        "clock",
        "time stands still",
        "time.time = time.monotonic = time.perf_counter = lambda: 0.0\n",
    ),
    own_harm(
        "copies",
        "copies and signatures are what the answer likes",
        """
        copy.deepcopy = lambda thing, *args: thing
        inspect.signature = lambda *args: None
        """,
    ),
    own_harm(
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

CASES = FORGED + LIBRARIES
