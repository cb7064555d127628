"""Subtitle formats."""

from reviewer.readers.format import Format
from reviewer.readers.subtitles import ass, microdvd, sbv, srt, syncmap, ttml, vtt

FORMATS: tuple[Format, ...] = (
    vtt.FORMAT,
    sbv.FORMAT,
    ttml.FORMAT,
    ass.FORMAT,
    microdvd.FORMAT,
    *syncmap.FORMATS,
    srt.FORMAT,
)
