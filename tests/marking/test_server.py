"""The page's server: who may ask it, what it says to what is wrong, and what it never says."""

from __future__ import annotations

import json

import pytest

from course.errors import CourseError
from course.marking.server import FILES, LARGEST, listen
from tests.classes import record
from tests.marking.serving import ANSWERS, WHY

READING = [f"/api/{what}?question={WHY}" for what in ("questions", "sheet", "marks", "names")]
READING += [f"/api/answers?question={WHY}&id=x"]
OTHER = "http://example.org"


def sheet(served) -> dict:
    status, told, _ = served.ask("GET", f"/api/sheet?question={WHY}")
    assert status == 200
    return told["is"]


def put(served, mark: dict, **change) -> tuple:
    sent = {"question": WHY, "id": mark["id"], "seen": mark["version"], **change}
    return served.ask("PUT", "/api/mark", sent)[:2]


class TestWhoMayAsk:
    @pytest.mark.parametrize("path", READING)
    @pytest.mark.parametrize("token", [None, "", "Bearer ", "Bearer wrong", "Basic {}", "{}"])
    def test_nothing_of_the_course_is_told_without_the_token(self, served, path, token):
        given = token and token.format(served.guard.token)
        status, told, _ = served.ask("GET", path, Authorization=given)
        assert status == 401 and set(told) == {"error"}

    @pytest.mark.parametrize(
        ("method", "path"), [("PUT", "mark"), ("PUT", "comment"), ("DELETE", "comment")]
    )
    def test_nothing_is_changed_without_the_token(self, served, method, path):
        assert served.ask(method, f"/api/{path}", {}, Authorization=None)[0] == 401

    @pytest.mark.parametrize("host", ["example.org", "127.0.0.1.example.org", "", "[", "0.0.0.0"])
    @pytest.mark.parametrize("path", ["/", "/mark.js", READING[1]])
    def test_a_name_that_somebody_has_pointed_here_is_refused(self, served, path, host):
        assert served.ask("GET", path, Host=host)[0] in (400, 403)

    @pytest.mark.parametrize("host", ["localhost:{}", "127.0.0.1:{}", "localhost:8000"])
    def test_this_machine_is_known_by_its_names_on_any_port(self, served, host):
        host = host.format(served.port)
        assert served.ask("GET", READING[0], Host=host)[0] == 200

    @pytest.mark.parametrize("origin", [OTHER, "null", "http://127.0.0.1:1", None])
    def test_no_other_page_changes_anything(self, served, origin):
        (mark, *_) = sheet(served)["marks"]
        sent = {"question": WHY, "id": mark["id"], "seen": mark["version"], "points": 2}
        assert served.ask("PUT", "/api/mark", sent, Origin=origin)[0] == 403
        assert sheet(served)["marks"][0]["points"] is None

    @pytest.mark.parametrize(
        "headers",
        [{"Origin": OTHER}, {"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}],
    )
    def test_no_other_page_reads_anything(self, served, headers):
        assert served.ask("GET", READING[1], **headers)[0] == 403

    def test_no_other_page_is_given_leave(self, served):
        asking = {"Origin": OTHER, "Access_Control_Request_Method": "PUT"}
        asking |= {"Access_Control_Request_Headers": "authorization"}
        status, _, headers = served.ask("OPTIONS", "/api/mark", **asking)
        assert status == 403
        for path in ("/", "/mark.js", READING[1]):
            headers = served.ask("GET", path)[2]
            assert not [name for name in headers if name.lower().startswith("access-control")]
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
            assert headers["Cache-Control"] == "no-store" and "Set-Cookie" not in headers

    def test_the_page_itself_holds_nothing_of_the_course(self, served):
        for path in ("", *FILES):
            status, text, _ = served.ask("GET", f"/{path}", Authorization=None)
            assert status == 200 and served.guard.token not in text and "01-sums" not in text

    @pytest.mark.parametrize(
        "path", ["/gradebook.db", "/../server.py", "/answer.html.jinja", "/api/"]
    )
    def test_nothing_else_is_served(self, served, path):
        assert served.ask("GET", path)[0] in (401, 404)

    def test_a_ticket_is_good_once(self, served):
        ticket = {"ticket": served.guard.ticket()}
        status, told, _ = served.ask("POST", "/api/ticket", ticket, Authorization=None)
        assert (status, told["is"]) == (200, served.guard.token)
        for spent in (ticket, {"ticket": "x"}, {"ticket": None}, {}):
            assert served.ask("POST", "/api/ticket", spent, Authorization=None)[0] == 401

    def test_a_ticket_is_of_no_use_to_another_page(self, served):
        ticket = {"ticket": served.guard.ticket()}
        assert served.ask("POST", "/api/ticket", ticket, Origin=OTHER)[0] == 403
        assert served.ask("POST", "/api/ticket", ticket)[0] == 200


class TestWhatIsTold:
    def test_a_question_with_its_task_its_guide_and_its_marks(self, served):
        told = sheet(served)
        assert told["name"] == "1.4 · Say why" and told["points"] == 2
        assert "Say why" in told["task"] and "Because." in told["guide"]
        assert len(told["marks"]) == 4
        assert [mark["empty"] for mark in told["marks"]] == [False, False, False, True]

    def test_whose_an_answer_is_only_where_it_is_asked_for(self, served):
        ids = [mark["id"] for mark in sheet(served)["marks"]]
        asked = "&".join(f"id={id_}" for id_ in ids)
        answers = served.ask("GET", f"/api/answers?question={WHY}&{asked}")[1]["is"]
        for told in (sheet(served), answers, served.ask("GET", READING[2])[1]):
            text = json.dumps(told)
            assert not [name for name in (*ANSWERS, "dan") if f'"{name}"' in text]
        names = served.ask("GET", READING[3])[1]["is"]
        assert sorted(names.values()) == ["ann", "bob", "cyd", "dan"]
        assert set(names) == set(ids) == set(answers)

    def test_nothing_that_a_student_wrote_is_active(self, served):
        asked = "&".join(f"id={mark['id']}" for mark in sheet(served)["marks"])
        answers = served.ask("GET", f"/api/answers?question={WHY}&{asked}")[1]["is"]
        pages = [one["html"] for one in answers.values()]
        assert sum("<strong>grows</strong>" in page and "<math" in page for page in pages) == 1
        assert not [page for page in pages if "<script" in page or "href" in page]

    def test_how_many_wait(self, served):
        (mark, *_) = (m for m in sheet(served)["marks"] if m["awaited"])
        assert put(served, mark, points=1)[0] == 200
        (one,) = served.ask("GET", "/api/questions")[1]["is"]
        assert (one["answers"], one["waiting"], one["empty"]) == (3, 2, 1)

    def test_what_was_put_is_what_comes_back(self, served):
        (mark, *_) = sheet(served)["marks"]
        status, told = put(served, mark, points=1.5, comment="Say why.")
        assert status == 200 and told["is"]["points"] == 1.5
        assert told["is"] in sheet(served)["marks"]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"points": 3}, "3 is no number of points for Exercise 1.4 · why. Give 0 to 2."),
            ({"points": "2"}, "'2' is no number of points"),
            ({"points": -0.5}, "Give 0 to 2."),
            ({"comment": "x" * 4_001}, "The comment has 4,001 characters. Give a text of at most"),
            ({"comment": ["x"]}, "The comment is no text."),
            ({"score": 2}, "score is no change of a mark. Give points, comment, or both"),
            ({}, "Nothing is no change of a mark."),
            ({"awaited": True}, "awaited goes with points"),
        ],
    )
    def test_what_a_mark_cannot_be_is_refused_in_a_sentence(self, served, change, words):
        (mark, *_) = sheet(served)["marks"]
        status, told = put(served, mark, **change)
        assert status == 400 and words in told["error"]
        assert sheet(served)["marks"][0] == mark

    @pytest.mark.parametrize("body", [b"", b"{", b"[1]", b"[" * 30_000, b"\xff", b"null"])
    @pytest.mark.parametrize(
        ("method", "what"), [("PUT", "mark"), ("PUT", "comment"), ("POST", "ticket")]
    )
    def test_what_is_no_json_object_is_refused(self, served, method, what, body):
        status, told, _ = served.ask(method, f"/api/{what}", body)
        assert (status, told["error"]) == (400, "What was sent is no JSON object.")

    def test_what_is_too_large_is_not_read(self, served):
        try:
            status, told, _ = served.ask("PUT", "/api/mark", b"x" * (LARGEST + 1))
        except ConnectionError:  # it was hung up on before all of it was sent
            return
        assert (status, told) == (400, "")

    @pytest.mark.parametrize("what", ["sheet", "marks", "names", "answers"])
    def test_a_question_that_there_is_not_is_refused(self, served, what):
        status, told, _ = served.ask("GET", f"/api/{what}?question=../x")
        assert status == 400 and "There is no question '../x' here." in told["error"]

    def test_who_was_overtaken_is_told_what_stands_there(self, served):
        (mark, *_) = sheet(served)["marks"]
        assert put(served, mark, points=2, comment="Mine.")[0] == 200
        status, told = put(served, mark, points=0)
        assert status == 409 and "was changed meanwhile" in told["error"]
        assert (told["now"]["points"], told["now"]["comment"]) == (2, "Mine.")
        assert put(served, told["now"], points=0)[0] == 200

    def test_who_marks_an_answer_that_has_changed_is_told(self, served):
        marks = sheet(served)["marks"]
        record(served.desk.course, "ann", answer="another")
        status = [put(served, mark, points=1)[0] for mark in marks]
        assert sorted(status) == [200, 200, 200, 409]

    def test_a_gradebook_that_cannot_be_used_is_told(self, served):
        (mark, *_) = sheet(served)["marks"]
        (served.desk.course.root / "gradebook.db").write_bytes(b"no database" * 100)
        status, told = put(served, mark, points=1)
        assert status == 503 and "cannot be read" in told["error"]

    def test_a_port_that_is_in_use_is_told(self, served):
        with pytest.raises(CourseError, match=rf"Port {served.port} .*Give another with --port"):
            listen(served.port)


class TestComments:
    def change(self, served, method: str, text: object) -> tuple:
        return served.ask(method, "/api/comment", {"question": WHY, "text": text})[:2]

    def test_they_are_kept_for_the_question(self, served):
        assert self.change(served, "PUT", "Say why.") == (200, {"is": ["Say why."]})
        assert self.change(served, "PUT", "How much?") == (200, {"is": ["Say why.", "How much?"]})
        assert self.change(served, "PUT", " Say why. ")[1] == {"is": ["Say why.", "How much?"]}
        assert sheet(served)["comments"] == ["Say why.", "How much?"]
        assert self.change(served, "DELETE", "Say why.") == (200, {"is": ["How much?"]})

    @pytest.mark.parametrize("text", ["", "  ", None, 7, "x" * 4_001])
    def test_what_is_no_comment_is_not_kept(self, served, text):
        status, told = self.change(served, "PUT", text)
        assert status == 400 and "cannot be kept" in told["error"]

    def test_a_file_that_holds_none_is_told_and_left_alone(self, served):
        path = served.desk.course.root / "marking-comments.json"
        for text in ("{", "[]", '{"x": [1]}'):
            path.write_text(text, encoding="utf-8")
            status, told = self.change(served, "PUT", "Say why.")
            assert status == 503 and "marking-comments.json holds no comments" in told["error"]
            assert path.read_text(encoding="utf-8") == text
