"""News text in, what is on record out."""
