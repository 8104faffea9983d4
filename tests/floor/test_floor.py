"""Requests to speak: one each, in order, and one speaker at a time."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import insert, select

from server.core.writer import Tx
from server.floor.commands import MOST_WAITING, end_all
from server.floor.models import RequestState, SpeakingRequest
from server.meetings.models import Participant
from tests.conftest import code
from tests.scene import Scene


class Floor:
    """A meeting in session, its secretary and its seats."""

    def __init__(self, scene: Scene, secretary: Any) -> None:
        self.scene, self.secretary = scene, secretary
        self.meeting = scene.meeting(delegates=4, guests=1)
        self.people = list(scene.people)
        self.seats = {person: scene.seat(person) for person in self.people}

    @property
    def path(self) -> str:
        return f"/api/meetings/{self.meeting}/floor"

    def ask(self, place: int, topic: str = "") -> Any:
        return self.seats[self.people[place]].post(f"{self.path}/requests", {"topic": topic})

    def step(self, request: int, name: str) -> Any:
        return self.secretary.post(f"{self.path}/requests/{request}/{name}")

    def view(self) -> dict[str, Any]:
        return self.scene.topic(f"meeting/{self.meeting}/floor", "console")

    def own(self, place: int) -> Any:
        return self.scene.topic(f"meeting/{self.meeting}/me/{self.people[place]}", "seat")["request"]


@pytest.fixture
def floor(scene: Scene, client: Callable[..., Any]) -> Floor:
    return Floor(scene, client("secretary"))


def test_a_request_is_seen_by_all_with_its_place(floor: Floor) -> None:
    first = floor.ask(0, " Về  dự toán ").json["id"]
    floor.ask(4)
    waiting = floor.view()["waiting"]
    assert [request["topic"] for request in waiting] == ["Về dự toán", ""]
    assert waiting[0]["id"] == first
    assert waiting[0]["name"]
    assert waiting[0]["unit"] == "Tỉnh ủy Thử nghiệm"
    assert floor.own(4) == {"id": waiting[1]["id"], "state": "waiting", "place": 2}
    assert floor.own(1) is None


def test_the_call_makes_the_speaker_current_and_leaves_the_wall_alone(floor: Floor) -> None:
    first, second = floor.ask(0).json["id"], floor.ask(1).json["id"]
    assert floor.step(first, "call").status_code == 204
    view = floor.view()
    assert (view["speaking"]["id"], [request["id"] for request in view["waiting"]]) == (first, [second])
    assert view["speaking"]["started_ms"]
    assert floor.own(0) == {"id": first, "state": "speaking", "place": None}
    assert floor.own(1)["place"] == 1
    assert floor.scene.topic(f"meeting/{floor.meeting}/wall", "wall")["scene"] == "welcome"


def test_calling_the_next_finishes_the_one_before(floor: Floor) -> None:
    # The later request is called first, so that the rows change in the order that is harder for the unique index.
    first, second = floor.ask(0).json["id"], floor.ask(1).json["id"]
    floor.step(second, "call")
    floor.step(first, "call")
    assert floor.view()["speaking"]["id"] == first
    done = floor.scene.row(SpeakingRequest, second)
    assert (done.state, done.ended_at is not None) == (RequestState.DONE, True)
    assert floor.step(first, "finish").status_code == 204
    assert floor.view() == {"speaking": None, "waiting": []}


def test_who_was_skipped_or_withdrew_may_ask_again(floor: Floor) -> None:
    request = floor.ask(0).json["id"]
    assert floor.step(request, "skip").status_code == 204
    assert floor.ask(0).status_code == 200
    seat = floor.seats[floor.people[0]]
    assert seat.delete(f"{floor.path}/requests/mine").status_code == 204
    assert code(seat.delete(f"{floor.path}/requests/mine")) == "request_not_found"
    assert floor.ask(0).status_code == 200


def test_the_secretary_sets_the_whole_order(floor: Floor) -> None:
    ids = [floor.ask(place).json["id"] for place in range(3)]
    wanted = [ids[2], ids[0], ids[1]]
    assert floor.secretary.put(f"{floor.path}/order", {"order": wanted}).status_code == 204
    assert [request["id"] for request in floor.view()["waiting"]] == wanted
    assert floor.own(2)["place"] == 1
    late = floor.ask(3).json["id"]
    assert [request["id"] for request in floor.view()["waiting"]] == [*wanted, late]


def test_all_whose_place_changes_are_told(floor: Floor) -> None:
    ids = [floor.ask(place).json["id"] for place in range(3)]
    touched: dict[str, int] = {}
    floor.scene.services.writer.published = touched.update
    floor.step(ids[1], "skip")
    personal = {topic.rsplit("/", 1)[1] for topic in touched if "/me/" in topic}
    assert personal == {str(floor.people[1]), str(floor.people[2])}


def _twice(floor: Floor) -> Any:
    floor.ask(0)
    return floor.ask(0)


def _while_speaking(floor: Floor) -> Any:
    floor.step(floor.ask(0).json["id"], "call")
    return floor.ask(0)


def _call_finished(floor: Floor) -> Any:
    request = floor.ask(0).json["id"]
    floor.step(request, "skip")
    return floor.step(request, "call")


def _finish_waiting(floor: Floor) -> Any:
    return floor.step(floor.ask(0).json["id"], "finish")


def _call_nobody(floor: Floor) -> Any:
    return floor.step(12345, "call")


def _of_another_meeting(floor: Floor) -> Any:
    request = floor.ask(0).json["id"]
    floor.meeting = floor.scene.meeting()
    return floor.step(request, "call")


def _stale_order(floor: Floor) -> Any:
    request = floor.ask(0).json["id"]
    floor.ask(1)
    return floor.secretary.put(f"{floor.path}/order", {"order": [request]})


def _doubled_order(floor: Floor) -> Any:
    request = floor.ask(0).json["id"]
    return floor.secretary.put(f"{floor.path}/order", {"order": [request, request]})


def _in_draft(floor: Floor) -> Any:
    floor.meeting = floor.scene.meeting(state="draft")
    return floor.scene.seat(floor.scene.people[0]).post(f"{floor.path}/requests", {"topic": ""})


def _call_while_paused(floor: Floor) -> Any:
    floor.meeting = floor.scene.meeting(state="paused")
    request = floor.scene.seat(floor.scene.people[0]).post(f"{floor.path}/requests", {"topic": ""})
    return floor.step(request.json["id"], "call")


def _after_close(floor: Floor) -> Any:
    floor.meeting = floor.scene.meeting(state="closed")
    return floor.scene.seat(floor.scene.people[0]).post(f"{floor.path}/requests", {"topic": ""})


def _too_long(floor: Floor) -> Any:
    return floor.ask(0, "x" * 201)


def _seat_calls(floor: Floor) -> Any:
    return floor.seats[floor.people[1]].post(f"{floor.path}/requests/{floor.ask(0).json['id']}/call")


def _secretary_asks(floor: Floor) -> Any:
    return floor.secretary.post(f"{floor.path}/requests", {"topic": ""})


@pytest.mark.parametrize(
    ("attempt", "status", "expected"),
    [
        (_twice, 409, "request_already_open"),
        (_while_speaking, 409, "request_already_open"),
        (_call_finished, 409, "request_not_waiting"),
        (_finish_waiting, 409, "request_not_speaking"),
        (_call_nobody, 404, "request_not_found"),
        (_of_another_meeting, 404, "request_not_found"),
        (_stale_order, 409, "floor_order_stale"),
        (_doubled_order, 409, "floor_order_stale"),
        (_in_draft, 409, "floor_not_open"),
        (_call_while_paused, 409, "meeting_not_in_session"),
        (_after_close, 409, "meeting_closed"),
        (_too_long, 422, "invalid_input"),
        (_seat_calls, 403, "forbidden"),
        (_secretary_asks, 403, "forbidden"),
    ],
)
def test_what_is_not_possible_is_refused_in_words(floor: Floor, attempt: Any, status: int, expected: str) -> None:
    answer = attempt(floor)
    assert (answer.status_code, code(answer)) == (status, expected)
    assert answer.json["next"]


def test_at_most_two_hundred_wait_and_the_topic_stays_readable(floor: Floor) -> None:
    floor.meeting = floor.scene.meeting(delegates=MOST_WAITING + 1)

    def fill(tx: Tx) -> None:
        people = tx.scalars(select(Participant.id).where(Participant.meeting_id == floor.meeting)).all()
        tx.execute(insert(SpeakingRequest), [
            {"meeting_id": floor.meeting, "participant_id": who, "topic": "", "state": "waiting", "position": place,
             "requested_at": tx.now}
            for place, who in enumerate(people[:MOST_WAITING])
        ])

    floor.scene.run(fill)
    answer = floor.scene.seat(floor.scene.people[-1]).post(f"{floor.path}/requests", {"topic": ""})
    assert (answer.status_code, code(answer)) == (409, "floor_full")
    assert str(MOST_WAITING) in answer.json["detail"]
    assert len(floor.view()["waiting"]) == MOST_WAITING


def test_the_table_itself_allows_one_open_request_each(floor: Floor) -> None:
    floor.ask(0)
    row = {"meeting_id": floor.meeting, "participant_id": floor.people[0], "topic": "", "state": "speaking",
           "position": 9}

    def twice(tx: Tx) -> None:
        tx.execute(insert(SpeakingRequest), [row | {"requested_at": tx.now}])

    with pytest.raises(Exception, match="UNIQUE"):
        floor.scene.run(twice)


def test_closing_the_meeting_ends_all_requests(floor: Floor) -> None:
    first = floor.ask(0).json["id"]
    floor.ask(1)
    floor.step(first, "call")

    def close(tx: Tx) -> None:
        end_all(tx, floor.meeting)
        from server.core.access import SYSTEM  # noqa: PLC0415

        tx.record("meeting.closed", SYSTEM, floor.meeting)

    floor.scene.run(close)
    assert floor.view() == {"speaking": None, "waiting": []}
