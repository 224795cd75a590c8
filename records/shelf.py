"""Closed records as they were printed, each under the SHA-256 of its bytes: what is there is never written again."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from agreement.chain import sha256


def put(folder: Path, printed: bytes) -> str:
    """Keep it; the name under which it lies: its SHA-256 in hex. Raises OSError where the folder takes nothing."""
    name = sha256(printed)
    if not (folder / name).is_file():
        write(folder / name, printed)
    return name


def write(path: Path, content: bytes) -> None:
    """A new file, there whole or not at all, also while somebody reads it. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    os.replace(file.name, path)  # noqa: PTH105 - atomic, local
