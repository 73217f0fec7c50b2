"""An IPython shell that keeps a cell's outputs as a notebook would.

It does what a Jupyter kernel does with a cell, less the sockets: the outputs are equal to
those that nbclient collects from a kernel.
"""

from __future__ import annotations

import builtins
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, NoReturn

from helpers.checks.words import text_of

from ipykernel.compiler import XCachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.ultratb import AutoFormattedTB
from traitlets import Type
from traitlets.config import Config

from course.door.outputs import error_of
from course.processes.capture import OUTPUTS, Hook, Publisher, Stream
from course.session import INLINE

NOWHERE = "no module"


class Compiler(XCachingCompiler):
    """Names a cell as a kernel names it, and says at once that no module is in that file.

    To show a traceback, `inspect` looks for it in all modules, seven times for each error: in a
    fork that is nearly all of the time, and it writes to thousands of pages that were shared.
    """

    def cache(self, *given: Any, **more: Any) -> str:
        """Remember a cell's text, and return the name of its file."""
        name = super().cache(*given, **more)
        inspect.modulesbyfile[os.path.normcase(os.path.abspath(name))] = NOWHERE
        return name


class Shell(InteractiveShell):
    """The shell of a session."""

    displayhook_class = Type(Hook)
    display_pub_class = Type(Publisher)
    compiler_class = Type(Compiler)

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        OUTPUTS.add(
            {
                "output_type": "error",
                **dict(zip(("ename", "evalue"), told(evalue)["error"], strict=True)),
                "traceback": list(stb),
            }
        )

    def _format_exception_for_storage(self, *_: Any, **__: Any) -> dict:
        """Keep no second copy of a traceback: no history of this session is ever read."""
        return {}

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: ``%matplotlib inline`` in an answer asks for no window."""

    def ask_exit(self) -> NoReturn:
        """End the process: ``exit`` in a cell ends a kernel too."""
        os._exit(0)


def make_shell() -> Shell:
    """Build the shell; it starts no thread, so the process can be forked afterwards."""
    config = Config()
    config.HistoryManager.enabled = False  # its database would start a thread
    # To colour a traceback takes longer than the rest of it, and the door drops colours.
    config.InteractiveShell.colors = "nocolor"
    shell = Shell.instance(config=config)
    shell.system = shell.system_piped
    # Pictures come with the cell, as in a notebook: resolved now, so that no fork pays. Where
    # no lesson draws, an answer that draws resolves it for itself.
    os.environ.update(INLINE)
    if "matplotlib" in sys.modules:
        import matplotlib.pyplot as plt

        plt.switch_backend(os.environ["MPLBACKEND"])
    return shell


def rehearse(shell: Shell | None = None) -> None:
    """Do once what the first cell and the first error of each fork would do for the first time.

    IPython imports and compiles much when it first shows a traceback, and notes where all modules
    are. Nothing else is left of it. Without a shell it is the traceback alone: who imports
    something afterwards is to find no shell.
    """
    if shell is not None:
        shell.run_cell("pass", store_history=False, silent=True)
    shower = AutoFormattedTB(mode="Context") if shell is None else shell.InteractiveTB
    try:
        raise NotImplementedError("rehearsal")
    except NotImplementedError:
        with _known_folders():
            shower.structured_traceback(*sys.exc_info())


@contextmanager
def _known_folders() -> Iterator[None]:
    """Have each folder followed through its links once, and not once for each module in it."""
    real, folders = os.path.realpath, {}

    def realpath(path: str, **how: bool) -> str:
        folder, name = os.path.split(path)
        if how or not folder or os.path.islink(path):
            return real(path, **how)
        if folder not in folders:
            folders[folder] = real(folder)
        return os.path.join(folders[folder], name)

    os.path.realpath = realpath
    try:
        yield
    finally:
        os.path.realpath = real


def attach() -> None:
    """Lead this process's output into `OUTPUTS`, and refuse input."""
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")

    def no_input(prompt: object = "") -> NoReturn:
        raise RuntimeError("input() waits for a person, and nobody is there.")

    builtins.input = no_input


def forget(shell: Shell, names: dict[str, Any]) -> None:
    """Go back to some names, and let go of what was shown and raised since.

    A traceback holds every value of its frames.
    """
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)
    shell.InteractiveTB.tb = None
    shell.user_ns.clear()
    shell.user_ns.update(names)
    shell.displayhook.flush()  # collects what hangs together in circles, too
    OUTPUTS.start()


def told(error: BaseException) -> dict:
    """Return what is said of an exception: its name and text, bounded."""
    return {"error": list(error_of(type(error).__name__, text_of(error)))}


def _mend_streams() -> None:
    """Put a stream back where an earlier cell has put what nobody can write on: None, for one."""
    for name in ("stdout", "stderr"):
        if not callable(getattr(getattr(sys, name, None), "write", None)):
            setattr(sys, name, Stream(name))


@contextmanager
def _in_words(shell: Shell) -> Iterator[None]:
    """Show what a cell shows in words alone: to draw a picture takes longer than all else."""
    formatter = shell.display_formatter
    types, bundles = formatter.active_types, formatter.mimebundle_formatter.enabled
    formatter.active_types, formatter.mimebundle_formatter.enabled = ["text/plain"], False
    try:
        yield
    finally:
        formatter.active_types, formatter.mimebundle_formatter.enabled = types, bundles


def run(
    shell: Shell,
    code: str,
    tell: Callable[[BaseException], dict] = told,
    *,
    pictures: bool = True,
) -> dict:
    """Run one cell; return its status, outputs and, as `tell` says it, its error.

    Without `pictures` outputs have words alone.
    """
    OUTPUTS.start()
    _mend_streams()
    with nullcontext() if pictures else _in_words(shell):
        result = shell.run_cell(code, store_history=True)
    outputs = OUTPUTS.take()
    error = result.error_before_exec or result.error_in_exec
    message: dict[str, Any] = {"status": "ok" if result.success else "error", "outputs": outputs}
    if error is not None:
        message |= tell(error)
    return message
