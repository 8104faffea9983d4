"""What has served its time is thrown away by the worker, a little every minute."""

from server.core import idempotency
from server.core.jobs import Workshop, job


@job("core.purge", tick=True)
def purge(shop: Workshop) -> None:
    """Delete stored answers that nobody can ask for again."""
    with shop.database.read() as session:
        due = idempotency.is_due(session)
    if due:
        shop.writer.run(idempotency.purge)
