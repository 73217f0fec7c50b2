"""A cell's outputs: what it prints, shows and returns, kept in nbformat's form and bounded."""

from __future__ import annotations

import io
import json
from functools import lru_cache
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from jupyter_client.jsonutil import json_default

from course.door.budgets import CELL_OUTPUTS, CELL_PICTURES, CELL_TEXT
from course.door.outputs import TOO_MUCH, cleaned

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


class Stream(io.TextIOBase):
    """Standard output, or standard error: what is written is kept."""

    def __init__(self, name: str) -> None:
        self._name = name

    encoding = "utf-8"
    errors = "replace"

    @property
    def name(self) -> str:
        """How it is called where its own is shown."""
        return f"<{self._name}>"

    def writable(self) -> bool:
        """Tell that it can be written."""
        return True

    def write(self, text: str) -> int:
        """Keep a text; return its length."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        OUTPUTS.write(self._name, text)
        return len(text)


class Hook(DisplayHook):
    """Keeps the value of a cell's last line."""

    # It splits the cell into tokens; a judge runs the same few hundred parts again and again.
    semicolon_at_end_of_expression = staticmethod(
        lru_cache(maxsize=1024)(DisplayHook.semicolon_at_end_of_expression)
    )

    def start_displayhook(self) -> None:
        """Write no prompt."""

    def write_output_prompt(self) -> None:
        """Write no prompt."""

    def write_format_data(self, format_dict: dict, md_dict: dict | None = None) -> None:
        """Keep the value as it is shown."""
        OUTPUTS.add(
            {
                "output_type": "execute_result",
                "data": _plain(format_dict),
                "metadata": md_dict or {},
                "execution_count": self.prompt_count,
            }
        )

    def finish_displayhook(self) -> None:
        """Write no end of a line."""


class Publisher(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(
        self,
        data: dict,
        metadata: dict | None = None,
        *,
        transient: dict | None = None,
        update: bool = False,
        **_: Any,
    ) -> None:
        """Keep a display, or change one."""
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
        """Drop what was kept; with `wait`, when the next output comes."""
        if wait:
            OUTPUTS.clear_next = True
        else:
            OUTPUTS.kept.clear()
