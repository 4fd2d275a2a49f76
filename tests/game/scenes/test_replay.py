"""The replay: from result, review and list, by key and by pointer; saved as film and as card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pygame
import pytest
from driving import Driver, button

from game.persistence import films
from game.persistence.replays import recording, rival
from game.persistence.storage import Answer, RoundSummary, Storage
from game.rules.modes.duel import MODE as DUEL
from game.rules.modes.mode import HALVES, PAPER
from game.scenes import places
from game.scenes.digits import Digits
from game.scenes.filming import Filming
from game.scenes.replay import NO_INK, NO_ROUND, Replay
from game.scenes.review import Review
from game.scenes.rounds import Rounds
from game.scenes.scene import Scene

SIZES = [(360, 320), (800, 600), (1280, 720), (900, 1200)]
SEVEN = [[[400.0, 100.0, 0.0], [480.0, 100.0, 0.2], [440.0, 300.0, 0.4]]]
GIVEN = Answer(
    "7", "numeral", "7", "7", "right", True, 1.0, 100, "cnn", 0.9, [[0.1] * 10], SEVEN,
    [[400.0, 100.0, 480.0, 300.0]], thinking_seconds=0.5, writing_seconds=0.5, shown_seconds=0.0,
    judged_seconds=1.2,
)  # fmt: skip


def keep(storage: Storage, score: int, *answers: Answer, mode: str = "dash") -> int:
    number = storage.begin_round(mode, "cnn", None)
    for n, answer in enumerate(answers):
        timed = answer.shown_seconds is not None
        later = replace(answer, shown_seconds=1.2 * n, judged_seconds=1.2 * n + 1.2)
        storage.add_answer(number, later if timed else answer)
    storage.end_round(number, "finished", RoundSummary(60.0, score, 1, len(answers), 0))
    return number


def open_replay(drive: Callable[..., Driver], *answers: Answer) -> tuple[Driver, Replay]:
    driver = drive()
    keep(driver.app.storage, 900, GIVEN)
    number = keep(driver.app.storage, 500, *answers)
    driver.app.go(places.Title())
    replay = driver.lay(places.Replay(number), Replay)
    driver.frames(2)
    return driver, replay


def test_it_plays_stands_still_and_is_scrubbed(drive: Callable[..., Driver]) -> None:
    driver, replay = open_replay(drive, GIVEN, GIVEN, GIVEN)
    assert replay.view is not None and replay.bar is not None
    driver.seconds(0.9)
    assert replay.now == pytest.approx(0.9, abs=0.1)
    assert sum(replay.view.lanes[0].strokes) > 0
    driver.key(pygame.K_SPACE)
    now = replay.now
    driver.seconds(0.5)
    assert replay.now == now and not replay.animating
    driver.key(pygame.K_RIGHT)
    assert replay.now == pytest.approx(now + 1.0)
    driver.key(pygame.K_DOWN)
    assert replay.now == pytest.approx(2.4)
    driver.key(pygame.K_UP)
    assert replay.now == pytest.approx(1.2)
    bar = replay.bar
    driver.click((bar.x_of(replay.seconds / 2), bar.rect.centery))
    assert replay.now == pytest.approx(replay.seconds / 2, abs=0.05)
    driver.key(pygame.K_4)
    driver.key(pygame.K_HOME)
    driver.key(pygame.K_SPACE)
    driver.seconds(0.5)
    assert replay.now == pytest.approx(2.0, abs=0.2)
    driver.seconds(1.5)
    assert replay.now == replay.seconds and not replay.playing
    driver.key(pygame.K_SPACE)  # from the end it begins again
    assert replay.playing and replay.now < 0.3
    driver.key(pygame.K_ESCAPE)
    assert driver.app.scene is not replay


def test_the_best_other_round_runs_beside_it(drive: Callable[..., Driver]) -> None:
    driver, replay = open_replay(drive, GIVEN)
    assert replay.view is not None and replay.ghost is not None
    assert [lane.is_ghost for lane in replay.view.lanes] == [False, True]
    assert replay.view.lanes[1].name == "Best other: 900"
    driver.key(pygame.K_g)
    assert len(replay.view.lanes) == 1
    driver.click(button(replay, "Show ghost").rect.center)
    assert len(replay.view.lanes) == 2


def test_only_a_finished_round_of_the_same_kind_is_a_rival(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    own = keep(storage, 500, GIVEN)
    keep(storage, 9000, GIVEN, mode="dash:hard")
    keep(storage, 9000, GIVEN, mode="sums")
    lost = storage.begin_round("dash", "cnn", None)
    storage.add_answer(lost, GIVEN)
    storage.end_round(lost, "abandoned", RoundSummary(60.0, 9000, 1, 1, 0))
    keep(storage, 800, replace(GIVEN, ink=[]))
    found = recording(storage, own)
    assert found is not None and rival(storage, found) is None
    worse = keep(storage, 100, GIVEN)
    keep(storage, 50, GIVEN)
    assert rival(storage, found) is None, "the best one has no ink, and no second one stands in"
    found = recording(storage, worse)
    assert found is not None and found.seconds > 1.2
    storage.close()


def test_what_cannot_be_played_is_a_sentence(drive: Callable[..., Driver]) -> None:
    driver, replay = open_replay(drive, replace(GIVEN, ink=[]))
    assert replay.trouble == NO_INK and len(replay.widgets) == 1
    for key in (pygame.K_SPACE, pygame.K_RIGHT, pygame.K_DOWN, pygame.K_s, pygame.K_g):
        driver.key(key)
    unknown = driver.lay(places.Replay(10**6), Replay)
    assert unknown.trouble == NO_ROUND
    driver.key(pygame.K_ESCAPE)
    driver.key(pygame.K_ESCAPE)
    assert not isinstance(driver.app.scene, Replay)


def test_an_old_round_without_times_is_played_and_says_so(drive: Callable[..., Driver]) -> None:
    old = replace(GIVEN, shown_seconds=None, judged_seconds=None, thinking_seconds=None)
    _, replay = open_replay(drive, old, old)
    assert replay.view is not None and not replay.view.is_exact
    assert replay.seconds > 2.0


@pytest.mark.parametrize("size", SIZES)
def test_every_screen_fits_every_size(drive: Callable[..., Driver], size: tuple[int, int]) -> None:
    driver, replay = open_replay(drive, GIVEN, GIVEN)
    driver.app.window.size = size
    driver.frames(2)
    assert replay.own is not None
    scenes: list[Scene] = [
        replay,
        driver.lay(places.Filming(replay.own, replay.ghost, 1.0), Filming),
        driver.lay(places.Rounds(), Rounds),
        driver.lay(places.Digits(), Digits),
    ]
    for scene in scenes:
        rects = [widget.rect for widget in scene.widgets]
        assert all(driver.app.frame.rect.contains(rect) for rect in rects), type(scene)
        for n, one in enumerate(rects):
            assert one.collidelist(rects[n + 1 :]) == -1, (type(scene), n)
        driver.frames(2)


def test_a_film_is_kept_and_says_where(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver, replay = open_replay(drive, GIVEN, GIVEN)
    driver.key(pygame.K_4)
    driver.key(pygame.K_s)
    filming = driver.shown(Filming)
    assert not replay.playing
    driver.key(pygame.K_g)
    assert filming.film is not None
    driver.until(lambda: filming.film is None, seconds=120)
    (path,) = (tmp_path / "pictures").iterdir()
    assert str(path) in filming.sentences[0] and path.name.startswith("dash-20")
    assert path.read_bytes()[:6] == b"GIF89a"
    if hasattr(cv2, "imdecodeanimation"):
        _, film = cv2.imdecodeanimation(np.frombuffer(path.read_bytes(), np.uint8))
        assert len(film.frames) > 3 and film.frames[0].shape[:2] == (450, 800)
        assert sum(film.durations) == pytest.approx(1000 * (replay.seconds / 4 + 3), abs=250)
    driver.key(pygame.K_RETURN)
    assert driver.app.scene is replay


@pytest.mark.parametrize("ending", ["gif", "mp4"])
def test_who_cancels_leaves_no_file(
    drive: Callable[..., Driver], tmp_path: Path, ending: str
) -> None:
    driver, replay = open_replay(drive, *[GIVEN] * 30)
    driver.app.lay(places.Filming(replay.own, None, 1.0))  # type: ignore[arg-type]
    filming = driver.shown(Filming)
    filming.begin(ending)
    driver.frames(1)
    if filming.film is not None:  # else there is nothing here that writes such a film
        driver.key(pygame.K_ESCAPE)
        assert driver.app.scene is replay
    assert not (tmp_path / "pictures").exists() or not list((tmp_path / "pictures").iterdir())


def test_a_card_is_kept_and_a_folder_that_is_none_is_told(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    driver, _ = open_replay(drive, GIVEN, GIVEN)
    driver.key(pygame.K_s)
    driver.key(pygame.K_c)
    (path,) = (tmp_path / "pictures").iterdir()
    assert pygame.image.load(path).get_size() == (1200, 675)
    driver.key(pygame.K_ESCAPE)
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("in the way")
    driver.key(pygame.K_s)
    driver.key(pygame.K_c)
    assert "cannot be kept" in driver.shown(Filming).sentences[0]


def test_the_list_leads_to_every_round(drive: Callable[..., Driver]) -> None:
    driver = drive()
    storage = driver.app.storage
    for n in range(30):
        keep(storage, n, GIVEN, mode="sums:hard" if n % 3 == 0 else "dash")
    driver.app.go(places.Review())
    driver.key(pygame.K_l)
    rounds = driver.shown(Rounds)
    assert len(rounds.shown) == 30 and rounds.rows[0].name == "Dash, Normal"
    driver.key(pygame.K_PAGEDOWN)
    assert rounds.first == len(rounds.rows) > 1
    driver.key(pygame.K_f)
    driver.key(pygame.K_f)
    assert (len(rounds.shown), rounds.first, rounds.rows[0].name) == (10, 0, "Sums, Hard")
    driver.click(rounds.rows[1].rect.center)
    replay = driver.shown(Replay)
    assert replay.own is not None and replay.own.past.mode == "sums:hard"
    driver.key(pygame.K_ESCAPE)
    driver.key(pygame.K_ESCAPE)
    driver.shown(Review)
    driver.key(pygame.K_p)
    driver.shown(Replay)


def test_digits_over_the_weeks(drive: Callable[..., Driver]) -> None:
    driver = drive()
    storage = driver.app.storage
    wrong = replace(GIVEN, read="1", verdict="wrong", correct=False)
    number = keep(storage, 100, GIVEN, wrong, replace(GIVEN, ink=[]), GIVEN)
    digits = driver.lay(places.Digits(), Digits)
    driver.frames(2)
    assert [week.count for week in digits.weeks] == [3] and len(digits.cells) == 2
    assert digits.player is not None and digits.player.is_playing
    driver.click(digits.cells[0][0].center)
    assert digits.chosen is digits.cells[0][1]
    driver.key(pygame.K_RIGHT)
    assert digits.chosen is digits.cells[1][1]
    driver.seconds(1.0)
    assert not digits.player.is_playing
    driver.key(pygame.K_SPACE)
    assert digits.player.is_playing
    driver.key(pygame.K_1)
    assert (digits.weeks, digits.player, digits.digit) == ([], None, "1")
    storage.add_appeal(number, 1, "1")
    driver.app.back()
    digits = driver.lay(places.Digits("1"), Digits)
    assert [week.count for week in digits.weeks] == [1], "the player's word for it counts"


def test_an_empty_list_says_so(drive: Callable[..., Driver]) -> None:
    driver = drive()
    driver.app.go(places.Title())
    rounds = driver.lay(places.Rounds(), Rounds)
    driver.frames(2)
    assert (rounds.rows, len(rounds.widgets)) == ([], 1)
    for key in (pygame.K_PAGEDOWN, pygame.K_PAGEUP, pygame.K_f):
        driver.key(key)
    driver.lay(places.Digits(), Digits)
    driver.frames(2)
    for key in (pygame.K_LEFT, pygame.K_SPACE, pygame.K_9, pygame.K_PAGEDOWN):
        driver.key(key)


def test_an_mp4_holds_the_same_film(drive: Callable[..., Driver], tmp_path: Path) -> None:
    driver, replay = open_replay(drive, GIVEN, GIVEN)
    driver.key(pygame.K_4)
    driver.key(pygame.K_s)
    filming = driver.shown(Filming)
    driver.key(pygame.K_m)
    if filming.film is None:
        pytest.skip("nothing here writes MP4")
    driver.until(lambda: filming.film is None, seconds=120)
    (path,) = (tmp_path / "pictures").iterdir()
    assert str(path) in filming.sentences[0] and path.suffix == ".mp4"
    film = cv2.VideoCapture(str(path))
    assert film.get(cv2.CAP_PROP_FRAME_WIDTH) == 800
    seconds = film.get(cv2.CAP_PROP_FRAME_COUNT) / film.get(cv2.CAP_PROP_FPS)
    assert seconds == pytest.approx(replay.seconds / 4 + 3, abs=0.3)


def test_without_a_codec_it_says_what_works(
    drive: Callable[..., Driver], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(films, "CODECS", ())
    driver, replay = open_replay(drive, GIVEN)
    driver.key(pygame.K_s)
    driver.key(pygame.K_m)
    assert "A GIF always works" in driver.shown(Filming).sentences[0]
    assert list((tmp_path / "pictures").iterdir()) == []
    driver.key(pygame.K_RETURN)
    assert driver.app.scene is replay


def test_two_who_wrote_at_once_are_seen_at_once(drive: Callable[..., Driver]) -> None:
    driver = drive()
    storage = driver.app.storage
    name = DUEL.stored_as(DUEL.level(None, {PAPER: (HALVES,)}))
    number = storage.begin_round(name, "cnn", None)
    for seat in (0, 1, 0, 1):
        storage.add_answer(number, replace(GIVEN, seat=seat))
    storage.end_round(number, "finished", RoundSummary(60.0, 400, 4, 4, 0))
    replay = driver.lay(places.Replay(number), Replay)
    assert replay.view is not None and replay.ghost is None
    assert [lane.name for lane in replay.view.lanes] == ["Player 1", "Player 2"]
    replay.seek(1.0)
    assert all(sum(lane.strokes) > 0 for lane in replay.view.lanes)
