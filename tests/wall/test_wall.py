"""The wall shows what the console chose, until it chooses again, whatever is restarted."""

from collections.abc import Callable
from typing import Any

import pytest

from server.app import create_app
from server.core.config import Settings
from tests.conftest import code
from tests.scene import Scene


@pytest.fixture
def secretary(client: Callable[..., Any]) -> Any:
    return client("secretary")


def test_a_meeting_begins_with_the_welcome_and_its_address(scene: Scene, secretary: Any, settings: Settings) -> None:
    meeting = scene.meeting(join_code="ABCD2345")
    view = scene.topic(f"meeting/{meeting}/wall", "wall")
    assert (view["scene"], view["poll_id"], view["text"]) == ("welcome", None, None)
    assert view["check_in_url"] == f"{settings.address}/seat/?m=ABCD2345"


@pytest.mark.parametrize("name", ["welcome", "agenda", "document", "vote", "speaker", "attendance", "blank"])
def test_a_scene_needs_only_its_name(scene: Scene, secretary: Any, name: str) -> None:
    meeting = scene.meeting()
    assert secretary.put(f"/api/meetings/{meeting}/wall", {"scene": name}).status_code == 204
    for audience in ("wall", "console", "seat"):
        assert scene.topic(f"meeting/{meeting}/wall", audience)["scene"] == name


@pytest.mark.parametrize(
    ("said", "status", "expected"),
    [
        ({"scene": "fireworks"}, 422, "invalid_input"),
        ({}, 422, "invalid_input"),
        ({"scene": "notice"}, 422, "wall_scene_incomplete"),
        ({"scene": "notice", "text": " \t "}, 422, "wall_scene_incomplete"),
        ({"scene": "notice", "text": "x" * 501}, 422, "invalid_input"),
        ({"scene": "agenda", "text": "lời"}, 422, "wall_scene_incomplete"),
        ({"scene": "agenda", "poll_id": 1}, 422, "wall_scene_incomplete"),
        ({"scene": "result"}, 422, "wall_scene_incomplete"),
        ({"scene": "result", "poll_id": 77}, 404, "poll_not_found"),
        ({"scene": "vote", "poll_id": 77}, 404, "poll_not_found"),
    ],
)
def test_a_scene_without_what_it_needs_is_refused(
    scene: Scene, secretary: Any, said: dict[str, Any], status: int, expected: str
) -> None:
    meeting = scene.meeting()
    answer = secretary.put(f"/api/meetings/{meeting}/wall", said)
    assert (answer.status_code, code(answer)) == (status, expected)
    assert scene.topic(f"meeting/{meeting}/wall", "wall")["scene"] == "welcome"


def test_a_result_is_shown_once_the_vote_is_closed(scene: Scene, secretary: Any) -> None:
    meeting = scene.meeting(present=2)
    path = f"/api/meetings/{meeting}"
    poll = secretary.post(f"{path}/polls", {"title": "Thông qua"}).json["id"]
    assert code(secretary.put(f"{path}/wall", {"scene": "result", "poll_id": poll})) == "poll_not_closed"
    assert code(secretary.put(f"{path}/wall", {"scene": "vote", "poll_id": poll + 1})) == "poll_not_found"
    secretary.post(f"{path}/polls/{poll}/open")
    assert secretary.put(f"{path}/wall", {"scene": "vote", "poll_id": poll}).status_code == 204
    secretary.post(f"{path}/polls/{poll}/close")
    assert secretary.put(f"{path}/wall", {"scene": "result", "poll_id": poll}).status_code == 204
    assert scene.topic(f"meeting/{meeting}/wall", "wall")["poll_id"] == poll


def test_a_vote_is_introduced_with_its_rule_before_it_opens_on_the_wall_alone(scene: Scene, secretary: Any) -> None:
    meeting = scene.meeting(present=2)
    path, vote = f"/api/meetings/{meeting}", f"meeting/{meeting}/vote"
    first, second = (secretary.post(f"{path}/polls", {"title": title}).json["id"] for title in ("Một", "Hai"))
    assert scene.topic(vote, "wall")["poll"] is None
    assert secretary.put(f"{path}/wall", {"scene": "vote", "poll_id": second}).status_code == 204
    shown = scene.topic(vote, "wall")["poll"]
    assert (shown["id"], shown["state"]) == (second, "draft")
    assert (shown["rule"]["base_count"], shown["rule"]["needed"], shown["tally"]) == (3, 2, None)
    assert scene.topic(vote, "seat")["poll"] is None
    secretary.post(f"{path}/polls/{first}/open")
    assert scene.topic(vote, "wall")["poll"]["id"] == first


def test_the_scene_is_kept_across_a_restart(scene: Scene, secretary: Any, settings: Settings) -> None:
    meeting = scene.meeting()
    secretary.put(f"/api/meetings/{meeting}/wall", {"scene": "notice", "text": "Giải lao 15 phút"})
    before = scene.topic(f"meeting/{meeting}/wall", "wall")
    assert before["text"] == "Giải lao 15 phút"
    app, _ = create_app(settings)
    again = app.extensions["nghisu"]
    try:
        assert Scene.topic(_Reader(again), f"meeting/{meeting}/wall", "wall") == before  # type: ignore[arg-type]
    finally:
        again.database.dispose()
        again.bus.close()


class _Reader:
    """Just enough of a scene to read a topic."""

    def __init__(self, services: Any) -> None:
        self.services = services


def test_what_one_meeting_shows_is_not_anothers(scene: Scene, secretary: Any) -> None:
    one, other = scene.meeting(), scene.meeting()
    secretary.put(f"/api/meetings/{one}/wall", {"scene": "blank"})
    assert scene.topic(f"meeting/{other}/wall", "wall")["scene"] == "welcome"


def test_a_closed_meetings_wall_stays(scene: Scene, secretary: Any) -> None:
    meeting = scene.meeting(state="closed")
    assert code(secretary.put(f"/api/meetings/{meeting}/wall", {"scene": "blank"})) == "meeting_closed"


def test_only_who_runs_the_meeting_chooses(scene: Scene, client: Callable[..., Any]) -> None:
    meeting = scene.meeting()
    for role in ("chair", "administrator", "technician", "teller", "steward", "nobody"):
        answer = client(role).put(f"/api/meetings/{meeting}/wall", {"scene": "blank"})
        assert answer.status_code in (401, 403), role
