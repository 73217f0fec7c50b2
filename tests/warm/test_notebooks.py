"""A notebook that a warm kernel has run is the one that nbclient gets of a plain kernel."""

from __future__ import annotations

import os

import nbformat

from course.running.execution import Job
from course.running.papermill import Papermill
from course.warm.specs import Specs
from course.warm.starting import SOCKET
from tests.builders import code, markdown, notebook
from tests.kernels import execute

FIGURE = (
    "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(1, 1))\nax.plot([1, 2])\n"
)
WIDGETS = "application/vnd.jupyter.widget-state+json"
HONEST = [
    markdown("# All kinds of outputs"),
    code("import sys, time\nfrom IPython.display import HTML, clear_output, display"),
    code("print('said'); print('warned', file=sys.stderr); print('said again')"),
    code("display(HTML('<b>bold</b>'), 'text')\n{'a': [1, 2]}"),
    code("print('gone')\nclear_output()\nprint('kept')"),
    code("print('gone')\nclear_output(wait=True)\nprint('kept')"),
    code("handle = display('first', display_id='one')\nhandle.update('second')"),
    code("handle.update('third')"),
    code("%matplotlib inline\n" + FIGURE + "plt.show()"),
    code(FIGURE + "fig"),
    code("import ipywidgets\nipywidgets.IntSlider(3)"),
    code("%%capture held\nprint('held')"),
    code("!echo by a program"),
    code("%timeit -n 1 -r 1 -q pass\nheld.stdout"),
    code("def deep(n):\n    return 1 / n\n\ndeep(0)", "raises-exception"),
    code("raise SystemExit('enough')", "raises-exception"),
    code("no_such_name", "raises-exception"),
    code("def f(:", "raises-exception"),
    code("await __import__('asyncio').sleep(0, 'awaited')"),
    code("sum(range(10)); None"),
    code(""),
    code("Out[13], len(In)"),
    code("import os; os.getppid()", id="parent"),
]


def run_plainly(nb, folder):
    """Run with nbclient and a plain kernel."""
    nb = nbformat.from_dict(nb)
    execute(nb, timeout=60, resources={"metadata": {"path": str(folder)}})
    return nb


def run_warmly(nb, folder, socket):
    """Run as `course run` does."""
    job = Job(nb, folder, "python3", {}, 60, dict(os.environ))
    return Papermill(Specs(socket)).execute(job, lambda done, total: None)


def outputs(cell):
    """Return a cell's outputs and number, without what differs between any two kernels."""
    streams, rest = {}, []
    for output in map(nbformat.from_dict, cell.outputs):
        if output.output_type == "stream":  # sent in as many pieces as the clock has it
            streams[output.name] = streams.get(output.name, "") + output.text
            continue
        if output.output_type == "error":  # the cell's file is named by the kernel's process
            output.traceback = [line for line in output.traceback if "ipykernel_" not in line]
        output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
        rest.append(output)
    return cell.execution_count, streams, rest


def test_the_notebooks_are_the_same(nursery, tmp_path):
    nb = notebook(HONEST)
    plain = run_plainly(nb, tmp_path)
    done = run_warmly(nb, tmp_path, nursery[SOCKET])
    warm = {cell.id: cell for cell in done.nb.cells}
    assert plain.cells[-1].outputs[0].data["text/plain"] == str(os.getpid())
    assert warm["parent"].outputs[0].data["text/plain"] != str(os.getpid())
    for cell in plain.cells[:-1]:
        if cell.cell_type == "code":
            assert outputs(cell) == outputs(warm[cell.id]), cell.source
    assert plain.metadata.language_info == done.nb.metadata.language_info
    models = [
        sorted(m["model_name"] for m in one.metadata.widgets[WIDGETS]["state"].values())
        for one in (plain, done.nb)
    ]
    assert models[0] == models[1] and "IntSliderModel" in models[0]
