"""The claims on which readers differ, with what each of them says: those far apart first."""

import json
from collections.abc import Collection

from reviewer.casefile import views
from reviewer.casefile.engine import Connection
from reviewer.model.judgements import Disagreement

DIFFERING = """
SELECT queue.claim, max(scale.key) - min(scale.key) AS gap,
  count(DISTINCT verdict.author) AS readers, count(DISTINCT verdict.value) AS verdicts
FROM queue JOIN verdict ON verdict.claim = queue.claim AND verdict.standing AND verdict.stale = ''
LEFT JOIN scale ON scale.value = verdict.value
WHERE queue.state = 'in_conflict' {of}
GROUP BY queue.claim
ORDER BY gap DESC, readers DESC, verdicts DESC, queue.priority, queue.date, queue.claim
LIMIT :limit
"""


def disagreements(
    con: Connection, reader: str, *, of: Collection[str] | None = None, limit: int = 50
) -> list[Disagreement]:
    """The claims on which standing verdicts differ: those furthest apart on the scale first.

    Then those of most readers, then by the order of the queue.

    Args:
        con: the connection.
        reader: who asks.
        of: only these claims.
        limit: at most so many.
    """
    only = "" if of is None else "AND queue.claim IN (SELECT value FROM json_each(:of))"
    rows = con.execute(
        DIFFERING.format(of=only), {"limit": limit, "of": json.dumps(sorted(of or ()))}
    ).fetchall()
    return [_one(con, reader, row["claim"]) for row in rows]


def _one(con: Connection, reader: str, claim: str) -> Disagreement:
    (text,) = con.execute(
        "SELECT text FROM claim WHERE id = ? ORDER BY version DESC LIMIT 1", (claim,)
    ).fetchone()
    said = [v for v in views.verdicts(con, reader, claim) if v.standing and not v.stale]
    return Disagreement(claim, text, tuple(sorted(said, key=lambda v: (v.at, v.reader, v.id))))
