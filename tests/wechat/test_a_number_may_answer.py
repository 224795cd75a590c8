"""Where numbers stand beside the buttons a number is the list's, but not of what nobody takes back."""

from pathlib import Path

from tests.storyline.house_stage import HouseStage
from tests.storyline.player import play_story
from tests.storyline.reading import read_story
from tests.storyline.transcript import silent

STORY = Path(__file__).parent / "a-number-may-answer.txt"


async def test_a_number_for_the_engineer_makes_nothing_urgent(sqlite_url: str) -> None:
    """3, typed to 一共几台, marked the ticket as urgent: 3 stood beside 紧急 on the card that asked."""
    await play_story(read_story(STORY), HouseStage(sqlite_url), "wechat", silent())
