"""Text from outside, made fit to show, measure, wrap and quote. Strings in, strings out.

The ground floor: of `reviewer` it uses `structs` alone, and of others only the standard
library. It runs before the first paint, so nothing heavy is imported here: `re`, `typing` and
`dataclasses` cost as much as starting Python itself, and are left out or put off until a
text needs them (`patterns`). Import from the modules, not from here.

    display    any outside string, safe for a terminal; offsets there and back
    cells      widths in terminal cells; cutting to a width
    wrap       lines as spans
    anchors    quotations that are found again, or are orphans
"""
