"""What Alembic runs: our metadata, on the connection we were given."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

import server.features  # noqa: F401  (declares every table)
from server.core.db import Base, UtcDateTime


def _rendered(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    # Revisions outlive the code: they name plain types.
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_item=_rendered,
    render_as_batch=True, compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
