"""The worker as a process: it renders what is uploaded, tells how far it is, and survives being killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import psutil
import pytest
import zmq

from server.core import bus
from server.core.access import Actor
from server.core.config import Settings
from server.core.live import Connection, TopicName
from server.core.services import Services
from server.documents.models import DocumentVersion
from server.documents.pages import PageSet
from server.wsgi import heard
from tests.documents import hostile
from tests.documents.conftest import Desk


class Worker:
    """`nghisu worker` on the test's data folder."""

    def __init__(self, settings: Settings) -> None:
        self.environ = {**os.environ, "NGHISU_DATA": str(settings.data), "NGHISU_LOG_LEVEL": "warning"}
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "server.worker"]
        self.process = subprocess.Popen(command, env=self.environ, start_new_session=True)

    def kill(self, number: int = signal.SIGKILL, *, group: bool = False) -> list[psutil.Process]:
        """Signal it, wait for its end, and return the children it had."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children(recursive=True)
        if group:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)
        self.process.wait(20)
        return children

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(20)


@pytest.fixture
def worker(settings: Settings) -> Iterator[Worker]:
    made = Worker(settings)
    yield made
    made.end()


class Screen:
    """A console's line that keeps every frame."""

    def __init__(self) -> None:
        self.frames: list[tuple[str, bytes]] = []

    def push(self, topic: str, frame: bytes) -> None:
        self.frames.append((topic.rsplit("/", 1)[-1], frame))

    def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
def hearing(services: Services, settings: Settings) -> Iterator[None]:
    """The web process's ear: what the worker says reaches the screens of `services`."""
    context = zmq.Context()
    ear = context.socket(zmq.PULL)
    ear.bind(bus._address(settings.folder("run")))
    over = threading.Event()

    def listen() -> None:
        while not over.is_set():
            if ear.poll(50):
                heard(services, json.loads(ear.recv()))

    thread = threading.Thread(target=listen)
    thread.start()
    yield
    over.set()
    thread.join()
    ear.close()
    context.term()


def until(true: Callable[[], Any], seconds: float = 40) -> Any:
    """Wait until `true()` is; its value."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)
    return found


def state(desk: Desk, number: int = 0) -> str:
    return str(desk.documents()[number]["state"])


def drawn(images: PageSet, some: int) -> bool:
    return len(list(images.home.glob("*/*.webp"))) > some


def readable(desk: Desk) -> list[int]:
    """The versions delegates are offered."""
    return [one["version_id"] for one in desk.topic("agenda", "seat")["items"][0]["documents"]]


def test_consoles_see_progress_and_the_end_without_asking(
    desk: Desk, worker: Worker, services: Services, hearing: None
) -> None:
    screen = Screen()
    secretary = Actor(key="account:1", name="Thư ký", origin="")
    console = Connection(sid="1", actor=secretary, surface="console", line=screen, since_ms=0)
    names = [TopicName.parse(f"meeting/{desk.meeting}/{name}") for name in ("documents", "rendering", "agenda")]
    services.live.watch(console, [(name, 0) for name in names])
    worker.start()
    started = time.monotonic()
    desk.upload(hostile.pdf(24))
    until(lambda: state(desk) == "ready")
    took = time.monotonic() - started
    until(lambda: any(b'"state":"ready"' in frame for name, frame in screen.frames if name == "documents"))
    until(lambda: any(b'"pages":24' in frame for name, frame in screen.frames if name == "agenda"))
    until(lambda: [frame for name, frame in screen.frames if name == "rendering"][-1].endswith(b'{"jobs":[]}}]'))
    steps = [frame for name, frame in screen.frames if name == "rendering" and b'"total":24' in frame]
    assert 2 <= len(steps) <= 5 * took + 2


def test_a_killed_worker_does_the_job_again_and_no_half_document_is_ever_shown(
    desk: Desk, worker: Worker, settings: Settings
) -> None:
    worker.start()
    version = desk.upload(hostile.pdf(24)).json["version_id"]
    queued = desk.upload(hostile.pdf(1)).json["version_id"]
    images = PageSet(settings.folder("pages"), desk.scene.row(DocumentVersion, version).sha256)
    for some in (3, 8):
        until(partial(drawn, images, some))
        children = worker.kill()
        assert (state(desk), images.manifest()) == ("rendering", None)
        assert version not in readable(desk)
        assert children, "it was killed in the middle of drawing"
        psutil.wait_procs(children, timeout=10)
        assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
        worker.start()
    until(lambda: state(desk, 0) == state(desk, 1) == "ready")
    assert desk.documents()[0]["pages"] == 24
    assert readable(desk) == [version, queued]
    for number in range(1, 25):
        for size in ("seat", "wall"):
            assert desk.page(version, number, caller=desk.secretary, size=size).status_code == 200
    actions = [row.action for row in desk.journal() if row.actor == "system" and row.data["version"] == version]
    assert actions == ["document.rendering", "document.ready"], "once, however often it was begun"


def test_what_was_uploaded_while_no_worker_ran_is_done_when_one_starts(desk: Desk, worker: Worker) -> None:
    desk.upload()
    desk.upload(hostile.encrypted(user="x"))
    (desk.shop.settings.folder("run") / "jobs.db").write_bytes(b"")
    worker.start()
    until(lambda: (state(desk, 0), state(desk, 1)) == ("ready", "refused"))


def test_a_shutdown_that_signals_every_process_refuses_no_document(desk: Desk, worker: Worker) -> None:
    worker.start()
    desk.upload(hostile.pdf(24))
    until(lambda: state(desk) == "rendering")
    until(lambda: psutil.Process(worker.process.pid).children())  # type: ignore[union-attr]  # it was started
    worker.kill(signal.SIGTERM, group=True)
    assert state(desk) == "rendering"
    worker.start()
    until(lambda: state(desk) == "ready")


def test_a_file_at_which_the_worker_dies_again_and_again_is_given_up(
    desk: Desk, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = desk.upload(hostile.pdf(24)).json["version_id"]
    desk.scene.run(lambda tx: setattr(tx.get_one(DocumentVersion, version), "attempts", 5))
    worker.start()
    until(lambda: state(desk) == "refused")
    assert desk.documents()[0]["refusal_code"] == "rendering_failed"
    assert "5 lần" in desk.documents()[0]["refusal"]
