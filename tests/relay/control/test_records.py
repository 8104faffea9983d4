"""What stays of a conference: the log, the report to file, the recordings, and who may take one."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from server.core import clock
from server.core.journal import JournalEntry
from server.core.writer import Tx
from server.meetings.models import Meeting
from server.relay import connections, recordings
from server.relay.board import seen
from server.relay.daemon.ingest.nal import SPS, kind, shape, split
from server.relay.daemon.recorder import index
from server.relay.daemon.recorder.fragments import HZ, Fragments, head
from server.relay.daemon.recorder.index import Entry
from server.relay.daemon.units import Flag, Track, Unit
from server.relay.models import Conference, Incident
from server.relay.plan import Rung
from server.relay.reports import ConferenceReport, RecordingReport
from server.relay.roll import Change, Rungs
from tests.conftest import code
from tests.relay.clip import clip, units
from tests.relay.control.conference import Relay

FILE = "20261130T080000-1.mp4"


def spell(relay: Relay, site: int, begins: int, ends: int, worst: Rung = "top") -> None:
    """A site is connected from so many minutes after now to so many."""
    number = relay.scene.rows(Conference)[0].id

    def at(minutes: int, change: Change) -> None:
        def command(tx: Tx) -> None:
            tx.now += timedelta(minutes=minutes)
            connections.note(tx, number, change)

        relay.scene.run(command)

    at(begins, Change(begun={site: Rungs("top", "top")}))
    at(ends, Change(ended={site: (0.0, Rungs("top", worst))}))


@pytest.fixture
def over(relay: Relay) -> Relay:
    """A conference that is over: the first site was cut off once, the second is in it all the time, the third never."""
    relay.live()
    for site in relay.sites[:2]:
        relay.admit(site)
    spell(relay, relay.sites[0], 0, 30, "low")
    spell(relay, relay.sites[0], 45, 90)
    spell(relay, relay.sites[1], 1, 120)
    relay.put(f"/sites/{relay.sites[1]}/headcount", {"people": 45})
    relay.post("/incidents", {"text": "Mất điện ba phút", "site_id": relay.sites[0]})
    relay.step("ended")
    return relay


def test_the_log_is_filtered_searched_and_paged(over: Relay) -> None:
    everything = over.get("/incidents").json
    assert (everything["total"], everything["open"]) == (4, 1)
    assert [one["code"] for one in everything["incidents"]].count("site_lost") == 3
    assert over.get("/incidents?kind=note").json["incidents"][0]["text"] == "Mất điện ba phút"
    assert over.get(f"/incidents?site_id={over.sites[1]}").json["total"] == 1
    assert over.get("/incidents?search=mat+dien").json["total"] == 1
    assert over.get("/incidents?search=xa+mau+mot").json["total"] == 3, "the site's name counts"
    assert over.get("/incidents?search=khong+co+gi").json["total"] == 0
    assert over.get("/incidents?state=settled").json["total"] == 3, "who went before the end is not missed after it"
    assert len(over.get("/incidents?skip=2").json["incidents"]) == 2
    assert code(over.get("/incidents?kind=bua")) == "invalid_input"


def test_the_log_of_many_incidents_comes_in_pages(relay: Relay) -> None:
    number = relay.scene.rows(Conference)[0].id
    relay.scene.run(lambda tx: tx.add_all([
        Incident(
            conference_id=number, code="note", text=f"Việc thứ {place}", text_en="", at=tx.now, last_at=tx.now, times=1,
            by="An", resolved_by="", resolution="",
        )
        for place in range(250)
    ]))
    pages = [over["incidents"] for over in (relay.get(f"/incidents?skip={skip}").json for skip in (0, 100, 200))]
    assert [len(one) for one in pages] == [100, 100, 50]
    assert len({one["id"] for page in pages for one in page}) == 250


def test_the_report_names_each_site_its_times_its_breaks_and_every_incident(over: Relay) -> None:
    answer = over.post("/report", {"form": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    rows = [[cell.value for cell in row] for row in book["Điểm cầu"].iter_rows(min_row=2)]
    by_name = {row[1]: row for row in rows}
    first, second, third = (by_name[name] for name in ("Xã Mẫu Một", "Xã Mẫu Hai", "Phường Mẫu Ba"))
    assert (first[8], first[9], first[10]) == (75, 1, 3)
    assert (second[4], second[8], second[9]) == (45, 119, 0)
    assert third[11] == "không nối trong hội nghị"
    spells = [[cell.value for cell in row] for row in book["Thời gian nối"].iter_rows(min_row=2)]
    assert [row[4] for row in spells] == [30, 45, 119]
    assert (spells[0][5], spells[0][6]) == ("mức cao", "mức thấp")
    assert "Mất điện ba phút" in [row[5].value for row in book["Sự cố"].iter_rows(min_row=2)]
    paper = pypdfium2.PdfDocument(over.post("/report", {"form": "pdf"}).data)
    text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in paper)
    assert "BÁO CÁO THAM DỰ VÀ SỰ CỐ TIẾP PHÁT" in text
    assert "2/3" in text
    assert "Xã Mẫu Một mất kết nối." in text
    assert "Tạm tính" not in text


def test_the_report_is_journalled_and_fulfils_the_time_line(over: Relay) -> None:
    step = {one["key"]: one["state"] for one in over.get("/timeline").json["steps"]}
    assert (step["start"], step["end"], step["report"]) == ("done", "done", "due")
    assert over.get("/timeline").json["next"] == "report"
    assert over.post("/report", {"form": "pdf"}).status_code == 200
    assert {one["key"]: one["state"] for one in over.get("/timeline").json["steps"]}["report"] == "done"
    assert [one.data["form"] for one in over.scene.rows_of(JournalEntry, action="relay.report_made")] == ["pdf"]


def test_before_anything_was_connected_there_is_no_report_and_before_the_end_it_says_so(relay: Relay) -> None:
    assert code(relay.post("/report", {"form": "pdf"})) == "relay_report_early"
    relay.live()
    paper = pypdfium2.PdfDocument(relay.post("/report", {"form": "pdf"}).data)
    assert "Tạm tính" in paper[0].get_textpage().get_text_range()
    assert relay.scene.rows(Conference)[0].reported_at is None


def test_a_formula_in_an_incident_stays_a_text(over: Relay) -> None:
    over.scene.run(lambda tx: setattr(tx.get_one(Incident, over.scene.rows(Incident)[0].id), "text", "=1+1"))
    book = openpyxl.load_workbook(io.BytesIO(over.post("/report", {"form": "xlsx"}).data))
    cells = [row[5] for row in book["Sự cố"].iter_rows(min_row=2)]
    assert [one.data_type for one in cells if one.value == "=1+1"] == ["s"]


# Recordings


def recorded(relay: Relay, name: str = FILE, seconds: float = 2.9) -> Path:
    """A real fragmented MP4 in the conference's folder, with an index as the recorder writes it."""
    number = relay.scene.rows(Conference)[0].id
    folder = relay.scene.services.settings.folder("relay") / "recordings" / str(number)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(fragmented(seconds))
    size: dict[str, Any] = {"file": name, "width": 320, "height": 180}
    index.note(folder, Entry(what="file", second=0.0, mark="1. Khai mạc", at_ms=1_764_464_400_000, **size))
    index.note(folder, Entry(what="mark", second=2.0, mark="2. Báo cáo", at_ms=1_764_464_402_000, **size))
    with (folder / index.NAME).open("a") as cut:
        cut.write('{"what": "mar')  # what a crash leaves
    return folder / name


def fragmented(seconds: float) -> bytes:
    """A clip's first seconds as the recorder writes them."""
    out, made, last = b"", Fragments(0), 0
    for unit in units(clip("h264")):
        if unit.pts90 > seconds * HZ:
            break
        if unit.track is Track.VIDEO and unit.key:
            size = next(shape(one) for one in split(unit.payload) if kind(one) == SPS)
            whole = Unit(
                track=unit.track, flags=Flag.KEY, epoch=1, seq=1, pts90=unit.pts90, capture_ns=0,
                payload=unit.payload, width=size.width, height=size.height,
            )
            out += made.take(unit.pts90) if out else head(whole)
        last = unit.pts90
        made.add(Unit(
            track=unit.track, flags=Flag.KEY if unit.key else Flag.NONE, epoch=1, seq=1,
            pts90=unit.pts90, capture_ns=0, payload=unit.payload, width=0, height=0,
        ))
    return out + made.take(last + HZ // 15)


def taken(relay: Relay, file: str = FILE) -> Any:
    return relay.post(f"/recordings/{file}/ticket")


def test_recordings_are_listed_with_length_size_and_agenda_marks(over: Relay) -> None:
    path = recorded(over)
    (path.parent / "index.tmp").write_bytes(b"x")
    found = over.get("/recordings").json
    (one,) = found["recordings"]
    assert (one["file"], one["running"], one["seconds"]) == (FILE, False, 3)
    assert [(mark["second"], mark["mark"]) for mark in one["marks"]] == [(0.0, "1. Khai mạc"), (2.0, "2. Báo cáo")]
    assert found["why_not"] == ""
    with path.open("r+b") as file:  # what a crash leaves: the last fragment is cut off
        file.truncate(path.stat().st_size - 100)
    assert over.get("/recordings").json["recordings"][0]["seconds"] == 2


def test_a_recording_is_downloaded_with_a_ticket_and_each_ticket_is_in_the_journal(over: Relay) -> None:
    path = recorded(over)
    url = taken(over).json["url"]
    answer = over.secretary.get(url)
    assert (answer.data, answer.headers["Content-Type"]) == (path.read_bytes(), "video/mp4")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()
    later = over.secretary.get(url, headers={"Range": "bytes=100-199"})
    assert (later.status_code, later.data) == (206, path.read_bytes()[100:200])
    later.close()
    told = over.scene.rows_of(JournalEntry, action="relay.recording_taken")
    assert [(one.data["file"], one.data["bytes"]) for one in told] == [(FILE, path.stat().st_size)]


def test_without_its_own_ticket_nobody_gets_a_recording(
    over: Relay, client: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(over)
    recorded(over, "20261130T090000-1.mp4")
    url = taken(over).json["url"]
    bare = url.split("?")[0]
    changed = url[:-1] + ("0" if url[-1] != "0" else "1")
    for wrong in (bare, f"{bare}?ticket=", changed, url.replace("080000", "090000")):
        assert code(over.secretary.get(wrong)) == "relay_recording_ticket"
    assert code(client("chair").get(url)) == "relay_recording_ticket", "a link does not wander to another account"
    assert code(client("technician").get(url)) == "forbidden"
    assert code(client("technician").post(f"{bare}/ticket", {})) == "forbidden"
    assert client("technician").get(f"{over.path}/recordings").status_code == 200
    assert code(client("administrator").get(f"{over.path}/recordings")) == "forbidden"
    later = clock.now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Exception, match="relay_recording_ticket"):
        recordings.check(
            over.scene.services.keys, url.split("=")[1], conference_id=1, file=FILE, account="account:1",
            now_s=later.timestamp(),
        )


def test_where_recording_is_forbidden_or_the_meeting_is_secret_nothing_leaves(relay: Relay) -> None:
    relay.live()
    recorded(relay)
    url = taken(relay).json["url"]
    relay.secretary.patch(relay.path, {"recording_forbidden": "nội dung nội bộ"})
    assert code(relay.secretary.get(url)) == "relay_recording_forbidden"
    assert code(taken(relay)) == "relay_recording_forbidden"
    assert relay.get("/recordings").json["why_not"] == "relay_recording_forbidden"
    relay.secretary.patch(relay.path, {"recording_forbidden": ""})
    relay.step("ended")
    relay.scene.run(lambda tx: setattr(tx.get_one(Meeting, relay.meeting), "secret", True))
    assert code(relay.secretary.get(url)) == "relay_secret"
    assert code(taken(relay)) == "relay_secret"
    assert relay.secretary.delete(f"{relay.path}/recordings/{FILE}").status_code == 204


def test_a_recording_is_deleted_for_good_but_not_while_it_is_written(relay: Relay) -> None:
    relay.live()
    path = recorded(relay)
    number = relay.scene.rows(Conference)[0].id
    seen.take(ConferenceReport(id=number, recording=RecordingReport(on=True, file=FILE)))
    assert relay.get("/recordings").json["recordings"][0]["running"] is True
    assert code(relay.secretary.delete(f"{relay.path}/recordings/{FILE}")) == "relay_recording_running"
    seen.conferences.clear()
    assert relay.secretary.delete(f"{relay.path}/recordings/{FILE}").status_code == 204
    assert not path.exists()
    told = relay.scene.rows_of(JournalEntry, action="relay.recording_deleted")
    assert [one.data["file"] for one in told] == [FILE]


@pytest.mark.parametrize("name", [
    "../2/20261130T080000-1.mp4", "..%2f2%2f20261130T080000-1.mp4", "index.jsonl", "%2e%2e", "20261130T080000-1.mp4%00",
    "20261130T080000-9.mp4", "....//20261130T080000-1.mp4", "20261130T080001-1.mp4",
])
def test_no_name_leads_out_of_the_conferences_own_folder(over: Relay, name: str) -> None:
    path = recorded(over)
    other = path.parent.parent / "2"
    other.mkdir()
    (other / FILE).write_bytes(b"another conference")
    (path.parent / "20261130T080001-1.mp4").symlink_to(other / FILE)
    gone = over.secretary.delete(f"{over.path}/recordings/{name}")
    for answer in (over.get(f"/recordings/{name}"), taken(over, name), gone):
        assert answer.status_code in (403, 404, 405)
        assert b"another conference" not in answer.data
    assert (other / FILE).exists()


def test_no_other_door_of_the_server_opens_on_the_folder(over: Relay, app: Any) -> None:
    path = recorded(over)
    data, content = over.scene.services.settings.data, path.read_bytes()
    inside = path.relative_to(data).as_posix()
    for tried in (
        f"/{inside}", f"/assets/{inside}", f"/assets/../../../{inside}", f"/assets/..%2f..%2f{inside}",
        f"/files/{inside}", f"/relay/{path.name}", f"/assets/{path}", f"/data/{inside}",
    ):
        answer = over.secretary.get(tried)
        assert answer.status_code in (301, 308, 404), tried
        assert content not in answer.data
    for rule in app.url_map.iter_rules():
        assert "recordings" not in rule.rule or rule.endpoint.startswith("relay-records.")
