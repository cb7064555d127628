"""Texts that try to be more than text."""

from __future__ import annotations

import json

from tests.data import real

PAYLOADS = [
    "<script>document.title='ran'</script>",
    "</title></style></script><script>document.title='ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    "\"><svg onload=document.title='ran'><!--",
    "' onmouseover='document.title=1' x='",
    "<iframe srcdoc='<script>parent.document.title=1</script>'></iframe>",
    "<base href='https://evil.example/'><link rel=stylesheet href=/x.css>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
    "<![CDATA[<b>]]><?php x ?><!DOCTYPE html>--><!-- ",
    "javascript:document.title='ran'",
    "https://evil.example/a.png",
    "https://evil.example/?q=\"onclick='x'<&>",
    "url(https://evil.example/x.png) } body { background: red",
    "{{7*7}} ${7*7} <%= 7 %> &lt;b&gt; &#x3c;b&#x3e; &amp;amp;",
    "\u202eevil\u202c \u2066x\u2069 \u200b\u200d\ufeff \x00\x1b[31m\x9b \ud800 \uffff",
    "שלום עולם (abc) 123 \u200f مرحبا",
    "a\r\nb\rc\n\n\nd\te\u2028f\x0cg",
    "Z\u0351\u0358a\u0310\u0346l" + "\u0335" * 60 + "go",
]


def naughty() -> list[str]:
    """The Big List of Naughty Strings, if it is on this machine."""
    text = real("hostile", "naughty-strings", "blns.json").read_text(encoding="utf-8")
    return [string for string in json.loads(text) if string.strip()]


def formulas() -> list[str]:
    """Known attacks by CSV, if they are on this machine."""
    path = real("hostile", "csv-injection", "csv-payload.txt")
    return path.read_text(encoding="utf-8").splitlines()
