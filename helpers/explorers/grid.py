"""The widget of a matrix that the reader can edit."""

import ipywidgets
import traitlets

TALL_WIDTH, TALL_HEIGHT = 240, 132  # of three rows and columns, in pixels on the page


class GridWidget(ipywidgets.VBox):
    """One box for each number of a matrix; ``value`` is a tuple of tuples."""

    value = traitlets.Tuple()

    def __init__(self, grid, value, label: str):
        self._grid = grid
        self.boxes = [
            ipywidgets.BoundedFloatText(
                min=grid.min, max=grid.max, step=grid.step, layout={"width": "auto"}
            )
            for _ in range(grid.rows * grid.columns)
        ]
        matrix = ipywidgets.GridBox(
            self.boxes,
            layout={"grid_template_columns": f"repeat({grid.columns}, 4.6em)", "grid_gap": "2px"},
        )
        super().__init__([ipywidgets.Label(label), matrix], layout={"flex": "0 0 auto"})
        self.add_class("course-grid")
        self._filling = False
        self.value = _as_tuples(value)
        for box in self.boxes:
            box.observe(self._read, "value")

    @traitlets.observe("value")
    def _fill(self, change) -> None:
        """Show a new matrix in the boxes, without announcing it once for each of them."""
        self._filling = True
        numbers = [number for row in change["new"] for number in row]
        for box, number in zip(self.boxes, numbers, strict=True):
            box.value = number
        self._filling = False

    def _read(self, _change) -> None:
        if self._filling:
            return
        numbers = [box.value for box in self.boxes]
        width = self._grid.columns
        rows = (numbers[start : start + width] for start in range(0, len(numbers), width))
        self.value = _as_tuples(rows)


def _as_tuples(rows) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(number) for number in row) for row in rows)
