"""What the page asks for and what it sends, as plain data; the gradebook is opened for each.

Answers go by the gradebook's own names of their marks: whose they are is told only when it is asked
for.
"""

from __future__ import annotations

import hashlib
from typing import Any

from course.errors import CourseError
from course.folder import Course
from course.harmless.shown import clean
from course.marking import comments
from course.marking.questions import Question
from course.marking.reading import read_answer
from course.record.by_hand import ByHand
from course.record.named import Named
from course.record.store import Record, open_record
from course.returns.everybody import nothing_graded

# An exercise's verdict where there is an answer to read, or the cell as it was handed out.
READ = ("manual", "unanswered")
FIELDS = {"points", "comment", "awaited"}
MOST_ANSWERS = 50  # read at once


class Desk:
    """The questions of a course that are marked, and their answers.

    Parameters
    ----------
    course : Course
    questions : list of Question
    """

    def __init__(self, course: Course, questions: list[Question]) -> None:
        self.course = course
        self.questions = {question.key: question for question in questions}

    def overview(self) -> list[dict[str, Any]]:
        """Return how many answers each question has, and how many wait, where people were graded.

        Raises
        ------
        CourseError
            When nobody has been graded in any of their sections.
        """
        with open_record(self.course) as record:
            for section in {question.section.name for question in self.questions.values()}:
                record.assess(section)  # formgrader may have marked one of a group
            found = {q: record.by_hand(q.place, _aside) for q in self.questions.values()}
        if not any(found.values()):
            raise nothing_graded(list({q.section.name: q.section for q in found}.values()))
        return [_counted(question, _read(marks)) for question, marks in found.items() if marks]

    def sheet(self, key: str) -> dict[str, Any]:
        """Return a question with its task, its guide, and the marks of all answers to it."""
        question = self._question(key)
        with open_record(self.course) as record:
            record.assess(question.section.name)
            found = _answers(record, question)
        return {
            "key": key,
            "name": question.exercise.called,
            "section": question.section.title,
            "points": question.exercise.points,
            "task": question.task,
            "guide": question.guide,
            "marks": [told(one) for one in sorted(found, key=_anyhow)],
            "comments": comments.kept(self.course, key),
        }

    def marks(self, key: str) -> dict[str, Any]:
        """Return the marks of all answers to a question as they stand now."""
        with open_record(self.course) as record:
            found = _answers(record, self._question(key))
        return {"marks": [told(one) for one in found]}

    def answers(self, key: str, ids: list[str]) -> dict[str, Any]:
        """Return what was written, of some answers to a question."""
        question = self._question(key)
        with open_record(self.course) as record:
            found = {one.id: one for one in _answers(record, question, ids[:MOST_ANSWERS])}
        read = {id_: read_answer(self.course, question, one.student) for id_, one in found.items()}
        return {
            id_: {"html": one.html, "length": one.length, "answer": found[id_].row.answer}
            for id_, one in read.items()
        }

    def names(self, key: str) -> dict[str, str]:
        """Return whose the answers to a question are."""
        with open_record(self.course) as record:
            found, known = _answers(record, self._question(key)), record.students()
        return {
            one.id: clean(", ".join(known.get(id_, Named(id_)).called for id_ in _authors(one)))
            for one in found
        }

    def mark(self, key: str, mark: str, seen: str, change: dict[str, Any]) -> dict[str, Any]:
        """Change a mark, and return it as it stands then in the gradebook.

        Raises
        ------
        CourseError
            When the change is none; see also `course.record.by_hand.enter_by_hand`.
        """
        if set(change) - FIELDS or not change.keys() & {"points", "comment"}:
            raise CourseError(
                f"{', '.join(sorted(change)) or 'Nothing'} is no change of a mark.",
                "Give points, comment, or both; awaited goes with points.",
            )
        with open_record(self.course) as record:
            return told(record.mark(self._question(key).place, mark, seen, **change))

    def keep(self, key: str, text: str) -> list[str]:
        """Keep a comment for reuse, and return all of that question."""
        return comments.keep(self.course, self._question(key).key, text)

    def drop(self, key: str, text: str) -> list[str]:
        """Keep a comment no longer, and return the others of that question."""
        return comments.drop(self.course, self._question(key).key, text)

    def _question(self, key: str) -> Question:
        if key not in self.questions:
            raise CourseError(f"There is no question {key!r} here.", "Load the page again.")
        return self.questions[key]


def told(one: ByHand) -> dict[str, Any]:
    """Return a mark as the page is told it: without whose it is."""
    return {
        "id": one.id,
        "points": one.points,
        "extra": one.extra,
        "comment": one.comment,
        "max": one.row.max_points,
        "awaited": one.awaited,
        "empty": _is_empty(one),
        "answer": one.row.answer,
        "version": one.version,
    }


def _counted(question: Question, marks: list[ByHand]) -> dict[str, Any]:
    empty = sum(map(_is_empty, marks))
    return {
        "key": question.key,
        "name": question.exercise.called,
        "section": question.section.name,
        "answers": len(marks) - empty,
        "empty": empty,
        "waiting": sum(one.awaited for one in marks),
    }


def _answers(record: Record, question: Question, only: list[str] | None = None) -> list[ByHand]:
    return _read(record.by_hand(question.place, _aside, only))


def _read(marks: list[ByHand]) -> list[ByHand]:
    """Return the answers that can be read; a group's once, from who of it handed in."""
    found: dict[str, ByHand] = {}
    for one in sorted(marks, key=lambda one: one.student):
        if one.row.verdict in READ:
            team = one.attempt.team
            work = f"group {one.attempt.hashes.submission}" if team else one.student
            if work not in found or (team and team.by == one.student):
                found[work] = one
    return list(found.values())


def _authors(one: ByHand) -> tuple[str, ...]:
    team = one.attempt.team
    return team.members if team else (one.student,)


def _aside(trouble: CourseError) -> None:
    """Pass by what cannot be used: `course grade`, `feedback` and `report` tell of it."""


def _is_empty(one: ByHand) -> bool:
    """Tell whether nothing was written, and no person has said otherwise."""
    return one.row.verdict == "unanswered" and one.points is None


def _anyhow(one: ByHand) -> tuple[bool, str]:
    """Return what puts answers in an order that tells nothing, the same at every start.

    What was left empty comes last.
    """
    return _is_empty(one), hashlib.sha256(one.id.encode()).hexdigest()
