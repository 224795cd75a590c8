"""What words after a mark are: the opinion that was asked for, also of a slow service, or another matter."""

import re
from typing import Final

from agreement.words import Kind
from conversations.half_report import is_plainly_a_place
from conversations.understanding import IsReport, Understood, said_without_names

OF_SERVICE: Final = re.compile(
    r"来得|来的|修得|修的|上门|师傅|你们|工程师|服务|响应|处理|态度|等了|took|wait|response|service|came|technician",
    re.IGNORECASE,
)
CAME_LATE: Final = re.compile(r"(?<!刚)才(?:来|有人|修|处理|解决|到)")  # of any name: 302坏了一周才来; 刚才来的 is none
# What is wished of people, not of software: 建议增加人手, 能不能周末也派人来.
OF_PEOPLE: Final = re.compile(
    r"人手|人太少|派人|派.{0,4}(?:师傅|工程师)|响应时间|来之前|值班|态度|more (?:staff|people|technicians)",
    re.IGNORECASE,
)
OF_SOFTWARE: Final = re.compile(
    r"系统|软件|功能|按钮|页面|菜单|导出|打不开|坏|打不通|system|software|feature|button|page", re.IGNORECASE
)


def sounds_new(flow: str, words: str) -> bool:
    """Words after a mark that state another matter, or where it is, are a report, not an opinion.

    What was slow and has no name may be the service: 来得太慢了，等了两个小时 is the opinion that was asked for.
    """
    if flow != "solved" or not words:
        return False
    read = said_without_names(words)
    is_new = read.is_report is IsReport.YES and not _is_of_service(read, words)
    return is_new or is_plainly_a_place(words)


def _is_of_service(read: Understood, words: str) -> bool:
    if CAME_LATE.search(words):
        return True
    if read.system or read.place:
        return False
    is_slow_service = read.kind is Kind.PERFORMANCE and bool(OF_SERVICE.search(words))
    return is_slow_service or bool(OF_PEOPLE.search(words) and not OF_SOFTWARE.search(words))
