"""`nghisu relay`: the media processes of the centre. `nghisu edge`: those of a building elsewhere."""

from typing import TYPE_CHECKING

import click

from server.core import config, logs

if TYPE_CHECKING:
    from server.relay.edge_words import EdgeVerdict


@click.command()
def relay() -> None:
    """The relay alone (for systemd): media for conferences that run."""
    from server.relay.daemon.__main__ import run  # noqa: PLC0415  (media libraries load only here)

    loaded = config.load()
    loaded.require_data_folder()
    logs.configure(loaded.log_level)
    run(loaded)


@click.command()
@click.option("--centre", default="", help="enrol first: the centre's address, https://…")
@click.option("--code", default="", help="the one-time code from the centre's console")
@click.option(
    "--backup", default=None,
    help="srt://… of the same program, for a lossy line; kept until changed; - asks for one with a passphrase",
)
@click.option("--test", "only_test", is_flag=True, help="test the room for the next conference, print the verdict, end")
@click.option("--enrol-only", is_flag=True, help="enrol and end; the service does the rest")
def edge(centre: str, code: str, backup: str | None, enrol_only: bool, only_test: bool) -> None:
    """The relay of one building: takes one feed from the centre, serves its local network."""
    from server.relay.daemon.edge import main  # noqa: PLC0415  (media libraries load only here)

    loaded = config.load()
    main.networked(loaded)  # also before it calls a centre
    loaded.require_data_folder()
    logs.configure(loaded.log_level)
    if centre:
        name = main.enrol(loaded, centre, code or click.prompt("Mã ghép / code", hide_input=True))
        click.echo(f"OK: {name}")
    if backup is not None:
        main.set_backup(loaded, _address(backup))
    if only_test:
        _print_verdict(main.test(loaded))
    elif not enrol_only:
        main.run(loaded)


def _print_verdict(found: "EdgeVerdict") -> None:
    click.echo(f"{found.letter}: {found.sentence.vi}")
    for one in found.reasons:
        click.echo(f"- {one.name.vi}: {one.why.vi}. {one.do.vi}")


def _address(backup: str) -> str:
    """The address itself, or the line that is typed for "-". What others may not know stands in no command line."""
    if backup == "-":
        return str(click.prompt("srt://…", hide_input=True, err=True)).strip()
    if "passphrase" in backup.lower():
        raise config.ConfigError(
            "--backup: a passphrase in the command line can be read by every account; use --backup -"
        )
    return backup
