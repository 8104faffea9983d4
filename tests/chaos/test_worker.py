"""The worker dies while it draws pages: the work is done again, and no half document is ever shown."""

import signal
import sqlite3
import time
from pathlib import Path

import psutil
import pytest
from reportlab.pdfgen.canvas import Canvas

from server.rehearsal.browser import Browser
from server.rehearsal.loop import Loop
from server.rehearsal.office import form
from tests.bench.house import House

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(180)]

PAGES = 60


def thick_paper(folder: Path) -> bytes:
    path = folder / "paper.pdf"
    canvas = Canvas(str(path))
    for page in range(PAGES):
        for line in range(60):
            canvas.drawString(60, 780 - line * 12, f"{page} {line} " + "Dang bo tinh " * 6)
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


def version_row(server: House, version: int) -> tuple[str, int, int]:
    rows = sqlite3.connect(server.folder / "nghisu.db", timeout=10)
    state, pages, attempts = rows.execute(
        "SELECT state, pages, attempts FROM document_version WHERE id = ?", (version,)
    ).fetchone()
    rows.close()
    return state, pages, attempts


def test_a_worker_killed_while_drawing_draws_again(
    server: House, loop: Loop, secretary: Browser, tmp_path: Path
) -> None:
    body, headers = form({"title": "Báo cáo dày"}, "day.pdf", "application/pdf", thick_paper(tmp_path))
    path = f"/api/meetings/{server.meeting_id}/agenda/2/documents"
    sent = secretary.do("POST", path, body, headers=headers)
    assert sent.ok, sent.body
    version = sent.json()["version_id"]
    seat = Browser(loop, server.target, "seat", server.tokens[0])
    kills = 0
    limit = time.monotonic() + 150
    while (row := version_row(server, version))[0] != "ready" and time.monotonic() < limit:
        assert row[0] in ("queued", "rendering"), row
        assert row[1] == 0  # pages are only said when all are there
        page = seat.do("GET", f"/api/meetings/{server.meeting_id}/pages/{version}/1.webp?size=seat")
        assert not page.ok or version_row(server, version)[0] == "ready"
        if row[0] == "rendering" and kills < 2:
            worker = psutil.Process(int((server.folder / "run" / "worker.pid").read_text()))
            for one in [worker, *worker.children(recursive=True)]:
                one.send_signal(signal.SIGKILL)
            kills += 1
            time.sleep(1.0)
        time.sleep(0.02)
    assert version_row(server, version)[:2] == ("ready", PAGES)
    assert kills > 0, "the worker was never caught at work: make the paper thicker"
    for number in (1, PAGES // 2, PAGES):
        assert seat.do("GET", f"/api/meetings/{server.meeting_id}/pages/{version}/{number}.webp?size=seat").ok
