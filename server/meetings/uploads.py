"""Uploaded lists between preview and import: kept an hour, each openable only by who uploaded it, for its meeting."""

import hashlib
import json
import re
import secrets
from pathlib import Path

from server.core import clock
from server.core.errors import Refused
from server.core.keys import Keys
from server.meetings.columns import Table

KEEP_SECONDS = 3600
_TOKEN = re.compile(r"[0-9a-f]{64}")


class Uploads:
    """The checked-in lists of a data folder."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        self._folder, self._keys = folder / "imports", keys

    def keep(self, meeting_id: int, actor_key: str, table: Table) -> str:
        """Store a list; returns its token. The same list of the same person has the same token."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._forget_old()
        text = json.dumps([table.header_row, table.headers, table.fields, table.rows], ensure_ascii=False)
        digest = hashlib.sha256(text.encode()).hexdigest()
        token = self._keys.mac("import", f"{meeting_id}:{actor_key}:{digest}".encode()).hex()
        draft = self._folder / f"{token}.{secrets.token_hex(4)}"
        draft.write_text(json.dumps({"owner": [meeting_id, actor_key], "table": text}), "utf-8")
        draft.replace(self._folder / token)
        return token

    def open(self, meeting_id: int, actor_key: str, token: str) -> Table:
        """The list of a token. Raises Refused `import_expired`: also for somebody else's."""
        try:
            if not _TOKEN.fullmatch(token):
                raise FileNotFoundError
            kept = json.loads((self._folder / token).read_text("utf-8"))
        except FileNotFoundError:
            raise Refused("import_expired") from None
        if kept["owner"] != [meeting_id, actor_key]:
            raise Refused("import_expired")
        header_row, headers, fields, rows = json.loads(kept["table"])
        return Table(header_row, headers, fields, [(number, row) for number, row in rows])

    def _forget_old(self) -> None:
        for path in self._folder.iterdir():
            if path.stat().st_mtime * 1000 < clock.epoch_ms() - KEEP_SECONDS * 1000:
                path.unlink(missing_ok=True)
