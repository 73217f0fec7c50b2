"""An IPython shell that keeps a cell's outputs as a notebook would.

It does what a Jupyter kernel does with a cell, less the sockets: the outputs are equal to
those that nbclient collects from a kernel.
"""

from __future__ import annotations

import builtins
import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from helpers.checks.words import text_of

from ipykernel.compiler import XCachingCompiler
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from jupyter_client.jsonutil import json_default
from traitlets import Type
from traitlets.config import Config

from course.door.budgets import CELL_OUTPUTS, CELL_PICTURES, CELL_TEXT
from course.door.outputs import TOO_MUCH, cleaned, error_of
from course.session import INLINE

MAX_SHOWN = CELL_TEXT + CELL_PICTURES  # of all displays together, whatever they are


class Outputs:
    """The outputs of the cell that runs, in nbformat's form."""

    def __init__(self) -> None:
        self.kept: list[dict] = []
        self.clear_next = False
        self.streamed = 0
        self.shown = 0

    def start(self) -> None:
        """Forget the last cell's outputs."""
        self.__init__()

    def add(self, output: dict) -> None:
        """Keep an output; at the limit the rest is dropped."""
        if self.clear_next:
            self.kept, self.clear_next = [], False
        self.shown += sum(len(str(part)) for part in output.get("data", {}).values())
        if len(self.kept) < CELL_OUTPUTS and self.shown <= MAX_SHOWN:
            self.kept.append(output)
        elif not (self.kept and self.kept[-1].get("text") == [TOO_MUCH]):
            self.kept.append({"output_type": "stream", "name": "stderr", "text": [TOO_MUCH]})

    def write(self, name: str, text: str) -> None:
        """Keep what was printed; successive prints are one output."""
        text = text[: max(0, CELL_TEXT + 1 - self.streamed)]  # one more: that some is cut is told
        self.streamed += len(text)
        last = None if self.clear_next or not self.kept else self.kept[-1]
        if last and last["output_type"] == "stream" and last["name"] == name:
            last["text"].append(text)  # joined at the end: a sum of strings grows with its square
        elif text:
            self.add({"output_type": "stream", "name": name, "text": [text]})

    def update(self, display_id: str, data: dict, metadata: dict) -> None:
        """Change the displays that have this id."""
        for output in self.kept:
            if output.get("transient", {}).get("display_id") == display_id:
                output.update(data=data, metadata=metadata)

    def take(self) -> list[dict]:
        """Return the outputs as a notebook stores them."""
        return cleaned(self.kept)


OUTPUTS = Outputs()


def _plain(data: dict) -> dict:
    """Return display data as JSON holds it: pictures in base64, as Jupyter writes them."""
    return json.loads(json.dumps(data, default=json_default))


class _Stream(io.TextIOBase):
    def __init__(self, name: str) -> None:
        self._name = name

    encoding = "utf-8"
    errors = "replace"

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        OUTPUTS.write(self._name, text)
        return len(text)


class _Hook(DisplayHook):
    def start_displayhook(self) -> None:
        pass

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        OUTPUTS.add(
            {
                "output_type": "execute_result",
                "data": _plain(format_dict),
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self) -> None:
        pass


class _Publisher(DisplayPublisher):
    def publish(
        self,
        data: dict,
        metadata: dict | None = None,
        *,
        transient: dict | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        data, metadata = _plain(data), metadata or {}
        display_id = (transient or {}).get("display_id")
        if update:
            OUTPUTS.update(display_id, data, metadata)
            return
        OUTPUTS.add(
            {
                "output_type": "display_data",
                "data": data,
                "metadata": metadata,
                "transient": transient or {},
            }
        )

    def clear_output(self, wait: bool = False) -> None:
        if wait:
            OUTPUTS.clear_next = True
        else:
            OUTPUTS.kept.clear()


class Shell(InteractiveShell):
    """The shell of a session."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    compiler_class = Type(XCachingCompiler)  # names a cell as a kernel names it

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
    shell = Shell.instance(config=config)
    shell.system = shell.system_piped
    # Pictures come with the cell, as in a notebook; resolved now, so that no fork pays for it.
    os.environ.update(INLINE)
    import matplotlib.pyplot as plt

    plt.switch_backend(os.environ["MPLBACKEND"])
    return shell


def rehearse(shell: Shell) -> None:
    """Do once what the first cell and the first error of each fork would do for the first time.

    IPython imports and compiles much when it first shows a traceback. Nothing is left of it.
    """
    shell.run_cell("pass", store_history=False, silent=True)
    try:
        raise NotImplementedError("rehearsal")
    except NotImplementedError:
        shell.InteractiveTB.structured_traceback(*sys.exc_info())


def attach() -> None:
    """Lead this process's output into `OUTPUTS`, and refuse input."""
    sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")

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
            setattr(sys, name, _Stream(name))


def run(shell: Shell, code: str, tell: Callable[[BaseException], dict] = told) -> dict:
    """Run one cell; return its status, outputs and, as `tell` says it, its error."""
    OUTPUTS.start()
    _mend_streams()
    result = shell.run_cell(code, store_history=True)
    outputs = OUTPUTS.take()
    error = result.error_before_exec or result.error_in_exec
    message: dict[str, Any] = {"status": "ok" if result.success else "error", "outputs": outputs}
    if error is not None:
        message |= tell(error)
    return message
