"""The desk: one module a screen, its style beside it.

`opening` opens it. `painter` knows what stands in each part of the first screen, and `geometry`
where; neither knows Textual. `first` puts that on the terminal before Textual is imported; then
`review` shows the same parts through `view`, and gives each key to its handler.
"""

import os

# Textual reads these once, when it is imported. Nothing on the desk moves by itself; over
# SSH an arrow key may arrive in pieces, and a terminal left behind by a dropped line must
# not be left in a keyboard mode that nothing can undo.
os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
os.environ.setdefault("TEXTUAL_SMOOTH_SCROLL", "0")
if "SSH_CONNECTION" in os.environ:
    os.environ.setdefault("ESCDELAY", "500")
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    os.environ.setdefault("TEXTUAL_FPS", "10")
