"""Fact-checks in the vocabulary of schema.org and its kin, AVeriTeC, TimeMap."""

from reviewer.readers.claimreview import averitec, google, json_ld, page, timemap
from reviewer.readers.format import Format

FORMATS: tuple[Format, ...] = (
    Format("averitec", "AVeriTeC", averitec.recognises, averitec.read),
    Format("timemap", "TimeMap export", timemap.recognises, timemap.read),
    Format("fact-check-api", "Google Fact Check Tools API", google.recognises, google.read),
    Format("claimreview", "ClaimReview as JSON-LD", json_ld.recognises, json_ld.read),
    Format("claimreview-html", "ClaimReview in a page", page.recognises, page.read),
)
