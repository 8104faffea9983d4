"""Conferences that are relayed, their sources, sites, incidents and edges; sites ask for the floor like everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

OPEN = sa.text("state IN ('waiting', 'speaking')")
SPEAKING = sa.text("state = 'speaking'")


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "conference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("organiser", sa.String(length=10), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_since", sa.DateTime(), nullable=False),
        sa.Column("rehearsal_at", sa.DateTime(), nullable=True),
        sa.Column("live_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("top", sa.String(length=5), nullable=False),
        sa.Column("hold_ms", sa.Integer(), nullable=False),
        sa.Column("stable_s", sa.Integer(), nullable=False),
        sa.Column("low", sa.Boolean(), nullable=False),
        sa.Column("recording", sa.Boolean(), nullable=False),
        sa.Column("recording_forbidden", sa.String(length=300), nullable=False),
        sa.Column("budget_mb", sa.Integer(), nullable=False),
        sa.Column("share_agenda", sa.Boolean(), nullable=False),
        sa.Column("share_documents", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_conference_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_conference_meeting_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "relay_source",
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("listen", sa.Boolean(), nullable=False),
        sa.Column("transport", sa.String(length=3), nullable=False),
        sa.Column("sound", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_relay_source_conference_id_conference"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conference_id", "key", name=op.f("pk_relay_source")),
    )
    op.create_table(
        "relay_site",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("contact_phone", sa.String(length=40), nullable=False),
        sa.Column("technician", sa.String(length=120), nullable=False),
        sa.Column("technician_phone", sa.String(length=40), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=True),
        sa.Column("local_meeting_id", sa.Integer(), nullable=True),
        sa.Column("admission", sa.String(length=8), nullable=False),
        sa.Column("admission_reason", sa.String(length=300), nullable=False),
        sa.Column("verdict", sa.String(length=1), nullable=True),
        sa.Column("verdict_at", sa.DateTime(), nullable=True),
        sa.Column("may_speak", sa.Boolean(), nullable=False),
        sa.Column("cap", sa.String(length=5), nullable=False),
        sa.Column("held", sa.String(length=5), nullable=False),
        sa.Column("headcount", sa.Integer(), nullable=False),
        sa.Column("headcount_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_relay_site_conference_id_conference"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_relay_site_device_id_device"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["local_meeting_id"], ["meeting.id"], name=op.f("fk_relay_site_local_meeting_id_meeting"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_relay_site_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_site")),
        sa.UniqueConstraint("conference_id", "device_id", name=op.f("uq_relay_site_conference_id")),
        sa.UniqueConstraint("local_meeting_id", name=op.f("uq_relay_site_local_meeting_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_relay_site_conference_id"), "relay_site", ["conference_id"])
    op.create_index(op.f("ix_relay_site_device_id"), "relay_site", ["device_id"])
    op.create_index(op.f("ix_relay_site_unit_id"), "relay_site", ["unit_id"])
    op.create_table(
        "relay_incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=30), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("text_en", sa.String(length=500), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("last_at", sa.DateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_by", sa.String(length=120), nullable=False),
        sa.Column("resolution", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_relay_incident_conference_id_conference"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["site_id"], ["relay_site.id"], name=op.f("fk_relay_incident_site_id_relay_site"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relay_incident")),
    )
    op.create_index(op.f("ix_relay_incident_conference_id"), "relay_incident", ["conference_id"])
    op.create_index(op.f("ix_relay_incident_site_id"), "relay_incident", ["site_id"])
    op.create_table(
        "relay_edge",
        sa.Column("device_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.String(length=40), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["device_id"], ["device.id"], name=op.f("fk_relay_edge_device_id_device"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("device_id", name=op.f("pk_relay_edge")),
    )
    # By plain ALTER TABLE: rebuilding a meeting would drop it, and with it, by its foreign keys, everything in it.
    op.add_column("meeting", sa.Column("secret", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("wall_scene", sa.Column("beside", sa.String(length=10), server_default="", nullable=False))
    _sites_may_ask_to_speak()


def _sites_may_ask_to_speak() -> None:
    """Nothing refers to a request, so its table may be rebuilt; its partial indexes are made again by hand."""
    for name in ("uq_request_open", "uq_request_speaking", "ix_request_state"):
        op.drop_index(name, "speaking_request")
    with op.batch_alter_table("speaking_request") as request:
        request.alter_column("participant_id", existing_type=sa.Integer(), nullable=True)
        request.add_column(sa.Column("site_id", sa.Integer(), nullable=True))
        request.add_column(sa.Column("site_name", sa.String(length=200), server_default="", nullable=False))
    op.create_index("ix_request_state", "speaking_request", ["meeting_id", "state"])
    for name, column, where in (
        ("uq_request_open", "participant_id", OPEN), ("uq_request_open_site", "site_id", OPEN),
        ("uq_request_speaking", "meeting_id", SPEAKING),
    ):
        op.create_index(
            name, "speaking_request", [column], unique=True, sqlite_where=where, postgresql_where=where
        )
