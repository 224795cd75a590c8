"""What the source of every flow must hold; read from the files, so that a new flow is held to it unasked."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import conversations.flows
from conversations.engine import questions
from conversations.engine.flow import Flow

FLOWS = Path(conversations.flows.__file__).parent
MODULES = sorted(FLOWS.glob("*.py"))


def guarded_asks(tree: ast.AST) -> list[str]:
    """Lines of a bare `except`, an `except BaseException` or a `finally` around an await."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Try | ast.TryStar) or not any(
            isinstance(one, ast.Await) for one in ast.walk(node)
        ):
            continue
        caught = [handler.type for handler in node.handlers]
        is_bare = any(one is None or ast.unparse(one).endswith("BaseException") for one in caught)
        if is_bare or node.finalbody:
            found.append(f"line {node.lineno}")
    found += [
        f"line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.AsyncWith | ast.With)
        and any(isinstance(one, ast.Await) for one in ast.walk(node))
    ]
    return found


@pytest.mark.parametrize("name", [path.name for path in MODULES])
def test_no_bare_except_and_no_finally_around_an_ask(name: str) -> None:
    """`finally` and `with` run at every stop, a bare `except` breaks the close: none stands around an ask."""
    assert guarded_asks(ast.parse((FLOWS / name).read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        "async def f(ask):\n try:\n  await ask(Q)\n except:\n  pass",
        "async def f(ask):\n try:\n  await ask(Q)\n except BaseException:\n  pass",
        "async def f(ask):\n try:\n  x = 1\n  await ask(Q)\n finally:\n  pass",
        "async def f(ask):\n try:\n  pass\n finally:\n  await ask(Q)",
        "async def f(ask, c):\n with c:\n  await ask(Q)",
    ],
)
def test_the_guard_finds_what_it_forbids(source: str) -> None:
    """A guard nobody trips is no guard."""
    assert guarded_asks(ast.parse(source)) != []


def awaited(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Await):
            yield ast.unparse(node.value.func if isinstance(node.value, ast.Call) else node.value)


@pytest.mark.parametrize("name", [path.name for path in MODULES])
def test_a_flow_awaits_only_asks_and_other_flows(name: str) -> None:
    """What a flow awaits is an ask, a part of one, or a coroutine of a flow: no sleep, no query."""
    tree = ast.parse((FLOWS / name).read_text(encoding="utf-8"))
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)}
    asks = {
        arg.arg for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef) for arg in node.args.args
    }
    asks |= {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ".part(" in ast.unparse(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    strange = [one for one in awaited(tree) if one.split(".")[0].split("(")[0] not in own | asks]
    assert strange == []


@pytest.mark.parametrize("name", [path.name for path in MODULES])
def test_a_flow_knows_no_clock_no_chance_no_log(name: str) -> None:
    """Everything before the open question runs again on each message: it must come out the same."""
    tree = ast.parse((FLOWS / name).read_text(encoding="utf-8"))
    imported = {
        alias.name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert (
        imported & {"random", "secrets", "uuid", "time", "logging", "asyncio", "sqlalchemy", "storage"}
        == set()
    )


def flow_modules() -> Iterator[tuple[str, dict[str, object]]]:
    for path in MODULES:
        if path.stem != "__init__":
            module = __import__(f"conversations.flows.{path.stem}", fromlist=["FLOWS"])
            yield path.stem, vars(module)


def test_no_retired_name_is_in_use() -> None:
    """A name that was retired never comes back: a stored answer would get a new meaning."""
    for stem, names in flow_modules():
        asked = {one.name for one in names.values() if isinstance(one, questions.Question)}
        rows = names.get("FLOWS", ())
        assert isinstance(rows, tuple)
        for flow in rows:
            assert isinstance(flow, Flow)
            assert not asked & flow.retired, f"{stem}: {asked & flow.retired}"


def test_questions_of_one_module_have_names_of_their_own() -> None:
    """Two questions of one name in one module are one mistake away from answering each other."""
    for stem, names in flow_modules():
        seen: dict[str, str] = {}
        for constant, one in names.items():
            if isinstance(one, questions.Question) and constant.isupper():
                kind = type(one).__name__
                assert seen.setdefault(one.name, kind) == kind, f"{stem}: {one.name} is a {kind} too"
