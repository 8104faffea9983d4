"""A real server under test: `nghisu serve` on a free port with a data folder of its own.

Its rows (one meeting in session, participants present, one signed-in session a seat) are laid into the data folder
before it starts, because setting up is not what is measured; `nghisu rehearse` goes the long way through the API.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psutil
from sqlalchemy import insert

from server import setup
from server.attendance.models import Presence
from server.core import clock
from server.core.access import SYSTEM
from server.core.config import Settings
from server.core.db import Database
from server.core.live import kinds
from server.core.writer import Tx, Writer
from server.devices.models import Device
from server.documents.models import Document, DocumentVersion, Presented, VersionState
from server.meetings.models import AgendaItem, Meeting, MeetingKind, MeetingState, Participant, ParticipantRole
from server.people.models import Account, Person, RoleGrant, SignInSession, Unit
from server.people.roles import Role
from server.people.sessions import token_hash
from server.rehearsal.browser import Target
from tests.ports import free_port, relay_ports

SEAT_TOPICS = ("header", "agenda", "attendance", "presenter", "vote", "floor", "wall")  # and "me"
PAGES = 500
ROOT = Path(__file__).parents[2]
SERVER_CORE, CLIENT_CORE = 0, 1


def cpu_seconds(pid: int) -> float:
    """CPU time of a process, all its threads, in seconds (nanosecond steps: /proc/<pid>/task/*/schedstat)."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(OSError):
            total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def pin(pid: int, core: int) -> None:
    """Keep a process and its threads on one core, where there are several."""
    if (os.cpu_count() or 1) > 1:
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                os.sched_setaffinity(int(task.name), {core})


class House:
    """One server and its data."""

    meeting_id = 1

    def __init__(self, seats: int, folder: Path) -> None:
        self.folder, self.seats = folder, seats
        self.port = free_port()
        self.environ = {
            **os.environ, "NGHISU_DATA": str(folder), "PORT": str(self.port), "NGHISU_LOG_LEVEL": "warning",
            **relay_ports(),
        }
        self.tokens = [f"seat-token-{number:05}" for number in range(1, seats + 1)]
        self.secretary = "secretary-token"
        self.sessions = {"console": self.secretary, "seat": self.tokens[0], "wall": "wall-token", "door": "door-token"}
        self.process: subprocess.Popen[bytes] | None = None
        self.log = folder / "server.log"
        _furnish(self)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def target(self) -> Target:
        """Where it answers, for simulated seats."""
        return Target.parse(self.url)

    def topic(self, name: str) -> str:
        """A topic of its meeting."""
        return f"meeting/{self.meeting_id}/{name}"

    def seat_topics(self, participant_id: int) -> list[str]:
        """What a seat's screen holds."""
        return [self.topic(name) for name in (*SEAT_TOPICS, f"me/{participant_id}") if name.split("/")[0] in kinds]

    def start(self) -> float:
        """Start all processes; the seconds until it is ready."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "from server.cli import main; main()", "serve"],
                env=self.environ, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )
        pin(self.process.pid, SERVER_CORE)  # what it starts inherits it
        self.wait_ready()
        return time.monotonic() - began

    def wait_ready(self, seconds: float = 30.0) -> None:
        """Until /healthz answers. Raises RuntimeError with the log's end."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:  # noqa: S310  (our own)
                if answer.status == 200:
                    return
            time.sleep(0.02)
        raise RuntimeError(f"the server did not come up:\n{self.log.read_text()[-2000:]}")

    def web_pid(self) -> int:
        """The process that serves: gunicorn's only worker."""
        master = psutil.Process(int((self.folder / "run" / "web.pid").read_text()))
        workers = master.children()
        return int(workers[0].pid) if workers else int(master.pid)

    def kill_web(self) -> None:
        """kill -9 the web process and its worker at once, as a power cut of that process would."""
        master = psutil.Process(int((self.folder / "run" / "web.pid").read_text()))
        for one in [master, *master.children()]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)

    def stop(self) -> None:
        """End all processes."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None


@contextlib.contextmanager
def house(seats: int) -> Iterator[House]:
    """A furnished, running server; everything is removed afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="nghisu-bench-"))
    made = House(seats, folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _furnish(made: House) -> None:
    settings = Settings(data=made.folder, port=made.port)
    setup.migrate(settings)
    database = Database(settings.database)
    Writer(database).run(lambda tx: _rows(tx, made))
    database.dispose()


def _rows(tx: Tx, made: House) -> None:
    numbers = range(1, made.seats + 1)
    tx.add_all([
        Unit(id=1, name="Đảng bộ thử tải", path="/1/"),
        Meeting(
            id=made.meeting_id, unit_id=1, title="Thử tải", kind=MeetingKind.CONGRESS, room="Hội trường",
            starts_at=tx.now, state=MeetingState.IN_SESSION, state_since=tx.now, join_code="BENCHBENCH",
        ),
        Account(
            id=1, name="thuky", display_name="Thư ký", password_hash="!", must_change_password=False,
            created_at=tx.now, grants=[RoleGrant(role=Role.SECRETARY, unit_id=1)],
        ),
    ])
    tx.flush()
    tx.execute(insert(Person), [
        {"id": n, "unit_id": 1, "name": f"Đại biểu {n:04}", "folded_name": f"dai bieu {n:04}",
         "title": "Đảng ủy viên", "card_number": f"TT{n:06}"} for n in numbers
    ])
    tx.execute(insert(Participant), [
        {"id": n, "meeting_id": made.meeting_id, "person_id": n, "role": ParticipantRole.DELEGATE, "entitled": True,
         "seat": f"A{n:04}"} for n in numbers
    ])
    tx.add_all([
        AgendaItem(id=n, meeting_id=made.meeting_id, position=n, title=f"Nội dung thứ {n} của hội nghị", minutes=20)
        for n in range(1, 9)
    ])
    tx.flush()
    tx.add(Document(id=1, meeting_id=made.meeting_id, agenda_item_id=1, title="Báo cáo chính trị", created_at=tx.now))
    tx.flush()
    tx.add(DocumentVersion(
        id=1, document_id=1, number=1, sha256="0" * 64, size=1, file_name="bao-cao.pdf", uploaded_at=tx.now,
        pages=PAGES, state=VersionState.READY,
    ))
    tx.flush()
    tx.add(Presented(meeting_id=made.meeting_id, version_id=1, page=1))
    tx.execute(insert(Presence), [
        {"meeting_id": made.meeting_id, "participant_id": n, "entered_at": tx.now, "method": "scan"} for n in numbers
    ])
    lasting = {"created_at": tx.now, "expires_at": clock.now() + timedelta(days=1)}
    tx.execute(insert(SignInSession), [
        {"token_hash": token_hash(token), "surface": "seat", "participant_id": n, **lasting}
        for n, token in zip(numbers, made.tokens, strict=True)
    ])
    tx.execute(insert(SignInSession), [
        {"token_hash": token_hash(made.secretary), "surface": "console", "account_id": 1, **lasting}
    ])
    tx.add_all([
        Device(id=1, unit_id=1, meeting_id=made.meeting_id, kind="wall", name="Màn hình", enrolled_at=tx.now),
        Device(id=2, unit_id=1, meeting_id=made.meeting_id, kind="door", name="Cửa chính", enrolled_at=tx.now),
    ])
    tx.flush()
    tx.execute(insert(SignInSession), [
        {"token_hash": token_hash(f"{kind}-token"), "surface": kind, "device_id": number, **lasting}
        for number, kind in ((1, "wall"), (2, "door"))
    ])
    tx.record("bench.furnished", SYSTEM, made.meeting_id, seats=made.seats)
    tx.touch(*(topic for n in numbers for topic in made.seat_topics(n)))
