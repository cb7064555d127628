"""What stands behind a reader's work on a case here: keys, the last seal, the last backup."""

from dataclasses import dataclass
from pathlib import Path

from reviewer.model.clock import minute
from reviewer.model.signing import blob_of, fingerprint, public_blob
from reviewer.service.backups import last_backup
from reviewer.service.readers import written
from reviewer.service.sealing import bound_keys
from reviewer.service.session import Session


@dataclass(frozen=True, slots=True)
class Keeping:
    """Who signs here, what is sealed, what was backed up; each in words.

    `missing` counts the entries that this device wrote and the file does not hold now.
    """

    reader: str
    device_key: str
    own_keys: tuple[str, ...]
    last_seal: str
    last_backup: str
    missing: int


def keeping(session: Session) -> Keeping:
    """What stands behind this reader's work on the case here. No key is made for it.

    Raises:
        ReviewerError: the device's key cannot be read.
    """
    device = session.case.device
    made = device is not None and device.is_made
    public = device.public if device is not None and made else b""
    return Keeping(
        reader=session.reader,
        device_key=fingerprint(public_blob(public)) if public else "none yet",
        own_keys=tuple(fingerprint(blob_of(line)) for line in bound_keys(session)),
        last_seal=_last_seal(session),
        last_backup=_last_backup(session),
        missing=session.missing_entries() if made else 0,
    )


def _last_seal(session: Session) -> str:
    sealed = [row for row in written(session) if row.sealed]
    if not sealed:
        return "none"
    newest = max(sealed, key=lambda row: row.at)
    return f"by {newest.reader}, {newest.words}"


def _last_backup(session: Session) -> str:
    made = last_backup(session)
    if made is None:
        return "none known here"
    gone = "" if Path(made.path).exists() else ", and is there no more"
    return f"{minute(made.at)}, to {made.path}{gone}"
