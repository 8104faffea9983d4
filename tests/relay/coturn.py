"""Debian's coturn as the house's TURN server: its configuration."""

from pathlib import Path


def configured(folder: Path, secret: str, port: int, listening: tuple[str, ...], relay: str) -> list[str]:
    """The command of a server that listens at these addresses and relays from `relay`; its files lie in `folder`."""
    lines = [
        f"listening-port={port}", *(f"listening-ip={one}" for one in listening), f"relay-ip={relay}",
        "use-auth-secret", f"static-auth-secret={secret}", "realm=nghisu", "no-tls", "no-dtls", "no-cli",
        "no-stdout-log", f"log-file={folder}/turn.log", f"pidfile={folder}/turn.pid", f"userdb={folder}/turn.db",
    ]
    (folder / "turn.conf").write_text("\n".join(lines) + "\n")
    return ["turnserver", "-c", str(folder / "turn.conf")]
