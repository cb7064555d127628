"""What a verdict says beside its value: the reason that a rule asks for, likelihood, confidence."""

from __future__ import annotations

from reviewer.insight.origins import grounds, rests
from reviewer.model.errors import ReasonNeededError, UsageError
from reviewer.model.likelihood import confidence, likelihood

TYPE_CHECKING = False  # typing's own costs its import; checkers know the name
if TYPE_CHECKING:
    from collections.abc import Mapping

    from reviewer.model.canonical import Json
    from reviewer.model.claims import ClaimView
    from reviewer.model.judgements import Verdict
    from reviewer.model.scale import ScaleValue

ESTIMATES = ("likelihood", "confidence")
CHECKS = {"likelihood": likelihood, "confidence": confidence}


def weighed(
    now: ClaimView,
    value: ScaleValue,
    before: Verdict | None,
    more: Mapping[str, Json],
    words: Mapping[str, str],
) -> tuple[dict[str, Json], dict[str, str]]:
    """What a verdict is recorded with.

    A reason and an estimate that were given before stay while nothing of them changes.

    Args:
        now: the claim as it is.
        value: the value that it is judged by.
        before: the reader's verdict in force.
        more: what else the verdict is to say of itself; an estimate of '' is taken back.
        words: its erasable words, `reason` among them.

    Returns:
        What belongs into the verdict's data, and into its words.

    Raises:
        ReasonNeededError: it rests on too few origins and no reason is given.
        UsageError: the case has no such rule, or a word is none of ICD 203.
    """
    reason = words.get("reason", "").strip()
    said = {key: text for key, text in words.items() if key != "reason"}
    data = {**more, **_estimates(now, before, more)}
    for key in ESTIMATES:
        if not data.get(key):
            data.pop(key, None)
    asked = now.rules.asks_for(value.value)
    if not asked:
        if reason:
            raise UsageError(
                f"This case asks no reason of a verdict {value.label}; write it as a note."
            )
        return data, said
    found = grounds(now)
    names: list[Json] = [origin.id for origin in found.origins if origin.known]
    short = len(names) < asked
    reason = reason or (_kept(value.value, before, names) if short else "")
    if short and not reason:
        raise _needed(now, value, len(names), asked)
    if reason:
        data |= {"origins": names, "origins_asked": asked}
        said["reason"] = reason
    return data, said


def settled(
    now: ClaimView, value: ScaleValue, reason: str, agreed: Verdict | None
) -> dict[str, Json]:
    """What is recorded with an adjudication that has this value, as with a verdict of it.

    Raises:
        ReasonNeededError: it rests on too few origins, and neither it nor the reading that it
            agrees with gives a reason.
    """
    asked = now.rules.asks_for(value.value)
    names: list[Json] = [one.id for one in grounds(now).origins if one.known]
    if len(names) >= asked:
        return {}
    if not reason.strip() and not (agreed and "origins_asked" in agreed.data):
        raise _needed(now, value, len(names), asked)
    return {"origins": names, "origins_asked": asked}


def _needed(now: ClaimView, value: ScaleValue, found: int, asked: int) -> ReasonNeededError:
    few = rests(found, asked)
    return ReasonNeededError(
        f"{value.label} on {now.claim.id} {few} and needs a reason; nothing was recorded.",
        f"{value.label} {few}.",
    )


def _estimates(now: ClaimView, before: Verdict | None, more: Mapping[str, Json]) -> dict[str, Json]:
    given = {key: more[key] for key in ESTIMATES if key in more}
    if not now.rules.likelihood:
        if any(given.values()):
            raise UsageError("This case uses no words of likelihood; a rule of the case would.")
        return {}
    kept = {key: before.data[key] for key in ESTIMATES if before and key in before.data}
    checked = {key: CHECKS[key](str(word)) if word else "" for key, word in given.items()}
    return {**kept, **checked}


def _kept(value: str, before: Verdict | None, names: list[Json]) -> str:
    """The reason that was given for the same verdict on the same origins."""
    if before is None or before.value != value or before.stale:
        return ""
    return before.words.get("reason", "") if before.data.get("origins") == names else ""
