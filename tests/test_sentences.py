"""Every sentence that the code names exists in both languages and gets the values it needs."""

import ast
import re
from string import Formatter

import pytest

from agreement.own_limits import OF_THE_DESK, PAUSES
from agreement.policy_file import NUMBERS
from tests.source import PRODUCT, calls, modules
from texts.say import LANGUAGES, render, say, sentences

# What takes the key of a sentence first and its values as keywords.
SAYERS = {"texts.say.say", "texts.say.Say", "texts.refused.Refused"}
NOT_VALUES = {"again", "values"}
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ASKS_FOR_FILES = re.compile(r"(请|可以|或)发[^。]*(文件|PDF)")
FOR_WHO_READS_NO_ENGLISH = "list.help_language"
NAMED = re.compile(r"《[^》]+》")


def named() -> list[tuple[str, str, frozenset[str] | None]]:
    """(where, key, names of the values) of every key in the code; None where they come as a mapping."""
    found = []
    for module in modules(*PRODUCT):
        for name, call in calls(module):
            if name in SAYERS and call.args and isinstance(call.args[0], ast.Constant):
                found.append((module.at(call), str(call.args[0].value), _values(call)))
    return found


def _values(call: ast.Call) -> frozenset[str] | None:
    if len(call.args) > 1 or any(one.arg is None for one in call.keywords):
        return None
    return frozenset(one.arg for one in call.keywords if one.arg) - NOT_VALUES


def fields(sentence: str) -> frozenset[str]:
    """The names in braces."""
    parsed = (name for _, name, _, _ in Formatter().parse(sentence) if name is not None)
    return frozenset(name.split(".")[0].split("[")[0] for name in parsed)


def test_every_limit_of_a_contract_has_its_words() -> None:
    """合同 tells a person what is agreed, not what the policy's file calls it."""
    assert {f"limit.{name}" for name in {*NUMBERS, PAUSES} - {*OF_THE_DESK}} <= set(sentences("zh"))


def test_both_languages_have_the_same_sentences() -> None:
    """A key of one language only would be an error for every reader of the other."""
    chinese, english = (set(sentences(language)) for language in LANGUAGES)
    assert chinese - english == set()
    assert english - chinese == set()


def test_both_languages_fill_a_sentence_from_the_same_values() -> None:
    """Neither leaves out what the other tells."""
    chinese, english = (sentences(language) for language in LANGUAGES)
    both = chinese.keys() & english.keys()
    differing = [key for key in sorted(both) if fields(chinese[key]) != fields(english[key])]
    assert not differing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_named_sentence_exists(language: str) -> None:
    """A key with a typing error would raise before the person hears anything."""
    missing = sorted({f"{key} ({where})" for where, key, _ in named() if key not in sentences(language)})
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_gets_the_values_it_needs(language: str) -> None:
    """A field without a value raises; a value without a field is something the person is never told."""
    texts = sentences(language)
    wrong = [
        f"{where} {key}: given {sorted(given)}, needs {sorted(fields(texts[key]))}"
        for where, key, given in named()
        if given is not None and key in texts and given != fields(texts[key])
    ]
    assert not wrong


def test_the_code_names_sentences_at_all() -> None:
    """If nothing were found, the tests above would hold for nothing."""
    assert len(named()) > 50


def test_who_is_asked_for_a_file_reads_that_wechat_takes_none() -> None:
    """A service account is never handed one by its platform; whoever read the bare words there tried in vain."""
    asking = [words for words in sentences("zh").values() if ASKS_FOR_FILES.search(words)]
    assert len(asking) >= 5
    assert [words for words in asking if "微信只能发照片" not in words] == []


def test_english_holds_no_chinese_but_the_names_of_records() -> None:
    """A gloss such as (没有) tells nobody anything who reads English. 《归档记录》 is what stands on the paper."""
    said = {key: NAMED.sub("", text) for key, text in sentences("en").items()}
    assert [key for key, text in said.items() if CHINESE.search(text)] == [FOR_WHO_READS_NO_ENGLISH]


@pytest.mark.parametrize(("days", "said"), [(1, "1 day,"), (2, "2 days,"), (0, "0 days,")])
def test_one_is_no_plural(days: int, said: str) -> None:
    """A contract that ends tomorrow ends in 1 day."""
    assert said in render(say("register_page.link", days=days, link="x"), "en")


def test_a_number_stands_before_its_noun_in_both_numbers() -> None:
    """`{count} hours` reads 1 hours: `{count:hour|hours}` does not."""
    plural = re.compile(r"\{\w+\} (?:working )?(?:days|hours|minutes|weeks|months|years|times|pages|files|photos)\b")
    assert [key for key, text in sentences("en").items() if plural.search(text)] == []
