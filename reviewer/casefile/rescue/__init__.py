"""Bringing back what still proves itself of a damaged case, without SQLite reading it."""
