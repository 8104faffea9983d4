"""What a rush of ballots costs the server: a fixed number of statements, however many wait."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event

from server.core import clock
from server.core.access import Actor, Grant, Permission
from server.core.journal import Chain
from server.core.services import Services
from server.core.writer import Tx
from server.voting.ballots import Slip, cast_ballots
from server.voting.bodies import BallotIn
from server.voting.rules import Choice
from server.voting.views import Receipt
from tests.scene import Scene


@contextmanager
def statements(services: Services) -> Iterator[list[str]]:
    """Every SQL statement of the writer meanwhile (one executemany is one)."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(services.database.writer, "before_cursor_execute", note)
    yield seen
    event.remove(services.database.writer, "before_cursor_execute", note)


def slips(services: Services, meeting: int, poll: int, people: list[int]) -> list[Slip]:
    grant = Grant(frozenset({Permission.VOTE_CAST}), meeting_id=meeting)
    return [
        Slip(
            Actor(f"participant:{who}", "Nguyễn Thị Hà", "seat 10.0.0.1", (grant,), participant_id=who), meeting, poll,
            BallotIn(choice=tuple(Choice)[place % 3]), f"touch-{who:08d}", "f" * 64, clock.now(), services.keys,
        )
        for place, who in enumerate(people)
    ]


@pytest.mark.parametrize("seats", [500, 1000])
def test_a_rush_of_ballots_is_a_handful_of_statements(scene: Scene, client: Any, seats: int) -> None:
    meeting = scene.meeting(delegates=seats, present=0)
    scene.run(lambda tx: _all_enter(tx, meeting, scene.people))
    secretary, path = client("secretary"), f"/api/meetings/{meeting}/polls"
    poll = secretary.post(path, {"title": "Thông qua"}).json["id"]
    assert secretary.post(f"{path}/{poll}/open").status_code == 200
    waiting = slips(scene.services, meeting, poll, scene.people)
    took: list[float] = []

    def rush(tx: Tx) -> None:
        for _ in range(3):  # the first pass prepares the statements; none is kept
            tx.chain = Chain(tx)
            nested = tx.begin_nested()
            begun = time.thread_time()  # of this thread alone: other work on the machine does not count
            answers = cast_ballots(tx, waiting)
            tx.flush()
            tx.chain.flush(tx)
            took.append(time.thread_time() - begun)
            assert all(isinstance(answer, Receipt) for answer in answers)
            nested.rollback()
        tx.chain = Chain(tx)
        tx.forget()
        tx.touched.clear()

    with statements(scene.services) as seen:
        scene.run(rush)
    ballots = [statement for statement in seen if "SAVEPOINT" not in statement]
    assert len(ballots) / 3 < 15
    print(f"{seats} ballots: {min(took) * 1000:.1f} ms in the handler, {min(took) / seats * 1e6:.0f} µs each")


def _all_enter(tx: Tx, meeting: int, people: list[int]) -> None:
    from server.attendance.models import Presence  # noqa: PLC0415

    tx.add_all(
        Presence(meeting_id=meeting, participant_id=who, entered_at=tx.now, method="scan", origin="thử")
        for who in people
    )
