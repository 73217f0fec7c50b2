"""A notebook as each of the editors in which students work writes it down.

Each is a function from the notebook, as JSON that was released and answered, to the bytes of the
file that a student downloads there; `NAMES` says what the file is called. They are rebuilt, small,
after files that such editors write.
"""

from __future__ import annotations

import json
from collections.abc import Callable

PYTHON = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": "3.12.12",
}
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
SIGNED = (
    "<a href='https://example.org'><img alt='Created in deepnote.com' src='data:image/svg'></a>"
)
STATE = {"application/vnd.jupyter.widget-state+json": {"0a1b": {"model_name": "LayoutModel"}}}
PRINTED = {"output_type": "stream", "name": "stdout", "text": ["✓ add: 1 and 2\n"]}


def run(raw: dict) -> None:
    """Leave what a run leaves: counts, texts, and the error of what is not answered."""
    code = [cell for cell in raw["cells"] if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, start=1):
        cell["execution_count"], cell["outputs"] = number, [dict(PRINTED)]


def lines(raw: dict) -> None:
    """Write each text as a list of lines."""
    for cell in raw["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)


def colab(raw: dict) -> bytes:
    """Ids become metadata, nbformat is 4.0, errors and widgets' states have a form of their own."""
    run(raw)
    lines(raw)
    raw["nbformat_minor"] = 0
    about = {"provenance": [], "toc_visible": True, "gpuType": "T4"}
    raw["metadata"] = {
        "colab": about,
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
        "accelerator": "GPU",
        "widgets": {"application/vnd.jupyter.widget-state+json": {"0a1b": {"model_module": "x"}}},
    }
    for number, cell in enumerate(raw["cells"]):
        cell["metadata"] |= {
            "id": f"Xy_{number}aB-c",
            "colab": {"base_uri": "https://localhost:8080/"},
        }
        del cell["id"]
    error = {"output_type": "error", "ename": "NotImplementedError", "evalue": "", "traceback": []}
    raw["cells"][-1].setdefault("outputs", []).append(error | {"errorDetails": {"actions": []}})
    added = {"cell_type": "code", "source": [], "metadata": {"id": "new_1"}, "outputs": []}
    raw["cells"].append(added | {"execution_count": None})
    return json.dumps(raw).encode()


def vs_code(raw: dict) -> bytes:
    """Ids stay where there are any, new cells get some of eight digits; no widgets' states."""
    run(raw)
    lines(raw)
    raw["metadata"] = {
        "kernelspec": KERNEL | {"display_name": ".venv (3.12.12)"},
        "language_info": PYTHON,
        "vscode": {"interpreter": {"hash": "31f2aee4e71d21fbe5cf8b01ff0e069b9275f58929596ceb"}},
    }
    for cell in raw["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
    new = {"cell_type": "code", "execution_count": None, "id": "1f9a2c3d", "metadata": {}}
    raw["cells"].insert(2, new | {"outputs": [], "source": ["# a try\n", "x = 1"]})
    return json.dumps(raw, indent=1).encode()


def jupyterlab(raw: dict) -> bytes:
    """Keys in order, a toolbar's traces in cells, widgets' states, an id in each new cell."""
    run(raw)
    lines(raw)
    raw["metadata"] = {"kernelspec": KERNEL, "language_info": PYTHON, "widgets": STATE}
    for cell in raw["cells"]:
        about = {"editable": True, "slideshow": {"slide_type": ""}, "tags": [], "trusted": True}
        cell["metadata"] |= about | {"jupyter": {"source_hidden": False}}
        if cell["cell_type"] == "code":
            cell["metadata"]["execution"] = {"iopub.status.busy": "2026-03-02T12:00:00.000000Z"}
    return (json.dumps(raw, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()


def classic(raw: dict) -> bytes:
    """The Notebook of before 2021 drops ids and says nbformat 4.5 still; extensions add to it."""
    run(raw)
    lines(raw)
    raw["metadata"] = {
        "celltoolbar": "Create Assignment",
        "kernelspec": KERNEL,
        "language_info": PYTHON,
        "toc": {"base_numbering": 1, "toc_cell": False},
        "varInspector": {"cols": {"lenName": 16}},
    }
    for cell in raw["cells"]:
        cell["metadata"] |= {"collapsed": False, "scrolled": True, "hide_input": False}
        cell["metadata"]["ExecuteTime"] = {"start_time": "2026-03-02T12:00:00Z"}
        del cell["id"]
    return (json.dumps(raw, indent=1, sort_keys=True) + "\n").encode()


def kaggle(raw: dict) -> bytes:
    """One line, texts as they are, no ids, and a first cell of its own."""
    run(raw)
    about = {"accelerator": "none", "dataSources": [], "dockerImageVersionId": 31153}
    made = {
        "metadata": {"kernelspec": KERNEL, "language_info": PYTHON, "kaggle": about},
        "nbformat_minor": 4,
        "nbformat": 4,
    }
    first = "# This Python 3 environment comes with many helpful libraries\nimport os\n"
    own = {"cell_type": "code", "source": first, "metadata": {}, "outputs": []}
    for cell in raw["cells"]:
        cell["metadata"] |= {"_uuid": "8f2839f25d086af736a60e9eeb907d3b93b6e0e5", "trusted": True}
        cell["metadata"]["_cell_guid"] = "b1076dfc-b9ad-4769-8c92-a6c4dae69d19"
        del cell["id"]
    made["cells"] = [own | {"execution_count": 1}, *raw["cells"]]
    return json.dumps(made).encode()


def deepnote(raw: dict) -> bytes:
    """Ids under another name, nothing of nbgrader's, and a last cell that says where it is from."""
    run(raw)
    for number, cell in enumerate(raw["cells"]):
        kind = "code" if cell["cell_type"] == "code" else "markdown"
        own = {"cell_id": f"{number:032x}", "deepnote_cell_type": kind, "source_hash": "fa4021f1"}
        cell["metadata"] = own | {"execution_start": 1760809670866, "execution_millis": 1}
        del cell["id"]
    last = {"created_in_deepnote_cell": True, "deepnote_cell_type": "markdown"}
    raw["cells"].append({"cell_type": "markdown", "metadata": last, "source": SIGNED})
    raw["metadata"] = {"deepnote_notebook_id": "0a1b2c", "orig_nbformat": 2}
    raw["nbformat_minor"] = 0
    return json.dumps(raw, indent=2).encode()


EDITORS: dict[str, Callable[[dict], bytes]] = {
    "colab": colab,
    "vs-code": vs_code,
    "jupyterlab": jupyterlab,
    "classic": classic,
    "kaggle": kaggle,
    "deepnote": deepnote,
}
NAMES = {"colab": "Copy of one.ipynb", "kaggle": "notebook0a1b2c3d4e.ipynb"}
