"""Papers of the host of a conference that are approved for the rooms, one by one."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "relay_shared_paper",
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_relay_shared_paper_conference_id_conference"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_relay_shared_paper_document_id_document"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conference_id", "document_id", name=op.f("pk_relay_shared_paper")),
    )
