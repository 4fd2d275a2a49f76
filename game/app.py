"""The app: window, loop, scene stack, and what all scenes share."""

from __future__ import annotations

import contextlib
import os
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pygame

from game.audio import Audio
from game.ink.pointer import PointerReader
from game.persistence.hand_samples import MyHand
from game.persistence.paths import MY_HAND_FILE
from game.persistence.settings import SettingsFile
from game.persistence.storage import Storage
from game.quiet import quiet_stderr
from game.reading.lab_reader import InstalledModels, LabReader, Models
from game.reading.reader import (
    HAND_LEARNED,
    READER_FAILED,
    READER_READY,
    HandInk,
    Loaded,
    Reader,
    load_recognizer,
)
from game.rules.clock import Clock
from game.rules.modes import LAB, MODES
from game.scenes.notice import Notice, reader_failed
from game.scenes.scene import Scene
from game.ui.icons import icon
from game.ui.layout import MIN_WINDOW, Frame
from game.ui.shapes import panel
from game.ui.text import Typesetter, forget_fonts
from game.ui.theme import INK, SUN

TITLE = "Digit Dash"
FPS = 60  # frames a second at most
LONGEST_STEP = 0.1  # s: after a hiccup the animations do not jump further than this
DESKTOP_SHARE = 0.75  # of the desktop that a new window takes
LARGEST_WINDOW = (1600, 1000)  # window points


class DisplayError(Exception):
    """There is no screen to play on; its text is a sentence for the player."""


@dataclass(frozen=True)
class Options:
    """What the command line asks for."""

    data_dir: Path
    mode: str | None = None  # start straight in this mode, or in the Lab
    backend: str | None = None  # for this run only; None: as in the settings
    seed: str | None = None
    size: tuple[int, int] | None = None  # of the window, in window points
    headless_ok: bool = False  # whether a screen that nobody can see will do


@dataclass
class ReaderState:
    """What is known of the reading thread."""

    ready: bool = False
    backends: tuple[str, ...] = ()
    error: str | None = None  # a sentence, while no recognizer can be used
    learns_hands: bool = False
    hand_error: str | None = None  # a sentence, where the player's hand cannot help


class App:
    """One run of the game. `step` does one frame; `run` does them until the player leaves."""

    def __init__(
        self,
        options: Options,
        *,
        clock: Clock = time.perf_counter,
        load: Callable[[str], Loaded] = load_recognizer,
        lab_models: Models | None = None,
        fps: int = FPS,
        hooks: Sequence[Callable[[App], None]] = (),
    ) -> None:
        self.options = options
        self.clock = clock
        self.running = True
        self.scenes: list[Scene] = []
        self._fps = fps  # 0: as fast as possible
        self._hooks = list(hooks)  # called before each frame is drawn
        self._rng = random.Random(options.seed)
        self._pointers = PointerReader()
        self._dirty = True
        self._cursor = pygame.SYSTEM_CURSOR_ARROW
        self._last_step = clock()
        self._next_frame = time.perf_counter()
        self._settings_file = SettingsFile.load(options.data_dir)
        self.settings = self._settings_file.settings
        self._notices = list(self._settings_file.notices)
        self._pace_trouble_told = False
        self.window = _open_window(options)
        self.frame = Frame(0, 0)
        self.text = Typesetter(1.0)
        if self.settings.full_screen and options.size is None:
            self.window.set_fullscreen(True)
        self._adopt_size()
        self.audio = Audio(self.settings.volume)
        self.storage = Storage(options.data_dir)
        self.my_hand = MyHand(options.data_dir / MY_HAND_FILE, self._teach)
        self.reader_state = ReaderState()
        self.backend = options.backend or self.settings.backend
        self.reader = Reader(load)
        self._lab_models = lab_models or InstalledModels()
        self._lab_reader: LabReader | None = None
        self._wanted_backend = self.backend
        self._teach()
        self.reader.use(self.backend)
        self._start()

    # --- the loop ---------------------------------------------------------------------------------

    def run(self, frames: int | None = None) -> None:
        """Play until the player leaves, or for a number of frames."""
        done = 0
        try:
            while self.running and (frames is None or done < frames):
                self.step()
                done += 1
        except KeyboardInterrupt:
            pass  # Ctrl-C in the terminal is a way to leave like any other
        finally:
            self.close()

    def step(self) -> None:
        """One frame: events until it is due, then time, then the picture."""
        self._take_events()
        now = self.clock()
        dt, self._last_step = min(LONGEST_STEP, now - self._last_step), now
        self._adopt_size()
        for hook in self._hooks:
            hook(self)
        if self.running:
            for scene in self.scenes[:-1]:
                if scene.lives_covered:
                    scene.update(dt)
            self.scenes[-1].update(dt)
            self._draw()

    def close(self) -> None:
        """Leave all scenes, write what is to be written, close the window."""
        while self.scenes:
            self.scenes.pop().leave()
        self.reader.close()
        if self._lab_reader is not None:
            self._lab_reader.close()
        self.storage.close()
        self.audio.close()
        self.window.destroy()
        forget_fonts()
        pygame.quit()

    def quit(self) -> None:
        """End the game after this frame."""
        self.running = False

    def _take_events(self) -> None:
        """Handle events as they come, so that the ink's times are true, until the frame is due."""
        for event in pygame.event.get():
            self._dispatch(event)
        if self._fps == 0:
            return
        self._next_frame = max(self._next_frame + 1.0 / self._fps, time.perf_counter())
        while (left := self._next_frame - time.perf_counter()) > 0.001:
            event = pygame.event.wait(int(left * 1000))
            if event.type != pygame.NOEVENT:
                self._dispatch(event)

    def _dispatch(self, event: pygame.event.Event) -> None:
        self._dirty = True
        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self.quit()
        elif event.type == READER_READY:
            self._reader_ready(event)
        elif event.type == READER_FAILED:
            self._reader_failed(event)
        elif event.type == HAND_LEARNED:
            self.reader_state.hand_error = event.error
        elif event.type == pygame.KEYDOWN and event.key == pygame.K_F11:
            self.set_full_screen(not self.settings.full_screen)
        elif self.running and self.scenes:
            points = self.window.size
            scale = (self.frame.width / max(1, points[0]), self.frame.height / max(1, points[1]))
            pointer = self._pointers.read(
                event, self.clock(), scale, (self.frame.width, self.frame.height)
            )
            if pointer is not None:
                self.scenes[-1].pointer(pointer)
            else:
                self.scenes[-1].handle(event)

    def _draw(self) -> None:
        if not (self._dirty or any(scene.animating for scene in self.scenes[-1:])):
            return
        self._dirty = False
        surface = self.window.get_surface()
        screen = next(scene for scene in reversed(self.scenes) if not scene.overlay)
        screen.draw(surface)
        if self.scenes[-1] is not screen:
            self.scenes[-1].draw(surface)  # of several overlays only the topmost counts
        self.window.flip()

    def _adopt_size(self) -> None:
        width, height = self.window.get_surface().get_size()
        if (width, height) != (self.frame.width, self.frame.height):
            self.frame = Frame(width, height)
            self.text = Typesetter(self.frame.unit)
            self._dirty = True
            for scene in self.scenes:
                scene.layout()

    # --- the stack of scenes ----------------------------------------------------------------------

    @property
    def scene(self) -> Scene:
        """The topmost scene."""
        return self.scenes[-1]

    def push(self, scene: Scene) -> None:
        """Put a scene on top."""
        self.scenes.append(scene)
        self._dirty = True
        self.point_with(pygame.SYSTEM_CURSOR_ARROW)
        scene.layout()
        scene.enter()

    def pop(self) -> None:
        """Take the topmost scene away."""
        self.scenes.pop().leave()
        self._dirty = True
        if self.scenes:
            self.scenes[-1].layout()  # settings may have moved things
            self.scenes[-1].resume()

    def replace_all(self, scene: Scene) -> None:
        """Leave all scenes for one."""
        while self.scenes:
            self.scenes.pop().leave()
        self.push(scene)

    def go_home(self) -> None:
        """Back to the title."""
        from game.scenes.title import Title

        self.replace_all(Title(self))
        self._offer_calibration()

    def play(self, mode: str) -> None:
        """Start a round of a mode."""
        from game.scenes.play import Play

        if self.reader_state.error is not None:
            self.push(reader_failed(self, self.reader_state.error))
        else:
            self.replace_all(Play(self, MODES[mode]))

    def open_review(self) -> None:
        """Go to the rounds that were played before."""
        from game.scenes.review import Review

        self.replace_all(Review.of_past(self))

    def open_lab(self) -> None:
        """Go to the Lab."""
        from game.scenes.lab import Lab

        self.replace_all(Lab(self))

    def _start(self) -> None:
        if self.options.mode is None:
            self.go_home()
        elif self.options.mode == LAB:
            self.open_lab()
        else:
            self.play(self.options.mode)
        self.show_notices()

    # --- what scenes ask for ----------------------------------------------------------------------

    def new_rng(self) -> random.Random:
        """A generator for a new round; the same ones in the same order for the same seed."""
        return random.Random(self._rng.getrandbits(64))

    @property
    def lab_reader(self) -> LabReader:
        """The Lab's readers; begun by the first visit, and warm at the next."""
        if self._lab_reader is None:
            self._lab_reader = LabReader(self._lab_models)
            self._lab_reader.learn(self._hand_ink())
        return self._lab_reader

    def show_notices(self) -> None:
        """Tell the player what is waiting to be told, on top of the present scene."""
        for source in (self.storage.notices, self.my_hand.notices):
            self._notices += source
            source.clear()
        if self._notices:
            sentences, self._notices = self._notices, []
            if isinstance(self.scene, Notice):
                self.scene.add(sentences)
            else:
                self.push(Notice(self, "A word first", sentences))

    def save_settings(self) -> None:
        """Keep the settings; where that fails, say so once."""
        trouble = self._settings_file.save()
        if trouble is not None:
            self._interrupt()
            self.push(Notice(self, "Not kept", [trouble]))

    def keep_pace(self, pace: dict[str, list[float]]) -> None:
        """Keep what a round taught about the player's pen; trouble waits for the next notice."""
        if pace != self.settings.pace:
            self.settings.pace = pace
            trouble = self._settings_file.save()
            if trouble is not None and not self._pace_trouble_told:
                self._pace_trouble_told = True
                self._notices.append(trouble)

    def point_with(self, cursor: int) -> None:
        """Show one of pygame's system cursors."""
        if cursor != self._cursor:
            self._cursor = cursor
            with contextlib.suppress(pygame.error):  # not every video driver has cursors
                pygame.mouse.set_cursor(cursor)

    def use_backend(self, backend: str) -> None:
        """Switch the recognizer, now and for the next time."""
        self.settings.backend = self.backend = self._wanted_backend = backend
        self.reader_state.ready = False
        self.reader_state.error = None
        self.reader.use(backend)
        self.save_settings()

    def use_my_hand(self, use: bool) -> None:
        """Let the player's own samples help to read, or not, now and for the next time."""
        self.settings.use_my_hand = use
        self._teach()
        self.save_settings()

    def _offer_calibration(self) -> None:
        """Ask a new player once, at the title, whether the game may learn their hand."""
        from game.scenes.calibration import CalibrationOffer
        from game.scenes.title import Title

        if (
            self.reader_state.learns_hands
            and not self.settings.calibration_offered
            and not self.my_hand.samples
            and self.scenes
            and isinstance(self.scene, Title)
        ):
            self.settings.calibration_offered = True
            self.push(CalibrationOffer(self))
            self.save_settings()

    def _hand_ink(self) -> HandInk:
        """The samples that are to help, as the recognizers take them."""
        if not self.settings.use_my_hand:
            return ()
        return [(sample.label, sample.strokes) for sample in self.my_hand.samples]

    def _teach(self) -> None:
        """Tell the reading threads what they may know of the player's hand."""
        self.reader.learn(self._hand_ink())
        if self._lab_reader is not None:
            self._lab_reader.learn(self._hand_ink())

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen, or be a window again."""
        self.settings.full_screen = full
        if full:
            self.window.set_fullscreen(True)
        else:
            self.window.set_windowed()
        self.save_settings()

    # --- news from the reading thread -------------------------------------------------------------

    def _reader_ready(self, event: pygame.event.Event) -> None:
        if event.wanted != self._wanted_backend:
            return  # the player has chosen another one since
        hand_error = self.reader_state.hand_error  # told just before
        self.reader_state = ReaderState(
            True, tuple(event.backends), learns_hands=event.learns_hands, hand_error=hand_error
        )
        self.backend = event.backend
        if event.notice:
            self._notices.append(event.notice)
            self._interrupt()
            self.show_notices()
        self._offer_calibration()

    def _reader_failed(self, event: pygame.event.Event) -> None:
        if event.backend != self._wanted_backend:
            return
        self.reader_state.ready = False
        self.reader_state.error = event.error
        self._interrupt()
        self.push(reader_failed(self, event.error))

    def _interrupt(self) -> None:
        for scene in self.scenes:
            scene.interrupt()


def _open_window(options: Options) -> pygame.Window:
    # Windows would otherwise stretch the window on high-density screens and blur every edge.
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    try:
        with quiet_stderr():
            pygame.display.init()
        pygame.font.init()
        unseen = pygame.display.get_driver() == "offscreen" and "SDL_VIDEODRIVER" not in os.environ
        if unseen and not options.headless_ok:
            raise DisplayError("Digit Dash needs a screen, and there is none here.")
        window = pygame.Window(
            TITLE, options.size or _usual_size(), resizable=True, allow_high_dpi=True
        )
        window.minimum_size = MIN_WINDOW
        window.set_icon(_window_icon())
    except pygame.error as error:
        raise DisplayError(f"Digit Dash cannot open its window ({error}).") from error
    return window


def _usual_size() -> tuple[int, int]:
    desktop = pygame.display.get_desktop_sizes()[0]
    width, height = (
        round(min(most, max(least, side * DESKTOP_SHARE)))
        for side, least, most in zip(desktop, MIN_WINDOW, LARGEST_WINDOW, strict=True)
    )
    return width, height


def _window_icon() -> pygame.Surface:
    surface = pygame.Surface((64, 64), pygame.SRCALPHA)
    panel(surface, surface.get_rect(), SUN, 16)
    surface.blit(icon("7", 56, INK), (4, 4))
    return surface
