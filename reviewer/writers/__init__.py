"""Models to file formats out: pure, strings out. Who gathers and who writes is `service`."""

FORMATS = ("csv", "jsonl", "markdown", "html", "claimreview", "annotations", "bag")
