"""Who writes here: the device's own key, and the reader's name.

The key is made where it is first needed and never leaves the reader's state directory. It
shows that an account on a machine wrote an entry, and nobody else on a shared host; who that
is, a seal by the reader's SSH key says.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from functools import cached_property
from pathlib import Path

from reviewer.casefile.ledger import default_reader
from reviewer.model.errors import ReviewerError, UsageError
from reviewer.service.config import Config, load_config, state_dir, state_path
from reviewer.service.places import replace_file

KEY = "device.key"
KEY_BYTES = 32
NAME = "reader"
LONGEST_NAME = 80


class DeviceKey:
    """The Ed25519 key of this account on this machine, and what it remembers of its entries."""

    @cached_property
    def _folder(self) -> Path:
        return state_dir()

    @cached_property
    def _seed(self) -> bytes:
        path = self._folder / KEY
        try:
            if not path.exists():
                _make_key(path)
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077:
                path.chmod(0o600)
            seed = bytes.fromhex(path.read_text(encoding="ascii"))
        except OSError as error:
            raise ReviewerError(
                f"The key of this device, {path}, cannot be read or made ({error.strerror});"
                " nothing was recorded. Mend its permissions, or set XDG_STATE_HOME to a folder of"
                " your own."
            ) from error
        except ValueError as error:
            raise ReviewerError(_spoilt(path)) from error
        if len(seed) != KEY_BYTES:
            raise ReviewerError(_spoilt(path))
        return seed

    @property
    def is_made(self) -> bool:
        """Whether there is a key already; asking for it makes one."""
        return (state_path() / KEY).exists()

    @cached_property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed).public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of a signature (RFC 8032)."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self._seed).sign(message)

    def newest(self, case: str) -> dict[str, tuple[int, str]]:
        """The number and id of the newest entry this device knows to have written, by chain."""
        try:
            raw = json.loads(self._written(case).read_text(encoding="ascii"))
            return {chain: (int(seq), str(id_)) for chain, (seq, id_) in raw.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            # Without this memory an older copy that is put back goes unnoticed here; what it
            # forks is still kept and shown.
            return {}

    def wrote(self, case: str, chain: str, seq: int, id_: str) -> None:
        """Remember an entry that is on the disk."""
        known = self.newest(case) | {chain: (seq, id_)}
        # The entry is safe already; a memory that cannot be kept is no reason to say otherwise.
        with contextlib.suppress(OSError):
            self._written(case).parent.mkdir(mode=0o700, exist_ok=True)
            replace_file(self._written(case), json.dumps(known))

    def _written(self, case: str) -> Path:
        return self._folder / "written" / f"{case}.json"


def usual_reader(config: Config | None = None) -> str:
    """Who reads where nobody says: the settings' reader, the name given, or the account.

    Raises:
        UsageError: the settings cannot be understood.
    """
    return (config or load_config()).reader or given_name() or default_reader()


def given_name() -> str:
    """The name this reader gave at the first start, or nothing."""
    try:
        return (state_path() / NAME).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def keep_reader_name(name: str) -> None:
    """Remember the name under which this reader's verdicts stand."""
    replace_file(state_dir() / NAME, name + "\n")


def offered_name() -> str:
    """The name to offer a reader who has given none: that of git, or the account's."""
    from reviewer.ssh import git_setting

    return git_setting("user.name") or default_reader()


def _make_key(path: Path) -> None:
    import secrets

    from reviewer.files import give_name, sync

    unborn = path.with_name(f"{path.name}.{os.getpid()}.new")
    handle = os.open(unborn, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_bytes(KEY_BYTES).hex() + "\n")
        sync(unborn)
        # Of two programs that start at once the first one's key is kept.
        with contextlib.suppress(FileExistsError):
            give_name(unborn, path)
    finally:
        unborn.unlink(missing_ok=True)


def _spoilt(path: Path) -> str:
    return (
        f"The key of this device, {path}, is damaged; nothing was recorded. Put it back from a"
        " backup, or move it away: a new one is made, and your entries go on in a new chain."
    )


def checked_reader(name: str) -> str:
    """A reader's name as it may be written into the ledger.

    Raises:
        UsageError: it is empty, too long, or holds what cannot be printed.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(
            f"A reader's name has 1 to {LONGEST_NAME} printable characters; say --as NAME."
        )
    return name
