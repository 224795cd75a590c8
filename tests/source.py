"""The source of the house as data, for tests that read it: files, trees, and what is called where."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PRODUCT = ("agreement", "texts", "storage", "desk", "conversations", "scheduler", "records", "console", "bot")


@dataclass(frozen=True)
class Module:
    """One file of Python: its path from the root of the house, and its tree."""

    path: str
    tree: ast.Module

    def at(self, node: ast.stmt | ast.expr | ast.excepthandler) -> str:
        """Where it stands, as a terminal makes it a link: `desk/handling.py:12`."""
        return f"{self.path}:{node.lineno}"


@cache
def modules(*folders: str) -> tuple[Module, ...]:
    """Every module below these folders, by path."""
    paths = sorted(path for folder in folders for path in (HOUSE / folder).rglob("*.py"))
    return tuple(map(_read, paths))


@cache
def _read(path: Path) -> Module:
    return Module(path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text(encoding="utf-8")))


@cache
def committed() -> tuple[Path, ...]:
    """Every file that git keeps or is about to keep."""
    command = ["git", "-C", str(HOUSE), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    paths = [HOUSE / name for name in sorted(filter(None, listed.split("\0")))]
    return tuple(path for path in paths if path.is_file())


def full_names(module: Module) -> dict[str, str]:
    """What each imported name means: `dt` → `datetime` after `import datetime as dt`."""
    names: dict[str, str] = {}
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                root = one.name.split(".")[0]
                names[one.asname or root] = one.name if one.asname else root
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {one.asname or one.name: f"{node.module}.{one.name}" for one in node.names}
    return names


def dotted(node: ast.expr, names: dict[str, str]) -> str:
    """`datetime.datetime.now` for an expression that says so under any name; "" for anything else."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute) and (parent := dotted(node.value, names)):
        return f"{parent}.{node.attr}"
    return ""


def calls(module: Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call with the full name of what it calls."""
    names = full_names(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and (name := dotted(node.func, names)):
            yield name, node
