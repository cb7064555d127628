"""File formats out: models to bytes."""
