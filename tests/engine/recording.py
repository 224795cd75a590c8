"""Records dialogs as this release stores them: `python -m tests.engine.recording RELEASE`, once per release.

The files under `kept/` are never changed afterwards: `test_kept.py` replays all of them with today's code.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.engine.player import Player

KEPT = Path(__file__).parent / "kept"
MATTER = "302教室的成绩系统打不开了"


def _of_two_schools() -> Player:
    teacher = Player()
    teacher.desk.schools.append(("s2", "第二中学"))
    return teacher.open("report", opening=MATTER)


DIALOGS: Mapping[str, Callable[[], Player]] = {
    "empty": Player,
    "asked-the-opening": lambda: Player().open("report"),
    "asked-the-kind": lambda: Player().open("report").say("你好").say("选课页面白屏了"),
    "asked-the-school": _of_two_schools,
    "at-the-summary": lambda: Player().open("report", opening=MATTER).photo("a", caption="报错"),
    "choosing-a-change": lambda: Player().open("report", opening=MATTER).tap("修改"),
    "making-a-change": lambda: Player().open("report", opening=MATTER).tap("修改").tap("地点"),
    "gone-back": lambda: Player().open("report", opening=MATTER).say("返回"),
    "photo-in-the-pocket": lambda: Player().open("report").photo("a"),
    "second-step-of-a-plan": lambda: (
        Player().open("plan").say("重写").wait(5).say("11-25 18:00").tap("再加一步").say("复核")
    ),
    "behind-an-act": lambda: Player().open("solved", "7").say("5"),
    "interrupted": lambda: Player().open("report", opening=MATTER).open("solved", "7"),
    "done": lambda: Player().open("report", opening=MATTER).tap("确认提交"),
}


def record(release: str) -> None:
    """Write one file per dialog; an existing one is left as it is."""
    for name, dialog in DIALOGS.items():
        path = KEPT / f"{release}-{name}.json"
        if not path.exists():
            stored = json.loads(dialog().stored)
            path.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record(sys.argv[1])
