"""Which double plays which platform, and how the product's channel is pointed at it."""

from bot.channel import Channel
from bot.clock import Clock
from bot.house import House
from tests.doubles.platform import Platform, Sequence
from tests.storyline.direct import DirectChannel, DirectPlatform


def make_platform(name: str, sequence: Sequence) -> Platform:
    """The double of that channel, its screens counted by `sequence`."""
    return DirectPlatform(name, sequence)


def make_channel(name: str, platform: Platform, clock: Clock, house: House) -> Channel:
    """The product's channel, configured by `platform.settings()`."""
    assert isinstance(platform, DirectPlatform)
    return DirectChannel(platform, clock)
