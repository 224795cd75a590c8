"""Closed records as they were printed, each under the SHA-256 of its bytes: what is there is never written again."""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from agreement.chain import sha256


def put(folder: Path, printed: bytes) -> str:
    """Keep it; the name under which it lies."""
    name = sha256(printed)
    path = folder / name
    if path.is_file():
        return name
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        file.write(printed)
    os.replace(file.name, path)  # noqa: PTH105 - atomic, local
    return name
