"""Catalogues: whole, up to date and compiled; each says what English says; one may be damaged."""

from __future__ import annotations

import gettext
import io
import itertools
import string
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from game.language import catalogues
from game.language.catalogues import catalogue, chosen, languages

pytest.importorskip("babel", reason="it reads and writes catalogues")
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from game.language import __main__ as tool

CODES = sorted(path.stem for path in tool.FOLDER.glob("*.po"))
MOST = 1000  # numbers for which it is looked at which form of a sentence they take


def gaps(words: str) -> set[str]:
    """The names of the gaps in a sentence; raises ValueError where a brace is left open."""
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def edges(words: str) -> tuple[str, str]:
    """The white space at both ends."""
    inner = words.strip()
    start = words.find(inner)
    return words[:start], words[start + len(inner) :]


def numbers_of(form: int, catalog: Catalog) -> list[int]:
    """Some of the numbers that take that form of a sentence."""
    plural = gettext.c2py(catalog.plural_expr)  # type: ignore[attr-defined]
    return list(itertools.islice((n for n in range(MOST) if plural(n) == form), 2))


def faults(catalog: Catalog) -> Iterator[str]:
    """What a translation has that its message has not, or the other way round, in sentences."""
    for message in catalog:
        if message.id and message.string:
            for words, trouble in _faults(message, catalog):
                yield f"{catalog.locale}: {words!r} {trouble}"


def _faults(message: Message, catalog: Catalog) -> Iterator[tuple[str, str]]:
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    all_gaps = set[str]().union(*map(gaps, ids))
    figures = {"count"} | (all_gaps - gaps(ids[0]))  # what stands for the number in a plural
    for form, words in enumerate(strings):
        if not words:  # not translated: that is another test's
            continue
        try:
            found = gaps(words)
        except ValueError as error:
            yield words, f"is no pattern: {error}"
            continue
        lacking = all_gaps - found
        if len(ids) > 1 and lacking <= figures and len(numbers_of(form, catalog)) == 1:
            lacking = set()  # "one round" needs no figure; but 21 rounds may take the same form
        if lacking or found - all_gaps:
            yield words, f"has the gaps {sorted(found)}, its message {sorted(all_gaps)}"
        if any(map(str.isalnum, ids[0])) and edges(words) != edges(ids[0]):
            yield words, "has other spaces at its ends than its message"


@pytest.fixture(scope="module")
def template() -> Catalog:
    """All that the code has to say."""
    return tool.extracted()


def test_the_code_has_much_to_say(template: Catalog) -> None:
    messages = [message for message in template if message.id]
    assert len(messages) > 300
    assert template.get("English", context="the name of this language, in this language")
    for message in messages:  # a translator cannot keep gaps of which English has no pattern
        for words in message.id if isinstance(message.id, tuple) else (message.id,):
            gaps(words)


def test_catalogues_are_whole_up_to_date_and_compiled(
    template: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tool, "extracted", lambda: template)
    monkeypatch.setattr(sys, "argv", ["language", "--check"])
    assert tool.main() == 0, capsys.readouterr().out


@pytest.mark.parametrize("code", CODES)
def test_a_translation_has_the_gaps_and_spaces_of_its_message(code: str) -> None:
    catalog = read_po(io.BytesIO((tool.FOLDER / f"{code}.po").read_bytes()), locale=code)
    assert not list(faults(catalog))


@pytest.mark.parametrize("code", CODES)
def test_a_language_has_a_name_of_its_own(code: str) -> None:
    names = {language.code: language.name for language in languages()}
    assert names[code] and (names[code] != "English" or code == "en")


# --- what such a catalogue may not have -----------------------------------------------------------


def one(message: str | tuple[str, str], translated: str | tuple[str, ...], code: str) -> list[str]:
    catalog = Catalog(locale=code)
    catalog.add(message, translated)
    return list(faults(catalog))


@pytest.mark.parametrize(
    ("message", "translated"),
    [
        ("{count} of {all}", "{count} von allen"), ("{count} of {all}", "{count} von {alle}"),
        ("Read {digits}", "Gelesen"), ("Well", "{gut}"), ("Well", "gut "), ("Well ", "gut"),
        ("Read {digits}", "Gelesen {digits"), ("Read {digits}", "{} gelesen"),
        (("{count} of {all}", "{count} of {all}"), ("eines", "{count} von {all}")),
        (("{count} day", "{count} days"), ("ein Tag", "Tage")),
    ],
)  # fmt: skip
def test_faults_are_found(
    message: str | tuple[str, str], translated: str | tuple[str, ...]
) -> None:
    assert len(one(message, translated, "de")) == 1


def test_a_form_for_one_number_needs_no_figure_a_form_for_many_does() -> None:
    days = ("{count} day", "{count} days")
    assert not one("{count} of {all}", "von {all} sind es {count}", "de")
    assert not one(days, ("ein Tag", "{count} Tage"), "de")
    assert one(days, ("{count} jour", "des jours"), "fr")
    assert one(days, ("un jour", "{count} jours"), "fr"), "0 takes that form, too"
    assert one(days, ("один день", "{count} дня", "{count} дней"), "ru"), "and so does 21"


# --- the command ----------------------------------------------------------------------------------


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(sys, "argv", ["language", *words])
    return tool.main()


def test_a_language_is_begun_filled_in_and_kept_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code = Catalog()
    code.add("Well done.")
    code.add(("{count} round", "{count} rounds"))
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    monkeypatch.setattr(tool, "extracted", lambda: code)
    assert run(monkeypatch, "--check") == 0, "no language, no fault"
    assert run(monkeypatch, "de") == 0
    po = tmp_path / "de.po"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["de.mo", "de.po"]
    assert run(monkeypatch, "--check") == 1 and "2 not translated" in capsys.readouterr().out
    empty = po.read_text(encoding="utf-8")
    filled = empty.replace('"Well done."\nmsgstr ""', '"Well done."\nmsgstr "Gut gemacht."')
    filled = filled.replace('[0] ""', '[0] "eine Runde"').replace('[1] ""', '[1] "{count} Runden"')
    po.write_text(filled, encoding="utf-8")
    assert run(monkeypatch, "--check") == 1 and "de.mo is not up to date" in capsys.readouterr().out
    assert run(monkeypatch) == 0 and run(monkeypatch, "--check") == 0
    assert po.read_text(encoding="utf-8") == filled
    other = filled.replace("Generated-By: Babel", "Generated-By: some other Babel")
    assert other != filled and po.write_text(other, encoding="utf-8")
    assert run(monkeypatch, "--check") == 0, "what wrote it does not matter"
    (tmp_path / "de.mo").write_bytes(b"damaged")
    assert run(monkeypatch, "--check") == 1 and "de.mo is not up to date" in capsys.readouterr().out
    assert run(monkeypatch) == 0
    code.add("And more.")
    assert run(monkeypatch, "--check") == 1 and "de.po is not up to date" in capsys.readouterr().out
    assert run(monkeypatch) == 0
    assert 'msgstr "Gut gemacht."' in po.read_text(encoding="utf-8"), "nothing is lost"
    with pytest.raises(SystemExit):
        run(monkeypatch, "no such language")


# --- which language is spoken ---------------------------------------------------------------------


def compiled(code: str, words: Sequence[tuple[str, str]] = ()) -> bytes:
    """A small catalogue as the game reads it."""
    catalog = Catalog(locale=code, charset="utf-8")
    catalog.add("English", code.upper(), context="the name of this language, in this language")
    catalog.add(("{count} round", "{count} rounds"), (f"{code} 1", f"{code} {{count}}"))
    for message, translated in words:
        catalog.add(message, translated)
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of catalogues: German and French."""
    for code in ("de", "fr"):
        (tmp_path / f"{code}.mo").write_bytes(compiled(code, [("Well done.", f"{code}!")]))
        (tmp_path / f"{code}.po").write_text("# not read by the game\n", encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(catalogues, "_FOLDER", tmp_path)
        _forget()
        yield tmp_path
    _forget()  # now, and not earlier: whoever speaks meanwhile would keep these for all tests


def _forget() -> None:
    languages.cache_clear()
    catalogue.cache_clear()


@pytest.mark.parametrize(
    ("wish", "preferred", "code"),
    [
        ("de", ["fr"], "de"), ("", ["fr"], "fr"), ("", ["fr_CA.UTF-8", "de"], "fr"),
        ("", ["DE-at"], "de"), ("", ["xx", "de_AT"], "de"), ("xx", ["fr"], "fr"),
        ("en", ["de"], "en"), ("", ["en_GB", "de"], "en"), ("", [], "en"), ("", ["", "C"], "en"),
    ],
)  # fmt: skip
def test_the_players_wish_comes_first_then_the_machines(
    folder: Path, wish: str, preferred: Sequence[str], code: str
) -> None:
    assert chosen(wish, preferred) == code


def test_languages_have_the_names_that_their_speakers_give_them(folder: Path) -> None:
    assert [(each.code, each.name) for each in languages()] == [
        ("de", "DE"), ("en", "English"), ("fr", "FR"),
    ]  # fmt: skip
    assert catalogue("de").gettext("Well done.") == "de!"
    assert catalogue("de").gettext("Unknown.") == catalogue("xx").gettext("Unknown.") == "Unknown."


def test_without_any_catalogue_it_is_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(catalogues, "_FOLDER", tmp_path / "none")
        _forget()
        assert [each.code for each in languages()] == ["en"] and chosen("de", ["fr"]) == "en"
    _forget()


def damaged() -> Iterator[bytes]:
    """A catalogue cut off anywhere, or with any one byte changed."""
    whole = compiled("de")
    yield from (whole[:length] for length in range(0, len(whole), 3))
    yield from (b"", b"\0" * 64, b"msgid", bytes(range(256)))
    for place in range(len(whole)):
        change = 0x80 if place % 5 == 0 else 0x01
        yield whole[:place] + bytes([whole[place] ^ change]) + whole[place + 1 :]


def test_a_damaged_catalogue_costs_that_language_at_most(folder: Path) -> None:
    lost = 0
    for content in damaged():
        (folder / "de.mo").write_bytes(content)
        _forget()
        known = [each.code for each in languages()]
        assert {*known} - {"de"} == {"en", "fr"} and len({*known}) == len(known)
        lost += "de" not in known
        assert chosen("fr", []) == "fr" and catalogue("fr").gettext("Well done.") == "fr!"
        read = catalogue("de")
        assert isinstance(read.gettext("Well done."), str)
        for count in range(120):
            assert isinstance(read.ngettext("{count} round", "{count} rounds", count), str)
    assert lost > 100
