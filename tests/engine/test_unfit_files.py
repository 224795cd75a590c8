"""What a message is without the programs that came along, whichever channel brought it."""

from datetime import UTC, datetime

import pytest

from conversations.engine.messages import Incoming, Media, MediaKind
from conversations.unfit_files import without_programs

PHOTO = Media(kind=MediaKind.PHOTO, reference="1", name="photo.jpg", media_type="image/jpeg")
PROGRAM = Media(kind=MediaKind.FILE, reference="2", name="补丁.exe", media_type="application/zip")
PLACE = Media(kind=MediaKind.LOCATION, name="某某.com", latitude=31.2, longitude=121.4)


@pytest.mark.parametrize("channel", ["web", "telegram", "wechat"])
def test_a_program_is_left_out_and_the_rest_counts(channel: str) -> None:
    """A place that is called after a .com has no bytes that could run."""
    sent = Incoming(
        channel=channel, account="1", chat="1", external_id="1", received_at=datetime(2026, 11, 23, tzinfo=UTC),
        text="打不开", media=(PHOTO, PROGRAM, PLACE),
    )  # fmt: skip
    fit = without_programs(sent)
    assert (fit.text, fit.media) == ("打不开", (PHOTO, PLACE))
    assert without_programs(fit) is fit
