"""A real browser plays the demo page, from the first tap to the archive, on a desktop and at phone size."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.tools import CHROMEDRIVER, CHROMIUM, program

PICTURES = Path("build/pictures")
NARROWEST_WINDOW = 500  # Chromium opens none below: a phone is emulated
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip
SECONDS = 20
STARTS = 90  # a start beside two other tests on a busy machine
THUMB = 38  # pixels: what a thumb hits
TOPS = """
    const talk = document.querySelector(`#${arguments[0]} .talk`);
    return [talk, talk.lastElementChild].map((one) => one.getBoundingClientRect().top);
"""
TABS = {"left": "left", "right": "right", "other": "third"}


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """The demo as `make run` starts it, on a free port; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables = os.environ | {
        "YINGNUO_DATABASE_URL": f"sqlite:///{tmp_path}/demo.db",
        "YINGNUO_MEDIA_DIR": str(tmp_path / "media"),
        "YINGNUO_PORT": str(port),
    }
    process = subprocess.Popen([sys.executable, "-m", "bot", "demo"], env=variables)
    try:
        _await(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(SECONDS)


def _await(url: str) -> None:
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url) as answer:  # our own server
                answer.read()
                return
        except (urllib.error.URLError, ConnectionError):
            continue
    raise AssertionError(f"{url} did not answer within {STARTS} s")


@pytest.fixture(params=[(1440, 900), (390, 844)], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, demo: str) -> Iterator["Page"]:
    chromium, driver = program(CHROMIUM), program(CHROMEDRIVER)
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    width, height = request.param
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*FLAGS, f"--window-size={width},{height}", f"--user-data-dir={profile}"):
            options.add_argument(flag)
        if width < NARROWEST_WINDOW:
            metrics = {"width": width, "height": height, "pixelRatio": 2.0, "touch": True}
            options.add_experimental_option("mobileEmulation", {"deviceMetrics": metrics})
        browser = webdriver.Chrome(options=options, service=Service(driver))
        try:
            browser.get(demo)
            yield Page(browser, request.node.callspec.id)
        finally:
            browser.quit()


class Page:
    """The demo page: phones to write on and to tap, at any width."""

    def __init__(self, browser: webdriver.Chrome, name: str) -> None:
        self._browser = browser
        self._name = name
        self._wait = WebDriverWait(browser, SECONDS)

    def write(self, phone: str, words: str) -> None:
        self._bring(phone)
        box = self._one(f"#{phone} textarea")
        box.send_keys(words)
        self._one(f"#{phone} .send").click()

    def tap(self, phone: str, label: str) -> None:
        """The newest button with this label on that phone."""
        self._bring(phone)

        def newest(_browser: object) -> WebElement | None:
            found = self._browser.find_elements(By.CSS_SELECTOR, f"#{phone} .chips button")
            return next((one for one in reversed(found) if one.text == label), None)

        button = self._wait.until(newest, f"no button [{label}] on phone {phone}")
        assert button is not None
        self._browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        self._browser.execute_script("arguments[0].click()", button)

    def attach(self, phone: str, file: Path) -> None:
        """As chosen by the camera's button; it leaves with what is written next."""
        self._bring(phone)
        self._one(f"#{phone} input[type=file]").send_keys(str(file))

    def reads(self, phone: str, words: str) -> None:
        self._bring(phone)
        selector = (By.CSS_SELECTOR, f"#{phone} .talk")
        self._wait.until(lambda browser: words in browser.find_element(*selector).text, f"{phone}: {words}")

    def offers(self, phone: str, command: str) -> None:
        """Waits until this command stands first in the phone's menu."""
        first = "return document.querySelector(`#${arguments[0]} .menu button`)?.textContent"
        self._wait.until(lambda browser: browser.execute_script(first, phone) == command, f"{phone}: {command}")

    def behind_the_link(self, phone: str) -> str:
        """The page to which the newest link on that phone leads."""
        link = self._one(f"#{phone} .talk .bubble:last-child a[href^=http]")
        with urllib.request.urlopen(str(link.get_attribute("href"))) as answer:
            return str(answer.read().decode())

    def board(self, words: str) -> None:
        self._show("middle")
        self._wait.until(
            lambda browser: words in browser.find_element(By.ID, "middle").text, f"board: {words}"
        )

    def sit(self, person: str) -> None:
        """Give the third phone to somebody else."""
        self._show("third")
        self._browser.execute_script(
            "const who = document.getElementById('who'); who.value = arguments[0]; "
            "who.dispatchEvent(new Event('change'))",
            person,
        )

    def above(self, phone: str) -> float:
        """How far the first line of the newest bubble stands above what is seen of the talk, in pixels."""
        self._bring(phone)
        talk, bubble = self._browser.execute_script(TOPS, phone)
        return float(talk) - float(bubble)

    def move(self, seconds: int) -> None:
        """The clock of the demo, by its button."""
        before = self._one("#now").text
        self._one(f'[data-seconds="{seconds}"]').click()
        self._wait.until(lambda _browser: self._one("#now").text[:-5] != before[:-5])

    def times(self, phone: str) -> list[str]:
        """Under the bubbles of that phone."""
        return [one.text for one in self._browser.find_elements(By.CSS_SELECTOR, f"#{phone} .bubble time")]

    def heights(self, phone: str) -> list[float]:
        """Of the files that can be tapped there, in pixels."""
        found = self._browser.find_elements(By.CSS_SELECTOR, f"#{phone} a.file")
        return [one.rect["height"] for one in found]

    def scan(self, room: str) -> str:
        """What somebody reads who comes by a room's QR and taps the one button there."""
        self._browser.get(f"{self._browser.current_url}web/room/{room}")
        button = self._one(".card-page button")
        assert button.rect["height"] > THUMB
        button.click()
        self._one(".bubble.theirs")
        return self._one(".talk").text

    def picture(self, name: str) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        self._browser.save_screenshot(str(PICTURES / f"{self._name}-{name}.png"))

    def errors(self) -> list[str]:
        rows = self._browser.get_log("browser")  # type: ignore[no-untyped-call]  # selenium leaves it untyped
        return [str(row["message"]) for row in rows if row["level"] == "SEVERE"]

    def _bring(self, phone: str) -> None:
        self._show(TABS[phone])

    def _show(self, tab: str) -> None:
        buttons = self._browser.find_elements(By.CSS_SELECTOR, f'[data-tab="{tab}"]')
        if buttons and buttons[0].is_displayed():
            buttons[0].click()

    def _one(self, selector: str) -> WebElement:
        return self._wait.until(lambda browser: browser.find_element(By.CSS_SELECTOR, selector))


def test_a_report_goes_from_the_first_tap_to_the_archive(page: Page) -> None:
    """Seven people, one matter: reported, acknowledged, planned, agreed, done, accepted, closed, archived."""
    page.write("left", "302教室的成绩系统打不开了")
    page.reads("left", "请确认")
    page.picture("1-summary")
    page.tap("left", "确认提交")
    page.reads("left", "已登记")
    page.tap("right", "接单")
    page.reads("left", "李工 已接单")
    page.board("已兑现")
    page.tap("right", "出方案")
    page.reads("right", "第 1 步做什么")
    page.write("right", "重建成绩汇总")
    page.reads("right", "什么时候完成")
    page.write("right", "明天下午3点")
    page.tap("right", "确认提交")
    page.sit("刘主任")
    page.tap("other", "同意方案")
    page.reads("right", "已同意方案")
    page.picture("2-agreed")
    page.tap("right", "完成")
    page.reads("right", "做了什么")
    page.write("right", "已重建并复核")
    page.sit("陈主管")
    page.tap("other", "验收通过")
    page.tap("left", "已解决")
    page.tap("left", "非常满意")
    page.sit("林客服")
    page.tap("other", "办结")
    page.reads("left", "已办结")
    page.sit("赵文档")
    page.tap("other", "归档")
    page.board("已归档")
    page.write("other", "档案")
    assert "ZXFK-" in page.behind_the_link("other")
    page.picture("3-archived")
    assert page.errors() == []


def test_what_came_is_read_from_its_first_line(page: Page) -> None:
    """A card with an engineer's fifteen buttons is taller than a phone: its news must not lie above what is seen."""
    page.write("left", "考试中，机房全部电脑都连不上考试系统，很急")
    page.tap("left", "确认提交")
    page.tap("right", "接单")
    page.reads("right", "已接单")
    page.picture("4-first-line")
    assert page.above("right") < 1  # a phone has halves of a pixel


def test_a_rooms_qr_is_one_tap_from_the_first_sentence(page: Page) -> None:
    """Nothing stands there that the newcomer has not said, and the one button is made for a thumb."""
    assert page.scan("demo-room-302").startswith(("您好！这里是第一中学 302教室", "Hello! This is 302教室"))


def test_what_one_says_stands_at_the_time_of_the_moved_clock(page: Page) -> None:
    """The desk would answer two hours later than it was asked."""
    page.move(7200)
    page.write("left", "帮助")
    page.reads("left", "直接写一句话")
    (hour, minute), (answered_hour, answered_minute) = (map(int, one.split(":")) for one in page.times("left"))
    assert ((answered_hour - hour) * 60 + answered_minute - minute) % (24 * 60) <= 1


def test_the_page_goes_on_in_the_language_that_was_chosen(page: Page) -> None:
    """Its menu too, without being opened anew; the other phones stay as they are."""
    page.offers("left", "报修")
    page.write("left", "English")
    page.offers("left", "Report")
    page.offers("right", "进度")
    page.write("left", "中文")
    page.offers("left", "报修")


def test_each_record_is_a_line_for_a_thumb(page: Page) -> None:
    """Two names of files that ran on in one sentence were one blue paragraph."""
    page.write("left", "302教室的成绩系统打不开了")
    page.tap("left", "确认提交")
    page.tap("right", "接单")
    page.sit("刘主任")
    page.write("other", "单据 1")
    page.reads("other", "客户咨询/反馈登记表")
    assert [height for height in page.heights("other") if height < THUMB] == []
    assert page.heights("other")


def test_a_file_that_is_not_taken_holds_up_no_words(page: Page, tmp_path: Path) -> None:
    """It stayed in the box, and nothing that was written after it ever left the phone."""
    program_file = tmp_path / "photo.exe"
    program_file.write_bytes(b"MZ")
    page.attach("left", program_file)
    page.write("left", "302教室投影打不开")
    page.reads("left", "这种文件收不了")
    page.reads("left", "请确认")
