"""A lap: what somebody does in some twenty minutes, every mode and nearly every screen once."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pygame
from bot import Bot, Hands, fixture_people, in_a_row
from driving import Driver

from game.persistence.player_card import COLOURS
from game.reading.reader import Loaded, Reads, load_recognizer
from game.rules.modes import MODES
from game.rules.modes.my_list import MODE as MY_LIST
from game.rules.prompt_list import read_prompts
from game.scenes import doors, places
from game.scenes.halves import Halves
from game.scenes.inside import Inside
from game.scenes.lab import Lab
from game.scenes.learn import Learn
from game.scenes.notice import Notice
from game.scenes.setting_pages import PAGES
from game.scenes.title import Title
from game.ui.model_view import placed
from recognizer.reading import Reading
from tests.soak.measures import Meter, Sample

SIZES = ((800, 600), (1000, 640), (640, 900))  # of the window, one a lap
THINKING = (1, 9)  # quarters of a second before an answer
MISTAKES = 0.1  # share of the answers
MOST_ANSWERS = 12  # of a round that does not end by itself, or late
MOST_WAITS = 400  # seconds in which a round without answers comes to its end, or is left
OWN = "7*8\n12/4\n405\n13-6\n3*?=27"
DIGITS_LEARNED = 4
DUEL = {"paper": ("halves",)}


class Timed:
    """A recognizer that notes how long its readings keep the processor busy."""

    def __init__(self, recognizer: Reads, meter: Meter) -> None:
        self._recognizer, self._meter = recognizer, meter
        self.learns_hands = recognizer.learns_hands
        self.learn_hand = recognizer.learn_hand

    def read(self, strokes: Sequence[object], length: int | None = None) -> Reading:
        """As the recognizer does."""
        began = time.thread_time()
        reading = self._recognizer.read(strokes, length)  # type: ignore[arg-type]
        self._meter.readings.append((time.thread_time() - began) * 1e3)
        return reading


class Player(Bot):
    """A bot that thinks before it writes, now and then makes a mistake, and now and then pauses."""

    def __init__(self, driver: Driver, hands: Hands, rng: random.Random) -> None:
        super().__init__(driver, hands)
        self._rng = rng

    def think_and_answer(self) -> None:
        """The next answer."""
        self.driver.frames(self._rng.randrange(*THINKING), 0.25)
        if not self.is_over:
            self.answer(right=self._rng.random() >= MISTAKES)

    def pause(self) -> None:
        """Press the key, look at the choices, and go on."""
        if self.driver.app.scene is self.play:
            self.driver.key(pygame.K_p)
            self.driver.frames(4, 0.25)
            self.driver.key(pygame.K_ESCAPE)
            self.driver.frames(12, 0.25)

    def finish(self) -> bool:
        """Let the round come to its end; leave it where it does not, and return False."""
        for _ in range(MOST_WAITS):
            if self.is_over:
                return True
            if self.play.round.ends_on_wish:
                self.driver.key(pygame.K_RETURN)
            self.driver.frames(1, 1.0)
            if not self.play.round.clock.running:  # it waits for somebody
                break
        return self.is_over


class Evening:
    """One run of the game, played lap after lap."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.meter = Meter()
        self.answers = self.unread = self.laps = 0
        self.notices: list[str] = []  # what the game had to tell
        self._rng = random.Random(seed)
        self._hands = Hands(fixture_people(), str(seed))
        self.driver = Driver(folder, load=self._load, backend="cnn", size=SIZES[0], seed=None)
        self.driver.app._rng = random.Random(seed)  # no seed of the player's: what is weak counts
        self.driver.app.settings.calibration_offered = True
        self.driver.app.settings.lesson_offered = True
        self._began = self.driver.clock.now
        self._step = self.driver.app.step
        self.driver.app.step = self._timed_step  # type: ignore[method-assign]
        self.driver.until(lambda: self.driver.app.desk.ready)

    def _load(self, backend: str) -> Loaded:
        loaded = load_recognizer(backend)
        timed = Timed(loaded.recognizer, self.meter)
        return Loaded(timed, loaded.backend, loaded.backends, loaded.notice)

    def _timed_step(self) -> None:
        began = time.thread_time()
        self._step()
        self.meter.frames.append((time.thread_time() - began) * 1e3)

    @property
    def hours(self) -> float:
        """Played so far, by the game's clock."""
        return (self.driver.clock.now - self._began) / 3600

    def lap(self) -> Sample:
        """Everything once, and then a look at the process from the title."""
        self.laps += 1
        self.driver.app.window.size = SIZES[self.laps % len(SIZES)]
        self._look_different()
        for part in self.parts():
            part()
            self._hear_notices()
        self.driver.app.window.size = SIZES[0]
        self.driver.go(places.Title(), Title)
        self.driver.frames(8, 0.25)
        return self.meter.sample(self.hours, self.answers, self.driver.app.player.database)

    def parts(self) -> Iterator[Callable[[], object]]:
        """What is done in a lap; which level it is changes from lap to lap."""
        for mode in MODES.values():
            level = mode.levels[self.laps % len(mode.levels)].key
            if isinstance(doors.begin(mode.key), places.Round):
                yield partial(self.play, mode.key, level)
        yield self.learn
        yield self.duel_on_halves
        yield self.visit_lab
        yield self.look_back
        yield self.look_around
        yield self.play_as_others

    def close(self) -> None:
        """End the game."""
        self.driver.close()

    # --- rounds -----------------------------------------------------------------------------------

    def play(self, mode: str, level: str, most: int = MOST_ANSWERS) -> None:
        """A round, its result, and its replay."""
        own = read_prompts("homework", OWN) if mode == MY_LIST.key else None
        self.driver.app.go(doors.begin(mode, level, None, own))
        player = Player(self.driver, self._hands, self._rng)
        for count in range(most):
            if player.is_over:
                break
            try:
                player.think_and_answer()
            except AssertionError:  # six hands could not be read: a person would give up, too
                self.unread += 1
                break
            if count == most // 2:
                player.pause()
        finished = player.finish()
        self.answers += len(player.meant)
        number = player.play.recorder.number
        self.driver.frames(12, 0.25)
        if finished and number is not None:
            self.driver.app.go(places.Replay(number))
            self.driver.frames(20, 0.25)

    def learn(self) -> None:
        """A few digits beside their models, in the model's own shape."""
        scene = self.driver.go(doors.begin("learn", "copy"), Learn)
        for _ in range(DIGITS_LEARNED):
            for stroke in placed(scene.model, scene.square):
                self.driver.stroke(stroke)
            self._within(6.0, lambda: scene.verdict.strip is not None)
            self.driver.frames(8, 0.25)
        self.driver.key(pygame.K_ESCAPE)
        self.driver.frames(8, 0.25)

    def duel_on_halves(self) -> None:
        """Two players, one finger each, until all is answered."""
        scene = self.driver.app
        scene.go(doors.begin("duel", "easy", DUEL))
        halves = scene.scenes[0]
        assert isinstance(halves, Halves)
        self._within(6.0, lambda: self.driver.app.scene is halves)
        for _ in range(3 * MOST_ANSWERS):
            if self.driver.app.scene is not halves:
                break
            for player, side in enumerate(halves.sides):
                if side.answered is None:
                    text = halves.round.parts[player].prompt.answer
                    for stroke in in_a_row(self._hands.of(text), side.writing_area):
                        self._finger(player, stroke)
            self.driver.frames(16, 0.25)

    def _finger(self, finger: int, stroke: Sequence[tuple[float, float]]) -> None:
        width, height = self.driver.app.window.surface.get_size()
        kinds = [pygame.FINGERDOWN, *[pygame.FINGERMOTION] * (len(stroke) - 1), pygame.FINGERUP]
        for kind, (x, y) in zip(kinds, [*stroke, stroke[-1]], strict=True):
            place = {"x": x / width, "y": y / height, "dx": 0.0, "dy": 0.0}
            self.driver.post(kind, touch_id=1, finger_id=finger, pressure=1.0, **place)
        self.driver.frames(1)

    # --- screens ----------------------------------------------------------------------------------

    def visit_lab(self) -> None:
        """Every recognizer at the same ink, a few times."""
        scene = self.driver.go(places.Lab(), Lab)
        self.driver.until(
            lambda: bool(scene.cards) and all(c.loaded or c.trouble for c in scene.cards or ()),
            frame_seconds=0.1,
        )
        for text in ("3", "58", "904"):
            for stroke in in_a_row(self._hands.of(text), scene.writing_area):
                self.driver.stroke(stroke)
            self.driver.until(lambda: all(c.read for c in scene.cards or ()), frame_seconds=0.1)
            self.driver.frames(8, 0.25)
            self._look_inside(scene)
            self.driver.key(pygame.K_c)

    def _look_inside(self, lab: Lab) -> None:
        """What each recognizer went by, and back."""
        for card in lab.cards or ():
            self.driver.click(card.rect.center)
            inside = self.driver.shown(Inside)
            self.driver.until(lambda scene=inside: scene.looked is not None, frame_seconds=0.1)
            self.driver.frames(4, 0.25)
            self.driver.key(pygame.K_ESCAPE)
        self.driver.until(lambda: all(c.read for c in lab.cards or ()), frame_seconds=0.1)

    def look_back(self) -> None:
        """The review, the list of all rounds, a digit over the weeks, and all pages of progress."""
        app = self.driver.app
        app.go(places.Review())
        for _ in range(6):
            self.driver.key(pygame.K_RIGHT)
            self.driver.frames(2, 0.25)
        for place in (places.Rounds(), places.Digits(str(self.laps % 10)), places.Progress()):
            app.go(place)
            self.driver.frames(4, 0.25)
        for _ in range(8):  # from page to page
            self.driver.key(pygame.K_RIGHT)
            self.driver.frames(3, 0.25)

    def look_around(self) -> None:
        """Every screen that is there to choose something."""
        app = self.driver.app
        for page in PAGES:
            app.go(places.Settings(page.key))
            self.driver.frames(3, 0.25)
        others = (places.Setup("sums"), places.Days("daily"), places.Lists(), places.Players())
        for place in (*others, places.Hand(), places.PlayerEditor(), places.Title()):
            app.go(place)
            self.driver.frames(3, 0.25)
            app.lay(places.Keys())
            self.driver.frames(2, 0.25)
            app.back()

    def play_as_others(self) -> None:
        """A guest plays, another player looks in and goes again, and the first one comes back."""
        app = self.driver.app
        me = app.player
        app.play_as(None)
        self._hear_notices()
        self.play("zen", "digits", 3)
        app.play_as(app.players.add(f"Guest of lap {self.laps}", COLOURS[self.laps % len(COLOURS)]))
        self._hear_notices()
        self.driver.frames(8, 0.25)
        other = app.player
        app.play_as(me)
        app.delete_player(other)
        self._hear_notices()

    def _look_different(self) -> None:
        settings = self.driver.app.settings
        settings.theme = ("night", "paper")[self.laps % 2]
        settings.text_size = ("normal", "large", "largest")[self.laps % 3]
        settings.hand = ("right", "left")[self.laps // 2 % 2]
        self.driver.app.restyle()
        self.driver.frames(2)

    def _hear_notices(self) -> None:
        scene = self.driver.app.scene
        if isinstance(scene, Notice):
            self.notices += scene.sentences
            self.driver.key(pygame.K_RETURN)

    def _within(self, seconds: float, condition: Callable[[], bool]) -> None:
        """Let so much of the game's time pass at the most, until something is so."""
        for _ in range(round(seconds / 0.1)):
            if condition():
                return
            self.driver.frames(1, 0.1)
            deadline = time.monotonic() + 3.0
            while not self.driver.app.desk.reader.resting and time.monotonic() < deadline:
                time.sleep(0.0005)
