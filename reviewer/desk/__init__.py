"""The Textual app: one module a screen, its style beside it."""
