"""The transcript of a play as it happened, in the form of a story that can be played again."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.storyline.moments import written
from tests.storyline.play_state import Play
from tests.storyline.script import CastLine, Contract, Hears, Line, Story
from tests.storyline.showing import buttons, one_line
from tests.storyline.stage import Stage


@dataclass
class Transcript:
    """Writes through `out`, one line a call. What was expected gives way to what was really said."""

    out: Callable[[str], None]
    told: dict[str, int] = field(default_factory=dict)

    def heading(self, story: Story) -> None:
        self.told = {}
        self.out(f"# {story.title}")
        self.out("cast")
        for line in story.cast.lines:
            self.out(_cast_line(line))
        for contract in story.contracts:
            self._contract(contract)
        if story.strict:
            self.out("strict")
        self.out("story")

    def _contract(self, contract: Contract) -> None:
        self.out(f"contract {contract.school}")
        for key, day in (("accepted", contract.accepted), ("delivered", contract.delivered)):
            if day is not None:
                self.out(f"  {key} {day.isoformat()}")
        self.out(f"  deposit {contract.deposit_fen / 100:.2f}")
        for name, value in contract.limits.items():
            self.out(f"  {name} {value}")

    def after(self, play: Play, line: Line) -> None:
        """The line itself, then everything that anybody saw of it, in order."""
        if not isinstance(line.step, Hears):
            self.out(line.written)
        changes = [
            (seen, person)
            for person in play.story.cast.people()
            for seen in play.seen(person)[self.told.get(person, 0) :]
        ]
        for seen, person in sorted(changes, key=lambda change: change[0].shown.sequence):
            self.told[person] = self.told.get(person, 0) + 1
            notes = [written(seen.shown.at)] if seen.shown.at else []
            notes += ["edited"] if seen.shown.is_edit else []
            notes += [buttons(seen)] if seen.shown.buttons else []
            self.out(f"bot → {person}: {one_line(seen.shown.text)}")
            if notes:
                self.out(f"  -- {' · '.join(notes)}")

    def traffic(self, stage: Stage) -> None:
        """HTTP requests each way per channel."""
        for channel, platform in stage.platforms.items():
            to_desk, from_desk = platform.traffic.to_house, platform.traffic.from_house
            self.out(f"-- {channel}: {to_desk} requests to the desk, {from_desk} from the desk")


def silent() -> Transcript:
    """A transcript that nobody reads."""
    return Transcript(lambda _line: None)


def _cast_line(line: CastLine) -> str:
    parts = [line.person, line.role.value, line.school]
    parts += ["on duty"] * line.on_duty + ["unbound"] * line.unbound
    parts += [f"@{line.channel}"] if line.channel else []
    return "  " + "  ".join(part for part in parts if part)
