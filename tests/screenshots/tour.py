"""The tour: from screen to screen, as a player would come there."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pygame
from camera import FRAME, Camera
from stored import answer

from game.persistence.rounds import KeptRound
from game.persistence.storage import RoundSummary
from game.rules.attempts import OnceADay
from game.rules.modes import MODES
from game.rules.modes.learn import MODE as LEARN
from game.rules.modes.mode import GUESS, HALVES, PAPER, SHOWN
from game.rules.streak import DAY
from game.scenes import doors, places
from game.scenes.calibration import Calibration
from game.scenes.halves import Halves
from game.scenes.inside import Inside
from game.scenes.lab import Lab
from game.scenes.learn import Learn
from game.scenes.lesson import Lesson, LessonEnd
from game.scenes.list_editor import ListEditor
from game.scenes.progress import TITLES
from game.scenes.replay import Replay
from game.scenes.setting_pages import PAGES
from game.ui.icons import DIGITS
from game.ui.lab_card import LabCard
from game.ui.model_view import placed

ANSWERS = 7  # of a round, before its result is looked at
WRONG_AT = 3  # which of them is wrong

Shots = Iterator[tuple[str, bool]]


def shots(camera: Camera) -> Shots:
    """Take all pictures, one after the other; give the name of each, and whether it was taken."""
    yield from _at_the_start(camera)
    yield from _menus(camera)
    for key in MODES:
        if any(camera.wants(f"{key}-{what}") for what in OF_A_MODE):
            yield from _mode(camera, key)
    yield from _afterwards(camera)


OF_A_MODE = (
    "setup", "calendar", "calendar-new", "countdown", "glimpse", "hidden", "prompt", "ink", "right",
    "wrong", "pause", "result", "review", "replay", "filming", "trace", "copy", "memory", "well",
    "mirrored", "end", "halves-countdown", "halves-prompt", "halves-ink", "halves-waiting",
    "halves-wrong", "halves-pause",
)  # fmt: skip


def _at_the_start(camera: Camera) -> Shots:
    camera.app.go(places.Title())
    lesson = camera.lay(places.Lesson(), Lesson)
    camera.seconds(1.0)
    yield camera.take("lesson-ghost")
    camera.seconds(1.5)
    camera.write("3", lesson.writing_area)
    camera.frames(2)
    yield camera.take("lesson-ink")
    camera.until(lambda: lesson.verdict.strip is not None)
    camera.seconds(0.2)
    yield camera.take("lesson-read")
    camera.seconds(2.5)
    yield camera.take("lesson-sum")
    camera.app.go(places.Title())
    camera.lay(places.LessonEnd(), LessonEnd)
    camera.seconds(0.6)
    yield camera.take("lesson-end")
    camera.app.go(places.Title())
    camera.seconds(2.2)
    yield camera.take("title-new")


def _menus(camera: Camera) -> Shots:
    stage = camera.app
    for place, name in (
        *((places.Settings(page.key), f"settings-{page.key}") for page in PAGES),
        (places.Keys(), "keys"),
        (places.Players(), "players"),
        (places.PlayerEditor(), "player-new"),
        (places.PlayerEditor("first"), "player"),
        (places.DeletePlayer("first"), "player-delete"),
        (places.ImportPlayer(), "player-import"),
        (places.CalibrationOffer(), "calibration-offer"),
        (places.Hand(), "hand-empty"),
        (places.Review(), "review-empty"),
        (places.ForgetHand(), "forget-hand"),
        (places.Leaving(), "leaving"),
        (places.Lists(), "lists-sample"),
        (
            places.Notice(
                "A word first",
                ["The settings file is damaged. It is kept as settings.toml.broken-1; the usual"
                 " settings apply."],
                [places.Way("Settings", places.Settings())],
            ),
            "notice",
        ),
    ):  # fmt: skip
        stage.go(places.Title())
        stage.lay(place)
        camera.seconds(0.6)
        yield camera.take(name)
    yield from _lists(camera)
    yield from _calibration(camera)


def _lists(camera: Camera) -> Shots:
    stage = camera.app
    lists = {
        "Sevens": "\n".join(f"7*{n}" for n in range(1, 11)),
        "Homework": "7*8\nseven\n12/4\n405",
    }
    for name, text in lists.items():
        stage.lists.write(name, text)
    for place, name in (
        (places.Progress(), "progress-empty"),
        (places.Lists(), "lists"),
        (places.RenameList("Homework"), "lists-rename"),
        (places.DropList("Homework"), "lists-delete"),
    ):
        stage.go(places.Title())
        if not isinstance(place, places.Lists):
            stage.lay(places.Lists())
        stage.lay(place)
        camera.seconds(0.6)
        yield camera.take(name)
    stage.go(places.Title())
    editor = camera.lay(places.ListEditor(), ListEditor)
    for line in ("7*8", "5-9", "3*?=27"):
        for sign in line:
            editor.type(sign)
        editor.next_line()
    camera.seconds(0.3)
    yield camera.take("list-editor")


def _calibration(camera: Camera) -> Shots:
    camera.app.go(places.Title())
    camera.app.lay(places.Calibration())
    camera.seconds(0.6)
    yield camera.take("calibration")
    scene = camera.shown(Calibration)
    for digit in "0123456789":
        camera.write(digit, scene.writing_area)
        camera.seconds(2.0)
    camera.write("0", scene.writing_area)
    camera.seconds(0.1)
    yield camera.take("calibration-ink")
    camera.app.go(places.Title())
    camera.app.lay(places.Hand())
    camera.seconds(0.6)
    yield camera.take("hand")


def _mode(camera: Camera, key: str) -> Shots:
    stage, mode = camera.app, MODES[key]
    stage.go(places.Title())
    if doors.door_of(key).to == places.Setup(key):
        stage.lay(places.Setup(key))
        camera.seconds(0.5)
        yield camera.take(f"{key}-setup")
    if isinstance(mode.attempts, OnceADay):
        yield from _days(camera, key)
    if mode.key == LEARN.key:
        yield from _learn(camera)
        return
    if any(option.key == PAPER for option in mode.options):
        yield from _halves(camera, key)
    stage.go(places.Round(key))
    camera.seconds(0.5)
    yield camera.take(f"{key}-countdown")
    if camera.play.round.prompt.glimpse is not None:
        camera.until(lambda: camera.play.round.clock.running)
        camera.seconds(0.5)
        yield camera.take(f"{key}-glimpse")
        if camera.play.round.prompt.asks:
            camera.until(lambda: camera.play.round.prompt_is_hidden)
            camera.seconds(0.4)
            yield camera.take(f"{key}-hidden")
    for n in range(ANSWERS):
        camera.until_asked()
        asked = camera.play.round.prompt.answer
        if n == 1:
            camera.seconds(0.6)
            yield camera.take(f"{key}-prompt")
            yield _half_written(camera, f"{key}-ink")
        camera.seconds(0.9)
        wrong = "".join(str((int(digit) + 1) % 10) for digit in asked)
        camera.answer(wrong if n == WRONG_AT else asked)
        if n == WRONG_AT:
            camera.seconds(0.3)
            yield camera.take(f"{key}-wrong")
        if n == ANSWERS - 2:
            camera.seconds(0.2)
            yield camera.take(f"{key}-right")
    camera.seconds(0.5)
    play = camera.play
    play.pause()
    camera.seconds(0.5)
    yield camera.take(f"{key}-pause")
    kept = list(play.kept)
    mark = mode.goal.mark(play.round.tally())
    worse = 0.0 if mark is None else mark + 5.0 if mode.goal.penalty else mark * 0.8
    best = None if mark is None else worse
    stage.go(places.Result(play.round, kept, best, play.recorder.number))
    camera.seconds(2.0)
    yield camera.take(f"{key}-result")
    if play.recorder.number is not None:
        stage.lay(places.Review(KeptRound(play.recorder.number, play.round, kept)))
        camera.seconds(0.5)
        yield camera.take(f"{key}-review")
        replay = camera.lay(places.Replay(play.recorder.number), Replay)
        replay.seek(replay.seconds * 0.45)
        camera.frames(2)
        yield camera.take(f"{key}-replay")
        if key == next(iter(MODES)):
            stage.lay(places.Filming(replay.own, None, 1.0))
            camera.seconds(0.5)
            yield camera.take(f"{key}-filming")


def _days(camera: Camera, key: str) -> Shots:
    """The calendar, first without a stamp, then with a streak that forgave a day."""
    stage = camera.app
    ink = [
        [[600 * x, 600 * y, n / 50] for n, (x, y) in enumerate(stroke)] for stroke in DIGITS["7"]
    ]
    for name, days in ((f"{key}-calendar-new", ()), (f"{key}-calendar", (1, 2, 3, 5, 6, 8, 20))):
        for ago in days:
            number = stage.storage.begin_round(key, "cnn", None)
            stage.storage.add_answer(number, replace(answer(), ink=ink))
            stage.storage.end_round(number, "finished", RoundSummary(60.0, 0, 9, 14, 1))
            began = (datetime.datetime.now(datetime.UTC) - ago * DAY).isoformat()
            with closing(sqlite3.connect(stage.storage.path)) as db, db:
                db.execute("UPDATE rounds SET started_at = ? WHERE id = ?", (began, number))
        stage.lay(places.Days(key))
        camera.seconds(0.5)
        yield camera.take(name)
        stage.back()


def _learn(camera: Camera) -> Shots:
    """Each step as it is shown first, ink under way, and what is said about it."""
    stage = camera.app
    stage.go(places.Title())
    for level in ("trace", "copy", "memory"):
        learn = camera.go(places.Learn(level, {GUESS: (SHOWN,)}), Learn)
        learn.skip()
        camera.seconds(1.2)
        yield camera.take(f"learn-{level}")
    for name in ("well", "mirrored"):
        learn = camera.go(places.Learn("copy", {GUESS: (SHOWN,)}), Learn)
        learn.skip()  # on to the two, which has two sides
        yield from _copied(camera, learn, name)
    learn.end()
    camera.seconds(0.6)
    yield camera.take("learn-end")


def _copied(camera: Camera, learn: Learn, name: str) -> Shots:
    """The model beside itself, as it is or in the mirror."""
    area = learn.writing_area
    for stroke in placed(learn.model, learn.square):
        camera.stroke([
            (2 * area.centerx - x if name == "mirrored" else x + 0.46 * area.w, y)
            for x, y in stroke
        ])  # fmt: skip
    camera.until(lambda: learn.reading is not None)
    camera.frames(2)
    yield camera.take(f"learn-{name}-ink")
    camera.until(lambda: learn.verdict.strip is not None)
    camera.seconds(0.3)
    yield camera.take(f"learn-{name}")


def _halves(camera: Camera, key: str) -> Shots:
    """Two at once: what is to come, ink on one half, one who waits, and both verdicts."""
    stage = camera.app
    stage.go(places.Title())
    stage.go(places.Halves(key, None, {PAPER: (HALVES,)}))
    halves = stage.scenes[0]
    assert isinstance(halves, Halves)
    camera.seconds(0.5)
    yield camera.take(f"{key}-halves-countdown")
    camera.until(lambda: stage.scene is halves, frame_seconds=3 * FRAME)
    camera.seconds(0.6)
    yield camera.take(f"{key}-halves-prompt")
    first, second = halves.sides
    camera.write_number(first.part.prompt.answer, first.writing_area)
    camera.frames(1)
    yield camera.take(f"{key}-halves-ink")
    camera.until(lambda: first.answered is not None)
    camera.seconds(0.8)
    yield camera.take(f"{key}-halves-waiting")
    wrong = "".join(str((int(digit) + 1) % 10) for digit in second.part.prompt.answer)
    while second.answered is None:
        camera.write_number(wrong, second.writing_area)
        camera.until(lambda: second.answered is not None or second.canvas.is_empty)
    camera.seconds(0.3)
    yield camera.take(f"{key}-halves-wrong")
    halves.pause()
    camera.seconds(0.5)
    yield camera.take(f"{key}-halves-pause")


def _half_written(camera: Camera, name: str) -> tuple[str, bool]:
    """A pen in the middle of the first digit; the ink is taken back afterwards."""
    area = camera.play.writing_area
    asked = camera.play.round.prompt.answer
    part = pygame.Rect(area.x, area.y, area.w // len(asked), area.h)
    side = min(part.w, part.h) * 0.6
    left, top = part.centerx - side / 2, part.centery - side / 2
    stroke = DIGITS[asked[0]][0]
    points = [(left + x * side, top + y * side) for x, y in stroke[: max(2, len(stroke) // 2)]]
    camera.post(pygame.MOUSEBUTTONDOWN, pos=points[0], button=1, touch=False)
    for point in points[1:]:
        camera.post(pygame.MOUSEMOTION, pos=point, rel=(0, 0), buttons=(1, 0, 0), touch=False)
    camera.frames(1)
    taken = camera.take(name)
    camera.post(pygame.MOUSEBUTTONUP, pos=points[-1], button=1, touch=False)
    camera.frames(1)
    camera.key(pygame.K_c)
    return taken


def _afterwards(camera: Camera) -> Shots:
    stage, storage = camera.app, camera.app.storage
    for mode in MODES.values():
        for n, level in enumerate(mode.levels):
            number = storage.begin_round(mode.stored_as(level), "cnn", None)
            summary = RoundSummary(61.4 + 20 * n, 4250 - 900 * n, 17, 24, 2)
            storage.end_round(number, "finished", summary)
    stage.settings.last_mode = list(MODES)[-1]
    stage.go(places.Title())
    camera.seconds(2.2)
    yield camera.take("title")
    camera.key(pygame.K_RIGHT)
    camera.seconds(0.5)
    yield camera.take("title-focus")
    stage.lay(places.Review())
    camera.seconds(0.5)
    yield camera.take("review")
    stage.players.add("Ada", stage.players.free_colour())  # so that there is a class
    for page in TITLES:
        stage.go(places.Title())
        stage.lay(places.Progress(page))
        camera.seconds(0.5)
        yield camera.take(f"progress-{page}")
    stage.lay(places.Rounds())
    camera.seconds(0.3)
    yield camera.take("rounds")
    stage.lay(places.Digits())
    camera.seconds(0.3)
    yield camera.take("digits")
    stage.go(places.Lab())
    camera.seconds(1.0)
    lab = camera.shown(Lab)
    camera.until(lambda: bool(lab.cards) and all(c.loaded or c.trouble for c in lab.cards or ()))
    camera.seconds(0.5)
    yield camera.take("lab-empty")
    camera.write_number("42", lab.writing_area)
    camera.until(lambda: all(card.read or card.trouble for card in lab.cards or ()))
    camera.seconds(0.5)
    yield camera.take("lab")
    for card in lab.cards or ():
        if card.opens and camera.wants(f"inside-{card.backend}"):
            yield _inside(camera, card)


def _inside(camera: Camera, card: LabCard) -> tuple[str, bool]:
    """What a recognizer of the Lab shows of itself, and back."""
    camera.click(card.rect.center)
    inside = camera.shown(Inside)
    camera.until(lambda: inside.looked is not None)
    camera.frames(2)
    taken = camera.take(f"inside-{card.backend}")
    camera.key(pygame.K_ESCAPE)
    return taken
