"""How an edge takes the conference."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """To this revision."""
    with op.batch_alter_table("relay_site") as table:
        table.add_column(sa.Column("line", sa.String(length=4), nullable=False, server_default="feed"))
        table.add_column(sa.Column("line_turn", sa.Integer(), nullable=False, server_default="0"))
