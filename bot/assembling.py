"""From settings to a house with its channels; in the demo with sample people and a page to play them on."""

from aiohttp import web

from agreement.toml_lines import PolicyError
from bot import sample
from bot.archive_pages import ArchivePages
from bot.case_pages import CasePages
from bot.clock import Clock, MovedClock
from bot.demo_desk import DemoDesk
from bot.house import House
from bot.mailbox import OutboxFiles, OutboxMailbox
from bot.paper_links import PaperLinks
from bot.paper_pages import PaperPages
from bot.register_pages import RegisterPages
from bot.release import release
from bot.settings import Settings
from bot.variables import SettingsError
from bot.voice.http import HttpVoice
from bot.web.channel import WebChannel
from bot.web.demo import demo_routes
from bot.web.health import health_routes
from bot.web.links import Links
from bot.web.pages import page_routes
from bot.web.uploads import DiskUploads
from bot.workdays import load_calendar
from console.evidence import evidence_routes
from console.heads import head_routes
from console.pages import static_routes
from console.verify import verify_routes
from console.visits import Visits
from records.letterhead import Letterhead
from records.office import Office
from records.reading_forms import load
from scheduler.jobs import longest_silence


def assemble(settings: Settings, clock: Clock) -> House:
    """The house with every channel that the settings configure. Raises DatabaseError or SettingsError."""
    house = House(
        database_url=settings.database_url,
        secret_key=settings.secret_key,
        media_dir=settings.media_dir,
        clock=clock,
        release=release(),
        public_url=settings.public_url,
        office=office(settings),
    )
    links = Links(settings.secret_key)
    house.add(
        WebChannel(links, OutboxMailbox(house.work, house.waking), DiskUploads(settings.media_dir), clock.now)
    )
    if settings.telegram is not None:
        from bot.telegram.channel import TelegramChannel

        house.add(TelegramChannel(settings.telegram, clock.now, settings.public_url))
    if settings.wechat is not None:
        from bot.wechat.channel import WechatChannel
        from bot.wechat.stores import StoredToken, StoredWindows

        house.add(
            WechatChannel(
                settings.wechat, clock.now, tokens=StoredToken(house.work), windows=StoredWindows(house.work)
            )
        )
    if settings.voice is not None:
        house.ring_by(HttpVoice(settings.voice, settings.public_url, clock.now))
    return house


def office(settings: Settings) -> Office:
    """What a printer works with. Raises SettingsError for a form that is wrong."""
    try:
        forms = load(settings.forms_dir)
    except PolicyError as error:
        raise SettingsError("YINGNUO_FORMS_DIR", f"a folder of right forms: {error}") from error
    head = Letterhead(vendor=settings.vendor_name, hotline=settings.hotline)
    return Office(letterhead=head, forms=forms, fonts=settings.fonts_dir)


async def prepare(house: House, clock: Clock) -> None:
    """What every start brings up to date beside the tables: the calendar of working days."""
    await house.work.run(lambda session: load_calendar(session, house.rulebook, clock.now()))


def pages(house: House, settings: Settings, clock: Clock) -> list[web.RouteDef]:
    """The pages that every installation serves."""
    files = OutboxFiles(house.work, settings.media_dir)
    paper_links = PaperLinks(settings.secret_key, settings.public_url)
    visits = Visits(house.work, house.rulebook, clock.now)
    return [
        *page_routes(Links(settings.secret_key), clock.now, files, settings.embed_origins),
        *PaperPages(house.work, house.papers, paper_links, clock.now).routes(),
        *health_routes(house.work, clock.now, longest_silence(house.runner.names)),
        *evidence_routes(visits),
        *CasePages(visits, paper_links, DiskUploads(settings.media_dir), house.office, clock.now).routes(),
        *RegisterPages(house.work, visits, house.rulebook, house.office, clock.now).routes(),
        *ArchivePages(visits, house.rulebook, house.office, clock.now).routes(),
        *head_routes(house.work),
        *verify_routes(house.work, house.rulebook),
        *static_routes(),
    ]


async def open_demo(house: House, settings: Settings, clock: MovedClock) -> list[web.RouteDef]:
    """Sample people where nobody is yet, and the page that plays them."""
    await house.work.run(lambda session: sample.load(session, clock.now()))
    return demo_routes(DemoDesk(house, Links(settings.secret_key), clock))
