"""Progress: what weeks of rounds come to, on every page and at every size, and the way on."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pygame
import pytest
from driving import Driver, button
from lived import Life

from game.persistence.players import Players
from game.persistence.progress import history, weakest
from game.rules.facts import fact_asked
from game.rules.modes.workout import MODE as WORKOUT
from game.rules.streak import DAY
from game.scenes import places
from game.scenes.notice import Notice
from game.scenes.play import Play
from game.scenes.progress import CLASS, TITLES, Progress
from game.scenes.title import Title
from game.ui.turner import Turner

SIZES = [(800, 600), (1280, 720), (3840, 2160), (720, 1180), (360, 320)]
PAGES = [page for page in TITLES if page != CLASS]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of somebody who played on eight days of a month."""
    folder = tmp_path_factory.mktemp("past")
    patch = pytest.MonkeyPatch()
    Life(folder, patch).play([31, 20, 18, 16, 5, 3, 1, 0], most_rounds=3)
    yield folder
    patch.undo()


@pytest.fixture
def lived(past: Path, tmp_path: Path) -> None:
    """The test's folder is a copy of it."""
    shutil.copytree(past, tmp_path, dirs_exist_ok=True)


def turner(scene: Progress) -> Turner:
    (found,) = [widget for widget in scene.widgets if isinstance(widget, Turner)]
    return found


def picture(driver: Driver) -> bytes:
    driver.frames(1)
    return pygame.image.tobytes(driver.app.window.surface, "RGB")


def opened(driver: Driver, page: str | None = None) -> Progress:
    driver.app.go(places.Title())
    return driver.lay(places.Progress(page), Progress)


def test_the_title_leads_there_by_one_key_and_by_one_tap(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.key(pygame.K_g)
    driver.shown(Progress)
    driver.key(pygame.K_ESCAPE)
    driver.click(button(driver.shown(Title), "Progress").rect.center)
    scene = driver.shown(Progress)
    assert scene.sentence.startswith("Play a few rounds")
    driver.click(button(scene, "Back").rect.center)
    driver.shown(Title)


@pytest.mark.parametrize("size", SIZES)
def test_nothing_overlaps_on_any_page(
    drive: Callable[..., Driver], lived: None, size: tuple[int, int]
) -> None:
    driver = drive(size=size)
    seen = set()
    for page in PAGES:
        scene = opened(driver, page)
        seen.add(picture(driver))
        rects = [widget.rect for widget in scene.widgets]
        assert all(driver.app.frame.rect.contains(rect) for rect in rects), page
        lying = [widget.rect for widget in scene.widgets]
        assert all(one.collidelist(lying[n + 1 :]) == -1 for n, one in enumerate(lying)), page
    assert len(seen) == len(PAGES)


@pytest.mark.parametrize("size", SIZES)
def test_what_will_be_there_is_said_while_nothing_is(
    drive: Callable[..., Driver], size: tuple[int, int]
) -> None:
    driver = drive(size=size)
    seen = set()
    for page in PAGES:
        scene = opened(driver, page)
        seen.add(picture(driver))
        assert not any(isinstance(widget, Turner) for widget in scene.widgets)
    assert len(seen) == len(PAGES)


def test_pages_turn_by_pointer_and_by_arrows(drive: Callable[..., Driver], lived: None) -> None:
    driver = drive(size=(1280, 720))
    scene = opened(driver)
    choice = scene.widgets[0]
    for n, page in enumerate(PAGES):
        x = choice.rect.x + choice.rect.w * (n + 0.5) / len(PAGES)
        driver.click((x, choice.rect.centery))
        assert scene.page == page
    driver.key(pygame.K_LEFT)
    assert scene.page == PAGES[-2]


def test_a_mode_is_chosen_by_pointer_and_by_key(drive: Callable[..., Driver], lived: None) -> None:
    driver = drive(size=(1280, 720))
    scene = opened(driver, "bests")
    first, words = picture(driver), turner(scene).words
    place = turner(scene).rect
    driver.click((place.right - 10, place.centery))
    assert turner(scene).words != words and picture(driver) != first
    driver.click((place.x + 10, place.centery))
    assert turner(scene).words == words
    driver.click((place.x + 10, place.centery))
    assert turner(scene).words == words, "there is none before the first"
    driver.key(pygame.K_TAB)
    driver.key(pygame.K_RIGHT)
    assert turner(scene).focused and turner(scene).words != words
    for _ in range(turner(scene).count - 1):
        driver.key(pygame.K_RETURN)
    assert turner(scene).words == words, "Enter goes round"


def test_what_became_better_is_said_of_the_rounds_that_were_played(
    drive: Callable[..., Driver], lived: None
) -> None:
    scene = opened(drive())
    assert "faster than" in scene.sentence and scene.sentence.endswith(".")
    assert scene.history.confusion.mixups()[0].written in "147"


def test_workout_asks_for_the_weakest(drive: Callable[..., Driver], lived: None) -> None:
    driver = drive(seed=None)
    needs = weakest(driver.app.storage, WORKOUT)
    assert len(needs) >= 6
    opened(driver)
    driver.key(pygame.K_w)
    play = driver.app.scenes[0]
    assert isinstance(play, Play) and play.mode is WORKOUT
    asked = fact_asked(play.round.prompt)
    assert (play.round.prompt.answer if asked is None else asked.key) in needs
    assert driver.app.settings.last_mode == WORKOUT.key
    driver.app.go(places.Title())
    driver.key(pygame.K_RETURN)
    again = driver.app.scenes[0]
    assert isinstance(again, Play) and again.mode is WORKOUT, "played again by one press"


def test_a_round_of_today_is_on_the_calendar(drive: Callable[..., Driver], lived: None) -> None:
    driver = drive()
    scene = opened(driver, "days")
    today = datetime.date.today()
    days = {today - each.day for each in scene.history.rounds}
    assert len(days) == 8 and max(days) in (31 * DAY, 30 * DAY, 32 * DAY)
    assert turner(scene).words == f"{today:%B %Y}"
    driver.click((turner(scene).rect.x + 5, turner(scene).rect.centery))
    assert turner(scene).words != f"{today:%B %Y}"


def test_it_is_exported_and_the_player_is_told_where(
    drive: Callable[..., Driver], lived: None, tmp_path: Path
) -> None:
    driver = drive()
    opened(driver)
    driver.key(pygame.K_e)
    notice = driver.shown(Notice)
    assert str(tmp_path / "exports") in notice.sentences[0]
    written = sorted(path.suffix for path in (tmp_path / "exports").iterdir())
    assert written == [".csv", ".json"]


def test_what_cannot_be_exported_is_said(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive()
    opened(driver)
    driver.key(pygame.K_e)
    assert "nothing to export yet" in driver.shown(Notice).sentences[0]
    assert not (tmp_path / "exports").exists()


def test_a_place_that_cannot_be_written_is_said(
    drive: Callable[..., Driver], lived: None, tmp_path: Path
) -> None:
    (tmp_path / "exports").write_text("in the way")
    driver = drive()
    opened(driver)
    driver.key(pygame.K_e)
    assert "cannot be written" in driver.shown(Notice).sentences[0]
    assert (tmp_path / "exports").read_text() == "in the way"


def test_looking_changes_nothing(drive: Callable[..., Driver], lived: None) -> None:
    driver = drive()
    now = datetime.datetime.now(datetime.UTC)
    before = history(driver.app.storage.read, now)
    for page in PAGES:
        opened(driver, page)
        driver.frames(2)
    after = history(driver.app.storage.read, now)
    assert after.rounds == before.rounds and after.memories == before.memories


def test_with_several_players_there_is_a_row_for_each(
    drive: Callable[..., Driver], lived: None, tmp_path: Path
) -> None:
    alone = opened(drive())
    assert not alone.pupils
    mia = Players(tmp_path).add("Mia", "sky")
    bo = Players(tmp_path).add("Bo", "sky")
    bo.database.write_bytes(b"no database at all " * 999)
    driver = drive(size=(800, 600))
    scene = opened(driver, CLASS)
    before = picture(driver)
    rows = {pupil.name: pupil.words(scene.today) for pupil in scene.pupils}
    assert len(rows) == 3 and rows["Mia"][1] == "never" and rows["Bo"][1] == "cannot be read"
    (mine,) = (words for name, words in rows.items() if name not in ("Mia", "Bo"))
    assert mine[1] in ("today", "yesterday") and int(mine[3]) == len(scene.history.rounds)
    assert bo.database.read_bytes().startswith(b"no database"), "it is only looked at"
    assert not mia.database.exists(), "nor is one made"
    driver.click((scene.widgets[0].rect.x + 20, scene.widgets[0].rect.centery))
    assert picture(driver) != before


def test_many_players_are_turned_over(
    drive: Callable[..., Driver], lived: None, tmp_path: Path
) -> None:
    players = Players(tmp_path)
    for n in range(30):
        players.add(f"Pupil {n}", "sky")
    driver = drive(size=(800, 600))
    scene = opened(driver, CLASS)
    first = picture(driver)
    assert turner(scene).words.startswith("1 of ")
    driver.click((turner(scene).rect.right - 5, turner(scene).rect.centery))
    assert turner(scene).words.startswith("2 of ") and picture(driver) != first


def test_nothing_of_a_guest_is_exported(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver = drive(guest=True)
    opened(driver)
    driver.key(pygame.K_e)
    assert "Nothing of a guest is kept" in driver.shown(Notice).sentences[0]
    assert not list(tmp_path.rglob("exports"))
