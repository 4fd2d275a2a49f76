"""Numbers, shares, times and dates: as English writes them, and as another language does."""

from __future__ import annotations

import datetime
import gettext
import io
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import language
from game.language import figures

pytest.importorskip("babel", reason="it writes the other language's catalogue")
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

DAY = datetime.date(2026, 5, 3)
SPACE = "\N{NO-BREAK SPACE}"


def made_up() -> gettext.GNUTranslations:
    """A language with a decimal comma, points between thousands, and "3. Wonne 2026"."""
    catalog = Catalog(locale="de", charset="utf-8")
    for context, message, string in (
        ("decimal sign", ".", ","),
        ("between thousands, as in 12,345", ",", "."),
        ("a share", "{number}%", f"{{number}}{SPACE}%"),
        ("a date", "{day} {month} {year}", "{day}. {month} {year}"),
        ("a date", "{day} {month}", "{day}. {month}"),
        ("a month of a year", "{month} {year}", "{month} im Jahr {year}"),
        ("a day and a time of it", "{day}, {hour:02d}:{minute:02d}", "{hour}.{minute:02d}, {day}"),
        ("a month, short", "May", "Wo."),
        ("a month, within a date", "May", "Wonnen"),
        ("a digit", "seven", "sieben"),
        ("a day of the week", "Mon", "Mo"),
        (None, "May", "Wonne"),
        (None, "{number} s", "{number} Sek."),
    ):
        catalog.add(message, string, context=context)
    file = io.BytesIO()
    write_mo(file, catalog)
    return gettext.GNUTranslations(io.BytesIO(file.getvalue()))


@pytest.fixture
def elsewhere() -> Iterator[None]:
    """The made-up language is spoken; English again afterwards."""
    language.use(made_up())
    yield
    language.use(gettext.NullTranslations())


@given(st.floats(0, 1e9), st.integers(0, 3))
def test_english_numbers(value: float, places: int) -> None:
    assert figures.number(value, places) == f"{value:,.{places}f}"


@pytest.mark.parametrize(
    ("value", "places", "words"),
    [(-1234.5, 1, "−1,234.5"), (-0.2, 0, "0"), (-0.04, 1, "0.0"), (0, 2, "0.00"), (7, 0, "7")],
)
def test_numbers_below_nothing_have_a_real_sign(value: float, places: int, words: str) -> None:
    assert figures.number(value, places) == words


def test_english() -> None:
    assert [figures.whole_percent(of) for of in (0.5, 0.999, 1.0)] == ["50%", "99%", "100%"]
    assert figures.percent(0.973) == "97%" and figures.percent(0.9735, 1) == "97.4%"
    assert figures.seconds(61.25) == "61.2 s" and figures.seconds(1234, 0) == "1,234 s"
    assert figures.minutes(180) == "3 min" and figures.minutes(90, 1) == "1.5 min"
    assert figures.day(DAY) == "3 May 2026" and figures.day(DAY, year=False) == "3 May"
    assert figures.long_day(datetime.date(2026, 11, 28)) == "28 November 2026"
    assert figures.month(DAY) == "May 2026"
    assert figures.moment(datetime.datetime(2026, 11, 8, 7, 5)) == "8 Nov 2026, 07:05"
    assert figures.words()[:3] == ("zero", "one", "two") and figures.word(7) == "seven"
    assert figures.weekdays()[0] == "Mon" and figures.weekdays()[-1] == "Sun"


def test_every_month_and_day_has_its_name() -> None:
    days = [datetime.date(2026, month, 1) for month in range(1, 13)]
    for spoken, pattern in (
        ([figures.day(day) for day in days], "{0:%b} {0:%Y}"),
        ([figures.long_day(day) for day in days], "{0:%B} {0:%Y}"),
    ):
        assert spoken == [f"1 {pattern.format(day)}" for day in days]
    assert [figures.month(day) for day in days] == [f"{day:%B %Y}" for day in days]
    week = [datetime.date(2026, 11, 23) + datetime.timedelta(n) for n in range(7)]
    assert list(figures.weekdays()) == [f"{day:%a}" for day in week]
    assert len(set(figures.words())) == 10


@pytest.mark.usefixtures("elsewhere")
def test_another_language() -> None:
    assert figures.number(1234567.891, 2) == "1.234.567,89"
    assert figures.number(-1234.5, 1) == "−1.234,5"
    assert figures.percent(0.9735, 1) == f"97,4{SPACE}%"
    assert figures.seconds(61.25) == "61,2 Sek."
    assert figures.minutes(90, 1) == "1,5 min", "what lacks is said in English"
    assert figures.day(DAY) == "3. Wo. 2026" and figures.day(DAY, year=False) == "3. Wo."
    assert figures.long_day(DAY) == "3. Wonnen 2026"
    assert figures.month(DAY) == "Wonne im Jahr 2026"
    assert figures.moment(datetime.datetime(2026, 5, 8, 7, 5)) == "7.05, 8. Wo. 2026"
    assert figures.word(7) == "sieben" and figures.word(8) == "eight"
    assert figures.weekdays()[:2] == ("Mo", "Tue")


@pytest.mark.usefixtures("elsewhere")
def test_an_empty_sentence_stays_empty() -> None:
    """To gettext "" is the head of the catalogue, which is for nobody to read."""
    assert language._("") == ""
