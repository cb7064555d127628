"""Speech-to-text JSON of many engines, and transcripts in JSON that people made.

Each engine's JSON is known by its structure alone. Other JSON (claims, alignments, tables) is
left to other readers.
"""

from reviewer.readers.format import Format
from reviewer.readers.speech import (
    assemblyai,
    aws,
    deepgram,
    google,
    kaldi,
    others,
    oyez,
    simple,
    whisper,
)
from reviewer.readers.speech.engine import format_of

FORMATS: tuple[Format, ...] = tuple(
    format_of(engine)
    for module in (oyez, deepgram, aws, others, google, assemblyai, kaldi, whisper, simple)
    for engine in module.ENGINES
)
