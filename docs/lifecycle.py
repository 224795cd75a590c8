"""The life of a ticket as a picture and a page, drawn from the one table `agreement/lifecycle.py`."""

from collections.abc import Mapping

from agreement.lifecycle import STEPS, Step
from agreement.words import Act, State
from docs.shapes import arrow, box, picture, words

# Where each state stands: (column, row). A state without a place is an error of the test.
PLACES: Mapping[State, tuple[int, int]] = {
    State.REGISTERED: (1, 0), State.ACKNOWLEDGED: (1, 1), State.PROPOSED: (1, 2), State.IN_PROGRESS: (1, 3),
    State.RESOLVED: (1, 4), State.ACCEPTED: (1, 5), State.CLOSED: (1, 6), State.ARCHIVED: (1, 7),
    State.CANCELLED: (2, 0), State.DECLINED: (2, 1), State.MERGED: (2, 2),
}
CHINESE: Mapping[State, str] = {
    State.REGISTERED: "已登记", State.ACKNOWLEDGED: "已响应", State.PROPOSED: "方案待确认",
    State.IN_PROGRESS: "处理中", State.RESOLVED: "待验收", State.ACCEPTED: "已验收", State.CLOSED: "已办结",
    State.ARCHIVED: "已归档", State.CANCELLED: "已撤销", State.DECLINED: "无需维护", State.MERGED: "已合并",
}
MIDDLE = 1  # the column of the main way
WIDE, HIGH, ACROSS, DOWN, TOP = 170, 46, 420, 92, 24
LANE = 34  # pixels between two arrows that run beside the boxes

Edge = tuple[State, State]


def edges() -> Mapping[Edge, tuple[Act, ...]]:
    """Every move that the table allows, with the acts that make it, in the order of the table."""
    found: dict[Edge, dict[Act, None]] = {}
    for step in STEPS:
        for source in sorted(step.sources, key=list(State).index):
            if step.to is not None and step.to is not source:
                found.setdefault((source, step.to), {})[step.act] = None
    return {edge: tuple(acts) for edge, acts in found.items()}


def page() -> str:
    """The page: the diagram as text that renders on a forge, then the table row by row."""
    return "\n".join([
        "# The life of a ticket",
        "",
        "Drawn from `agreement/lifecycle.py` by `make pictures`; do not edit. The words are the code's,",
        "the Chinese ones are what people read. As a picture: [lifecycle.svg](pictures/lifecycle.svg).",
        "",
        "```mermaid",
        *_mermaid(),
        "```",
        "",
        "| act | who | from | to | fills first | only when |",
        "|---|---|---|---|---|---|",
        *map(_row, STEPS),
        "",
    ])


def _mermaid() -> list[str]:
    lines = ["stateDiagram-v2"]
    lines += [f'    state "{state.value} {CHINESE[state]}" as {state.value}' for state in State]
    lines.append(f"    [*] --> {State.REGISTERED.value}: {Act.REPORT.value}, {Act.REGISTER.value}")
    for (source, to), acts in edges().items():
        lines.append(f"    {source.value} --> {to.value}: {', '.join(act.value for act in acts)}")
    left = {source for source, _ in edges()}
    return lines + [f"    {state.value} --> [*]" for state in State if state not in left]


def _row(step: Step) -> str:
    who = ", ".join(sorted(one.value for one in step.who))
    sources = ", ".join(one.value for one in sorted(step.sources, key=list(State).index))
    to = step.to.value if step.to else "stays"
    return f"| {step.act.value} | {who} | {sources} | {to} | {step.record or ''} | {step.only} |"


def svg() -> str:
    """The picture: the way down in the middle, shortcuts left of it, ways back and ends right of it."""
    shapes: list[str] = []
    said: list[str] = []
    lanes: dict[str, int] = {}
    for edge, acts in edges().items():
        if edge[1] not in dead_ends():
            way, label = _edge(edge, ", ".join(act.value for act in acts), lanes)
            shapes.append(way)
            said.append(label)
    for state in State:
        shapes += _state(state)
    rows = 1 + max(row for _, row in PLACES.values())
    return picture(990, TOP * 2 + DOWN * (rows - 1) + HIGH, "The life of a ticket", shapes + said)


def dead_ends() -> frozenset[State]:
    """Ends reached from many states and left by no act: told in words under the box, not by arrows."""
    left = {source for source, _ in edges()}
    return frozenset(to for _, to in edges() if to not in left and PLACES[to][0] != MIDDLE)


def _corner(state: State) -> tuple[int, int]:
    column, row = PLACES[state]
    return column * ACROSS - WIDE // 2, TOP + row * DOWN


def _state(state: State) -> list[str]:
    x, y = _corner(state)
    kind = "end" if PLACES[state][0] != MIDDLE or state is State.ARCHIVED else ""
    middle = x + WIDE // 2
    shapes = [box(x, y, WIDE, HIGH, kind), words(middle, y + 20, CHINESE[state], "name"),
              words(middle, y + 37, state.value, "small")]
    if state in dead_ends():
        for row, line in enumerate(_ways(state), 1):
            shapes.append(words(middle, y + HIGH + 15 * row, line, "small"))
    return shapes


def _ways(state: State) -> list[str]:
    acts = {act.value for (_, to), acts in edges().items() if to is state for act in acts}
    sources = [source.value for source, to in edges() if to is state]
    return [f"{', '.join(sorted(acts))} from {', '.join(sources[:2])},", ", ".join(sources[2:])]


def _edge(edge: Edge, said: str, lanes: dict[str, int]) -> tuple[str, str]:
    (column, row), (to_column, to_row) = PLACES[edge[0]], PLACES[edge[1]]
    if column == to_column and to_row == row + 1:
        return _down(edge, said)
    if column == to_column:
        return _beside(edge, said, lanes)
    return _around(edge, said) if to_row > row + 1 else _across(edge, said)


def _down(edge: Edge, said: str) -> tuple[str, str]:
    x, y = _corner(edge[0])
    middle = x + WIDE // 2
    return (arrow(f"M{middle} {y + HIGH}v{DOWN - HIGH - 2}"),
            words(middle + 8, y + HIGH + 27, said, "small halo", "start"))


def _beside(edge: Edge, said: str, lanes: dict[str, int]) -> tuple[str, str]:
    (x, y), (_, to_y) = _corner(edge[0]), _corner(edge[1])
    back = to_y < y
    lane = lanes["back" if back else "on"] = lanes.get("back" if back else "on", 0) + 1
    side, turn = (x + WIDE, x + WIDE + LANE * lane) if back else (x, x - LANE * lane)
    start, end = y + HIGH // 2 + 8, to_y + HIGH // 2 - 8
    middle = (start + end) // 2
    way = f"M{side} {start}C{turn} {start} {turn} {start} {turn} {middle}S{turn} {end} {side} {end}"
    anchor, at = ("start", turn + 4) if back else ("end", turn - 4)
    return arrow(way, "back" if back else ""), words(at, middle + 4, said, "small halo", anchor)


def _across(edge: Edge, said: str) -> tuple[str, str]:
    (x, y), (to_x, to_y) = _corner(edge[0]), _corner(edge[1])
    back = to_x < x
    start, end = (x, to_x + WIDE) if back else (x + WIDE, to_x)
    y, to_y = (one + HIGH // 2 + (10 if back else 0) for one in (y, to_y))
    label = words((start + end) // 2, (y + to_y) // 2 + (16 if back else -4), said, "small halo")
    return arrow(f"M{start} {y}L{end} {to_y}", "back" if back else ""), label


def _around(edge: Edge, said: str) -> tuple[str, str]:
    (x, y), (to_x, to_y) = _corner(edge[0]), _corner(edge[1])
    right, level = x + WIDE + LANE, to_y + HIGH // 2
    way = f"M{x + WIDE} {y + HIGH // 2}H{right}V{level}H{to_x + WIDE}"
    return arrow(way), words(right - 6, level - 8, said, "small halo", "end")
