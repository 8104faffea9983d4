"""The calendar: other commands put entries there, consoles read them, any calendar program can have them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import icalendar
import pytest

from server import calendar
from server.calendar.models import CalendarEntry
from server.core.access import SYSTEM
from server.core.writer import Tx
from tests.conftest import Caller, code
from tests.scene import Scene

SEALED = calendar.Note("ballots_sealed", "paper:1", date(2027, 5, 25), "Hết hạn niêm phong phiếu bầu", "Điều 33")
COMPLAINTS = calendar.Note(
    "complaints_until", "paper:1", date(2026, 12, 16), "Hết hạn nhận khiếu nại; tố cáo", "Điều 35"
)


@pytest.fixture
def put(scene: Scene) -> Callable[..., None]:
    """As another feature does it: inside its own command, which records itself."""

    def put(meeting: int, *notes: calendar.Note) -> None:
        def command(tx: Tx) -> None:
            for note in notes:
                calendar.put(tx, meeting, note)
            tx.record("test.closed", SYSTEM, meeting)

        scene.run(command)

    return put


def call_off(scene: Scene, meeting: int, subject: str) -> int:
    def command(tx: Tx) -> int:
        tx.record("test.annulled", SYSTEM, meeting)
        return calendar.call_off(tx, meeting, subject)

    return int(scene.run(command))


def events(answer: Any) -> list[Any]:
    assert answer.mimetype == "text/calendar"
    return list(icalendar.Calendar.from_ical(answer.data).walk("VEVENT"))


def test_entries_stand_by_day_with_their_reason(scene: Scene, client: Callable[..., Caller], put: Any) -> None:
    meeting = scene.meeting()
    put(meeting, SEALED, COMPLAINTS)
    found = client("secretary").get(f"/api/meetings/{meeting}/calendar").json["entries"]
    assert [(one["day"], one["kind"], one["note"]) for one in found] == [
        ("2026-12-16", "complaints_until", "Điều 35"), ("2027-05-25", "ballots_sealed", "Điều 33"),
    ]
    assert found[0]["meeting_title"] == "Hội nghị thử"


def test_saying_the_same_again_moves_the_entry_and_keeps_its_identity(scene: Scene, put: Any) -> None:
    meeting = scene.meeting()
    put(meeting, SEALED)
    before = scene.rows(CalendarEntry)[0]
    put(meeting, SEALED)
    put(meeting, calendar.Note("ballots_sealed", "paper:1", date(2027, 5, 26), SEALED.title, SEALED.note))
    put(meeting, calendar.Note("ballots_sealed", "paper:2", date(2027, 5, 26), SEALED.title, SEALED.note))
    after = scene.rows(CalendarEntry)
    assert [(one.subject, one.day, one.serial) for one in after] == [
        ("paper:1", date(2027, 5, 26), 1), ("paper:2", date(2027, 5, 26), 0),
    ]
    assert after[0].uid == before.uid != after[1].uid


def test_a_refused_command_puts_nothing_on_the_calendar(scene: Scene) -> None:
    meeting = scene.meeting()

    def command(tx: Tx) -> None:
        calendar.put(tx, meeting, SEALED)
        raise RuntimeError("the command failed after that")

    with pytest.raises(RuntimeError):
        scene.run(command)
    assert scene.rows(CalendarEntry) == []


def test_the_file_parses_back_as_whole_days(scene: Scene, client: Callable[..., Caller], put: Any) -> None:
    meeting = scene.meeting(title="Hội nghị; bầu bổ sung, đợt 1\\n")
    put(meeting, SEALED, COMPLAINTS)
    answer = client("secretary").get(f"/api/meetings/{meeting}/calendar.ics")
    assert f"lich-cuoc-hop-{meeting}.ics" in answer.headers["Content-Disposition"]
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75  # RFC 5545 §3.1, octets
    first, second = events(answer)
    assert (first.decoded("dtstart"), first.decoded("dtend")) == (date(2026, 12, 16), date(2026, 12, 17))
    assert str(first["summary"]) == COMPLAINTS.title
    assert str(first["description"]) == "Hội nghị; bầu bổ sung, đợt 1\\n\nĐiều 35"
    assert second.decoded("dtstart") == date(2027, 5, 25)
    assert first.walk("VALARM")[0].decoded("trigger") == timedelta(hours=-16)
    assert len({str(one["uid"]) for one in (first, second)}) == 2
    again = client("secretary").get(f"/api/meetings/{meeting}/calendar.ics")
    assert again.data == answer.data


def test_what_was_called_off_tells_so_to_subscribed_calendars(
    scene: Scene, client: Callable[..., Caller], put: Any
) -> None:
    meeting = scene.meeting()
    put(meeting, SEALED, COMPLAINTS)
    assert call_off(scene, meeting, "paper:1") == 2
    assert call_off(scene, meeting, "paper:1") == 0
    found = events(client("secretary").get(f"/api/meetings/{meeting}/calendar.ics"))
    assert {(str(one["status"]), one.decoded("sequence")) for one in found} == {("CANCELLED", 1)}
    listed = client("secretary").get(f"/api/meetings/{meeting}/calendar").json["entries"]
    assert [one["called_off"] for one in listed] == [True, True]
    put(meeting, SEALED)  # counted anew after all
    found = events(client("secretary").get(f"/api/meetings/{meeting}/calendar.ics"))
    assert [str(one["status"]) for one in found] == ["CANCELLED", "CONFIRMED"]


def test_a_unit_sees_its_own_meetings_and_those_below_but_no_rehearsal(
    scene: Scene, client: Callable[..., Caller], put: Any
) -> None:
    below, beside = scene.unit("Đảng ủy xã bên dưới", scene.top), scene.unit("Đảng ủy xã khác", scene.top)
    put(scene.meeting(unit=below), SEALED)
    put(scene.meeting(unit=beside), COMPLAINTS)
    put(scene.meeting(unit=below, rehearsal=True), COMPLAINTS)
    own = client("secretary", below).get(f"/api/units/{below}/calendar").json["entries"]
    assert [one["kind"] for one in own] == ["ballots_sealed"]
    assert len(events(client("secretary").get(f"/api/units/{scene.top}/calendar.ics"))) == 2
    assert code(client("secretary", below).get(f"/api/units/{beside}/calendar")) == "forbidden"


def test_exceptional_days_are_entered_once_and_change_what_is_counted(
    scene: Scene, client: Callable[..., Caller]
) -> None:
    administrator = client("administrator")
    said = {"working": False, "reason": "Nghỉ tránh bão theo công điện"}
    assert administrator.put("/api/calendar/days/2026-10-14", said).status_code == 204
    for reason in ("Làm bù", "Làm bù bão"):
        made_up = {"working": True, "reason": reason}
        assert administrator.put("/api/calendar/days/2026-10-17", made_up).status_code == 204
    assert client("secretary").get("/api/calendar/days").json["days"] == [
        {"day": "2026-10-14", "working": False, "reason": "Nghỉ tránh bão theo công điện"},
        {"day": "2026-10-17", "working": True, "reason": "Làm bù bão"},
    ]
    with scene.services.database.read() as session:
        assert calendar.working_days(session).after(date(2026, 10, 13), 3) == date(2026, 10, 17)
    assert administrator.delete("/api/calendar/days/2026-10-14").status_code == 204
    with scene.services.database.read() as session:
        assert calendar.working_days(session).after(date(2026, 10, 13), 3) == date(2026, 10, 16)


@pytest.mark.parametrize(("method", "day", "body", "expected"), [
    ("PUT", "2026-02-30", {"working": True, "reason": "x"}, "calendar_day_wrong"),
    ("PUT", "hôm qua", {"working": True, "reason": "x"}, "calendar_day_wrong"),
    ("PUT", "2026-02-03", {"working": True, "reason": " "}, "invalid_input"),
    ("DELETE", "2026-02-03", None, "calendar_day_not_found"),
])
def test_what_is_no_day_or_says_no_reason_is_refused(
    client: Callable[..., Caller], method: str, day: str, body: Any, expected: str
) -> None:
    assert code(client("administrator").send(method, f"/api/calendar/days/{day}", body)) == expected
