"""Files that hold no text to read: packed ones, documents, pictures, sound."""

from reviewer.model.errors import UnreadableError

PACKED = (
    (b"\x1f\x8b", "gzip", "unpack it first: gunzip"),
    (b"PK\x03\x04", "a zip archive", "unpack it, or save what it holds as text"),
    (b"BZh", "bzip2", "unpack it first: bunzip2"),
    (b"\xfd7zXZ\x00", "xz", "unpack it first: unxz"),
    (b"\x28\xb5\x2f\xfd", "zstd", "unpack it first: unzstd"),
    (b"%PDF-", "a PDF", "save its text as a text file"),
    (b"SQLite format 3\x00", "a database", "export its tables as CSV"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as text or CSV"),
    (b"\x89PNG", "a picture", "import the text that belongs to it"),
    (b"\xff\xd8\xff", "a picture", "import the text that belongs to it"),
    (b"ID3", "a sound file", "import its transcript"),
    (b"OggS", "a sound file", "import its transcript"),
    (b"RIFF", "a sound or video file", "import its transcript"),
)
WITHIN_ZIP = (
    (b"xl/", "an Excel workbook", "save the sheet as CSV"),
    (b"opendocument.spreadsheet", "a LibreOffice spreadsheet", "save the sheet as CSV"),
    (b"word/", "a Word document", "save it as text"),
    (b"opendocument.text", "a LibreOffice document", "save it as text"),
    (b"ppt/", "a PowerPoint presentation", "save its text as a text file"),
    (b"application/epub", "an e-book", "save its text as a text file"),
)
"""What archives are that programs keep documents in, by the names of the files in them."""


def refuse_packed(head: bytes) -> None:
    """Check by its first bytes that a file is none of these.

    Raises:
        UnreadableError: it is one; names the kind and what to do.
    """
    for magic, what, remedy in PACKED:
        if head.startswith(magic):
            if magic.startswith(b"PK"):
                what, remedy = _zipped(head, what, remedy)
            raise UnreadableError(f"{what}, not text; {remedy}.")


def _zipped(head: bytes, what: str, remedy: str) -> tuple[str, str]:
    """What a zip archive is and what to do about it, where its first names say it."""
    for mark, kept, instead in WITHIN_ZIP:
        if mark in head:
            return kept, instead
    return what, remedy
