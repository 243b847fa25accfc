"""Articles, what coded them, and what links them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Take the step."""
    op.create_table(
        "actors",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("sector", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_actors"),
    )
    op.create_table(
        "blocking_keys",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "value", "item", name="pk_blocking_keys"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_blocking_keys_kind_item", "blocking_keys", ["kind", "item"])
    op.create_table(
        "counters", sa.Column("name", sa.Text(), nullable=False), sa.Column("last", KEY, nullable=False), sa.PrimaryKeyConstraint("name", name="pk_counters")
    )
    op.create_table(
        "events",
        sa.Column("id", ID, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("title", sa.Text()),
        sa.Column("date", sa.Text()),
        sa.Column("date_end", sa.Text()),
        sa.Column("date_precision", sa.Text()),
        sa.Column("date_reason", sa.Text()),
        sa.Column("date_from", sa.Date()),
        sa.Column("date_to", sa.Date()),
        sa.Column("place_name", sa.Text()),
        sa.Column("place_country", sa.Text()),
        sa.Column("place_geonameid", sa.Integer()),
        sa.Column("place_lat", sa.Float()),
        sa.Column("place_lon", sa.Float()),
        sa.Column("place_precision", sa.Text()),
        sa.Column("status", sa.Text()),
        sa.Column("disagreements", JSON, nullable=False),
        sa.Column("part_of", sa.Text()),
        sa.Column("merged_into", sa.Text()),
        sa.Column("confidence", sa.Float()),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["events.id"], name="fk_events_merged_into", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["part_of"], ["events.id"], name="fk_events_part_of", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_date", "events", ["date_from", "id"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_index("ix_events_merged_into", "events", ["merged_into"])
    op.create_index("ix_events_part_of", "events", ["part_of"])
    op.create_index("ix_events_place", "events", ["place_country", "date_from"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    for name in ("place_name", "place_geonameid"):
        op.create_index(f"ix_events_{name}", "events", [name, "date_from"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_index("ix_events_stale", "events", ["stale"], sqlite_where=sa.text("stale = 1"), postgresql_where=sa.text("stale"))
    op.create_index("ix_events_type", "events", ["type", "date_from"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_table(
        "events_log",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("other_ids", JSON, nullable=False),
        sa.Column("reason", sa.Text()),
        sa.CheckConstraint("what IN ('made', 'merged', 'split', 'emptied')", name="ck_events_log_what"),
        sa.PrimaryKeyConstraint("key", name="pk_events_log"),
    )
    op.create_index("ix_events_log_event_id", "events_log", ["event_id"])
    op.create_table(
        "forgotten",
        sa.Column("id_sha256", sa.Text(), nullable=False),
        sa.Column("forgotten_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id_sha256", name="pk_forgotten"),
    )
    op.create_table(
        "link_notes",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "item", name="pk_link_notes"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "origins",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published_from", sa.Date()),
        sa.Column("published_to", sa.Date()),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_origins"),
    )
    op.create_table(
        "runs",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("model", sa.Text()),
        sa.Column("codebooks", JSON, nullable=False),
        sa.Column("operating_point", JSON, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("started_at", sa.Text(), nullable=False),
        sa.Column("finished_at", sa.Text()),
        sa.Column("superseded_by", KEY),
        sa.CheckConstraint("status IN ('running', 'stopped', 'finished')", name="ck_runs_status"),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.key"], name="fk_runs_superseded_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key", name="pk_runs"),
        sa.UniqueConstraint("id", name="uq_runs_id"),
    )
    op.create_index("ix_runs_superseded_by", "runs", ["superseded_by"])
    op.create_table(
        "skips",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("line", sa.Integer()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("skipped_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_skips"),
    )
    op.create_index("ix_skips_source", "skips", ["source"])
    op.create_table(
        "stories",
        sa.Column("id", ID, nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published_from", sa.Date()),
        sa.Column("published_to", sa.Date()),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_table(
        "articles",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("published", sa.Text()),
        sa.Column("published_reason", sa.Text()),
        sa.Column("publisher", sa.Text()),
        sa.Column("byline", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("published_from", sa.Date()),
        sa.Column("published_to", sa.Date()),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("retrieved_at", sa.Text()),
        sa.Column("pending", sa.Boolean(), nullable=False),
        sa.Column("origin_id", sa.Text()),
        sa.Column("story_id", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["origin_id"], ["origins.id"], name="fk_articles_origin_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_articles_story_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key", name="pk_articles"),
        sa.UniqueConstraint("id", "fingerprint", name="uq_articles_id_fingerprint"),
    )
    op.create_index("ix_articles_id_current", "articles", ["id"], unique=True, sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_index("ix_articles_origin_id", "articles", ["origin_id"])
    op.create_index("ix_articles_pending", "articles", ["pending"], sqlite_where=sa.text("pending = 1"), postgresql_where=sa.text("pending"))
    op.create_index("ix_articles_published_from", "articles", ["published_from"])
    op.create_index("ix_articles_publisher", "articles", ["publisher"])
    op.create_index("ix_articles_story_id", "articles", ["story_id"])
    op.create_table(
        "event_members",
        sa.Column("mention_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float()),
        sa.Column("reason", sa.Text()),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_members_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mention_id", name="pk_event_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_members_event_id", "event_members", ["event_id"])
    op.create_table(
        "codings",
        sa.Column("article", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("coded_at", sa.Text(), nullable=False),
        sa.Column("superseded_at", sa.Text()),
        sa.Column("superseded_by", KEY),
        sa.Column("warnings", JSON, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.key"], name="fk_codings_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["run"], ["runs.key"], name="fk_codings_run", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["superseded_by"], ["runs.key"], name="fk_codings_superseded_by", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("article", "run", name="pk_codings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_codings_run_current", "codings", ["run", "current"])
    op.create_index("ix_codings_superseded_by", "codings", ["superseded_by"])
