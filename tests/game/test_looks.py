"""Every screen in every look, of all sizes, languages and themes: nothing is cut or overlaps."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from cyrillic import Cyrillic, without_names
from driving import Driver
from lived import Life
from looking import Sheet, drawn, flaws, screens
from sights import models

from game import language
from game.language import _
from game.language.catalogues import languages
from game.persistence.settings import TEXT_SIZES, THEMES
from game.ui import look, theme
from game.ui import text as typesetting
from game.ui.tile import Tile

SIZES = [(800, 600), (1280, 720)]
USUAL_SIZE = (800, 600)  # from here on every tile says all that it has to say
FINE = (2560, 1440)  # where nothing is laid out otherwise: it is looked at once
CODES = [language.code for language in languages()]
# Each language in each text size, in one window or the other: `tests.screenshots` draws them all.
LOOKS = [
    *(
        (SIZES[(step + place) % len(SIZES)], text_size, code)
        for step, text_size in enumerate(TEXT_SIZES)
        for place, code in enumerate(CODES)
    ),
    (FINE, "normal", CODES[0]),
]
LATIN_WORD = re.compile("[A-Za-z]{2,}")


def untold(driver: Driver) -> list[str]:
    """The tiles of which not every line has room, at the usual text size."""
    if driver.app.settings.text_size != TEXT_SIZES[0]:
        return []
    tiles = [widget for widget in driver.app.scene.widgets if isinstance(widget, Tile)]
    return [
        f"{tile.words.title!r} has no room for its line" for tile in tiles if not tile.tells_all
    ]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of somebody who has played for a while."""
    folder = tmp_path_factory.mktemp("past")
    patch = pytest.MonkeyPatch()
    Life(folder, patch).play([20, 6, 0], most_rounds=2)
    yield folder
    patch.undo()


@pytest.mark.parametrize(
    ("size", "text_size", "code"), LOOKS,
    ids=[f"{size[0]}x{size[1]}-{words}-{code}" for size, words, code in LOOKS],
)  # fmt: skip
def test_every_screen_in_every_look(
    past: Path, followed_texts: None, drive: Callable[..., Driver], tmp_path: Path,
    size: tuple[int, int], text_size: str, code: str,
) -> None:  # fmt: skip
    shutil.copytree(past, tmp_path, dirs_exist_ok=True)
    driver = drive(size=size, lab_models=models(lambda: "425"))
    settings = driver.app.settings
    settings.calibration_offered = True
    driver.until(lambda: driver.app.desk.ready)
    settings.text_size, settings.language = text_size, code
    driver.app.restyle()
    themes = THEMES if code == CODES[0] else THEMES[:1]  # a theme moves nothing
    wrong: dict[str, list[str]] = {}
    for name in screens(driver):
        grounds = set()
        for settings.theme in themes:
            driver.app.restyle()
            sheet = drawn(driver)
            if found := [*flaws(sheet), *(untold(driver) if size >= USUAL_SIZE else ())]:
                wrong[name] = found
            grounds.add(pygame.image.tobytes(sheet, "RGB"))
        assert len(grounds) == len(themes), f"{name} looks the same in every theme"
    assert not wrong, "\n".join(f"{name}: {'; '.join(found)}" for name, found in wrong.items())


def test_no_sentence_escapes_the_catalogues(
    past: Path, followed_texts: None, drive: Callable[..., Driver], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """All is said in a made-up language without Latin letters: what has some, nobody translates."""
    shutil.copytree(past, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(look, "speak", lambda wish="": language.use(Cyrillic()))
    driver = drive(size=(1280, 720), lab_models=models(lambda: "425"))
    driver.app.settings.calibration_offered = True
    driver.until(lambda: driver.app.desk.ready)
    escaped: dict[str, set[str]] = {}
    for name in screens(driver):
        driver.app.restyle()
        for words, _rect in drawn(driver).texts:
            if LATIN_WORD.search(without_names(words)):
                escaped.setdefault(words, set()).add(name)
    assert not escaped, "\n".join(f"{words!r} in {', '.join(on)}" for words, on in escaped.items())


def test_the_measure_itself(followed_texts: None) -> None:
    pygame.font.init()
    setter = typesetting.Typesetter(1.0)
    sheet, card = Sheet((300, 200)), Sheet((100, 60))
    card.blit(setter.render("Seven", theme.BODY, theme.INK), (5, 5))
    sheet.blit(card, (10, 10))
    assert not flaws(sheet) and sheet.texts[0][0] == "Seven"
    sheet.blit(setter.render("Eight", theme.BODY, theme.INK), (20, 18))
    assert "share" in flaws(sheet)[0]
    sheet.blit(setter.render("Nine", theme.BODY, theme.INK), (290, 100))
    assert any("cut" in flaw for flaw in flaws(sheet))


def test_the_made_up_language() -> None:
    language.use(Cyrillic())
    assert not LATIN_WORD.search(without_names(_("{count} right").format(count="CNN")))
    assert LATIN_WORD.search(without_names(f"{_('Right')} and left"))
