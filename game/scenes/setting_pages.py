"""The pages of the settings: who writes, who reads, how it looks and sounds, whose it is.

A new setting is a field of `Settings` and a row here. Every change applies and is kept at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from game.scenes import places
from game.scenes.key_page import key_rows
from game.scenes.scene import Stage
from game.ui.keys import Action, key_name, key_of
from game.ui.setting_row import Row
from game.ui.stepper import Stepper
from game.ui.widgets import Button, Choice
from recognizer import backend_info
from recognizer.endpointing.patience import PATIENCE

Tell = Callable[[str], object]
ON_OFF = (("on", "On"), ("off", "Off"))


@dataclass(frozen=True)
class Page:
    """Some settings that belong together."""

    key: str
    title: str
    # Made for a stage and what shows the player a sentence.
    rows: Callable[[Stage, Tell], Sequence[Row]]


def chooser(
    stage: Stage,
    label: str,
    options: Sequence[tuple[str, str]],
    chosen: str,
    use: Callable[[str], object],
    about: Callable[[str], str],
    follow: Callable[[], str] | None = None,
) -> Row:
    """A row with a few options side by side; what is chosen is used, and the settings are kept.

    `about` tells of what is chosen; `follow` is asked at each frame what is chosen by now.
    """

    def take(value: str) -> None:
        use(value)
        stage.save_settings()

    choice = Choice(options, chosen, take)

    def look() -> None:
        if follow is not None:
            choice.chosen = follow()

    return Row(label, choice, lambda: about(choice.chosen), look if follow else None)


def _play(stage: Stage, tell: Tell) -> list[Row]:
    def write_with(hand: str) -> None:
        stage.settings.hand = hand
        stage.restyle()

    return [
        chooser(
            stage, "Writing hand", (("left", "Left"), ("right", "Right")), stage.settings.hand,
            write_with, lambda _: "The prompt moves to the other side of the paper.",
        ),
        _leads_on(
            "How to play", "Half a minute of practice, with a pen that shows the way.",
            Button("Show me", partial(stage.lay, places.Lesson()), keys=[pygame.K_h]),
        ),
    ]  # fmt: skip


def _reading(stage: Stage, tell: Tell) -> list[Row]:
    waits = {
        "quick": "Judges soon, for hands that hardly pause.",
        "normal": "Waits as long as pens usually pause.",
        "calm": "Waits for a pen that stops to think.",
    }

    def wait(patience: str) -> None:
        stage.settings.patience = patience

    return [
        _recognizer(stage),
        chooser(
            stage, "Patience", [(name, name.capitalize()) for name in PATIENCE],
            stage.settings.patience, wait, waits.__getitem__,
        ),
    ]  # fmt: skip


def _recognizer(stage: Stage) -> Row:
    def use(backend: str) -> None:
        stage.settings.backend = backend
        stage.desk.use(backend)
        stage.save_settings()

    def follow() -> None:
        present = stage.desk.backend
        names = stage.desk.backends or (present,)
        choice.set_options([(name, backend_info(name).title) for name in names], present)

    choice = Choice((), stage.desk.backend, use)
    follow()
    return Row("Recognizer", choice, lambda: backend_info(choice.chosen).about, follow)


def _look(stage: Stage, tell: Tell) -> list[Row]:
    settings = stage.settings

    def wear(theme: str) -> None:
        settings.theme = theme
        stage.restyle()

    def colour(which: str) -> None:
        settings.safe_colours = which == "safe"
        stage.restyle()

    def set_size(size: str) -> None:
        settings.text_size = size
        stage.restyle()

    def move(how: str) -> None:
        settings.reduced_motion = how == "reduced"
        stage.restyle()

    return [
        chooser(
            stage, "Theme", (("night", "Night"), ("paper", "Paper")), settings.theme, wear,
            lambda theme: "A light desk for the day." if theme == "paper" else "A dark desk.",
        ),
        chooser(
            stage, "Colours", (("usual", "Green and red"), ("safe", "Blue and orange")),
            "safe" if settings.safe_colours else "usual", colour,
            lambda _: "Blue and orange stay apart for all eyes.",
        ),
        chooser(
            stage, "Text size", (("normal", "Normal"), ("large", "Large"), ("largest", "Largest")),
            settings.text_size, set_size, lambda _: "Of all that is read, not of the prompts.",
        ),
        chooser(
            stage, "Motion", (("full", "Full"), ("reduced", "Reduced")),
            "reduced" if settings.reduced_motion else "full", move,
            lambda _: "Reduced: nothing moves only to please.",
        ),
        chooser(
            stage, "Screen", (("window", "Window"), ("full", "Full screen")),
            "full" if settings.full_screen else "window",
            lambda value: stage.set_full_screen(value == "full"),
            lambda _: f"{key_name(key_of(Action.SCREEN))} switches at any time.",
            lambda: "full" if settings.full_screen else "window",
        ),
    ]  # fmt: skip


def _sound(stage: Stage, tell: Tell) -> list[Row]:
    settings = stage.settings

    def effects(volume: float) -> None:
        settings.volume = volume
        hear("right4")

    def ticks(volume: float) -> None:
        settings.ticks = volume
        hear("tick")

    def hear(sound: str) -> None:
        stage.audio.set_volume(settings.volume, settings.ticks)
        stage.audio.play(sound)
        stage.save_settings()

    def about(what: str) -> str:
        return "No sound device was found." if stage.audio.silent else what

    return [
        Row(
            "Effects", Stepper(settings.volume, effects),
            lambda: about("Right, wrong and the end of a round. All of it is shown, too."),
        ),
        Row(
            "Ticks", Stepper(settings.ticks, ticks),
            lambda: about("The countdown and the last seconds. All of it is shown, too."),
        ),
    ]  # fmt: skip


def _player(stage: Stage, tell: Tell) -> list[Row]:
    def learn(value: str) -> None:
        stage.settings.use_my_hand = value == "on"
        stage.desk.teach()

    return [
        _leads_on(
            "Who plays", "Name and colour, other players, and a guest of whom nothing is kept.",
            Button("Players", partial(stage.lay, places.Players()), keys=[pygame.K_w]),
        ),
        chooser(
            stage, "My hand", ON_OFF, "on" if stage.settings.use_my_hand else "off", learn,
            lambda _: "Your own samples help to read you.",
        ),
        _leads_on(
            "Samples", "What the game knows of your writing: look at it, add to it, delete it.",
            Button("See my hand", partial(stage.lay, places.Hand()), keys=[pygame.K_m]),
        ),
    ]  # fmt: skip


def _leads_on(label: str, about: str, button: Button) -> Row:
    """A row with a button that leads to another screen."""
    return Row(label, button, lambda: about)


PAGES: tuple[Page, ...] = (
    Page("play", "Play", _play),
    Page("reading", "Reading", _reading),
    Page("look", "Look", _look),
    Page("sound", "Sound", _sound),
    Page("keys", "Keys", key_rows),
    Page("player", "Player", _player),
)
