"""Votes follow rules; results have records; batches, exclusions, reserved opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """To this revision."""
    op.create_table('unit_rule',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.Column('added_at', sa.DateTime(), nullable=False),
    sa.Column('retired_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_unit_rule_unit_id_unit')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_rule')),
    sa.UniqueConstraint('unit_id', 'code', name=op.f('uq_unit_rule_unit_id'))
    )
    with op.batch_alter_table('unit_rule', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_rule_unit_id'), ['unit_id'], unique=False)

    op.create_table('poll_batch',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('seconds', sa.Integer(), nullable=False),
    sa.Column('pause_seconds', sa.Integer(), nullable=False),
    sa.Column('on_wall', sa.Boolean(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('next_at', sa.DateTime(), nullable=False),
    sa.Column('stopped_by', sa.String(length=64), nullable=True),
    sa.ForeignKeyConstraint(
        ['meeting_id'], ['meeting.id'], name=op.f('fk_poll_batch_meeting_id_meeting'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_poll_batch'))
    )
    with op.batch_alter_table('poll_batch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_poll_batch_meeting_id'), ['meeting_id'], unique=False)
        batch_op.create_index(
            'uq_poll_batch_running', ['meeting_id'], unique=True, sqlite_where=sa.text("state = 'running'"),
            postgresql_where=sa.text("state = 'running'"),
        )

    op.create_table('result_record',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('sealed_at', sa.DateTime(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('signature', sa.String(length=128), nullable=False),
    sa.Column('public_key', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_result_record_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_result_record')),
    sa.UniqueConstraint('kind', 'subject_id', name=op.f('uq_result_record_kind'))
    )
    with op.batch_alter_table('result_record', schema=None) as batch_op:
        batch_op.create_index('ix_result_record_meeting', ['meeting_id'], unique=False)

    op.create_table('poll_exclusion',
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('note', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(
        ['participant_id'], ['participant.id'], name=op.f('fk_poll_exclusion_participant_id_participant'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(['poll_id'], ['poll.id'], name=op.f('fk_poll_exclusion_poll_id_poll'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('poll_id', 'participant_id', name=op.f('pk_poll_exclusion'))
    )
    with op.batch_alter_table('poll_exclusion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_poll_exclusion_participant_id'), ['participant_id'], unique=False)

    op.create_table('reserved_opinion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('poll_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('stated_at', sa.DateTime(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(
        ['participant_id'], ['participant.id'], name=op.f('fk_reserved_opinion_participant_id_participant'),
        ondelete='CASCADE',
    ),
    sa.ForeignKeyConstraint(
        ['poll_id'], ['poll.id'], name=op.f('fk_reserved_opinion_poll_id_poll'), ondelete='CASCADE'
    ),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reserved_opinion')),
    sa.UniqueConstraint('poll_id', 'participant_id', name=op.f('uq_reserved_opinion_poll_id'))
    )
    with op.batch_alter_table('reserved_opinion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reserved_opinion_participant_id'), ['participant_id'], unique=False)

    with op.batch_alter_table("ballot") as ballot:
        ballot.add_column(sa.Column("opinion", sa.Text(), server_default="", nullable=False))
        ballot.alter_column("choice", existing_type=sa.String(length=12), type_=sa.String(length=400))
    # By plain ALTER TABLE: rebuilding the table would drop it, and with it, by its foreign keys, every ballot.
    for column in (
        sa.Column("rule_code", sa.String(length=60), server_default="open-vote", nullable=False),
        sa.Column("rule", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("kind", sa.String(length=12), server_default="motion", nullable=False),
        sa.Column("options", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("choose_most", sa.Integer(), nullable=True),
        sa.Column("named", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("annulled_at", sa.DateTime(), nullable=True),
        sa.Column("annulled_reason", sa.String(length=500), nullable=True),
        sa.Column("batch_place", sa.Integer(), nullable=True),
        sa.Column("quorum_present", sa.Integer(), nullable=True),
        sa.Column("base_from", sa.Integer(), nullable=True),
    ):
        op.add_column("poll", column)
    op.execute(
        "ALTER TABLE poll ADD COLUMN replaces_id INTEGER CONSTRAINT fk_poll_replaces_id_poll REFERENCES poll (id)"
    )
    op.execute(
        "ALTER TABLE poll ADD COLUMN batch_id INTEGER CONSTRAINT fk_poll_batch_id_poll_batch REFERENCES poll_batch (id)"
    )
    op.execute(sa.table("poll", sa.column("rule", sa.JSON())).update().values(rule=OPEN_VOTE))
    # Results from before there were records stand in the journal ("poll.closed").
    for name in ("votes_for", "votes_against", "not_voting", "passed"):
        op.drop_column("poll", name)


OPEN_VOTE = {
    "code": "open-vote",
    "name": {"vi": "Biểu quyết công khai", "en": "Open vote"},
    "citation": {"regulation": "Quy chế làm việc của cấp ủy"},
    "subject": "motion", "forms": ["open"], "kinds": ["motion"], "base": "entitled",
    "threshold": {"numerator": 1, "denominator": 2}, "adjustable": ["base", "threshold", "changeable"],
    "tie": {"vi": "Bằng phiếu thì không thông qua.", "en": "Equality does not pass."},
}
"""The rule by which polls were held before rules were data."""
