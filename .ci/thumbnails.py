"""Make the README's small pictures anew, from notebooks that have run.

Usage: .ci/thumbnails.py build/run/released docs/thumbnails
"""

import sys
from base64 import b64decode
from io import BytesIO
from pathlib import Path

import nbformat
from PIL import Image, ImageOps

# A notebook, and the cell whose picture is shown: one for each name in README.md.
SHOWN = {
    "planes": ("images-as-tensors", "planes"),
    "convolution": ("convolution", "slide-ones"),
    "guesses": ("casia-cnn", "show-guesses"),
    "confusions": ("error-analysis", "explore-confusions"),
    "occlusion": ("what-cnns-learn", "explore"),
    "boxes": ("localisation-and-detection", "explore-boxes"),
}
SIZE, COLOURS = (600, 400), 128  # pixels: twice what the README shows


def picture(nb: nbformat.NotebookNode, cell_id: str) -> Image.Image:
    """Return the picture that a cell shows."""
    (cell,) = (cell for cell in nb.cells if cell.id == cell_id)
    (found,) = (o.data["image/png"] for o in cell.outputs if "image/png" in o.get("data", {}))
    return Image.open(BytesIO(b64decode(found))).convert("RGBA")


def main(runs: Path, folder: Path) -> None:
    """Write one file for each name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (notebook, cell) in SHOWN.items():
        (path,) = runs.rglob(f"{notebook}.ipynb")
        shown = picture(nbformat.read(path, as_version=4), cell)
        paper = Image.new("RGBA", shown.size, "white")  # it is shown on light and dark pages
        paper.alpha_composite(shown)
        small = ImageOps.pad(paper.convert("RGB"), SIZE, Image.Resampling.LANCZOS, "white")
        small.quantize(COLOURS, dither=Image.Dither.NONE).save(
            folder / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
