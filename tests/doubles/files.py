"""Bytes for what people send: small, valid by their first bytes, different for each name."""

from pathlib import PurePath

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360f8cf500f0003860180b6e2c4510000000049454e44ae426082"
)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\xff\xd9"
AMR = b"#!AMR\n"
HEADS = {".png": PNG, ".jpg": JPEG, ".jpeg": JPEG, ".amr": AMR, ".pdf": b"%PDF-1.4\n", ".zip": b"PK\x03\x04"}


def bytes_of(name: str) -> bytes:
    """The content of the file that a story calls so; the name is in it, so two names are two contents."""
    return HEADS.get(PurePath(name).suffix.lower(), b"") + name.encode()
