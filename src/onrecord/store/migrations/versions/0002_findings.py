"""The findings of each coding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ID = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    """Take the step."""
    _who_and_what_is_said()
    _events_and_the_rest()


def _who_and_what_is_said() -> None:
    op.create_table(
        "actor_names",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", "name", name="pk_actor_names"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_names_name", "actor_names", ["name"])
    op.create_table(
        "article_actors",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("sector", sa.Text()),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text()),
        sa.Column("affiliation", sa.Text()),
        sa.Column("affiliation_id", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], name="fk_article_actors_article_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_article_actors"),
    )
    op.create_index("ix_article_actors_article_run", "article_actors", ["article", "run"])
    op.create_index("ix_article_actors_country_sector", "article_actors", ["country", "sector"])
    op.create_index("ix_article_actors_id", "article_actors", ["id"])
    op.create_table(
        "attributions",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("speaker_id", sa.Text()),
        sa.Column("speaker_name", sa.Text()),
        sa.Column("speaker_role", sa.Text()),
        sa.Column("speaker_affiliation", sa.Text()),
        sa.Column("on_behalf_of", sa.Text()),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Text()),
        sa.Column("cue", sa.Text()),
        sa.Column("cue_class", sa.Text()),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_start", sa.Integer()),
        sa.Column("content_end", sa.Integer()),
        sa.Column("channel", sa.Text()),
        sa.Column("parent", sa.Text()),
        sa.Column("published_from", sa.Date()),
        sa.Column("published_to", sa.Date()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], name="fk_attributions_article_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_attributions"),
    )
    op.create_index("ix_attributions_article_run", "attributions", ["article", "run"])
    op.create_index("ix_attributions_id", "attributions", ["id"])
    op.create_index("ix_attributions_on_behalf_of", "attributions", ["on_behalf_of"])
    op.create_index("ix_attributions_speaker_id", "attributions", ["speaker_id"])
    op.create_index("ix_attributions_speaker_name", "attributions", ["speaker_name"])


def _events_and_the_rest() -> None:
    op.create_table(
        "event_mentions",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("mode", sa.Text()),
        sa.Column("quad", sa.Integer()),
        sa.Column("cameo", sa.Text()),
        sa.Column("contexts", JSON, nullable=False),
        sa.Column("trigger", sa.Text(), nullable=False),
        sa.Column("trigger_start", sa.Integer(), nullable=False),
        sa.Column("trigger_end", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("date", sa.Text()),
        sa.Column("date_end", sa.Text()),
        sa.Column("date_precision", sa.Text()),
        sa.Column("date_reason", sa.Text()),
        sa.Column("date_from", sa.Date()),
        sa.Column("date_to", sa.Date()),
        sa.Column("place_id", sa.Text()),
        sa.Column("place_name", sa.Text()),
        sa.Column("place_country", sa.Text()),
        sa.Column("place_geonameid", sa.Integer()),
        sa.Column("place_lat", sa.Float()),
        sa.Column("place_lon", sa.Float()),
        sa.Column("place_precision", sa.Text()),
        sa.Column("veridicality", sa.Text(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("event_id", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], name="fk_event_mentions_article_run", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_event_mentions_event_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key", name="pk_event_mentions"),
    )
    op.create_index("ix_event_mentions_article_run", "event_mentions", ["article", "run"])
    op.create_index("ix_event_mentions_date", "event_mentions", ["date_from", "id"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_index("ix_event_mentions_id", "event_mentions", ["id"])
    op.create_index("ix_event_mentions_event_id", "event_mentions", ["event_id"])
    alone = {"sqlite_where": sa.text("current = 1 AND event_id IS NULL"), "postgresql_where": sa.text("current AND event_id IS NULL")}
    op.create_index("ix_event_mentions_alone", "event_mentions", ["date_from", "id"], **alone)  # type: ignore[arg-type]
    at = {"sqlite_where": sa.text("current = 1"), "postgresql_where": sa.text("current")}
    op.create_index("ix_attributions_published", "attributions", ["published_from", "id"], **at)  # type: ignore[arg-type]
    op.create_index(
        "ix_event_mentions_place", "event_mentions", ["place_country", "date_from"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current")
    )
    for name in ("place_name", "place_geonameid"):
        op.create_index(
            f"ix_event_mentions_{name}", "event_mentions", [name, "date_from"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current")
        )
    op.create_index("ix_event_mentions_type", "event_mentions", ["type", "date_from"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_table(
        "framing",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("term_start", sa.Integer(), nullable=False),
        sa.Column("term_end", sa.Integer(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], name="fk_framing_article_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_framing"),
    )
    op.create_index("ix_framing_about", "framing", ["about"])
    op.create_index("ix_framing_article_run", "framing", ["article", "run"])
    op.create_index("ix_framing_id", "framing", ["id"])
    op.create_table(
        "places",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.Column("geonameid", sa.Integer()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text()),
        sa.Column("use", sa.Text(), nullable=False),
        sa.Column("as_written", sa.Text()),
        sa.Column("disputed", sa.Boolean(), nullable=False),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("precision", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], name="fk_places_article_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_places"),
    )
    op.create_index("ix_places_article_run", "places", ["article", "run"])
    op.create_index("ix_places_country", "places", ["country"])
    op.create_index("ix_places_geonameid", "places", ["geonameid"])
    op.create_index("ix_places_id", "places", ["id"])
    op.create_table(
        "positions",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("holder_start", sa.Integer(), nullable=False),
        sa.Column("holder_end", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Text()),
        sa.Column("holder_country", sa.Text()),
        sa.Column("holder_sector", sa.Text()),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("object_start", sa.Integer(), nullable=False),
        sa.Column("object_end", sa.Integer(), nullable=False),
        sa.Column("object_kind", sa.Text(), nullable=False),
        sa.Column("object_event_id", sa.Text()),
        sa.Column("object_actor_id", sa.Text()),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text()),
        sa.Column("said_precision", sa.Text(), nullable=False),
        sa.Column("said_reason", sa.Text(), nullable=False),
        sa.Column("said_from", sa.Date()),
        sa.Column("said_to", sa.Date()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("addressee", sa.Text()),
        sa.Column("addressee_id", sa.Text()),
        sa.Column("act_event_id", sa.Text()),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("attribution", sa.Text()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("event_id", sa.Text()),
        sa.Column("event_reason", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], name="fk_positions_article_run", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name="fk_positions_event_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("key", name="pk_positions"),
    )
    op.create_index("ix_positions_act", "positions", ["act", "stance", "said_from"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_index("ix_positions_article_run", "positions", ["article", "run"])
    op.create_index("ix_positions_event", "positions", ["event_id", "said_from"])
    op.create_index("ix_positions_holder", "positions", ["holder_id", "said_from"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_index(
        "ix_positions_holder_country",
        "positions",
        ["holder_country", "holder_sector", "said_from"],
        sqlite_where=sa.text("current = 1"),
        postgresql_where=sa.text("current"),
    )
    op.create_index("ix_positions_id", "positions", ["id"])
    op.create_index("ix_positions_object_actor_id", "positions", ["object_actor_id"])
    op.create_index("ix_positions_object_event_id", "positions", ["object_event_id"])
    op.create_index("ix_positions_said", "positions", ["said_from", "id"], sqlite_where=sa.text("current = 1"), postgresql_where=sa.text("current"))
    op.create_table(
        "times",
        sa.Column("key", KEY, autoincrement=False, nullable=False),
        sa.Column("id", ID, nullable=False),
        sa.Column("article", KEY, nullable=False),
        sa.Column("run", KEY, nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("day_from", sa.Date()),
        sa.Column("day_to", sa.Date()),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article", "run"], ["codings.article", "codings.run"], name="fk_times_article_run", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name="pk_times"),
    )
    op.create_index("ix_times_article_run", "times", ["article", "run"])
    op.create_index("ix_times_id", "times", ["id"])
    op.create_table(
        "actor_mentions",
        sa.Column("finding", KEY, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["finding"], ["article_actors.key"], name="fk_actor_mentions_finding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", "n", name="pk_actor_mentions"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "attribution_spans",
        sa.Column("finding", KEY, nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["finding"], ["attributions.key"], name="fk_attribution_spans_finding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", "part", "n", name="pk_attribution_spans"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "magnitudes",
        sa.Column("finding", KEY, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.Column("unit", sa.Text()),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.Column("claimed_by", sa.Text()),
        sa.ForeignKeyConstraint(["finding"], ["event_mentions.key"], name="fk_magnitudes_finding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", "n", name="pk_magnitudes"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "participants",
        sa.Column("finding", KEY, nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_start", sa.Integer(), nullable=False),
        sa.Column("text_end", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text()),
        sa.Column("country", sa.Text()),
        sa.Column("sector", sa.Text()),
        sa.ForeignKeyConstraint(["finding"], ["event_mentions.key"], name="fk_participants_finding", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("finding", "role", "n", name="pk_participants"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_participants_actor_id", "participants", ["actor_id"])
    op.create_index("ix_participants_country_sector", "participants", ["country", "sector"])
