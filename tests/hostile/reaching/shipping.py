"""Things that come with a submission: modules, links, names, active outputs."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.case import Case, everywhere
from tests.hostile.making import SAY, answers, as_bytes, beside, edited, filled, released

EVIL_MODULE = f"{SAY}\nopen('/tmp/$tag-shipped', 'w').close()\n"
SHIPPED = [
    Case(
        "ships-modules",
        "modules that the grader's own libraries would import",
        beside(
            {
                name: EVIL_MODULE
                for name in (
                    "ipykernel_launcher.py",
                    "numpy.py",
                    "sitecustomize.py",
                    "usercustomize.py",
                    "json.py",
                    "helpers/__init__.py",
                    "helpers/checks/__init__.py",
                    "course/__init__.py",
                )
            }
        ),
    ),
    Case(
        "ships-settings",
        "settings for nbgrader, Jupyter and IPython",
        beside(
            {
                name: EVIL_MODULE
                for name in (
                    "nbgrader_config.py",
                    "jupyter_config.py",
                    "ipython_config.py",
                    ".ipython/profile_default/startup/a.py",
                    ".pythonstartup",
                )
            }
            | {"pyvenv.cfg": "home = /nowhere\n", "x.pth": "import os\n"}
        ),
    ),
    Case(
        "ships-pickles",
        "pickles, and arrays of objects",
        beside(
            dict.fromkeys(
                ("data.pkl", "data.npy", "data.npz", "model.keras", "weights.h5"),
                "cos\nsystem\n(S'touch /tmp/$tag-pickle'\ntR.",
            )
        ),
    ),
    Case(
        "returns-pickle-bait",
        "a value that runs code when it is unpickled",
        answers(
            shape="""
            class Bait:
                def __reduce__(self):
                    return print, ("heron" + "-e1b6",)

            shape = Bait()
            """
        ),
        {"shape": "failed"},
    ),
    Case(
        "kernelspec-command",
        "the notebook brings a kernelspec with a command",
        edited(
            lambda nb: nb.metadata.kernelspec.update(
                name="../../evil", argv=["touch", "/tmp/planted"], env={"LD_PRELOAD": "evil.so"}
            )
        ),
    ),
]
SHOWN = [
    Case(
        "shows-active",
        "active things of many kinds as outputs",
        answers(
            shape="""
            $SHAPE

            from IPython.display import HTML, SVG, Javascript, Markdown, display

            script = "<script>document.title = 'moved'</script><img src=x onerror=alert(1)>"
            display(HTML(script), Javascript("document.title = 'moved'"), Markdown(script))
            start = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>"
            display(SVG(f"{start}<script>alert(1)</script></svg>"))
            display({"text/plain": script, "text/html": script}, raw=True)
            display({"image/png": "<script>alert(1)</script>"}, raw=True)
            display({"image/svg+xml": script, "application/javascript": "alert(1)"}, raw=True)
            print("</pre>", script, "\\x1b]8;;http://127.0.0.1:$port\\x07x \\x1b[31mred")
            """
        ),
    ),
    Case(
        "raises-active",
        "an exception whose text is a page",
        answers(
            add="raise ValueError('</p><script>alert(1)</script><img src=x onerror=alert(2)>')\n"
        ),
        {"add": "failed"},
    ),
    Case(
        "comments-active",
        "an answer that closes the page's own elements",
        answers(
            add="""
            $ADD
            # </pre></section><script>alert(1)</script><style>*{display:none}</style>
            """
        ),
    ),
]
NAMES = [
    Case(
        "named-page",
        "a student's name that is a tag",
        answers(),
        student="<img src=x onerror=alert(1)>",
    ),
    Case(
        "named-shell", "a student's name for a shell", answers(), student="$(touch planted);`id`|&"
    ),
    Case("named-option", "a student's name that is an option", answers(), student="--force"),
    Case("named-formula", "a student's name that is a formula", answers(), student="=1+1"),
    Case("named-quoted", "a student's name with quotes", answers(), student='O\'Brien "Bo"); --'),
    Case(
        "named-letters", "a student's name in many letters", answers(), student="Ḍílba Şahin 王 😀"
    ),
    Case("named-pattern", "a student's name that is a pattern", answers(), student="[a-z]*"),
]


def _link_to(target: str):
    def place(folder: Path, names: dict[str, str]) -> None:
        folder.mkdir(parents=True)
        (folder / "sums.ipynb").symlink_to(filled(target, names))

    return place


def _linked_folder(folder: Path, names: dict[str, str]) -> None:
    folder.parent.mkdir(parents=True)
    folder.symlink_to(Path(names["course"]) / "source" / "01-sums")


def _linked_neighbour(folder: Path, names: dict[str, str]) -> None:
    folder.mkdir(parents=True)
    (folder / "sums.ipynb").write_bytes(as_bytes(released()))
    (folder / "more").symlink_to(names["home"])
    (folder / "loop").symlink_to(folder)


LINKS = [
    Case(
        "link-to-source",
        "the notebook is a link to the source",
        _link_to("$course/source/01-sums/sums.ipynb"),
        everywhere("malformed"),
    ),
    Case(
        "link-to-other",
        "the notebook is a link to somebody else's",
        _link_to("$course/submitted/$other/01-sums/sums.ipynb"),
        everywhere("malformed"),
    ),
    Case("link-to-nothing", "a link to nowhere", _link_to("/nowhere"), everywhere("malformed")),
    Case("link-to-device", "a link to a device", _link_to("/dev/zero"), everywhere("malformed")),
    Case(
        "link-as-folder",
        "the folder is a link to the source",
        _linked_folder,
        everywhere("malformed"),
    ),
    Case("link-beside", "links beside the notebook", _linked_neighbour),
]

CASES = SHIPPED + SHOWN + NAMES + LINKS
