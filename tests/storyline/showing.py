"""Writes screens down in the form of the stories: for the report of a failure and for the transcript."""

from tests.storyline.moments import written
from tests.storyline.play_state import Play
from tests.storyline.screens import Seen, on_screen
from tests.storyline.script import Line

ON_A_SCREEN = 10  # messages shown per person in a report; older ones are counted


def report(play: Play, line: Line, expected: str) -> str:
    """File and line, what was expected, and what each person really has on the screen."""
    return "\n".join(
        [
            f"{play.story.path}:{line.number}: this line did not hold",
            *(f"    {row}" for row in line.written.split("\n")),
            f"  expected: {expected}",
            f"  on the screens at {written(play.stage.now)} (> is not yet matched or passed):",
            *(row for person in play.story.cast.people() for row in _screen(play, person)),
        ]
    )


def _screen(play: Play, person: str) -> list[str]:
    unread = {id(one.shown) for one in play.unread(person)}
    current = on_screen(play.seen(person))
    channels = ", ".join(phone.channel for phone in play.stage.phones(person))
    rows = [f"  {person} ({channels})" + ("" if current else ": nothing")]
    if len(current) > ON_A_SCREEN:
        rows.append(f"      … {len(current) - ON_A_SCREEN} older messages")
    for seen in current[-ON_A_SCREEN:]:
        mark = ">" if id(seen.shown) in unread else " "
        rows.extend(_message(seen, mark))
    return rows


def _message(seen: Seen, mark: str) -> list[str]:
    first, *more = seen.shown.text.strip().split("\n")
    rows = [f"    {mark} {first}", *(f"      {row}" for row in more)]
    return [*rows, f"      {buttons(seen)}"] if seen.shown.buttons else rows


def buttons(seen: Seen) -> str:
    """`[接单] [转交]`"""
    return " ".join(f"[{button.label}]" for button in seen.shown.buttons)


def one_line(text: str) -> str:
    """A message on one line of a story: a line's end is written `*`, which matches it."""
    return "*".join(row.strip() for row in text.strip().split("\n"))
