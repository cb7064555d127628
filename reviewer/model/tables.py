"""The tables by kind that a case is exported as: the names of their columns.

They are those of the case format (docs/case-format.md), after the case's own name and whether
it is an exercise, so that a sheet on its own still says so.
"""

ABOUT = ("case", "exercise")
COLUMNS: dict[str, tuple[str, ...]] = {
    "claims": (
        *("id", "text", "claimant", "date", "priority", "tags", "parent", "context"),
        *("statements", "recordings", "state"),
    ),
    "verdicts": (
        *("id", "claim", "reader", "value", "label", "note", "at", "standing", "stale", "as_of"),
        *("rests_on", "likelihood", "confidence"),
    ),
    "notes": ("id", "claim", "reader", "text", "at"),
    "excerpts": (
        *("id", "claim", "target", "stance", "exact", "prefix", "suffix", "start", "end"),
        *("start_time", "end_time", "reader", "orphan", "note"),
    ),
    "statements": (
        *("id", "version", "source", "origin", "title", "date", "language", "held", "url"),
        *("text", "translation", "translation_language", "note"),
    ),
    "recordings": (
        *("id", "version", "source", "origin", "title", "date", "released", "release"),
        *("language", "translation_language", "held", "cuts", "transcribed_by"),
        *("translated_by", "url", "note", "speakers"),
    ),
    "segments": ("recording", "n", "start", "end", "speaker", "text", "translation", "note"),
    "sources": ("id", "name", "kind", "origin", "note"),
    "ratings": (
        *("id", "claim", "source", "rating", "value", "title", "url", "date", "text", "note"),
    ),
    "findings": (
        *("id", "finding", "about", "claim", "key", "value", "in_words", "words", "more"),
        *("reader", "at"),
    ),
}
KINDS = tuple(COLUMNS)
