"""What a scene is: one screen, or something laid over one; and the stage that it stands on."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Protocol

import pygame

from game.audio import Audio
from game.ink.pointer import AWAY as AWAY
from game.ink.pointer import Pointer
from game.persistence.hand_samples import MyHand
from game.persistence.lists import ListFolder
from game.persistence.pictures import PictureFolder
from game.persistence.players import Player, Players
from game.persistence.settings import Settings
from game.persistence.storage import Storage
from game.reading.desk import Desk
from game.reading.news import News
from game.rules.clock import Clock
from game.scenes.places import Place
from game.ui.keys import Action, key_of
from game.ui.layout import Frame
from game.ui.text import Typesetter
from game.ui.widgets import Widget


class Stage(Protocol):
    """All that a scene may touch of the program."""

    @property
    def frame(self) -> Frame:
        """The window's surface and its layout unit."""

    @property
    def text(self) -> Typesetter:
        """Letters of that size."""

    @property
    def clock(self) -> Clock:
        """Seconds; only differences mean something."""

    @property
    def audio(self) -> Audio:
        """The sounds."""

    @property
    def settings(self) -> Settings:
        """The player's choices; whoever changes one calls `save_settings`."""

    @property
    def storage(self) -> Storage:
        """The rounds that were played."""

    @property
    def player(self) -> Player:
        """Who plays; settings, storage, hand, lists and pictures are theirs."""

    @property
    def players(self) -> Players:
        """Everyone who plays on this machine."""

    @property
    def hand(self) -> MyHand:
        """The player's own samples."""

    @property
    def lists(self) -> ListFolder:
        """The player's own lists of sums."""

    @property
    def pictures(self) -> PictureFolder:
        """Where pictures to send on are kept."""

    @property
    def desk(self) -> Desk:
        """Who reads now, and what it can."""

    @property
    def seed(self) -> str | None:
        """What the player gave for the same prompts in the same order."""

    def new_rng(self) -> random.Random:
        """A generator for a new round; the same ones in the same order for the same seed."""

    def go(self, place: Place) -> None:
        """Leave all scenes for that place."""

    def lay(self, place: Place) -> None:
        """Put that place on top; `back` leads to the present scene again."""

    def back(self) -> None:
        """Leave the topmost scene for the one beneath."""

    def play_as(self, player: Player | None) -> None:
        """Leave all scenes for the title of another player; None: of a guest."""

    def changed_player(self, player: Player) -> None:
        """Take note that a player has another name or colour."""

    def delete_player(self, player: Player) -> None:
        """Delete a player for good, and go to the title of somebody who is there."""

    def quit(self, *, anyway: bool = False) -> None:
        """End the game after this frame; answers that stand in no file are asked for first."""

    def save_settings(self, *, later: bool = False) -> None:
        """Keep the settings. Trouble is told now, or, `later`, once and with the next notice."""

    def restyle(self) -> None:
        """The settings of the look have changed: draw everything anew."""

    def reword(self) -> None:
        """The player has chosen another language: say everything anew."""

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen, or be a window again."""

    def show_notices(self) -> None:
        """Tell the player what is waiting to be told, on top of the present scene."""

    def point_with(self, cursor: int) -> None:
        """Show one of pygame's system cursors."""


class Scene:
    """A screen on the stage's stack. Only the topmost scene gets events."""

    is_help = False  # whether it shows the keys
    overlay = False  # whether the scene beneath shines through; there time stands still meanwhile
    takes_ink = True  # whether it matters to the millisecond when its events come
    made_anew = False  # whether it is made again where the language changes; else see `reword`
    now_at: Place | None = None  # where it is made again, if not at the place where it began

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    @property
    def widgets(self) -> Sequence[Widget]:
        """What can be used on it by pointer or by key."""
        return ()

    @property
    def parted_at(self) -> float | None:
        """Where two players share the screen: px from the left where the second one's half begins.

        Each then has pointers of their own (`Pointer.hand`).
        """
        return None

    @property
    def is_left_handed(self) -> bool:
        """Whether the player writes with the left hand: what is pressed is mirrored for it."""
        return self.stage.settings.hand == "left"

    @property
    def types_letters(self) -> bool:
        """Whether letters and signs are typed here, so that none of them is a key of the game."""
        return False

    @property
    def catches_keys(self) -> bool:
        """Whether the next key is its own, whichever it is."""
        return False

    @property
    def veil(self) -> int:
        """How much an overlay darkens what shines through, from 0 to 255."""
        return 0

    @property
    def animating(self) -> bool:
        """Whether it wants to be drawn even when nothing happened."""
        return True

    def enter(self) -> None:
        """It was put on top of the stack; `layout` has been called."""

    def resume(self) -> None:
        """The scene above it is gone."""

    def interrupt(self) -> None:
        """Something must be told to the player now: what runs should stand still."""

    def woke(self) -> None:
        """Machine or program slept until just now; the stage's clock stood still meanwhile."""

    def leave(self) -> None:
        """It is being taken off the stack, at the latest when the game ends."""

    def layout(self) -> None:
        """The window has a (new) size: the stage's `frame` and `text` are fresh."""

    def reword(self) -> None:
        """The language has changed: words that were kept are to be said anew."""

    def take_over(self, before: Scene) -> None:
        """It is made anew in place of `before`: what the player sees of that one stays."""

    def handle(self, event: pygame.event.Event) -> None:
        """Take an event that is no pointer event."""

    def hear(self, news: News) -> None:
        """Take what a reading thread tells."""

    def pointer(self, pointer: Pointer) -> None:
        """Take a pointer event."""

    def tell(self, sentences: Sequence[str]) -> bool:
        """Take sentences for the player where it shows such; return whether it does."""
        return False

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the whole screen, or for an overlay what lies on it."""
        raise NotImplementedError

    def draw_covered(self, surface: pygame.Surface) -> None:
        """Draw the whole screen as it stands beneath an overlay."""
        self.draw(surface)

    def draw_moving(self, surface: pygame.Surface) -> None:
        """Draw anew what moves by itself; all else is on the surface as it was drawn last."""
        self.draw(surface)


def own_action(event: pygame.event.Event, scene: Scene) -> Action | None:
    """What an event asks of the program itself, whatever screen is on top; None: it is its own."""
    if event.type != pygame.KEYDOWN or scene.catches_keys:
        return None
    if event.key == key_of(Action.SCREEN):
        return Action.SCREEN
    asks = getattr(event, "unicode", "") == "?" and not scene.types_letters
    return Action.HELP if (asks or event.key == key_of(Action.HELP)) and not scene.is_help else None
