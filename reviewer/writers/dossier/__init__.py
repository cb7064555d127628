"""The dossier: what an editor reads who must decide whether to print a claim."""

from reviewer.writers.dossier.page import html

__all__ = ["html"]
