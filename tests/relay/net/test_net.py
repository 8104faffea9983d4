"""The bad lines of the tests are as bad as they say."""

import re
import subprocess

import pytest

from tests.relay.net import Machine, missing, network

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing() or "-")


def ping(machine: Machine, address: str, count: int = 20) -> tuple[int, float]:
    """(answers, mean round trip in ms)."""
    script = (
        "import socket,sys,time,struct\n"
        "s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM);s.settimeout(0.4);got=0;total=0.0\n"
        f"for n in range({count}):\n"
        f"  t=time.monotonic();s.sendto(struct.pack('!I',n),('{address}',9))\n"
        "  try:\n"
        "    while struct.unpack('!I',s.recv(99))[0]!=n: pass\n"
        "    got+=1;total+=time.monotonic()-t\n"
        "  except TimeoutError: pass\n"
        "print(got, total/max(1,got)*1000)\n"
    )
    said = machine.run(["python3", "-c", script], stdout=subprocess.PIPE).stdout.decode()
    found = re.match(r"(\d+) ([\d.]+)", said)
    assert found
    return int(found[1]), float(found[2])


ECHO = (
    "import socket;s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM);s.bind(('0.0.0.0',9));print('ready',flush=True)\n"
    "while True:\n  data,who=s.recvfrom(2000);s.sendto(data,who)\n"
)


def test_line_delays_loses_and_can_be_cut_and_mended() -> None:
    with network() as net:
        here, there = net.machine("here"), net.machine("there")
        line = net.line(here, there)
        echo = there.start(["python3", "-c", ECHO], stdout=subprocess.PIPE)
        assert echo.stdout is not None
        echo.stdout.readline()
        assert ping(here, line.b)[0] == 20
        line.change(delay_ms=30)
        answers, round_trip = ping(here, line.b, 10)
        assert answers == 10
        assert round_trip >= 60
        line.change(delay_ms=0, loss=0.9)
        assert ping(here, line.b, 5)[0] < 5
        line.cut()
        assert ping(here, line.b, 2)[0] == 0
        line.change(loss=0, cut=False)
        assert ping(here, line.b)[0] == 20
        sent, _ = line.counts()
        assert sent.lost > 0
        echo.stdout.close()


def test_line_of_a_rate_carries_no_more_and_drops_what_does_not_fit_its_queue() -> None:
    with network() as net:
        here, there = net.machine("here"), net.machine("there")
        line = net.line(here, there, kbps=1000, queue_ms=100)
        here.run(["python3", "-c", (
            "import socket,time;s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)\n"
            f"for n in range(200):\n  s.sendto(bytes(1200),('{line.b}',9))\n  time.sleep(0.002)\n"
        )])
        sent, _ = line.counts()
        passed = sent.packets - sent.overflowed
        assert sent.overflowed > 100  # 4.8 Mb/s into 1 Mb/s
        assert passed > 20


def test_machines_of_one_building_reach_each_other_over_a_cable() -> None:
    with network() as net:
        edge, wall = net.machine("edge"), net.machine("wall")
        address, _ = net.cable(edge, wall)
        echo = edge.start(["python3", "-c", ECHO], stdout=subprocess.PIPE)
        assert echo.stdout is not None
        echo.stdout.readline()
        assert ping(wall, address, 3)[0] == 3
        echo.stdout.close()
