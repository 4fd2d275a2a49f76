"""The pages of the settings: who writes, who reads, how it looks and sounds, whose it is.

A new setting is a field of `Settings` and a row here. Every change applies and is kept at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pygame

from game.language import N_, _, pgettext
from game.language.catalogues import languages
from game.scenes import places
from game.scenes.key_page import key_rows
from game.scenes.scene import Stage
from game.ui import look
from game.ui.keys import Action, key_name, key_of
from game.ui.setting_row import Row
from game.ui.stepper import Stepper
from game.ui.widgets import Button, Choice
from recognizer import backend_info
from recognizer.endpointing.patience import PATIENCE

Tell = Callable[[str], object]
# What the manifest of the models tells of each: there it stands in English.
ABOUT = (
    N_("A small convolutional network, trained the classic way"),
    N_("A convolutional network"),
    N_("A fully connected network"),
    N_("The nearest neighbours"),
    N_("A support vector machine"),
    N_("A detector: sees whole numbers"),
    N_("A network of under 10,000 numbers"),
    N_("Who reads your writing"),
)


@dataclass(frozen=True)
class Page:
    """Some settings that belong together."""

    key: str
    title: str  # marked for translation
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

    def speak(code: str) -> None:
        stage.settings.language = code
        stage.reword()

    return [
        chooser(
            stage, _("Language"), [(each.code, each.name) for each in languages()],
            look.spoken(), speak, lambda _code: _("Of everything that the game says."),
        ),
        chooser(
            stage, _("Writing hand"),
            (("left", pgettext("the writing hand", "Left")),
             ("right", pgettext("the writing hand", "Right"))),
            stage.settings.hand, write_with,
            lambda _hand: _("The prompt moves to the other side of the paper."),
        ),
        _leads_on(
            _("How to play"), _("Half a minute of practice, with a pen that shows the way."),
            Button(_("Show me"), partial(stage.lay, places.Lesson()), keys=[pygame.K_h]),
        ),
    ]  # fmt: skip


def _reading(stage: Stage, tell: Tell) -> list[Row]:
    titles = {
        "quick": pgettext("patience", "Quick"),
        "normal": pgettext("patience", "Normal"),
        "calm": pgettext("patience", "Calm"),
    }
    waits = {
        "quick": _("Judges soon, for hands that hardly pause."),
        "normal": _("Waits as long as pens usually pause."),
        "calm": _("Waits for a pen that stops to think."),
    }

    def wait(patience: str) -> None:
        stage.settings.patience = patience

    return [
        _recognizer(stage),
        chooser(
            # Translators: how long the reader waits before it takes what was written for an answer.
            stage, _("Patience"), [(name, titles[name]) for name in PATIENCE],
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
    return Row(_("Recognizer"), choice, lambda: _(backend_info(choice.chosen).about), follow)


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
            # Translators: how the game looks, dark or light.
            stage, _("Theme"),
            (("night", pgettext("a theme", "Night")), ("paper", pgettext("a theme", "Paper"))),
            settings.theme, wear,
            lambda theme: _("A light desk for the day.") if theme == "paper" else _("A dark desk."),
        ),
        chooser(
            stage, _("Colours"),
            (("usual", _("Green and red")), ("safe", _("Blue and orange"))),
            "safe" if settings.safe_colours else "usual", colour,
            lambda _which: _("Blue and orange stay apart for all eyes."),
        ),
        chooser(
            stage, _("Text size"),
            (("normal", pgettext("text size", "Normal")),
             ("large", pgettext("text size", "Large")),
             ("largest", pgettext("text size", "Largest"))),
            settings.text_size, set_size,
            lambda _size: _("Of all that is read, not of the prompts."),
        ),
        chooser(
            # Translators: how much moves on the screen.
            stage, _("Motion"),
            (("full", pgettext("motion", "Full")), ("reduced", pgettext("motion", "Reduced"))),
            "reduced" if settings.reduced_motion else "full", move,
            lambda _how: _("Reduced: nothing moves only to please."),
        ),
        chooser(
            stage, _("Screen"), (("window", _("Window")), ("full", _("Full screen"))),
            "full" if settings.full_screen else "window",
            lambda value: stage.set_full_screen(value == "full"),
            # Translators: {key} is a key, such as F11.
            lambda _how: _("{key} switches at any time.").format(
                key=key_name(key_of(Action.SCREEN))
            ),
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
        return _("No sound device was found.") if stage.audio.silent else what

    return [
        Row(
            _("Effects"), Stepper(settings.volume, effects),
            lambda: about(_("Right, wrong and the end of a round. All of it is shown, too.")),
        ),
        Row(
            _("Ticks"), Stepper(settings.ticks, ticks),
            lambda: about(_("The countdown and the last seconds. All of it is shown, too.")),
        ),
    ]  # fmt: skip


def _player(stage: Stage, tell: Tell) -> list[Row]:
    def learn(value: str) -> None:
        stage.settings.use_my_hand = value == "on"
        stage.desk.teach()

    return [
        _leads_on(
            _("Who plays"),
            _("Name and colour, other players, and a guest of whom nothing is kept."),
            Button(_("Players"), partial(stage.lay, places.Players()), keys=[pygame.K_w]),
        ),
        chooser(
            # Translators: the player's own writing, and whether the recognizer learns from it.
            stage, _("My hand"), (("on", pgettext("a switch", "On")),
                                  ("off", pgettext("a switch", "Off"))),
            "on" if stage.settings.use_my_hand else "off", learn,
            lambda _value: _("Your own samples help to read you."),
        ),
        _leads_on(
            _("Samples"),
            _("What the game knows of your writing: look at it, add to it, delete it."),
            Button(_("See my hand"), partial(stage.lay, places.Hand()), keys=[pygame.K_m]),
        ),
    ]  # fmt: skip


def _leads_on(label: str, about: str, button: Button) -> Row:
    """A row with a button that leads to another screen."""
    return Row(label, button, lambda: about)


PAGES: tuple[Page, ...] = (
    # Translators: a page of the settings, beside five others: short.
    Page("play", N_("Play"), _play),
    Page("reading", N_("Reading"), _reading),
    Page("look", N_("Look"), _look),
    Page("sound", N_("Sound"), _sound),
    Page("keys", N_("Keys"), key_rows),
    Page("player", N_("Player"), _player),
)
