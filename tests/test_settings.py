"""The start: what an installation must say, and how a wrong word is answered."""

from pathlib import Path

import pytest

from bot.settings import DEMO_SECRET, OWN, VARIABLES, Settings, environment, read
from bot.variables import SettingsError
from storage.postgres_url import for_driver

SECRET = "0123456789abcdef0123456789abcdef"
EARNEST = {"YINGNUO_SECRET_KEY": SECRET}
WHOLE = EARNEST | {
    "YINGNUO_DATABASE_URL": "postgresql+asyncpg://desk:hush@db/yingnuo",
    "YINGNUO_PUBLIC_URL": "https://desk.example.com/",
    "YINGNUO_TELEGRAM_TOKEN": "123456789:AAabcdefghijklmnopqrstuvwxyz0123456",
    "YINGNUO_TELEGRAM_SECRET": "a-random-word-of-ours",
    "YINGNUO_TELEGRAM_MODE": "webhook",
    "YINGNUO_WECHAT_APP_ID": "wx0123456789abcdef",
    "YINGNUO_WECHAT_APP_SECRET": "fedcba9876543210fedcba9876543210",
    "YINGNUO_WECHAT_TOKEN": "yingnuo",
    "YINGNUO_WECHAT_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
}


def test_the_demo_needs_no_variable_but_its_own() -> None:
    """A newcomer sets nothing: SQLite in data/, on this machine only, with a key that everybody knows."""
    settings = read({"YINGNUO_DEMO": "1"})
    assert settings.database_url == "sqlite:///data/yingnuo.db"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert settings.secret_key == DEMO_SECRET


def test_in_earnest_a_secret_is_demanded() -> None:
    """Without one, with a short one, or with the demo's, the desk does not start, and says why."""
    for secret in ("", SECRET[1:], DEMO_SECRET):
        with pytest.raises(SettingsError, match="YINGNUO_SECRET_KEY should be at least 32"):
            read({"YINGNUO_SECRET_KEY": secret})
    assert read(EARNEST).demo is False


def test_a_misspelt_variable_is_refused_with_the_name_that_was_meant() -> None:
    """A typing error must not quietly leave a default in place."""
    with pytest.raises(SettingsError, match=r"YINGNUO_DATABSE_URL .*did you mean YINGNUO_DATABASE_URL"):
        read(EARNEST | {"YINGNUO_DATABSE_URL": "sqlite:///x.db"})


def test_variables_of_others_are_none_of_our_business() -> None:
    """Only our own prefix is looked at."""
    assert read(EARNEST | {"PATH": "/bin", "REDIS_URL": "redis://"}).host == "127.0.0.1"


def test_a_bare_database_url_counts_where_ours_is_not_set() -> None:
    """Hosting providers set DATABASE_URL; an empty line of ours leaves it in force, a filled one wins."""
    given = EARNEST | {"DATABASE_URL": "postgresql://desk:hush@db/yingnuo"}
    assert read(given).database_url == "postgresql+asyncpg://desk:hush@db/yingnuo"
    assert read(given | {"YINGNUO_DATABASE_URL": ""}).database_url == "postgresql+asyncpg://desk:hush@db/yingnuo"
    assert read(given | {"YINGNUO_DATABASE_URL": "sqlite:///x.db"}).database_url == "sqlite:///x.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+asyncpg"])
def test_an_address_works_as_a_provider_hands_it_out(scheme: str) -> None:
    """Any of its schemes, a password with signs, and the wish for TLS under the name that each library reads."""
    given = f"{scheme}://desk:p%40ss@db:5432/yingnuo?sslmode=require&channel_binding=require"
    url = read(EARNEST | {"DATABASE_URL": given}).database_url
    assert url == "postgresql+asyncpg://desk:p%40ss@db:5432/yingnuo?ssl=require"
    assert for_driver(url) == "postgresql://desk:p%40ss@db:5432/yingnuo?sslmode=require"


@pytest.mark.parametrize(
    ("name", "value", "should_be"),
    [
        ("YINGNUO_PORT", "80a", "a whole number from 1 to 65535"),
        ("YINGNUO_PORT", "65536", "a whole number from 1 to 65535"),
        ("YINGNUO_PORT", "０", "a whole number"),
        ("YINGNUO_DATABASE_URL", "mysql://desk@db/yingnuo", "postgresql://"),
        ("YINGNUO_DATABASE_URL", "postgres://desk:hush@db:x/yingnuo", "postgresql://"),
        ("DATABASE_URL", "mysql://desk@db/yingnuo", "postgresql://"),
        ("YINGNUO_DATABASE_URL", "somewhere", "sqlite:///"),
        ("YINGNUO_PUBLIC_URL", "desk.example.com", "an address that starts with http://"),
        ("YINGNUO_EMBED_ORIGINS", "https://a.example/page", "addresses of sites alone"),
        ("YINGNUO_EMBED_ORIGINS", "https://a.example *", "addresses of sites alone"),
        ("YINGNUO_EMBED_ORIGINS", "https://a.example;script-src", "addresses of sites alone"),
        ("YINGNUO_DEAD_MAN_URL", "ftp://watch.example.com", "an address that starts with"),
        ("YINGNUO_DEMO", "perhaps", "one of: 1, true, yes, 0, false, no"),
    ],
)
def test_a_wrong_value_is_named_with_what_it_should_be(name: str, value: str, should_be: str) -> None:
    """The sentence says which variable and what to write; the value may be a secret."""
    with pytest.raises(SettingsError, match=f"{name} should be .*{should_be}") as refusal:
        read(EARNEST | {name: value})
    assert value not in str(refusal.value)


def test_limits_of_numbers_belong_to_them() -> None:
    """The first and the last port are ports."""
    assert [read(EARNEST | {"YINGNUO_PORT": port}).port for port in ("1", "65535")] == [1, 65535]


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    """`.env` fills what the environment leaves open; an empty line in it says nothing."""
    file = tmp_path / ".env"
    file.write_text("YINGNUO_PORT=9000\nYINGNUO_HOST=0.0.0.0\nYINGNUO_MEDIA_DIR=\n", encoding="utf-8")
    settings = read(environment(EARNEST | {"YINGNUO_PORT": "9001"}, file))
    assert (settings.port, settings.host) == (9001, "0.0.0.0")
    assert settings.media_dir == Path("data/media")
    assert environment(EARNEST, tmp_path / "absent") == EARNEST


def test_a_platform_is_off_until_its_variables_are_filled() -> None:
    """The empty lines of a copied example switch nothing on."""
    empty = dict.fromkeys(VARIABLES - OWN, "")
    settings = read(EARNEST | empty)
    assert settings.telegram is None
    assert settings.wechat is None


def test_each_platform_reads_its_own_group() -> None:
    """A whole installation: both platforms, on PostgreSQL, behind an address of its own."""
    settings = read(WHOLE)
    assert settings.telegram is not None
    assert settings.telegram.mode == "webhook"
    assert settings.wechat is not None
    assert settings.wechat.app_id == "wx0123456789abcdef"
    assert settings.public_url == "https://desk.example.com"


@pytest.mark.parametrize("name", ["YINGNUO_TELEGRAM_TOKEN", "YINGNUO_TELEGRAM_MODE", "YINGNUO_WECHAT_TOKEN"])
def test_a_wrong_variable_of_a_platform_ends_the_start_too(name: str) -> None:
    """Half a platform would be found out by the first person who writes."""
    with pytest.raises(SettingsError, match=name):
        read(WHOLE | {name: "x"})


def test_a_wrong_mode_of_telegram_is_named_before_there_is_a_bot() -> None:
    """Without a token the channel is off, and a typing error in its mode is still a typing error."""
    with pytest.raises(SettingsError, match="YINGNUO_TELEGRAM_MODE should be webhook or polling"):
        read(EARNEST | {"YINGNUO_TELEGRAM_MODE": "web-hook"})
    assert read(EARNEST | {"YINGNUO_TELEGRAM_MODE": "webhook"}).telegram is None


def test_secrets_are_not_printed() -> None:
    """A settings object may end in a log line or a traceback."""
    settings: Settings = read(WHOLE)
    for secret in (SECRET, "hush", WHOLE["YINGNUO_TELEGRAM_TOKEN"], WHOLE["YINGNUO_WECHAT_AES_KEY"]):
        assert secret not in repr(settings)
