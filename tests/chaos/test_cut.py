"""A seat loses its connection in the middle of a vote and comes back by itself."""

import sqlite3

import pytest

from server.rehearsal.browser import Browser, new_key
from server.rehearsal.loop import Loop
from server.rehearsal.seat import Seat
from server.rehearsal.wire import Answer
from tests.bench.house import House

pytestmark = pytest.mark.chaos


def open_poll(server: House, secretary: Browser) -> int:
    polls = f"/api/meetings/{server.meeting_id}/polls"
    poll = int(secretary.do("POST", polls, {"title": "Biểu quyết"}).json()["id"])
    assert secretary.do("POST", f"{polls}/{poll}/open", {}).ok
    return poll


def ballots_of(server: House, poll: int, participant: int) -> tuple[list[str], int]:
    """Stored choices, and how often the journal tells of one."""
    rows = sqlite3.connect(server.folder / "nghisu.db")
    choices = rows.execute(
        "SELECT choice FROM ballot WHERE poll_id = ? AND participant_id = ?", (poll, participant)
    ).fetchall()
    (told,) = rows.execute(
        "SELECT count(*) FROM journal WHERE action = 'ballot.cast' AND json_extract(data, '$.poll') = ?"
        " AND json_extract(data, '$.participant') = ?", (poll, participant)
    ).fetchone()
    rows.close()
    return [row[0] for row in choices], told


# How long the request is on its way before the line is cut: before it is read, while it waits, after it is answered.
@pytest.mark.parametrize("moment", [0.0, 0.001, 0.003, 0.01, 0.05])
def test_a_ballot_cut_off_on_its_way_arrives_once(
    server: House, loop: Loop, secretary: Browser, moment: float
) -> None:
    poll = open_poll(server, secretary)
    seat = Seat(loop, server.target, token=server.tokens[2], topics=server.seat_topics(3))
    seat.start()
    assert loop.run(lambda: seat.online, 20)
    answers: list[Answer] = []
    path = f"/api/meetings/{server.meeting_id}/polls/{poll}/ballot"
    seat.http.ask("POST", path, {"choice": "for"}, done=answers.append)
    loop.rest(moment)
    seat.cut()
    assert loop.run(lambda: bool(answers) and seat.online, 30)
    assert answers[0].json()["choice"] == "for"
    assert ballots_of(server, poll, 3) == (["for"], 1)
    mine = server.topic("me/3")
    assert loop.run(lambda: (seat.copies[mine].data["ballot"] or {}).get("poll_id") == poll, 10)
    seat.stop()
    assert secretary.do("POST", f"/api/meetings/{server.meeting_id}/polls/{poll}/close").ok


def test_the_same_ballot_sent_again_later_gets_the_same_receipt(
    server: House, loop: Loop, secretary: Browser
) -> None:
    poll = open_poll(server, secretary)
    path = f"/api/meetings/{server.meeting_id}/polls/{poll}/ballot"
    key = new_key()
    receipts = []
    for _ in range(3):
        screen = Browser(loop, server.target, "seat", server.tokens[4])
        receipts.append(screen.do("POST", path, {"choice": "against"}, key=key).json())
        screen.close()
    assert receipts[0] == receipts[1] == receipts[2]
    assert ballots_of(server, poll, 5) == (["against"], 1)
    assert secretary.do("POST", f"/api/meetings/{server.meeting_id}/polls/{poll}/close").ok


def test_a_seat_that_was_away_sees_what_happened_meanwhile(server: House, loop: Loop, secretary: Browser) -> None:
    seat = Seat(loop, server.target, token=server.tokens[6], topics=server.seat_topics(7))
    seat.start()
    assert loop.run(lambda: seat.online, 20)
    seat.cut()
    assert secretary.do(
        "POST", f"/api/meetings/{server.meeting_id}/notices", {"text": "Giải lao mười phút"}
    ).ok
    header = server.topic("header")
    assert loop.run(lambda: (seat.copies[header].data["notice"] or {}).get("text") == "Giải lao mười phút", 20)
    seat.stop()
