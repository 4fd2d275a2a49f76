"""The first round of a day counts, later ones are for practice; a duel has a winner."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pygame
from driving import Driver, button
from playing import Game, rows

from game.persistence.rounds import best_mark, days_played, load_round
from game.rules.modes import MODES
from game.rules.modes.daily import MODE as DAILY
from game.scenes import places
from game.scenes.play import Play
from game.scenes.result import Result
from game.scenes.review import Review


def to_the_end(game: Game, wrong: frozenset[int] = frozenset()) -> Result:
    driver, count = game.driver, 0
    while not game.play.round.is_complete:
        game.give(game.wrong() if count in wrong else None)
        driver.until(
            lambda: game.play.phase.value != "showing" or game.play.round.is_complete,
            frame_seconds=0.1,
        )
        count += 1
    driver.until(lambda: isinstance(driver.app.scene, Result), frame_seconds=0.1)
    return driver.shown(Result)


def again(game: Game, place: places.Round) -> None:
    game.driver.app.go(place)
    scene = game.driver.app.scenes[0]
    assert isinstance(scene, Play)
    game.play = scene
    game.driver.until(lambda: scene.round.clock.running, frame_seconds=0.05)


def test_a_second_round_of_the_day_is_practice(
    drive: Callable[..., Driver], tmp_path: Path
) -> None:
    game = Game(drive, "daily")
    asked = game.play.round.prompt
    storage = game.driver.app.storage
    assert days_played(storage, DAILY) == set()
    result = to_the_end(game)
    assert result.is_new_best
    game.driver.key(pygame.K_c)
    copied = pygame.scrap.get_text().splitlines()
    assert copied[0].startswith("Digit Dash Daily, ") and copied[-1].startswith("15 of 15, ")
    assert button(result, "Copied")
    assert days_played(storage, DAILY) == {datetime.date.today()}
    best = best_mark(storage, DAILY, DAILY.level())
    again(game, places.Round("daily"))
    assert game.play.round.prompt == asked, "today's problems are today's"
    assert not game.play.round.counts
    assert not to_the_end(game).is_new_best, "however quick it was"
    assert best_mark(storage, DAILY, DAILY.level()) == best
    again(game, places.Round("daily", "hard"))
    assert not game.play.round.counts, "one a day, whatever the level"
    assert rows(tmp_path, "SELECT mode FROM rounds ORDER BY id") == [
        ("daily",), ("daily;practice",), ("daily:hard;practice",)
    ]  # fmt: skip
    kept = load_round(storage, storage.past_rounds()[0])
    assert kept is not None and kept.sheet.mode is DAILY


def test_a_round_of_yesterday_is_another_day(drive: Callable[..., Driver], tmp_path: Path) -> None:
    game = Game(drive, "daily")
    to_the_end(game)
    before = (datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)).isoformat()
    with closing(sqlite3.connect(tmp_path / "digit-dash.db")) as db, db:
        db.execute("UPDATE rounds SET started_at = ?", (before,))
    again(game, places.Round("daily"))
    assert game.play.round.counts


def test_a_duel_is_won_and_reads_the_same_afterwards(drive: Callable[..., Driver]) -> None:
    game = Game(drive, "duel")
    driver = game.driver
    driver.app.go(places.Round("duel", "easy", {"second": ("hard",)}))
    again(game, places.Round("duel", "easy", {"second": ("hard",)}))
    assert [level.key for level in game.play.round.levels] == ["easy", "hard"]
    result = to_the_end(game, wrong=frozenset({1, 3, 5}))  # all of them player two's
    assert result.round.winner == 0 and not result.is_new_best
    driver.frames(3)
    storage = driver.app.storage
    kept = load_round(storage, storage.past_rounds()[0])
    assert kept is not None and kept.sheet.mode is MODES["duel"]
    assert [level.key for level in kept.sheet.levels] == ["easy", "hard"]
    assert [s.points for s in kept.sheet.scores] == [s.points for s in result.round.scores]
    assert [s.wrong for s in kept.sheet.scores] == [0, 3]
    review = driver.go(places.Review(), Review)
    assert review.subheading().endswith("17 of 20 right"), "of both"
