"""The verbs of a session: what the front ends hold. Each act is one transaction."""
