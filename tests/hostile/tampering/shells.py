"""Answers that change the shell that runs them."""

from __future__ import annotations

from tests.hostile.making import lie, own_harm

CASES = [
    lie(
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
    lie(
        "blanks-tests",
        "a transformer of input blanks cells that check",
        """
        def blank(lines):
            return [] if any("check" in line for line in lines) else lines

        get_ipython().input_transformers_cleanup.append(blank)
        get_ipython().input_transformers_post.append(blank)
        """,
    ),
    lie(
        "transform-cell",
        "the shell's transform_cell is another",
        """
        shell = get_ipython()
        real = shell.transform_cell
        shell.transform_cell = lambda text: "" if "check" in text else real(text)
        """,
    ),
    own_harm(
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
    lie(
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
    lie(
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
    lie(
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
    lie(
        "showtraceback",
        "tracebacks are shown to nobody",
        """
        get_ipython().showtraceback = lambda *args, **kwargs: None
        get_ipython()._showtraceback = lambda *args, **kwargs: None
        sys.excepthook = lambda *args: None
        """,
    ),
    lie(
        "custom-exc",
        "a handler of the student's own takes every exception",
        "get_ipython().set_custom_exc((BaseException,), lambda *args, **kwargs: None)\n",
    ),
    lie(
        "pre-run-hook",
        "a hook looks at each cell before it is run",
        """
        def look(info):
            print(getattr(info, "raw_cell", ""))

        get_ipython().events.register("pre_run_cell", look)
        get_ipython().events.register("pre_execute", lambda: None)
        """,
    ),
    lie(
        "post-run-hook",
        "a hook turns the result of each cell into a success",
        """
        def mend(result):
            result.error_in_exec = result.error_before_exec = None

        get_ipython().events.register("post_run_cell", mend)
        """,
    ),
    lie(
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
]
