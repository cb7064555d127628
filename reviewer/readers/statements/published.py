"""Who published, where and when: out of addresses, names and dates from outside."""

import re
from urllib.parse import urlsplit

from reviewer.model.records import LONGEST_ID, is_date
from reviewer.readers.given import Given
from reviewer.readers.transcript import source_of

ARCHIVED = re.compile(r"https?://web\.archive\.org/(?:web/)?\d+[a-z_]*/(.+)", re.IGNORECASE | re.S)
"""An address of the Wayback Machine: behind the time stands the address that was archived."""
ACCOUNTS = frozenset({"twitter.com", "x.com", "t.me"})
"""Hosts whose addresses begin with the account that published."""
NO_ACCOUNT = frozenset({"", "i", "c", "s", "share", "search", "home", "hashtag", "joinchat"})
ZONE = re.compile(r"([+-]\d\d)(\d\d)\Z")


def iso_date(said: str) -> str:
    """A date in the form of the case format; empty where it is not in ISO 8601."""
    date = ZONE.sub(r"\1:\2", said.strip())
    return date if is_date(date) else ""


def is_address(value: str) -> bool:
    """Whether words are an address on the web."""
    return bool(re.match(r"https?://[^\s/]", value.strip(), re.IGNORECASE))


def publisher_of(address: str) -> str:
    """Who stands behind an address: its host, and on some hosts the account.

    An archived page was published by whom it was archived from, not by the archive.
    """
    archived = ARCHIVED.fullmatch(address.strip())
    whole = archived[1] if archived else address.strip()
    try:
        parts = urlsplit(whole if "://" in whole else f"http://{whole}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("mobile.")
    except ValueError:
        return ""
    account = parts.path.strip("/").partition("/")[0]
    if host in ACCOUNTS and account not in NO_ACCOUNT:
        return f"{host}/{account}"
    return host


def source(given: Given, name: str) -> dict[str, object]:
    """A source by its name; the file itself where there is none."""
    plain = "".join(c if c.isprintable() else " " for c in name)
    words = " ".join(plain.split())[:LONGEST_ID].strip()
    if not words:
        return source_of(given)
    return {"id": words, "name": words}
