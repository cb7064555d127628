"""The desk's way to the terminal: only what has changed is sent, and no faster than it arrives.

Textual hands a driver a whole widget for each change in it. Here each frame is read into
cells (`cells`), compared with what the terminal shows already (`difference`, `scrolling`),
and sent when the terminal has answered for what went before (`pacing`, `answers`). What is
sent is written here from cells and styles, never passed on: nothing in a text can act.
"""
