"""The plain front end: the same verbs as labelled lines, nothing repainted."""
