"""What holds for the whole source and no single test would notice: read from the trees of the files."""

import ast
import re
from collections.abc import Iterator

import pytest

from storage.tables import Table
from storage.tables.base import Id, UtcDateTime
from tests.source import HOUSE, PRODUCT, Module, calls, committed, dotted, full_names, modules

CLOCKS = {
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
}
MAY_READ_THE_CLOCK = {"bot/clock.py"}
DRAWERS = {"utils", "helpers", "services", "managers", "common", "misc"}

# Put together here, so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("python" + "hosted", "org"),
        ("npmjs", "org"),
        ("npmmirror", "com"),
        ("yarnpkg", "com"),
        ("pypi", "tuna"),
        ("mirrors", "aliyun"),
        ("deb", "debian", "org"),
    )
]
PLACES = [f"/{folder}/" for folder in ("work", "root", "home/[a-z]+", "Users/[A-Za-z]+")]
TOOLS = ["clau" + "de", "anthro" + "pic", "chat" + "gpt", "bash" + "_jobs", "pre" + "face.txt"]
FORBIDDEN = re.compile(
    "|".join(rf"(?<![\w.]){place}" for place in PLACES)
    + "|"
    + "|".join(map(re.escape, REGISTRIES))
    + "|"
    + "|".join(TOOLS),
    re.IGNORECASE,
)


def test_only_the_clock_reads_the_clock() -> None:
    """Time is an argument down to the last function; a hidden clock is one that no story can move."""
    found = [
        f"{module.at(node)} {name}"
        for module in modules(*PRODUCT)
        if module.path not in MAY_READ_THE_CLOCK
        for node, name in _mentions(module)
        if name in CLOCKS
    ]
    assert not found


def _mentions(module: Module) -> Iterator[tuple[ast.expr, str]]:
    names = full_names(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Name | ast.Attribute):
            yield node, dotted(node, names)


def test_no_sql_asks_the_database_for_the_time() -> None:
    """Two clocks are one bug: a default timestamp or `now()` in SQL is the second one."""
    found = [
        module.at(call)
        for module in modules(*PRODUCT)
        for name, call in calls(module)
        if name in {"sqlalchemy.func.now", "sqlalchemy.func.current_timestamp", "sqlalchemy.sql.func.now"}
    ]
    assert not found


def test_no_handler_catches_everything_unnamed() -> None:
    """A bare `except` eats the signal that stops a flow, and the bug that nobody then hears of."""
    found = [
        module.at(node)
        for module in modules(*PRODUCT, "tests", "bench")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and (node.type is None or _only_passes(node))
    ]
    assert not found


def _only_passes(handler: ast.ExceptHandler) -> bool:
    broad = isinstance(handler.type, ast.Name) and handler.type.id in {"Exception", "BaseException"}
    return broad and all(isinstance(line, ast.Pass | ast.Continue) for line in handler.body)


@pytest.mark.parametrize("folder", ["agreement", "desk"])
def test_every_public_rule_and_act_says_what_it_does(folder: str) -> None:
    """Whoever calls an act reads its docstring, not its body."""
    found = [
        f"{module.at(node)} {node.name}"
        for module in modules(folder)
        for node in _public(module.tree)
        if not ast.get_docstring(node)
    ]
    assert not found


def _public(parent: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in parent.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public(node)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
            yield node


def test_every_file_opens_with_its_sentence() -> None:
    """A newcomer reads the first line of a file and knows whether to go on."""
    found = [
        module.path
        for module in modules(*PRODUCT, "tests", "bench", "docs")
        if module.tree.body and not ast.get_docstring(module.tree)
    ]
    assert not found


def test_files_are_named_for_the_one_thing_they_do() -> None:
    """A drawer called utils fills by itself."""
    paths = [module.path for module in modules(*PRODUCT)]
    assert not [path for path in paths if set(re.split(r"[/.]", path)) & DRAWERS]


def test_moments_and_money_carry_their_unit_in_the_name() -> None:
    """A column of time ends in _at; a column whose name speaks of money ends in _fen."""
    columns = [column for table in Table.metadata.sorted_tables for column in table.columns]
    moments = [one for one in columns if isinstance(one.type, UtcDateTime)]
    found = [str(one) for one in moments if one.name.split("_")[-1] != "at"]
    whole = [one for one in columns if isinstance(one.type, Id)]
    found += [str(one) for one in whole if re.search(r"(amount|price|sum|fee|deposit)$", one.name)]
    assert not found


def test_nothing_committed_names_a_registry_or_the_machine_it_was_written_on() -> None:
    """The house builds anywhere: where packages come from is the business of whoever installs it."""
    found = []
    for path in committed():
        text = path.read_bytes().decode("utf-8", errors="ignore")
        found += [f"{path.relative_to(HOUSE)}: {hit.group()}" for hit in FORBIDDEN.finditer(text)]
    assert not found
