"""Verdicts on random samples of what was coded, and their shares."""
