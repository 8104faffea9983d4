"""A test over HTTP: verdict, admission, certificate; and what `nghisu verify` finds when somebody changes one."""

import json
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from sqlalchemy import delete, update

from server.core import clock, keys
from server.core.access import SYSTEM
from server.devices.models import Device
from server.relay import commands as relay
from server.relay import lookup, sites
from server.relay.bodies import ConferenceIn, SiteIn
from server.relay.models import Admission, ConferenceState, Organiser, Site
from server.relay.readiness import pdf
from server.relay.readiness.audit import check_certificates
from server.relay.readiness.models import ReadinessTest
from server.relay.readiness.turns import turns
from tests.conftest import Caller, code
from tests.relay.readiness.good import good
from tests.scene import Scene


class Rooms:
    """A meeting with a conference of two sites whose devices are enrolled."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.meeting = scene.meeting(title="Hội nghị thử")
        what = ConferenceIn(name="Hội nghị trực tuyến", organiser=Organiser.PROVINCE, phone="0900 000 000")
        scene.run(lambda tx: relay.create_conference(tx, SYSTEM, self.meeting, what))
        invited = [SiteIn(name="Điểm cầu Một"), SiteIn(name="Điểm cầu Hai")]
        self.sites: list[int] = scene.run(lambda tx: sites.invite(tx, SYSTEM, self.meeting, invited))
        self.callers = [self._enrolled(site) for site in self.sites]
        self.base = f"/api/meetings/{self.meeting}/relay/readiness"

    def _enrolled(self, site: int) -> Caller:
        def make(tx: Any) -> int:
            device = sites.add_device(tx, SYSTEM, self.meeting, site, kind="site", mac=f"mac{site}")
            device.code_hash, device.enrolled_at = None, tx.now
            return int(device.id)

        caller: Caller = self.scene.device(int(self.scene.run(make)), "site")
        return caller

    def test(self, site: int = 0, **changed: Any) -> Any:
        """The site's technician sends a test; answers the response."""
        body = {"figures": good(**changed).model_dump(mode="json"), "technician": "Trần Thị Minh", "machine": "Thử"}
        return self.callers[site].post(self.base, body)

    def allowed(self, site: int = 0) -> str:
        with self.scene.services.database.read() as session:
            row = session.get_one(Site, self.sites[site])
            return lookup.allowed(lookup.conference_of(session, self.meeting), row)


@pytest.fixture
def rooms(scene: Scene) -> Rooms:
    return Rooms(scene)


def test_a_fit_site_gets_its_letter_its_reasons_and_a_certificate(rooms: Rooms) -> None:
    said = rooms.test(ups_min=10).json
    assert (said["letter"], said["may_speak"], [one["key"] for one in said["reasons"]]) == ("A", True, ["ups_min"])
    assert said["reasons"][0]["why"]["vi"] == "giữ được 10 phút, cần 30 phút"
    site = rooms.scene.row(Site, rooms.sites[0])
    assert (site.verdict, site.may_speak, site.technician) == ("A", True, "Trần Thị Minh")
    paper = rooms.callers[0].get(f"{rooms.base}/{said['id']}/certificate").json
    assert json.loads(paper["certificate"])["about"]["site"] == "Điểm cầu Một"
    assert keys.verify(paper["public_key"], paper["certificate"].encode(), paper["signature"])


@pytest.mark.parametrize(
    ("changed", "rung"), [({}, "top"), ({"down": 1000}, "low"), ({"screen": False}, "audio")]
)
def test_admission_follows_the_newest_verdict(rooms: Rooms, changed: dict[str, Any], rung: str) -> None:
    rooms.test(speakers=False)
    rooms.test(**changed)
    assert rooms.allowed() == rung
    assert rooms.allowed(1) == "top", "the other site is not touched"


def test_a_live_conference_lets_nobody_in_who_failed_or_never_tested(rooms: Rooms) -> None:
    rooms.test(speakers=False)

    def live(tx: Any) -> None:
        lookup.conference_of(tx, rooms.meeting).state = ConferenceState.LIVE

    rooms.scene.run(live)
    assert [rooms.allowed(0), rooms.allowed(1)] == ["none", "none"]


def test_the_paper_of_a_test_opens_as_pdf_and_is_the_same_each_time(rooms: Rooms) -> None:
    number = rooms.test(down=900).json["id"]
    one = rooms.callers[0].get(f"{rooms.base}/{number}/certificate.pdf")
    assert (one.status_code, one.mimetype, one.data[:5]) == (200, "application/pdf", b"%PDF-")
    row = rooms.scene.row(ReadinessTest, number)
    assert pdf.certificate_pdf(row, True) == one.data
    assert pdf.certificate_pdf(row, False) != one.data, "a broken seal is printed"


def test_a_site_sees_its_own_tests_only_and_the_console_sees_all(rooms: Rooms, client: Callable[..., Caller]) -> None:
    number = rooms.test().json["id"]
    assert code(rooms.callers[1].get(f"{rooms.base}/{number}/certificate")) == "readiness_not_found"
    other = rooms.callers[1].get(f"{rooms.base}/mine").json
    assert (other["site"], other["phone"], other["tests"]) == ("Điểm cầu Hai", "0900 000 000", [])
    assert [one["id"] for one in rooms.callers[0].get(f"{rooms.base}/mine").json["tests"]] == [number]
    console = client("secretary")
    assert console.get(f"{rooms.base}/{number}/certificate").status_code == 200
    assert [one["id"] for one in console.get(f"{rooms.base}/sites/{rooms.sites[0]}").json["tests"]] == [number]
    found = console.get(rooms.base).json
    assert [(one["letter"], one["missing"]) for one in found["sites"]] == [("A", False), (None, True)]
    assert found["phase"] == "t60"
    assert found["centre_kbps"] == 7200


def test_figures_out_of_bounds_are_refused(rooms: Rooms) -> None:
    body = {"figures": {"down": -1}}
    assert code(rooms.callers[0].post(rooms.base, body)) == "invalid_input"
    assert code(rooms.callers[0].post(rooms.base, {"figures": {"letter": "A"}})) == "invalid_input"


def test_the_same_request_twice_is_one_test(rooms: Rooms) -> None:
    body = {"figures": good().model_dump(mode="json")}
    answers = [rooms.callers[0].post(rooms.base, body, key="once-and-again").json for _ in range(2)]
    assert answers[0] == answers[1]
    assert len(rooms.scene.rows(ReadinessTest)) == 1


def test_a_turn_brings_passes_for_the_meter_and_three_rehearsals(rooms: Rooms) -> None:
    try:
        turn = rooms.callers[0].post(f"{rooms.base}/turn").json
        assert (turn["place"], [one["rung"] for one in turn["rehearsals"]]) == (0, ["1080p", "low", "audio"])
        assert turn["url"].endswith(f":{rooms.scene.services.settings.relay_port}")
        assert turn["ends_ms"] > clock.epoch_ms()
        assert turn["meter"].split(".")[1:3] == [f"site-{rooms.sites[0]}", "watch"]
        assert rooms.callers[0].delete(f"{rooms.base}/turn").status_code == 204
        assert not turns.has(rooms.sites[0], clock.monotonic())
    finally:
        turns.leave(rooms.sites[0])


def found(rooms: Rooms) -> list[str]:
    with rooms.scene.services.database.read() as session:
        return [one.reason for one in check_certificates(session, rooms.scene.services.keys)]


def test_verify_finds_a_certificate_that_was_changed_removed_or_raised(rooms: Rooms) -> None:
    numbers = [rooms.test(down=900).json["id"] for _ in range(3)]
    assert found(rooms) == []
    row = rooms.scene.row(ReadinessTest, numbers[0])
    better = row.text.replace('"letter":"B"', '"letter":"A"', 1)
    changes = [
        update(ReadinessTest).where(ReadinessTest.id == numbers[0]).values(text=better),
        update(ReadinessTest).where(ReadinessTest.id == numbers[1]).values(letter="A"),
        delete(ReadinessTest).where(ReadinessTest.id == numbers[2]),
    ]
    rooms.scene.run(lambda tx: [tx.execute(one) for one in changes] and None)
    assert better != row.text
    assert found(rooms) == [
        "was changed after it was signed", "does not say what its row says", "was removed",
    ]


def test_a_certificate_outlives_its_site(rooms: Rooms) -> None:
    number = rooms.test().json["id"]
    rooms.scene.run(lambda tx: sites.remove_site(tx, SYSTEM, rooms.meeting, rooms.sites[0]))
    assert rooms.scene.row(ReadinessTest, number).letter == "A"
    assert found(rooms) == []
    assert rooms.scene.rows(Device)


def test_the_list_of_all_sites_is_a_paper_with_each_verdict_and_decision(
    rooms: Rooms, client: Callable[..., Caller]
) -> None:
    rooms.test(0)
    rooms.scene.run(lambda tx: sites.admit(
        tx, SYSTEM, rooms.meeting, rooms.sites[1], Admission.REFUSED, reason="đang sửa điện", cap="top"
    ))
    answer = client("secretary").get(f"{rooms.base}/sites.pdf")
    assert answer.status_code == 200
    with pypdfium2.PdfDocument(answer.data) as document:
        text = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)
    for said in ("Điểm cầu Một", "hạng A", "được", "Trần Thị Minh", "Điểm cầu Hai", "chưa kiểm tra: 1", "sửa điện"):
        assert said in text
    assert code(rooms.callers[0].get(f"{rooms.base}/sites.pdf")) == "forbidden"


def test_the_console_sees_who_tests_now_and_who_waits(rooms: Rooms, client: Callable[..., Caller]) -> None:
    secretary = client("secretary")

    def line() -> list[int | None]:
        return [one["turn"] for one in secretary.get(rooms.base).json["sites"]]

    assert line() == [None, None]
    others = [10**6 + number for number in range(turns.at_once - 1)]
    for other in others:
        turns.ask(other, "720p", clock.monotonic())
    rooms.callers[0].post(f"{rooms.base}/turn")
    rooms.callers[1].post(f"{rooms.base}/turn")
    assert line() == [0, 1]
    turns.leave(others[0])
    rooms.callers[1].post(f"{rooms.base}/turn")
    assert line() == [0, 0]
