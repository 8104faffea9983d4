"""A real centre (`nghisu serve`) and a real edge (`nghisu edge`) in namespaces, a bad line between them, and a room.

    with campus(folder) as here:
        here.centre.hall.do("POST", …)        # the secretary, through the API
        here.enrol(); here.edge.primary.wait(…)
        here.line.cut()

The test's own thread steps into a namespace to talk to what listens there (`entered`).
"""

import contextlib
import ctypes
import json
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import zmq

from server.core import clock
from server.core.config import Settings
from server.demo.office import wait_for_server
from server.rehearsal.seat import Seat
from server.relay.daemon.streams import endpoint
from server.relay.daemon.units import BadUnit, Track, Unit
from server.relay.daemon.wire import sockets_folder
from server.setup import first_administrator, migrate
from tests.browser.hall import Hall
from tests.browser.house import ADMINISTRATOR, FIRST_PASSWORD, NGHISU, House
from tests.relay.net import Line, Machine, Network, network

CLONE_NEWNET = 0x40000000
PATIENCE = 60.0
PORT, SRT_PORT = 8080, 8891
CLIP = "clip.mp4"


@contextlib.contextmanager
def entered(machine: Machine) -> Iterator[None]:
    """Sockets that this thread makes meanwhile are the machine's."""
    libc = ctypes.CDLL(None, use_errno=True)
    with Path("/proc/thread-self/ns/net").open() as home, Path(f"/proc/{machine.pid}/ns/net").open() as there:
        if libc.setns(there.fileno(), CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
        try:
            yield
        finally:
            libc.setns(home.fileno(), CLONE_NEWNET)


def until(true: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Wait for a condition; answers what it gave."""
    limit = clock.monotonic() + seconds
    while not (found := true()):
        assert clock.monotonic() < limit, f"never: {what}"
        time.sleep(0.05)
    return found


def kill_tree(process: "subprocess.Popen[bytes]") -> None:
    """kill -9 of a process and everything below it, at once."""
    with contextlib.suppress(psutil.NoSuchProcess):
        top = psutil.Process(process.pid)
        for one in [top, *top.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                one.send_signal(signal.SIGKILL)
    process.wait()


class Watch:
    """The pictures of one stream of one machine, by when they came (seconds of the monotonic clock)."""

    def __init__(self, data: Path, stream: str) -> None:
        self.pictures: list[tuple[float, Unit]] = []
        self._stop = threading.Event()
        self._socket = zmq.Context.instance().socket(zmq.SUB)
        options = ((zmq.LINGER, 0), (zmq.RCVTIMEO, 200), (zmq.RECONNECT_IVL, 20), (zmq.RECONNECT_IVL_MAX, 60))
        for option, value in options:
            self._socket.setsockopt(option, value)
        self._socket.setsockopt(zmq.SUBSCRIBE, f"{stream}|".encode())
        self._socket.connect(endpoint(sockets_folder(Settings(data=data).folder("run")), stream))
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        while not self._stop.is_set():
            with contextlib.suppress(zmq.Again, BadUnit):
                unit = Unit.parse(self._socket.recv_multipart())
                if unit.track is Track.VIDEO:
                    self.pictures.append((clock.monotonic(), unit))
        self._socket.close()

    def after(self, moment: float) -> float | None:
        """When the first picture after a moment came."""
        return next((at for at, _ in list(self.pictures) if at > moment), None)

    def wait(self, moment: float, what: str) -> float:
        """Seconds from a moment to the first picture after it."""
        return float(until(lambda: self.after(moment), what)) - moment

    def last(self) -> float:
        """When the newest picture came."""
        return self.pictures[-1][0] if self.pictures else float("-inf")

    def longest_gap(self, since: float, to: float) -> float:
        """Seconds without a picture between two moments."""
        times = [since, *(at for at, _ in list(self.pictures) if since < at < to), to]
        return max(later - earlier for earlier, later in pairwise(times))

    def close(self) -> None:
        """Look away."""
        self._stop.set()
        self._thread.join()


class Centre(House):
    """`nghisu serve` in a namespace, with a live conference that one site with an edge is admitted to."""

    def __init__(self, data: Path, machine: Machine, public: str) -> None:
        super().__init__(data)
        self.machine = machine
        self.settings = Settings(
            data=data, host="0.0.0.0", port=PORT, public_url=public, relay_fanouts=1, relay_srt_port=SRT_PORT
        )
        self.address = f"http://127.0.0.1:{PORT}"
        self.hall: Hall
        self.site = self.conference = 0
        self.code = ""

    def prepare(self, source: Path, **conference: Any) -> None:
        """The first start: people, a meeting, a conference from a file, its site and the code of the site's edge."""
        migrate(self.settings)
        first_administrator(self.settings, account=ADMINISTRATOR, unit="Tỉnh ủy Mẫu Sơn Hạ", password=FIRST_PASSWORD)
        (self.settings.folder("relay") / CLIP).write_bytes(source.read_bytes())
        self.begin()
        with entered(self.machine):
            self.people(thuky="secretary", letan="steward")
            self.hall = Hall(self, "Hội nghị trực tuyến toàn tỉnh", ["Nguyễn Mẫu An", "Trần Mẫu Bình"])
            what = {"name": "Hội nghị học tập nghị quyết", "organiser": "province", "phone": "0900 000 000"}
            self.conference = int(self.hall.do("POST", "/relay", {**what, **conference})["id"])
            self.hall.do("PUT", "/relay/sources/primary", {"kind": "file", "address": CLIP})
            self.site = int(
                self.hall.do("POST", "/relay/sites", {"sites": [{"name": "Điểm cầu Đảng ủy xã Mẫu Sơn"}]})["ids"][0]
            )
            self.code = str(self.hall.do("POST", f"/relay/sites/{self.site}/device", {"kind": "edge"})["code"])

    def begin(self) -> None:
        """Start every process, and wait for the web process."""
        log = (self.settings.data / "server.log").open("ab")
        environ = {
            "NGHISU_DATA": str(self.settings.data), "NGHISU_HOST": "0.0.0.0", "PORT": str(PORT),
            "NGHISU_PUBLIC_URL": self.settings.public_url, "NGHISU_RELAY_FANOUTS": "1",
            "NGHISU_RELAY_SRT_PORT": str(SRT_PORT),
        }
        self.process = self.machine.start([*NGHISU, "serve"], env=environ, stdout=log, stderr=log)
        log.close()
        with entered(self.machine):
            wait_for_server(self.address)

    def do(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The secretary does something in the meeting."""
        with entered(self.machine):
            return self.hall.do(method, path, body)

    def admit(self, admission: str = "admitted", cap: str = "top") -> None:
        """Let the site in by hand, or not."""
        self.do("PUT", f"/relay/sites/{self.site}/admission", {"admission": admission, "reason": "Thử", "cap": cap})

    def revoke(self) -> None:
        """The administrator takes the edge's device away."""
        with entered(self.machine):
            hand = self.hand(ADMINISTRATOR)
            unit = int(hand.get("/api/units")["units"][0]["id"])
            (edge,) = [one for one in hand.get(f"/api/units/{unit}/devices")["devices"] if one["kind"] == "edge"]
            hand.post(f"/api/units/{unit}/devices/{edge['id']}", method="DELETE")

    def board(self, true: Callable[[dict[str, Any]], bool], what: str) -> dict[str, Any]:
        """The site's row of the console's board once it is as wanted."""
        topic = f"meeting/{self.hall.id}/relay-board"
        with entered(self.machine):
            hand = self.hall.secretary
            seat = Seat(hand.loop, hand.browser.target, "console", token=hand.browser.token, topics=[topic])
            seat.start()
            row: dict[str, Any] = {}

            def shows() -> bool:
                row.clear()
                row.update(_row(seat, topic, self.site))
                return bool(row) and true(row)

            assert hand.loop.run(shows, PATIENCE), f"never on the board: {what}; last {row}"
            seat.stop()
        return row


def _row(seat: Seat, topic: str, site: int) -> dict[str, Any]:
    copy = seat.copies.get(topic)
    if copy is None or site not in copy.data["sites"]["id"]:
        return {}
    at = copy.data["sites"]["id"].index(site)
    return {name: column[at] for name, column in copy.data["sites"].items()} | {"relay": copy.data["relay"]}


@dataclass
class Box:
    """An edge's machine."""

    data: Path
    machine: Machine
    centre: str
    process: "subprocess.Popen[bytes] | None" = None
    watches: list[Watch] = field(default_factory=list)
    primary: Watch = field(init=False)
    program: Watch = field(init=False)

    def watch(self, conference: int) -> None:
        """Follow what comes from the centre, and what the building gets."""
        Settings(data=self.data).folder("run")
        self.primary, self.program = (Watch(self.data, f"{conference}/{key}") for key in ("primary", "program"))
        self.watches = [self.primary, self.program]

    def environ(self) -> dict[str, str]:
        """Of every process of the edge."""
        return {
            "NGHISU_DATA": str(self.data), "NGHISU_HOST": "0.0.0.0", "PORT": str(PORT), "NGHISU_RELAY_FANOUTS": "1",
        }

    def start(self, *more: str) -> None:
        """`nghisu edge …`."""
        log = (self.data / "edge.log").open("ab")
        self.process = self.machine.start([*NGHISU, "edge", *more], env=self.environ(), stdout=log, stderr=log)
        log.close()

    def kill(self) -> None:
        """kill -9 of the edge and all its processes."""
        assert self.process is not None
        kill_tree(self.process)

    def state(self) -> dict[str, Any]:
        """What its page shows; {} while it does not answer."""
        return self.ask("/state")

    def ask(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """GET or, with a body, POST of its page; {} while it does not answer."""
        headers = {"Content-Type": "application/json", "X-Nghisu-Surface": "edge-page"}
        data = None if body is None else json.dumps(body).encode()
        wanted = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data, headers)
        with (
            entered(self.machine), contextlib.suppress(OSError),
            urllib.request.urlopen(wanted, timeout=4) as answer,  # noqa: S310  (its own address)
        ):
            found: dict[str, Any] = json.loads(answer.read())
            return found
        return {}

    def conference(self) -> dict[str, Any]:
        """The first conference of its page."""
        return next(iter(self.state().get("conferences", [])), {})

    def recorded(self) -> int:
        """Bytes of its recordings."""
        return sum(one.stat().st_size for one in (self.data / "relay").rglob("*.mp4"))


@dataclass
class Campus:
    """Everything."""

    net: Network
    centre: Centre
    edge: Box
    room: Machine
    line: Line
    edge_address: str  # in the building

    def enrol(self) -> None:
        """The edge is started with its one-time code."""
        self.edge.watch(self.centre.conference)
        self.edge.start("--centre", self.edge.centre, "--code", self.centre.code)

    def viewers(self, out: Path, seconds: float = 2.0) -> list[dict[str, Any]]:
        """Somebody in the building's network watches for a while, over WHEP; what was seen."""
        conference = self.edge.conference()
        job = {
            "out": str(out), "options": {"url": f"http://{self.edge_address}:8889/whep/{conference['id']}"},
            "bearers": [conference["pass"]], "settle": 0.5, "seconds": seconds,
        }
        process = self.room.start(
            [sys.executable, "-m", "tests.relay.receivers"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        process.communicate(json.dumps(job).encode() + b"\n", timeout=PATIENCE)
        found: list[dict[str, Any]] = json.loads(out.read_text())["viewers"]
        return found


@contextlib.contextmanager
def campus(base: Path, source: Path, **conference: Any) -> Iterator[Campus]:
    """Everything but the enrolment; the conference is not live yet. Fields of `conference` are ConferenceIn's."""
    with network() as net:
        centre_machine, edge_machine, room = (net.machine(name) for name in ("centre", "edge", "room"))
        line = net.line(centre_machine, edge_machine, delay_ms=10)
        _, inside = net.cable(room, edge_machine)
        for name in ("c", "e"):
            (base / name).mkdir()
        address = f"http://{line.a}:{PORT}"
        centre, edge = Centre(base / "c", centre_machine, address), Box(base / "e", edge_machine, address)
        here = Campus(net, centre, edge, room, line, inside)
        try:
            centre.prepare(source, **conference)
            yield here
        except BaseException:
            for log in (base / "c" / "server.log", base / "e" / "edge.log"):
                with contextlib.suppress(OSError):
                    print(log.name, log.read_text(errors="replace")[-6000:], file=sys.stderr)
            raise
        finally:
            centre.let_go()
            for one in edge.watches:
                one.close()
            for process in (edge.process, centre.process):
                if process is not None and process.poll() is None:
                    kill_tree(process)
