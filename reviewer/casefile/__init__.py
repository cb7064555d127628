"""One case: one SQLite file. The only room that speaks SQL; it returns models."""
