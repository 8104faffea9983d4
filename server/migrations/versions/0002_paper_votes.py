"""paper votes"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """To this revision."""
    op.create_table(
        "paper_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("agenda_item_id", sa.Integer(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rule_code", sa.String(length=60), nullable=False),
        sa.Column("rule", sa.JSON(), nullable=True),
        sa.Column("printed_at", sa.DateTime(), nullable=True),
        sa.Column("issued_at", sa.DateTime(), nullable=True),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("whole", sa.Integer(), nullable=True),
        sa.Column("convened", sa.Integer(), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("compared_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("closed_by", sa.String(length=200), nullable=False),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("annulled_at", sa.DateTime(), nullable=True),
        sa.Column("annulled_reason", sa.String(length=300), nullable=False),
        sa.Column("record_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"], ["agenda_item.id"], name=op.f("fk_paper_vote_agenda_item_id_agenda_item")
        ),
        sa.ForeignKeyConstraint(["follows_id"], ["paper_vote.id"], name=op.f("fk_paper_vote_follows_id_paper_vote")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_paper_vote_meeting_id_meeting"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_vote")),
    )
    with op.batch_alter_table("paper_vote", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_vote_agenda_item_id"), ["agenda_item_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_vote_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "paper_candidate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_vote_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("birth", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("nominators", sa.JSON(), nullable=False),
        sa.Column("nomination_votes", sa.Integer(), nullable=True),
        sa.Column("nomination_attending", sa.Integer(), nullable=True),
        sa.Column("standing", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["paper_vote_id"],
            ["paper_vote.id"],
            name=op.f("fk_paper_candidate_paper_vote_id_paper_vote"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_paper_candidate_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_candidate")),
    )
    with op.batch_alter_table("paper_candidate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_candidate_paper_vote_id"), ["paper_vote_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_candidate_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "paper_difference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_vote_id", sa.Integer(), nullable=False),
        sa.Column("ballot", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("reopened_reason", sa.String(length=300), nullable=False),
        sa.Column("reopened_by", sa.Integer(), nullable=True),
        sa.Column("seconded_by", sa.Integer(), nullable=True),
        sa.Column("settled", sa.Text(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["paper_vote_id"],
            ["paper_vote.id"],
            name=op.f("fk_paper_difference_paper_vote_id_paper_vote"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["reopened_by"], ["participant.id"], name=op.f("fk_paper_difference_reopened_by_participant")
        ),
        sa.ForeignKeyConstraint(
            ["seconded_by"], ["participant.id"], name=op.f("fk_paper_difference_seconded_by_participant")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["participant.id"], name=op.f("fk_paper_difference_settled_by_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_difference")),
        sa.UniqueConstraint("paper_vote_id", "ballot", "line", name=op.f("uq_paper_difference_paper_vote_id")),
    )
    with op.batch_alter_table("paper_difference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_difference_reopened_by"), ["reopened_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_difference_seconded_by"), ["seconded_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_difference_settled_by"), ["settled_by"], unique=False)

    op.create_table(
        "paper_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_vote_id", sa.Integer(), nullable=False),
        sa.Column("station", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marks", sa.String(length=150), nullable=False),
        sa.Column("invalid", sa.String(length=12), nullable=True),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_ms", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["entered_by"], ["participant.id"], name=op.f("fk_paper_entry_entered_by_participant")),
        sa.ForeignKeyConstraint(
            ["paper_vote_id"],
            ["paper_vote.id"],
            name=op.f("fk_paper_entry_paper_vote_id_paper_vote"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_entry")),
        sa.UniqueConstraint("paper_vote_id", "station", "number", name=op.f("uq_paper_entry_paper_vote_id")),
    )
    with op.batch_alter_table("paper_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_entry_entered_by"), ["entered_by"], unique=False)

    op.create_table(
        "paper_exclusion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_vote_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_vote_id"],
            ["paper_vote.id"],
            name=op.f("fk_paper_exclusion_paper_vote_id_paper_vote"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_paper_exclusion_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_exclusion")),
        sa.UniqueConstraint("paper_vote_id", "participant_id", name=op.f("uq_paper_exclusion_paper_vote_id")),
    )
    with op.batch_alter_table("paper_exclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_exclusion_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "paper_station",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_vote_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("held_since", sa.DateTime(), nullable=True),
        sa.Column("committed_at", sa.DateTime(), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["holder_id"], ["participant.id"], name=op.f("fk_paper_station_holder_id_participant")),
        sa.ForeignKeyConstraint(
            ["paper_vote_id"],
            ["paper_vote.id"],
            name=op.f("fk_paper_station_paper_vote_id_paper_vote"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_station")),
        sa.UniqueConstraint("paper_vote_id", "number", name=op.f("uq_paper_station_paper_vote_id")),
    )
    with op.batch_alter_table("paper_station", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_station_holder_id"), ["holder_id"], unique=False)

    op.create_table(
        "paper_station_hand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_vote_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["paper_vote_id"],
            ["paper_vote.id"],
            name=op.f("fk_paper_station_hand_paper_vote_id_paper_vote"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_paper_station_hand_participant_id_participant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_station_hand")),
        sa.UniqueConstraint("paper_vote_id", "participant_id", name=op.f("uq_paper_station_hand_paper_vote_id")),
    )
    with op.batch_alter_table("paper_station_hand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_station_hand_participant_id"), ["participant_id"], unique=False)

    # By plain ALTER TABLE: rebuilding the table would lose its AUTOINCREMENT, and an id must never be given again.
    op.add_column("participant", sa.Column("teller", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("participant", sa.Column("teller_head", sa.Boolean(), nullable=False, server_default=sa.false()))
