"""`nghisu demo`: a living meeting on this machine, and one table that says who opens what."""

import atexit
import secrets
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import dataclass

import click

from server.core.config import Settings
from server.demo import room, seed
from server.demo.office import Hand, wait_for_server
from server.demo.relayed import conference
from server.demo.seed import Demo
from server.processes import supervise


def demo(settings: Settings, *, crowd: bool = True, quick: bool = False) -> None:
    """Make the demonstration if this data folder has none, start everything, print the table."""
    first_password = ""
    if seed.load(settings) is None:
        first_password = _prepare(settings)
    helper = threading.Thread(target=_welcome, args=(settings, first_password, crowd, quick), daemon=True)
    supervise(settings, ready=helper.start)


def _prepare(settings: Settings) -> str:
    from server.demo.papers.names import COMMITTEE  # noqa: PLC0415  (papers are slow to load, and are needed once)
    from server.setup import first_administrator, migrate  # noqa: PLC0415

    click.echo("Đang chuẩn bị cuộc họp trình diễn… / preparing the demonstration…")
    migrate(settings)
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    first_administrator(settings, account=seed.ADMINISTRATOR, unit=COMMITTEE, password=password)
    return password


def _welcome(settings: Settings, first_password: str, crowd: bool, quick: bool) -> None:
    try:
        wait_for_server(settings.address)
        made = seed.load(settings) or seed.seed(settings, first_password)
        click.echo(table(settings, made, _codes(settings, made)))
        seed.save(settings, made)
        if crowd:
            _crowd(quick)
        if made.relayed and not conference.clip_path(settings).exists():
            conference.make_clip(settings)
    except Exception as error:  # the server itself goes on; the newcomer must see why the demonstration does not
        click.echo(f"demo: {error!r}", err=True)
        raise


def _crowd(quick: bool) -> None:
    process = subprocess.Popen([sys.executable, "-m", "server.demo.crowd", *(["--quick"] if quick else [])])  # noqa: S603  (ours)
    atexit.register(process.terminate)


@dataclass(frozen=True)
class Codes:
    """One-time codes of screens that nobody has opened yet; "" of those that were."""

    wall: str
    local_wall: str = ""
    site: str = ""


def _codes(settings: Settings, made: Demo) -> Codes:
    with closing(Hand(settings.address)) as secretary:
        secretary.sign_in("thuky", made.passwords["thuky"])
        wall = seed.wall_code(secretary, made)
        if made.relayed is None:
            return Codes(wall)
        site = conference.page_code(secretary, f"/api/meetings/{made.meeting}/relay", made.relayed)
        return Codes(wall, seed.local_wall_code(secretary, made.relayed), site)


def table(settings: Settings, made: Demo, codes: Codes) -> str:
    """Who opens which address, with which sign-in."""
    base = settings.address
    free = sorted(made.pins, key=int)[room.SIMULATED : room.SIMULATED + 2]  # nobody simulated sits there
    rows = [
        ("Thư ký / secretary", f"{base}/sign-in/?next=/console/", f"thuky   {made.passwords['thuky']}"),
        ("Cửa / door", f"{base}/sign-in/?surface=door&next=/door/", f"letan   {made.passwords['letan']}"),
        *(
            (f"Ghế / seat: {made.delegates[one]}", f"{base}/seat/?m={made.join_code}", f"PIN   {made.pins[one]}")
            for one in free
        ),
        ("Màn hình / wall", *_screen(base, "wall", codes.wall)),
        ("Quản trị / administrator", f"{base}/sign-in/?next=/console/", f"quantri {made.passwords['quantri']}"),
    ]
    relayed = _relayed(base, made, codes) if made.relayed else []
    widths = [max(len(row[column]) for row in rows + relayed) for column in range(3)]
    line = "─" * (sum(widths) + 6)
    body, more = ("\n".join(
        "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in part
    ) for part in (rows, relayed))
    if relayed:
        body = f"{body}\n{line}\n{RELAYED}\n{more}"
    return f"\n{line}\n{body}\n{line}\nDừng: Ctrl+C. / Stop: Ctrl+C.\n"


RELAYED = """Hội nghị trực tuyến: thư ký mở trang “Tiếp phát” và bấm S để tổng duyệt.
Online conference: the secretary opens the page “Relay” and presses S for the rehearsal."""


def _relayed(base: str, made: Demo, codes: Codes) -> list[tuple[str, str, str]]:
    """The conference's page, and the screens of one room that receives it."""
    assert made.relayed is not None  # noqa: S101  (for mypy)
    one = made.relayed
    return [
        ("Tiếp phát / relay", f"{base}/console/#/meetings/{made.meeting}/relay", "thuky"),
        ("Điểm cầu / site's page", *_screen(base, "site", codes.site)),
        ("Màn hình điểm cầu / site's wall", *_screen(base, "wall", codes.local_wall)),
        (f"Ghế điểm cầu / site's seat: {one.delegate}", f"{base}/seat/?m={one.join_code}", f"PIN   {one.pin}"),
        ("Thư ký điểm cầu / site's relay", f"{base}/console/#/meetings/{one.local}/relay", "thuky"),
    ]


def _screen(base: str, surface: str, code: str) -> tuple[str, str]:
    if code:
        return f"{base}/{surface}/?code={code}", "mã dùng một lần / one-time code"
    return f"{base}/{surface}/", "đã ghép / enrolled"
