"""Walls that no running test can show whole, read from the source: who may write, who may read, who is told."""

import ast
from collections.abc import Iterator

from desk.notices import NOTICES
from tests.source import Module, calls, full_names, modules
from texts.say import LANGUAGES, sentences

APPEND = {"desk.events.append", "desk.events.looked"}
TABLES = {"Ticket", "Event", "Attachment"}
# Who selects tickets, events or attachments though it shows them to nobody, each with the reason.
READERS = {
    "storage/sight.py": "the one place that knows who may see what",
    "storage/around.py": "lists to whoever writes what they reported themselves",
    "storage/register.py": "lists a period for desk/register_seen.py, which gives it the schools of whoever asks",
    "storage/due.py": "finds work for the clock, by time, and shows nothing",
    "storage/falling_due.py": "the same: which of its rows are due, and when the next is",
    "storage/media.py": "fetches and serves the bytes; the page asks sight for the ticket first",
}


def appended() -> Iterator[tuple[str, str]]:
    """(event, where) for every event that an act writes by a name in the source."""
    for module in modules("desk"):
        for name, call in calls(module):
            if name in APPEND and len(call.args) > 2:
                yield from ((text, module.at(call)) for text in _texts(call.args[2]))


def _texts(node: ast.expr) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def test_every_event_has_a_row_that_says_who_hears_of_it() -> None:
    """NOBODY is a row too: silence is decided, not forgotten."""
    told = {one.event for one in NOTICES}
    found = list(appended())
    assert len(found) > 30
    assert [f"{event} at {where}" for event, where in found if event not in told] == []


def test_every_event_and_notice_has_its_words() -> None:
    """The timeline names each event, and each notice has its sentence, in both languages."""
    for language in LANGUAGES:
        known = sentences(language)
        assert [event for event, _ in appended() if f"event.{event}" not in known] == []
        spoken = {one.name for one in NOTICES if one.name != "card" and one.audience.value != "nobody"}
        assert sorted(name for name in spoken if f"notice.{name}" not in known) == []


def selected(module: Module) -> Iterator[tuple[str, str]]:
    """(table, where) for every select of one of the guarded tables."""
    names = full_names(module)
    for name, call in calls(module):
        if name.rpartition(".")[2] not in {"select", "query", "get", "get_one", "Entities"}:
            continue
        for one in (node for arg in call.args for node in ast.walk(arg)):
            table = names.get(one.id, "").rpartition(".")[2] if isinstance(one, ast.Name) else ""
            if table in TABLES:
                yield table, module.at(call)


def test_only_sight_reads_tickets_for_people() -> None:
    """Above storage and desk nobody selects a ticket: conversations and pages ask sight, acts lock their own."""
    found = [
        f"{table} at {where}"
        for module in modules("conversations", "bot", "scheduler", "records", "console")
        for table, where in selected(module)
    ]
    assert found == []
    in_storage = {
        module.path
        for module in modules("storage")
        if "migrations" not in module.path and list(selected(module))
    }
    assert in_storage == set(READERS)


GUARDED = {
    "Ticket", "Event", "PromiseRow", "Plan", "PlanStep", "Opinion", "Acceptance", "Archived", "StrictTest", "Finding",
    "WrittenRequest",
}  # fmt: skip


BORN = {"storage.born.TICKETS.insert", "storage.born.EVENTS.insert"}


def written(module: Module) -> Iterator[tuple[str, str]]:
    """(table, where) for every row of a guarded table that is made or changed by a statement."""
    names = full_names(module)
    for name, call in calls(module):
        if name.startswith("storage.tables") and name.rpartition(".")[2] in GUARDED:
            yield name, module.at(call)
        if name in BORN:
            yield name, module.at(call)
        changes = name.rpartition(".")[2] in {"insert", "update", "delete"}
        for one in call.args[:1] if changes else ():
            if isinstance(one, ast.Name) and names.get(one.id, "").rpartition(".")[2] in GUARDED:
                yield one.id, module.at(call)


def test_only_acts_write_tickets_and_promises() -> None:
    """Nothing outside desk/ makes or changes a ticket, an event or a clock."""
    others = modules("conversations", "bot", "scheduler", "records", "console", "storage")
    assert [f"{table} at {where}" for module in others for table, where in written(module)] == []
    assert [1 for module in modules("desk") for _ in written(module)], "the test sees no writing at all"
