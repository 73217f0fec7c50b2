"""The widget by which a reader hands over a picture of their own."""

import ipywidgets
import traitlets


class UploadWidget(ipywidgets.HBox):
    """A button that opens a file; ``value`` is what the file holds. It stays on this computer."""

    value = traitlets.Bytes()

    def __init__(self, value: bytes, label: str):
        self.button = ipywidgets.FileUpload(
            accept="image/*", multiple=False, description=label, layout={"width": "auto"}
        )
        super().__init__([self.button])
        self.value = value
        self.button.observe(self._take, "value")

    def _take(self, change) -> None:
        files = change["new"]
        if isinstance(files, dict):  # of ipywidgets 7: name to file
            files = list(files.values())
        if files:
            self.value = bytes(files[0]["content"])
