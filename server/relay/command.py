"""`nghisu relay` and `nghisu edge`: the media processes of the centre and of a committee room's building."""

import click


@click.command()
def relay() -> None:
    """The relay alone (for systemd): media for conferences that run."""
    from server.cli import settings  # noqa: PLC0415  (cli imports this module)
    from server.relay.daemon.__main__ import run  # noqa: PLC0415  (media libraries load only here)

    run(settings())
