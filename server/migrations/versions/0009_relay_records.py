"""When sites were connected, and when a conference's report was made."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "relay_spell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("from_at", sa.DateTime(), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("best", sa.String(length=5), nullable=False),
        sa.Column("worst", sa.String(length=5), nullable=False),
        sa.Column("gaps", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_relay_spell_conference_id_conference"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["relay_site.id"], name=op.f("fk_relay_spell_site_id_relay_site"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_spell")),
    )
    op.create_index(op.f("ix_relay_spell_conference_id"), "relay_spell", ["conference_id"])
    op.create_index("ix_relay_spell_site", "relay_spell", ["site_id", "id"])
    op.add_column("conference", sa.Column("reported_at", sa.DateTime(), nullable=True))
