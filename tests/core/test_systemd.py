"""The units are ones systemd accepts, and they start commands that exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from server.cli import main

UNITS = sorted((Path(__file__).parents[2] / "systemd").glob("nghisu-*.*"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_start_commands_that_exist(unit: Path) -> None:
    for command in re.findall(r"bin/nghisu ([a-z-]+)", unit.read_text("utf-8")):
        assert command in main.commands


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_unit(unit: Path, tmp_path: Path) -> None:
    # The paths of an installation do not exist here: point the unit at a program that does.
    for path in UNITS:
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace("/opt/nghisu/.venv/bin/nghisu", "/bin/true"))
    command = ["systemd-analyze", "verify", "--man=no", str(tmp_path / unit.name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    complaints = [line for line in (done.stdout + done.stderr).splitlines() if "nghisu" in line]
    assert complaints == []


EXPOSED = 25  # tenths of systemd's own measure; below it is its word "OK"
OFFLINE = re.compile(r"Overall exposure level for \S+: ([0-9.]+)")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not on this machine")
def test_the_edge_s_unit_gives_it_little_of_its_machine() -> None:
    unit = next(one for one in UNITS if one.name == "nghisu-edge.service")
    command = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    found = OFFLINE.search(said.stdout)
    if found is None:
        pytest.skip("this systemd cannot weigh a file")
    assert float(found[1]) * 10 <= EXPOSED
