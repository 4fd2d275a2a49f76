"""The app: it builds the services, runs the loop, and is the stage that all scenes stand on."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence

import pygame

from game.audio import Audio
from game.ink.hands import HandsReader
from game.ink.pointer import FINGER_EVENTS, MOUSE_EVENTS
from game.language import _
from game.options import Options as Options
from game.pacing import Pacer
from game.persistence.players import Player, Players, PlayersError
from game.persistence.settings import SettingsFile
from game.reading.desk import Desk
from game.reading.lab_reader import Models
from game.reading.news import News, ReaderFailed, ReaderReady, carried_by
from game.reading.reader import Loaded, load_recognizer
from game.routes import build as build_scene
from game.rules.clock import LONGEST_FRAME, Clock, SteadyClock
from game.scenes import doors, places
from game.scenes.scene import Scene, Stage, own_action
from game.seat import Seat
from game.stack import SceneStack
from game.ui import look
from game.ui.keys import Action
from game.ui.layout import Frame
from game.ui.text import Typesetter, forget_fonts
from game.window import Window

FPS = 60  # frames a second at most
SWITCHING_SECONDS = 0.5  # s to wait for another program's lock when another player comes
LONGEST_STEP = 0.1  # s: after a hiccup the animations do not jump further than this


class App:
    """One run of the game. `step` does one frame; `run` does them until the player leaves."""

    def __init__(
        self,
        options: Options,
        *,
        build: Callable[[places.Place, Stage], Scene] = build_scene,
        clock: Clock = time.perf_counter,
        load: Callable[[str], Loaded] = load_recognizer,
        lab_models: Models | None = None,
        fps: int = FPS,
        hooks: Sequence[Callable[[App], None]] = (),
    ) -> None:
        self.options, self.running = options, True
        self.clock = SteadyClock(clock, LONGEST_FRAME)
        self._screen_of = build
        self._pacer = Pacer(fps)  # 0: as fast as possible
        self._hooks = list(hooks)  # called before each frame is drawn
        self._rng = random.Random(options.seed)
        self._pointers = HandsReader()
        self._stack = SceneStack(self._build, lambda: self._pointers.let_go(self.clock()))
        self._last_step = self.clock()
        look.speak()  # as the machine does, until it is known who plays
        self.players = Players(options.data_dir)
        self._notices = self.players.notices
        self._seat = self._first_seat()
        self.player, self.settings = self._seat.player, self._seat.settings
        self._notices += self._seat.settings_file.notices
        self._dirty, self._late_trouble_told = True, False
        self._leaving: Scene | None = None  # where the player was asked before they left
        self.window = Window(options.size, left=self.settings, headless_ok=options.headless_ok)
        self.frame = Frame(0, 0)
        self.text = Typesetter(1.0)
        if self.settings.full_screen and options.size is None:
            self.window.set_full_screen(True)
        self._adopt_size()
        self.audio = Audio(self.settings.volume, self.settings.ticks)
        self.storage = self._seat.take()
        self.lists, self.pictures = self._seat.lists, self._seat.pictures
        self.desk = Desk(
            self.settings,
            self._seat.hand_file,
            options.backend or self.settings.backend,
            load=load,
            lab_models=lab_models,
            at_once=False,
        )
        self.hand = self.desk.hand
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
        still = not (self._dirty or self.scene.animating)
        for event in self._pacer.events(still=still, exact=self.scene.takes_ink):
            self._dispatch(event)
        now = self.clock()
        dt, self._last_step = min(LONGEST_STEP, now - self._last_step), now
        self._adopt_size()
        if self.clock.has_slept():
            self.scenes[-1].woke()
        for hook in self._hooks:
            hook(self)
        if self.running:
            self.scene.update(dt)
            if self._dirty or self.scene.animating:
                self.draw(whole=self._dirty)

    def draw(self, *, whole: bool = True) -> None:
        """Draw what is to be seen now, or of it what moves by itself, and show it."""
        self._dirty = False
        self._stack.draw(self.window.surface, whole=whole)
        self.window.flip()
        self.desk.begin()  # not earlier: what it loads would only keep the first picture waiting

    def close(self) -> None:
        """Leave all scenes, write what is to be written, close the window."""
        asked = self._is_asked_to_stay
        self._stack.leave_all()
        self.desk.close()
        self._remember_window()
        # Who was asked and left all the same is not kept waiting.
        if lost := self._seat.leave(0.0 if asked else None):
            print(f"Answers that found room in no file and are lost: {lost}.", file=sys.stderr)
        self.audio.close()
        self.window.close()
        forget_fonts()
        pygame.quit()

    def _remember_window(self) -> None:
        if self.options.size is None and self.window.note_into(self.settings):
            self._seat.settings_file.save()  # it was no wish of the player: trouble is not told

    def quit(self, *, anyway: bool = False) -> None:
        """End the game after this frame; answers that stand in no file are asked for first."""
        if not anyway and self._must_stay() and not self._is_asked_to_stay:
            self._stack.interrupt()
            self.lay(places.Leaving())
            self._leaving = self.scene
            return
        self.running = False

    def _must_stay(self) -> bool:
        """Whether answers of the player would be lost, after one more attempt to write them."""
        if self.player.is_guest or not self.storage.only_in_memory:
            return False
        self.storage.try_again()
        return self.storage.only_in_memory > 0

    @property
    def _is_asked_to_stay(self) -> bool:
        return self._leaving is not None and self._leaving in self.scenes

    def _dispatch(self, event: pygame.event.Event) -> None:
        self._dirty = True
        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self.quit()
        elif (news := carried_by(event)) is not None:
            self._hear(news)
        elif self.scenes and (action := own_action(event, self.scene)) is not None:
            if action is Action.SCREEN:
                self.set_full_screen(not self.settings.full_screen)
            else:
                self._stack.interrupt()
                self.lay(places.Keys())
        elif self.running and self.scenes:
            scale, parted = self.frame.per_point(self.window.size), self.scene.parted_at
            size = self.frame.rect.size
            for pointer in self._pointers.read(event, self.clock(), scale, size, parted):
                self.scene.pointer(pointer)
            if event.type not in (*MOUSE_EVENTS, *FINGER_EVENTS):
                self.scenes[-1].handle(event)

    def _adopt_size(self) -> None:
        width, height = self.window.surface.get_size()
        if (width, height) != (self.frame.width, self.frame.height):
            self.frame = Frame(width, height)
            self.restyle()

    # --- the stack of scenes ----------------------------------------------------------------------

    @property
    def scenes(self) -> list[Scene]:
        """All scenes, the topmost last."""
        return self._stack.scenes

    @property
    def scene(self) -> Scene:
        """The topmost scene."""
        return self._stack.top

    def go(self, place: places.Place) -> None:
        """Leave all scenes for that place."""
        self._stack.go(place)

    def lay(self, place: places.Place) -> None:
        """Put that place on top; `back` leads to the present scene again."""
        self._stack.lay(place)

    def back(self) -> None:
        """Leave the topmost scene for the one beneath."""
        self._dirty = True
        self._stack.back()

    def _build(self, place: places.Place) -> Scene:
        self._dirty = True
        self.point_with(pygame.SYSTEM_CURSOR_ARROW)
        return self._screen_of(place, self)

    def _start(self) -> None:
        options = self.options
        if options.mode is None:
            self.go(places.Title())
            self._offer_lesson()
        else:
            self.go(doors.start(options.mode, options.level, options.file, options.chosen))
        self.show_notices()

    def _offer_lesson(self) -> None:
        """Show a new player once how it is played; who has played before knows."""
        if not self.options.lesson or self.settings.lesson_offered:
            return
        self.settings.lesson_offered = True
        if not self.storage.past_rounds():
            self.lay(places.Lesson())
        self.save_settings(later=True)

    # --- who plays --------------------------------------------------------------------------------

    def _first_seat(self) -> Seat:
        """Of whom the command line names, or else of who played last."""
        last = self.players.last()
        named = self.players.with_key(self.options.player or last.key) or last
        like = SettingsFile.load(last.folder).settings if self.options.guest else None
        try:
            return Seat(self.players, None if self.options.guest else named, like)
        except PlayersError as error:
            self._notices.append(str(error))
            return Seat(self.players, named, None)

    def play_as(self, player: Player | None) -> None:
        """Leave all scenes for the title of another player; None: of a guest."""
        if self._must_stay():
            told = _("There is no room on the disk yet for the last answers of {name}.")
            sentences = [told.format(name=self.player.name), _("Make room, then change players.")]
            self.lay(places.Notice(_("Not kept yet"), sentences))
            return
        try:
            seat = Seat(self.players, player, self.settings)
        except PlayersError as error:
            self.lay(places.Notice(_("No guest now"), [str(error)]))
            return
        self._stack.leave_all()  # a round that was going on is one of theirs
        self._seat.leave(SWITCHING_SECONDS)
        self._sit(seat)

    def changed_player(self, player: Player) -> None:
        """Take note that a player has another name or colour."""
        if player.key == self.player.key:
            self.player = player

    def delete_player(self, player: Player) -> None:
        """Delete a player for good, and go to the title of somebody who is there."""
        trouble = []
        is_here = player.key == self.player.key
        if is_here:
            self._stack.leave_all()
            self._seat.leave(0.0)
        try:
            self.players.delete(player)
        except PlayersError as error:
            trouble = [str(error)]
        if is_here:
            same = self.players.with_key(player.key) if trouble else None
            self._sit(Seat(self.players, same or self.players.last(), self.settings))
        else:
            self.go(places.Title())
        if len(self.scenes) == 1:  # else a new player is shown first how it is played
            self.lay(places.Players())
        if trouble:
            self.lay(places.Notice(_("Not deleted"), trouble))

    def _sit(self, seat: Seat) -> None:
        """Let another player play, from the title on."""
        was_full = self.settings.full_screen
        self._seat, self.player, self.settings = seat, seat.player, seat.settings
        self.storage, self.lists, self.pictures = seat.take(), seat.lists, seat.pictures
        self._notices += seat.settings_file.notices
        self._late_trouble_told, self._leaving = False, None
        self.desk.seat(self.settings, seat.hand_file, self.options.backend or self.settings.backend)
        self.hand = self.desk.hand
        self.audio.set_volume(self.settings.volume, self.settings.ticks)
        self.restyle()
        if self.settings.full_screen != was_full:
            self.window.set_full_screen(self.settings.full_screen)
        self.go(places.Title())
        self._offer_lesson()
        self.show_notices()

    # --- what scenes ask for ----------------------------------------------------------------------

    def new_rng(self) -> random.Random:
        """A generator for a new round; the same ones in the same order for the same seed."""
        return random.Random(self._rng.getrandbits(64))

    @property
    def seed(self) -> str | None:
        """What the player gave for the same prompts in the same order."""
        return self.options.seed

    def show_notices(self) -> None:
        """Tell the player what is waiting to be told, on top of the present scene."""
        for source in (self.storage.notices, self.hand.notices):
            self._notices += source
            source.clear()
        if self._notices:
            sentences, self._notices = self._notices, []
            if not self.scene.tell(sentences):
                self.lay(places.Notice(_("A word first"), sentences))

    def save_settings(self, *, later: bool = False) -> None:
        """Keep the settings. Trouble is told now, or, `later`, once and with the next notice."""
        trouble = self._seat.settings_file.save()
        if trouble is None:
            return
        if not later:
            self._stack.interrupt()
            self.lay(places.Notice(_("Not kept"), [trouble]))
        elif not self._late_trouble_told:
            self._late_trouble_told = True
            self._notices.append(trouble)

    def point_with(self, cursor: int) -> None:
        """Show one of pygame's system cursors."""
        self.window.point_with(cursor)

    def restyle(self) -> None:
        """The settings of the look have changed: draw everything anew."""
        look.adopt(self.settings)
        self.text = Typesetter(self.frame.unit, look.enlargement(self.settings))
        self._dirty = True
        self._stack.layout()

    def reword(self) -> None:
        """The player has chosen another language: say everything anew."""
        look.speak(self.settings.language)
        self._dirty = True
        self._stack.reword()

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen, or be a window again."""
        self._remember_window()
        self.settings.full_screen = full
        self.window.set_full_screen(full)
        self.save_settings()

    # --- news from the reading thread -------------------------------------------------------------

    def _hear(self, news: News) -> None:
        """Tell the player what they must know; all but stale news goes on to the scene."""
        if not self.desk.hear(news):
            return
        match news:
            case ReaderFailed():
                self._stack.interrupt()
                self.lay(places.reader_failed(news.error))
            case ReaderReady(notice=str(notice)):
                self._notices.append(notice)
                self._stack.interrupt()
                self.show_notices()
        if self.running and self.scenes:
            self.scene.hear(news)
