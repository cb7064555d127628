"""The commands: parse, call a verb, print."""
