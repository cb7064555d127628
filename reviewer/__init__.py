"""A terminal reviewer of evidence: claims, statements and intercepted calls side by side."""

__version__ = "0.1.0"
