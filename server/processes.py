"""`nghisu serve`: one supervisor that starts the web process and the worker, and starts them again when they die.

The supervisor owns the listening socket and hands it to gunicorn as a file descriptor. While a killed web process is
being replaced, new connections therefore wait in the kernel's queue instead of being refused.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import structlog

from server.core import clock
from server.core.config import ConfigError, Settings
from server.core.parent import die_with_parent

log = structlog.get_logger(__name__)

BACKLOG = 2048
CALM = 30.0  # seconds of life after which a death is not counted as one of a series
SLOWEST_RESTART = 5.0


@dataclass
class Child:
    """One supervised process."""

    name: str
    command: list[str]
    environ: dict[str, str] = field(default_factory=dict)
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = 0
    again_at: float = 0.0

    def start(self) -> None:
        """Start it in a process group of its own, so that nothing of it survives; it ends when we are killed."""
        self.process = subprocess.Popen(  # noqa: S603  (our own command line)
            self.command, env={**os.environ, **self.environ}, pass_fds=self.pass_fds, start_new_session=True,
            preexec_fn=lambda: die_with_parent(signal.SIGTERM),  # noqa: PLW1509  (one call of the kernel)
        )
        self.started = clock.monotonic()

    def signal(self, number: int) -> None:
        """Send a signal to the whole group."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def look(self) -> None:
        """Start it again if it is dead; a process that dies again and again is started less and less often."""
        if self.process is None:
            if clock.monotonic() >= self.again_at:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        lived = clock.monotonic() - self.started
        self.deaths = 0 if lived > CALM else self.deaths + 1
        log.error("process_died", process=self.name, code=code, lived_s=round(lived, 1))
        self.signal(signal.SIGKILL)  # a gunicorn worker outlives its killed master for a second otherwise
        self.process = None
        self.again_at = clock.monotonic() + min(SLOWEST_RESTART, 0.2 * max(0, self.deaths - 1))
        self.look()


def listen(settings: Settings) -> socket.socket:
    """The listening socket. Raises ConfigError when the port is taken or the host is not ours."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except OSError as error:
        listener.close()
        raise ConfigError(f"setting port: {settings.host}:{settings.port}: {error.strerror}") from None
    listener.listen(BACKLOG)
    return listener


def web_command(bind: str, settings: Settings) -> list[str]:
    """gunicorn's command line; also used by systemd/nghisu-web.service through `nghisu web`."""
    return [
        sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", "1", "--worker-class", "gevent",
        "--worker-connections", "4000", "--backlog", str(BACKLOG), "--timeout", "60", "--graceful-timeout", "5",
        "--limit-request-line", "2048", "--log-level", "warning",
        "--control-socket", str(settings.folder("run") / "gunicorn.ctl"), "server.wsgi:web()",
    ]


def children(settings: Settings, listener: socket.socket) -> list[Child]:
    """The processes of one machine."""
    found = [
        Child("web", web_command(f"fd://{listener.fileno()}", settings), pass_fds=(listener.fileno(),)),
        Child("worker", [sys.executable, "-m", "server.worker"]),
    ]
    if settings.profile != "isolated":  # never there: it is no child that refuses, it does not exist
        found.append(Child("relay", [sys.executable, "-m", "server.relay.daemon"]))
    return found


def supervise(settings: Settings, ready: Callable[[], None] = lambda: None) -> None:
    """Run until SIGTERM or SIGINT."""
    listener = listen(settings)
    all_children = children(settings, listener)
    stopping = False

    def stop(_number: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        for child in all_children:
            child.start()
            _note_pid(settings, child)
        ready()
        while not stopping:
            for child in all_children:
                before = child.process
                child.look()
                if child.process is not before:
                    _note_pid(settings, child)
            time.sleep(0.1)
    finally:
        _stop(all_children)  # whatever ends the supervisor: nobody else would


def _note_pid(settings: Settings, child: Child) -> None:
    if child.process is not None:
        try:
            Path(settings.folder("run") / f"{child.name}.pid").write_text(str(child.process.pid))
        except OSError as error:  # a full disk must not end a server that still shows what it has
            log.error("pid_not_noted", process=child.name, error=repr(error))


def _stop(all_children: list[Child]) -> None:
    for child in all_children:
        child.signal(signal.SIGTERM)
    limit = clock.monotonic() + 10
    for child in all_children:
        if child.process is not None:
            try:
                child.process.wait(max(0.1, limit - clock.monotonic()))
            except subprocess.TimeoutExpired:
                child.signal(signal.SIGKILL)
