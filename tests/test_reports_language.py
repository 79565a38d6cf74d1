"""Reports in the reader's language: catalogues are whole, numbers and dates are those of the language."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from auditor.check import load_checks
from auditor.evidence import Device, Template
from reports.catalogues import texts, updated
from reports.html import html_report
from reports.language import CATALOGUES, Language, current, languages, number, written_in
from reports.page_words import ALL_PAGES, SOME_PAGES
from reports.recorded import said
from reports.view import view_of
from reports.wording import duration, moment, on_devices, quantity
from tests.factories.results import sample

TRANSLATED = [code for code in languages() if code != "en"]
SAME_AS_ENGLISH = {"pl": {"Element", "Problem", "Python", "User agent"}, "fa": {"Python"}}
PLACES = re.compile(r"\{\w+[^{}]*\}|%\(\w+\)s|%%|`[^`]+`")


def messages(code: str) -> list[Message]:
    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return [message for message in read_po(file, locale=code) if message.id]


def forms(text: object) -> list[str]:
    return [str(form) for form in text] if isinstance(text, (tuple, list)) else [str(text)]


def test_there_are_polish_and_persian():
    assert {"en", "pl", "fa"} <= set(languages())


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_has_exactly_the_texts_there_are(code):
    remedy = "run: python -m reports.catalogues, then translate what is new"
    assert updated(code) == (CATALOGUES / f"{code}.po").read_bytes(), remedy


def test_the_texts_are_those_of_all_checks_and_templates():
    known = {form for message in texts() if message.id for form in forms(message.id)}
    for spec in load_checks():
        assert {spec.title, spec.why, spec.fix, *spec.found} <= known, spec.id
    assert "What this audit did not see" in known


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated(code):
    missing = [forms(message.id)[0] for message in messages(code) if not all(forms(message.string))]
    assert missing == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_has_the_places_of_its_text(code):
    for message in messages(code):
        allowed = {frozenset(PLACES.findall(form)) for form in forms(message.id)}
        for form in forms(message.string):
            assert frozenset(PLACES.findall(form)) in allowed, form


def test_a_language_without_catalogue_is_refused_with_those_there_are():
    with pytest.raises(LookupError, match="en, fa, pl"), written_in(Language("xx")):
        pass
    assert current().code == "en"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (Language("en"), "1,234.5"),
        (Language("pl"), "1\xa0234,5"),
        (Language("fa"), "1,234.5"),
        (Language("fa", native_digits=True), "۱٬۲۳۴٫۵"),
    ],
)
def test_numbers_are_written_as_the_language_does(language, shown):
    with written_in(language):
        assert number(1234.5) == shown


def test_dates_follow_the_readers_calendar():
    when = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    with written_in(Language("pl")):
        assert moment(when) == "21 listopada 2026, 10:00 UTC"
    with written_in(Language("fa", native_digits=True, jalali=True)):
        assert moment(when) == "۳۰ آبان ۱۴۰۵، ۱۰:۰۰ UTC"
    with written_in(Language("fa", jalali=True)):
        assert moment(when) == "30 آبان 1405، 10:00 UTC"


def test_polish_has_three_forms():
    with written_in(Language("pl")):
        counted = [ALL_PAGES.of(Template.PRODUCT, count) for count in (2, 5, 22)]
    nouns = [re.sub(r"\d+", "", text) for text in counted]
    assert nouns[0] != nouns[1]
    assert nouns[0] == nouns[2]


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_recorded_sentence_keeps_its_numbers_and_the_words_of_the_shop(code):
    with written_in(Language(code)):
        told = said("Cumulative layout shift 0.34; good is up to 0.1")
        assert "Cumulative layout shift 0.34" not in told
        assert re.findall(r"0[.,]\d+", told) == (["0,34", "0,1"] if code == "pl" else ["0.34", "0.1"])
        assert said("nobody has recorded this sentence") == "nobody has recorded this sentence"


@pytest.mark.parametrize("code", TRANSLATED)
def test_quoted_words_of_the_shop_are_not_translated(code):
    with written_in(Language(code)):
        assert said("search") != "search"
        assert "search" in said("Pressed “search”")
        assert "Choose a variant" in said("Pressed “Choose a variant”, and the checkout began")


@pytest.mark.parametrize("code", TRANSLATED)
def test_one_thing_is_told_in_the_form_for_one_whatever_other_numbers_are_there(code):
    with written_in(Language(code)):
        one = said("app.js (13 KiB) delays the first paint by about 900 ms")
        many = said("5 files (13 KiB, above all app.js) delay the first paint by about 900 ms together")
    assert "delay" not in one + many
    assert re.findall(r"13|900", one) == re.findall(r"13|900", many) == ["13", "900"]


@pytest.mark.parametrize("code", TRANSLATED)
def test_lists_of_our_words_are_translated_word_by_word(code):
    with written_in(Language(code)):
        told = said("Not found: tracking of orders, hours or time of answer")
        assert said("tracking of orders") in told
        assert said("hours or time of answer") in told
        assert "of" not in told.split()
        visits = said("No page could be judged of: search on desktop, cart on mobile.")
        assert said("search on desktop") in visits
        assert said("cart on mobile") in visits


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_report_has_no_english_of_ours_left(code, tmp_path):
    result, folder = sample(tmp_path / "run", pictures=False)
    english = html_report(view_of(result, folder), folder.path)
    with written_in(Language(code)):
        page = html_report(view_of(result, folder), folder.path)
        shown = [SOME_PAGES.of(Template.PRODUCT, 3, seen="2"), on_devices(Device), quantity(2500, "ms"), duration(95)]
    assert f'lang="{code}"' in page
    assert "product page" not in " ".join(shown)
    headings = re.compile(r"<(?:h2|h5|dt|th)[^>]*>([^<]{4,})</")
    shared = set(headings.findall(page)) & set(headings.findall(english))
    ours = {text for text in shared if text in {form for message in messages(code) for form in forms(message.id)}}
    assert ours <= SAME_AS_ENGLISH[code]
    assert Path(folder.path).exists()


def test_numbers_that_stand_in_a_template_are_in_the_digits_of_each_report(tmp_path):
    result, folder = sample(tmp_path / "run", pictures=False)
    shown = {}
    for native in (False, True, False):
        with written_in(Language("fa", native_digits=native)):
            page = html_report(view_of(result, folder), folder.path)
        shown[native] = ("counter(page, persian)" in page, "/ ۱۰۰" in page)
    assert shown == {True: (True, True), False: (False, False)}
