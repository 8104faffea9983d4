"""`nghisu rehearse`: the eve of a congress, on the technician's machine."""

import json
import os
from typing import Any

import click

from server.core import clock, config
from server.core.keys import Keys
from server.rehearsal import tickets
from server.rehearsal.browser import Browser, Target
from server.rehearsal.fleet import Fleet, allow_files, pin_to
from server.rehearsal.office import Office, RehearsalError
from server.rehearsal.sitting import Figures, Sitting


@click.command()
@click.option("--url", required=True, help="address of the running server, such as http://127.0.0.1:8080")
@click.option("--seats", type=click.IntRange(1, 5000), default=100, show_default=True, help="simulated seats")
@click.option("--pushes", type=click.IntRange(1, 1000), default=40, show_default=True, help="pages turned")
@click.option("--account", help="an account that may create meetings; its password: NGHISU_REHEARSE_PASSWORD, or asked")
@click.option("--unit", type=int, help="unit to rehearse in (default: the topmost the account sees)")
@click.option("--restart", default="", help="shell command run in the middle of the vote, such as a server's restart")
@click.option("--ca", type=click.Path(exists=True, dir_okay=False), help="certificate of the server's own authority")
@click.option("--core", type=int, help="CPU core to stay on")
@click.option("--json", "as_json", is_flag=True, help="print one JSON object and nothing else")
def rehearse(  # noqa: PLR0917  (click calls it by names)
    url: str, seats: int, pushes: int, account: str | None, unit: int | None, restart: str, ca: str | None,
    core: int | None, as_json: bool,
) -> None:
    """Rehearse a whole sitting with simulated seats, and print figures.

    Without --account the server's own key is used: run it on the server, with its data folder in NGHISU_DATA.
    """
    try:
        allow_files(2 * seats)
        if core is not None:
            pin_to(core)
        fleet = Fleet(Target.parse(url, ca))
        office = Office(Browser(fleet.loop, fleet.target, "console"))
        unit_id = _enter(office, account, unit)
        sitting = Sitting(office, fleet, (lambda _: None) if as_json else click.echo)
        figures = sitting.hold(unit_id, seats, pushes=pushes, restart=restart)
        fleet.close()
    except (OSError, ValueError, RehearsalError) as error:  # TimeoutError is an OSError
        raise click.ClickException(str(error)) from None
    click.echo(json.dumps(figures.as_json()) if as_json else table(figures))
    if figures.lost or figures.doubled:
        raise SystemExit(1)


def _enter(office: Office, account: str | None, unit: int | None) -> int:
    if account is not None:
        password = os.environ.get("NGHISU_REHEARSE_PASSWORD") or click.prompt("Mật khẩu / password", hide_input=True)
        office.sign_in(account, password)
        return unit or office.first_unit()
    settings = config.load()
    if not (settings.data / "keys" / "root.key").is_file():
        raise RehearsalError(
            f"no server's key in {settings.data}: run this on the server with NGHISU_DATA set, or give --account"
        )
    return office.use_ticket(tickets.issue(Keys(settings.data / "keys"), clock.epoch_ms()))


def table(figures: Figures) -> str:
    """The figures for people."""
    found = figures.as_json()
    push: dict[str, Any] = found["push_last_seat_ms"]
    ballots: dict[str, Any] = found["ballots"]
    rows = [
        ("Số ghế / seats", found["seats"]),
        ("Đăng nhập tất cả / all signed in", f"{found['sign_in_s']:.1f} s"),
        ("Kết nối tất cả / all connected", f"{found['connect_s']:.2f} s"),
        ("Điểm danh tất cả / all checked in", f"{found['check_in_s']:.2f} s"),
        ("Trang tới ghế cuối / page at the last seat", f"{push['p50']} ms (p95 {push['p95']}, p99 {push['p99']})"),
        ("Phiếu cuối được xác nhận / last ballot acknowledged", f"{found['vote_s']:.2f} s"),
        ("Phiếu gửi, xác nhận, lưu / cast, acknowledged, stored",
         f"{ballots['cast']}, {ballots['acknowledged']}, {ballots['stored']}"),
        ("Phiếu mất, phiếu trùng / lost, doubled", f"{found['lost']}, {found['doubled']}"),
    ]
    if found["back_after_restart_s"] is not None:
        rows.append(("Mọi ghế trở lại sau / all seats back after", f"{found['back_after_restart_s']:.1f} s"))
    width = max(len(name) for name, _ in rows) + 2
    return "\n".join(f"{name:{width}}{value}" for name, value in rows)
