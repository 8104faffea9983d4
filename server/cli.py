"""The command `nghisu`."""

import sys

import click

from server.core import config, logs
from server.core.config import ConfigError, Settings
from server.core.errors import Refused


class _Main(click.Group):
    """A group that turns a wrong setting or a refusal into one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise click.ClickException(str(error)) from None
        except Refused as error:
            raise click.ClickException(f"{error.code}: {error.text(error.refusal.vi)} ({error.text(error.refusal.en)})") from None


@click.group(cls=_Main)
def main() -> None:
    """Nghị Sự: phòng họp không giấy (paperless meeting room)."""


def settings() -> Settings:
    """The checked settings, with logging set up."""
    loaded = config.load()
    logs.configure(loaded.log_level)
    return loaded


@main.command()
def serve() -> None:
    """Start all processes of the server on this machine."""
    from server.processes import supervise  # noqa: PLC0415  (commands load only what they use)
    from server.setup import migrate  # noqa: PLC0415

    loaded = settings()
    migrate(loaded)
    click.echo(f"Nghị Sự: {loaded.address}")
    try:
        supervise(loaded)
    except OSError as error:
        raise click.ClickException(f"setting port: {loaded.host}:{loaded.port}: {error.strerror}") from None


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
def verify() -> None:
    """Walk the journal's hash chain; name the first broken row."""
    from server.setup import verify_journal  # noqa: PLC0415

    broken, (seq, head) = verify_journal(settings())
    if broken is not None:
        click.echo(f"BROKEN at row {broken.seq}: {broken.reason}")
        sys.exit(1)
    click.echo(f"OK: {seq} rows, head {head}")
