"""`nghisu demo`: a living meeting on this machine, and one table that says who opens what."""

import atexit
import secrets
import subprocess
import sys
import threading

import click

from server.core.config import Settings
from server.demo import room, seed
from server.demo.office import wait_for_server
from server.demo.seed import Demo
from server.processes import supervise


def demo(settings: Settings, *, crowd: bool = True) -> None:
    """Make the demonstration if this data folder has none, start everything, print the table."""
    first_password = ""
    if seed.load(settings) is None:
        first_password = _prepare(settings)
    helper = threading.Thread(target=_welcome, args=(settings, first_password, crowd), daemon=True)
    supervise(settings, ready=helper.start)


def _prepare(settings: Settings) -> str:
    from server.demo.papers.names import COMMITTEE  # noqa: PLC0415  (papers are slow to load, and are needed once)
    from server.setup import first_administrator, migrate  # noqa: PLC0415

    click.echo("Đang chuẩn bị cuộc họp trình diễn… / preparing the demonstration…")
    migrate(settings)
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    first_administrator(settings, account=seed.ADMINISTRATOR, unit=COMMITTEE, password=password)
    return password


def _welcome(settings: Settings, first_password: str, crowd: bool) -> None:
    try:
        wait_for_server(settings.address)
        made = seed.load(settings) or seed.seed(settings, first_password)
        made.wall_code = seed.wall_code(settings, made)
        seed.save(settings, made)
        click.echo(table(settings, made))
        if crowd:
            _crowd()
    except Exception as error:  # the server itself goes on; the newcomer must see why the demonstration does not
        click.echo(f"demo: {error!r}", err=True)
        raise


def _crowd() -> None:
    process = subprocess.Popen([sys.executable, "-m", "server.demo.crowd"])
    atexit.register(process.terminate)


def table(settings: Settings, made: Demo) -> str:
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
        ("Màn hình / wall", *_wall(base, made)),
        ("Quản trị / administrator", f"{base}/sign-in/?next=/console/", f"quantri {made.passwords['quantri']}"),
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    line = "─" * (sum(widths) + 6)
    body = "\n".join("   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return f"\n{line}\n{body}\n{line}\nDừng: Ctrl+C. / Stop: Ctrl+C.\n"


def _wall(base: str, made: Demo) -> tuple[str, str]:
    if made.wall_code:
        return f"{base}/wall/?code={made.wall_code}", "mã dùng một lần / one-time code"
    return f"{base}/wall/", "đã ghép / enrolled"
