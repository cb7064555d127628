"""What a device signs, anybody can check with ssh-keygen."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.model import signing
from reviewer.model.signing import DEVICE, SEAL
from reviewer.service.identity import DeviceKey

ID = "ab" * 32
SSH_KEYGEN = ("/usr/bin/env", "ssh-keygen")
needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="no ssh-keygen here")


def checked(folder: Path, key: bytes, armored: str, id_: str, namespace: str) -> bool:
    """What ssh-keygen says of a signature."""
    (folder / "allowed").write_text(f"device {signing.public_line(key)}\n", encoding="ascii")
    (folder / "sig").write_text(armored, encoding="ascii")
    done = subprocess.run(
        [
            *SSH_KEYGEN,
            "-Y",
            "verify",
            "-f",
            folder / "allowed",
            "-I",
            "device",
            "-n",
            namespace,
            "-s",
            folder / "sig",
        ],
        input=f"{id_}\n".encode(),
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


@needs_ssh
def test_a_devices_signature_is_one_that_ssh_keygen_knows(tmp_path: Path) -> None:
    device = DeviceKey()
    armored = signing.armored(device.public, device.sign(signing.to_sign(DEVICE, ID)), DEVICE)
    key = signing.public_blob(device.public)
    assert checked(tmp_path, key, armored, ID, "reviewer-device")
    assert not checked(tmp_path, key, armored, "cd" * 32, "reviewer-device")
    assert not checked(tmp_path, key, armored, ID, "reviewer-seal")
    read = signing.read_armored(armored)
    assert (read.key, read.namespace) == (key, "reviewer-device")


def test_it_holds_for_one_entry_one_key_and_one_purpose() -> None:
    device = DeviceKey()
    signature = device.sign(signing.to_sign(DEVICE, ID))
    assert signing.is_signed(device.public, DEVICE, ID, signature)
    assert not signing.is_signed(device.public, DEVICE, "cd" * 32, signature)
    assert not signing.is_signed(device.public, SEAL, ID, signature)
    assert not signing.is_signed(bytes(32), DEVICE, ID, signature)
    assert not signing.is_signed(device.public, DEVICE, ID, signature[:-1])
    assert not signing.is_signed(b"short", DEVICE, ID, signature)


@needs_ssh
def test_a_key_is_named_as_ssh_keygen_names_it(tmp_path: Path) -> None:
    subprocess.run(
        [*SSH_KEYGEN, "-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", tmp_path / "key"],
        check=True,
    )
    line = (tmp_path / "key.pub").read_text(encoding="ascii")
    blob = signing.blob_of(line)
    assert line.startswith(signing.public_line(blob))
    said = subprocess.run(
        [*SSH_KEYGEN, "-l", "-f", tmp_path / "key.pub"],
        capture_output=True,
        check=True,
        encoding="ascii",
    )
    assert signing.fingerprint(blob) in said.stdout


@given(st.text())
def test_what_is_no_key_is_none(line: str) -> None:
    with pytest.raises(ValueError, match="SSH"):
        signing.blob_of(line)


@given(st.binary())
def test_what_is_no_signature_is_none(junk: bytes) -> None:
    import base64

    body = base64.b64encode(signing.MAGIC + (1).to_bytes(4, "big") + junk[:8]).decode()
    for text in (junk.decode("latin-1"), f"{signing.BEGIN}\n{body}\n{signing.END}\n"):
        with pytest.raises(ValueError, match="SSH"):
            signing.read_armored(text)
