"""The command `nghisu`."""

import os
import sys
from pathlib import Path

import click

from server.core import config, logs
from server.core.config import ConfigError, Settings
from server.core.errors import Refused
from server.core.trouble import one_line
from server.rehearsal.command import rehearse
from server.relay.command import edge, relay


class _Main(click.Group):
    """A group that turns a wrong setting or a refusal into one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise click.ClickException(str(error)) from None
        except Refused as error:
            vi, en = error.text(error.refusal.vi), error.text(error.refusal.en)
            raise click.ClickException(f"{error.code}: {vi} ({en})") from None
        except Exception as error:
            said = one_line(error)
            if said is None:
                raise
            raise click.ClickException(said) from None


@click.group(cls=_Main)
def main() -> None:
    """Nghị Sự: phòng họp không giấy (paperless meeting room)."""


def settings() -> Settings:
    """The checked settings and data folder, with logging set up."""
    loaded = config.load()
    loaded.require_data_folder()
    logs.configure(loaded.log_level)
    return loaded


@main.command()
def serve() -> None:
    """Start all processes of the server on this machine."""
    from server.processes import supervise  # noqa: PLC0415  (commands load only what they use)

    loaded = settings()
    click.echo(f"Nghị Sự: {loaded.address}")
    supervise(loaded)


@main.command()
@click.option("--crowd/--no-crowd", default=True, help="forty simulated delegates")
@click.option("--quick", is_flag=True, help="the opening scene in half the time")
def demo(crowd: bool, quick: bool) -> None:
    """A demonstration meeting with simulated delegates, and a table of who opens what."""
    from server.demo.command import demo as run  # noqa: PLC0415

    loaded = settings()
    run(loaded, crowd=crowd, quick=quick)


@main.command()
@click.option("--account", default="quantri", show_default=True, help="name of the first administrator")
@click.option("--unit", default="Đơn vị gốc", show_default=True, help="name of the topmost unit")
@click.password_option(help="first password; it must be changed at the first sign-in")
def init(account: str, unit: str, password: str) -> None:
    """Make the data folder, the topmost unit and the first administrator."""
    from server.setup import first_administrator, migrate  # noqa: PLC0415

    loaded = settings()
    migrate(loaded)
    first_administrator(loaded, account=account, unit=unit, password=password)
    click.echo(f"OK: {account}")


@main.command()
def web() -> None:
    """The web process alone (for systemd)."""
    from server.processes import web_command  # noqa: PLC0415

    loaded = settings()
    bind = f"[{loaded.host}]:{loaded.port}" if ":" in loaded.host else f"{loaded.host}:{loaded.port}"
    command = web_command(bind, loaded)
    os.execv(command[0], command)  # noqa: S606  (gunicorn takes this process's place)


@main.command()
def worker() -> None:
    """The worker process alone (for systemd)."""
    from server.worker import main as run  # noqa: PLC0415

    run()


@main.command()
@click.argument("archive", type=click.Path(dir_okay=False, path_type=Path))
def backup(archive: Path) -> None:
    """Write everything into one archive (.tar); safe while the server runs."""
    from server.backup import back_up  # noqa: PLC0415
    from server.setup import require_data  # noqa: PLC0415

    loaded = settings()
    require_data(loaded)
    figures = back_up(loaded, archive)
    click.echo(f"OK: {archive}: {figures.files} files, {figures.bytes} bytes, journal row {figures.journal_seq}")


@main.command()
@click.argument("archive", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="do not ask")
def restore(archive: Path, yes: bool) -> None:
    """Put everything back as it was in the archive; safe while the server runs. What came after it is lost."""
    from server.backup import restore as put_back  # noqa: PLC0415

    if not yes:
        click.echo("Mọi thay đổi sau bản sao lưu sẽ mất. Everything after this backup is lost.")
        click.confirm("Tiếp tục / go on?", abort=True)
    figures = put_back(settings(), archive)
    click.echo(f"OK: {figures.files} files, journal row {figures.journal_seq}")


@main.command()
def verify() -> None:
    """Walk the journal's hash chain and hold the ballots against it; name what is broken. Safe beside the server."""
    from server.setup import verify_ballots, verify_journal  # noqa: PLC0415

    loaded = settings()
    (broken, (seq, head)), findings = verify_journal(loaded), verify_ballots(loaded)
    click.echo(f"BROKEN at row {broken.seq}: {broken.reason}" if broken else f"OK: {seq} rows, head {head}")
    for finding in findings:
        click.echo(f"BROKEN: {finding}")
    if not findings:
        click.echo("OK: every ballot and every result is as the journal says")
    if broken is not None or findings:
        sys.exit(1)


main.add_command(rehearse)
main.add_command(relay)
main.add_command(edge)
