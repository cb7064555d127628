"""Checking what a person said of files before any of them is opened."""

from reviewer.model.errors import UsageError
from reviewer.readers.row import LANGUAGE
from reviewer.readers.wishes import Wishes

LONGEST_NAME = 100
"""The name of a collection stands before ids, which have 200 characters."""


def check(wishes: Wishes) -> None:
    """Check languages and names.

    Raises:
        UsageError: one of them cannot be what it is said to be.
    """
    for tag in (wishes.language, wishes.translation_language):
        if tag and not LANGUAGE.fullmatch(tag):
            raise UsageError(f"'{tag}' is not the tag of a language; write uk, ru, en or zh-Hans.")
    name = wishes.collection
    if name and ("/" in name or not _fits(name)):
        raise UsageError(
            f"'{name[:LONGEST_NAME]}' cannot be the name of a collection; it has 1 to"
            f" {LONGEST_NAME} printable characters, and no '/'."
        )
    if wishes.source and not _fits(wishes.source):
        raise UsageError(
            f"'{wishes.source[:LONGEST_NAME]}' cannot be the name of a source; it has 1 to"
            f" {LONGEST_NAME} printable characters."
        )


def _fits(name: str) -> bool:
    return name == name.strip() and name.isprintable() and len(name) <= LONGEST_NAME
