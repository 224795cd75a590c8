"""Draws the pictures of the docs from the code: `make pictures`. A test holds that they are up to date."""

import sys
from collections.abc import Mapping
from pathlib import Path

from docs import floors, lifecycle

DOCS = Path(__file__).resolve().parent


def drawn() -> Mapping[Path, str]:
    """Every drawn file and what should stand in it today."""
    return {
        DOCS / "pictures" / "layers.svg": floors.svg(),
        DOCS / "pictures" / "lifecycle.svg": lifecycle.svg(),
        DOCS / "lifecycle.md": lifecycle.page(),
    }


def main() -> None:
    """Write what differs, and name it."""
    for path, wanted in drawn().items():
        if not path.exists() or path.read_text(encoding="utf-8") != wanted:
            path.write_text(wanted, encoding="utf-8")
            sys.stdout.write(f"drawn: {path.relative_to(DOCS.parent)}\n")


if __name__ == "__main__":
    main()
