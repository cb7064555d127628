"""Verifying a case: everything that can be re-derived is, and whatever differs is named."""
