"""Signing and checking with a person's own SSH key, by `ssh-keygen -Y`.

It runs apart from the terminal: a key that asks for its words would write into the desk. So a
key must be one that needs none, or be held by an agent.
"""

import os
import subprocess
import tempfile
from pathlib import Path

KEYGEN = ("/usr/bin/env", "ssh-keygen")
PATIENCE_S = 30
"""As long a person has to touch a key that wants to be touched."""
USUAL = ("id_ed25519", "id_ed25519_sk", "id_ecdsa", "id_ecdsa_sk", "id_rsa")


class SshError(Exception):
    """What could not be signed or checked, and why, for a person."""


def sign(key: Path, namespace: str, message: bytes) -> str:
    """An armored signature over a message.

    Args:
        key: the file of a key, or of its public half where an agent holds the other.
        namespace: what the signature is for.
        message: what is signed.

    Raises:
        SshError: the key cannot be used without asking for words, or is none.
    """
    done = _run("-Y", "sign", "-n", namespace, "-f", str(key), "-q", given=message)
    if done.returncode != 0 or not done.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----"):
        raise SshError(_said(done))
    return done.stdout.decode("ascii")


def is_sound(armored: str, namespace: str, message: bytes) -> bool:
    """Whether a signature over a message is right; whose key it is stands in it.

    Raises:
        SshError: it cannot be checked here.
    """
    with tempfile.NamedTemporaryFile("w", encoding="ascii", suffix=".sig") as file:
        file.write(armored)
        file.flush()
        done = _run("-Y", "check-novalidate", "-n", namespace, "-s", file.name, given=message)
    return done.returncode == 0


def usual_keys() -> list[Path]:
    """Where people have their keys: what git signs with, then what ssh looks for."""
    asked = git_setting("gpg.format"), git_setting("user.signingkey")
    of_git = [Path(asked[1]).expanduser()] if asked[0] == "ssh" and asked[1] else []
    folder = Path.home() / ".ssh"
    return [key for key in [*of_git, *(folder / name for name in USUAL)] if key.is_file()]


def git_setting(name: str) -> str:
    """A setting of this person's git, or nothing."""
    try:
        done = subprocess.run(  # noqa: S603 - names of settings are ours
            ["/usr/bin/env", "git", "config", "--get", name],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=PATIENCE_S,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def _run(*arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(  # noqa: S603 - no shell reads the arguments
            [*KEYGEN, *arguments],
            input=given,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
            start_new_session=True,
            env={**os.environ, "SSH_ASKPASS_REQUIRE": "never", "LC_ALL": "C"},
        )
    except OSError as error:
        raise SshError("ssh-keygen (OpenSSH 8.1 or newer) is not on this machine") from error
    except subprocess.TimeoutExpired as error:
        raise SshError(f"the key did not answer within {PATIENCE_S} seconds") from error


def _said(done: "subprocess.CompletedProcess[bytes]") -> str:
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    said = lines[-1] if lines else "no reason was given"
    if "passphrase" in done.stderr.decode("utf-8", "replace"):
        return "the key has a passphrase; give it to an agent first with: ssh-add"
    return said.strip().rstrip(".")
