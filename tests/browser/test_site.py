"""A site's technician tests the room in real Chromium and the real relay: meter, rehearsals, verdict, certificate."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, ViewportSize, expect
from sqlalchemy import select

from server.app import make_services
from server.core.access import SYSTEM
from server.core.services import Services
from server.devices.commands import code_mac
from server.relay import commands as relay
from server.relay import sites
from server.relay.bodies import ConferenceIn, SiteIn
from server.relay.models import Organiser, Site
from server.relay.readiness.models import ReadinessTest
from tests.browser.conftest import CAMERA_FLAGS, launch
from tests.browser.fake_sound import echo
from tests.browser.house import House
from tests.scene import Scene

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

CODE = "ABCD2345"
WEAKER_DB = 20
SCREEN: ViewportSize = {"width": 1366, "height": 900}


@pytest.fixture
def services(house: House) -> Iterator[Services]:
    parts = make_services(house.settings)
    yield parts
    parts.database.dispose()
    parts.bus.close()
    parts.jobs.close()


def invited(services: Services) -> int:
    """A conference in 720 with one site, whose page the code enrols; its id."""
    scene = Scene(services)
    meeting = scene.meeting(title="Hội nghị trực tuyến toàn tỉnh")
    what = ConferenceIn(
        name="Hội nghị học tập nghị quyết", organiser=Organiser.PROVINCE, phone="0900 000 000", top="720p"
    )
    scene.run(lambda tx: relay.create_conference(tx, SYSTEM, meeting, what))
    (site,) = scene.run(lambda tx: sites.invite(tx, SYSTEM, meeting, [SiteIn(name="Điểm cầu Đảng ủy xã Mẫu Sơn")]))
    mac = code_mac(services.keys, CODE)
    scene.run(lambda tx: sites.add_device(tx, SYSTEM, meeting, site, kind="site", mac=mac) and None)
    return int(site)


@pytest.fixture
def browser_that_hears(playwright: Playwright, tmp_path: Path) -> Iterator[Browser]:
    """Chromium whose microphone hears the echo test's sweeps, 20 dB weaker than they are played."""
    sound = echo(tmp_path / "echo.wav", WEAKER_DB)
    found = launch(playwright, *CAMERA_FLAGS, f"--use-file-for-fake-audio-capture={sound}")
    yield found
    found.close()


def measure_echo(page: Page) -> None:
    """The test finds what its microphone hears; the question about it is gone then."""
    question = page.get_by_role("group", name="Không nghe tiếng vọng khi phát âm thử?")
    expect(question).to_be_visible()
    page.get_by_role("button", name="Thử vọng tiếng").click()
    found = page.get_by_text("Tiếng từ loa về micro sau")
    expect(found).to_be_visible(timeout=40_000)
    print(found.inner_text())
    assert f"nhỏ đi {WEAKER_DB} dB" in found.inner_text() or f"nhỏ đi {WEAKER_DB - 1} dB" in found.inner_text()
    expect(question).to_have_count(0)


def answer_everything(page: Page) -> None:
    for question in page.get_by_role("group").all():
        question.get_by_role("button", name="Có", exact=True).click()
    page.get_by_label("Chuyển sang đường dự phòng mất bao nhiêu giây").fill("20")
    page.get_by_label("Bộ lưu điện giữ được bao nhiêu phút").fill("45")
    page.get_by_label("Họ tên kỹ thuật viên").fill("Trần Thị Minh")


def test_a_technician_tests_the_room_and_gets_a_verdict_with_its_certificate(
    house: House, services: Services, browser_that_hears: Browser, tmp_path: Path
) -> None:
    site = invited(services)
    page = browser_that_hears.new_page(viewport=SCREEN, locale="vi-VN")
    page.goto(f"{house.address}/site/?code={CODE}")
    expect(page.get_by_text("Điểm cầu Đảng ủy xã Mẫu Sơn")).to_be_visible()
    expect(page.locator(".site-light")).to_have_attribute("data-light", "off")
    page.screenshot(path=tmp_path / "site-before.png")
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    expect(page.locator("li[data-state=running]")).to_contain_text("Kiểm tra phòng họp", timeout=120_000)
    page.get_by_role("button", name="Mở camera và micro").click()
    expect(page.get_by_label("Hình từ camera của phòng")).to_be_visible()
    measure_echo(page)
    answer_everything(page)
    page.screenshot(path=tmp_path / "site-questions.png", full_page=True)
    page.get_by_role("button", name="Gửi kết quả").click()
    expect(page.get_by_role("link", name="Phiếu kiểm tra (PDF)")).to_be_visible()
    page.screenshot(path=tmp_path / "site-verdict.png")
    with services.database.read() as session:
        row = session.get_one(Site, site)
        assert row.verdict in ("A", "B"), "loopback carries pictures"
        assert row.technician == "Trần Thị Minh"
        test = session.scalars(select(ReadinessTest).where(ReadinessTest.site_id == site)).one()
        figures = json.loads(test.text)["figures"]
        assert (figures["echo_heard"], figures["echo_raw_db"] in (WEAKER_DB - 1, WEAKER_DB)) == (True, True)
    paper = page.request.get(f"{house.address}{page.get_by_role('link', name='PDF').get_attribute('href')}")
    assert paper.body()[:5] == b"%PDF-"
    assert house.run("verify").returncode == 0
