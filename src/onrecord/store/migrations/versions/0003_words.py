"""Search in titles and texts: FTS5 over them in SQLite, an index of their words in PostgreSQL; neither keeps the text twice."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

SQLITE = (
    "CREATE VIEW searchable AS SELECT key, title, text FROM articles WHERE current = 1",
    """CREATE VIRTUAL TABLE articles_fts USING fts5(
        title, text, content = 'searchable', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER articles_fts_added AFTER INSERT ON articles WHEN new.current = 1 BEGIN
        INSERT INTO articles_fts (rowid, title, text) VALUES (new.key, new.title, new.text);
    END""",
    """CREATE TRIGGER articles_fts_gone BEFORE DELETE ON articles WHEN old.current = 1 BEGIN
        INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    END""",
    """CREATE TRIGGER articles_fts_superseded AFTER UPDATE OF current ON articles WHEN old.current = 1 AND new.current = 0 BEGIN
        INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    END""",
)
LONGEST = 300_000
"""PostgreSQL takes no more than a megabyte of words: longer texts are searched in their first characters."""
MARKS = "“”„‘’‚«»‹›–—…·•"
"""Typographic marks, which PostgreSQL takes for letters in some locales."""
PLAIN = f"translate(coalesce(title, '') || ' ' || left(text, {LONGEST}), '{MARKS}', '{' ' * len(MARKS)}')"
POSTGRESQL = (f"CREATE INDEX ix_articles_words ON articles USING gin (to_tsvector('english', {PLAIN})) WHERE current",)


def upgrade() -> None:
    """Take the step."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.execute(statement)
