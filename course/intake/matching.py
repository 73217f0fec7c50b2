"""Which notebook of which section a file is: by its name, else by its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from course.folder import Section
from course.intake.lms import plain_stems
from course.intake.members import Refusal
from course.intake.submissions import Malformed, read_submission
from course.notebook.cells import grade_id
from course.notebook.reading import read_notebook

Place = tuple[Section, str]


class Matcher:
    """Finds the place of a file among the notebooks of some sections."""

    def __init__(self, sections: Iterable[Section]) -> None:
        # A section whose notebook is still to be written takes no submissions.
        self.places: list[Place] = [
            (section, path.stem)
            for section in sections
            for path in sorted(section.folder.glob("*.ipynb"))
        ]
        self._by_name: dict[str, list[Place]] = defaultdict(list)
        for section, stem in self.places:
            self._by_name[plain_stems(f"{stem}.ipynb")[0]].append((section, stem))

    def find(self, file: str, content: Path, within: Section | None = None) -> Place:
        """Return section and notebook of a file.

        Parameters
        ----------
        file : str
            Its name.
        content : Path
            Where its bytes are.
        within : Section, optional
            The section, where it is known; then one notebook alone needs no name.

        Raises
        ------
        Refusal
            When it cannot be told.
        """
        wanted = [place for place in self.places if within in (None, place[0])]
        for stem in plain_stems(file):
            if len(named := [p for p in self._by_name.get(stem, []) if p in wanted]) == 1:
                return named[0]
        if within is not None and len(wanted) == 1:
            return wanted[0]
        if found := self._by_cells(content, wanted):
            return found
        where = f"which notebook of {within.name}" if within else "which section"
        raise Refusal(f"it cannot be told {where} it is: name it as it was released")

    def _by_cells(self, content: Path, wanted: list[Place]) -> Place | None:
        """Return the place that shares most cell ids with the file; None where none leads."""
        try:
            cells = read_submission(content).cells
        except Malformed:
            return None
        ids = {i for cell in cells for i in (cell.id, cell.grade_id) if i}
        shared = sorted(((len(ids & self._ids[place]), place) for place in wanted), key=_first)
        best = shared[-1] if shared else (0, None)
        rival = shared[-2][0] if len(shared) > 1 else 0
        return best[1] if best[0] > rival else None

    @cached_property
    def _ids(self) -> dict[Place, set[str]]:
        return {place: _cell_ids(place) for place in self.places}


def _first(pair: tuple[int, Place]) -> int:
    return pair[0]


def _cell_ids(place: Place) -> set[str]:
    section, stem = place
    cells = read_notebook(section.folder / f"{stem}.ipynb").cells
    return {i for cell in cells for i in (cell.id, grade_id(cell)) if i}
