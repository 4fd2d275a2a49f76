"""The settings: who reads, which hand writes, how long to wait for it, how loud, how large.

A new setting is a field of `Settings` and a row here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import pygame

from game.scenes import places
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.paper import desk
from game.ui.shapes import panel
from game.ui.widgets import Button, Choice, Slider, Widget
from recognizer import backend_info
from recognizer.endpointing.patience import PATIENCE

ROW_HEIGHT = 96.0  # layout units
WIDTH = 940.0  # layout units
BUTTON = (260.0, 64.0)  # layout units


@dataclass(frozen=True)
class Row:
    """One setting: its name, what changes it, and a few words about it."""

    label: str
    widget: Widget
    about: Callable[[], str]  # asked anew for each frame
    follow: Callable[[], object] | None = None  # shows what was changed elsewhere, each frame


class SettingsScene(Menu):
    """One row a setting; every change applies and is kept at once."""

    def __init__(self, stage: Stage) -> None:
        self.rows = [
            _recognizer(stage),
            _writing_hand(stage),
            _patience(stage),
            _volume(stage),
            _screen(stage),
            _my_hand(stage),
        ]
        self._done = Button("Done", stage.back, primary=True, keys=[pygame.K_ESCAPE])
        self._samples = Button("See my hand", partial(stage.lay, places.Hand()), keys=[pygame.K_m])
        self._lesson = Button("How to play", partial(stage.lay, places.Lesson()), keys=[pygame.K_h])
        buttons = [self._samples, self._lesson, self._done]
        super().__init__(stage, [*(row.widget for row in self.rows), *buttons])
        self._places: list[pygame.Rect] = []

    def layout(self) -> None:
        frame = self.stage.frame
        area = frame.inner
        width = min(area.w, frame.px(WIDTH))
        left = area.centerx - width // 2
        heading = self.stage.text.font(theme.HUGE, 0.62).get_linesize()
        wide, button = frame.px(BUTTON[0]), max(36, frame.px(BUTTON[1]))
        gap = frame.px(theme.SPACE_4)
        room = area.h - heading - button - 3 * gap
        highest = frame.px(ROW_HEIGHT * (1.6 if frame.is_tall else 1.0))
        height = min(highest, room // len(self.rows) - gap)
        self._backdrop = desk(frame)
        title = self.stage.text.render("Settings", theme.HUGE, theme.TEXT, 0.62)
        self._backdrop.blit(title, (left, area.y))
        y = area.y + heading + gap
        self._places = []
        for row in self.rows:
            place = pygame.Rect(left, y, width, height)
            self._places.append(place)
            panel(self._backdrop, place, theme.NIGHT_RAISED, frame.px(theme.RADIUS))
            pad = frame.px(theme.SPACE_5)
            if frame.is_tall:
                row.widget.rect = pygame.Rect(
                    place.x + pad, place.centery, place.w - 2 * pad, height // 2 - pad // 2
                )
            else:
                inner = place.inflate(-2 * pad, -2 * frame.px(theme.SPACE_5))
                row.widget.rect = pygame.Rect(
                    inner.x + round(inner.w * 0.4), inner.y, round(inner.w * 0.6), inner.h
                )
            y += height + gap
        wide = min(wide, (width - 2 * gap) // 3)
        for n, widget in enumerate((self._samples, self._lesson, self._done)):
            widget.rect = pygame.Rect(left + n * (width - wide) // 2, y + gap, wide, button)

    def update(self, dt: float) -> None:
        for row in self.rows:
            if row.follow is not None:
                row.follow()
        super().update(dt)

    def draw(self, surface: pygame.Surface) -> None:
        super().draw(surface)
        frame, text = self.stage.frame, self.stage.text
        for place, row in zip(self._places, self.rows, strict=True):
            pad = frame.px(theme.SPACE_6)
            room = place.w - 2 * pad if frame.is_tall else row.widget.rect.x - place.x - 2 * pad
            name = text.fitted(row.label, theme.LABEL, theme.TEXT, (room, place.h))
            if frame.is_tall:
                surface.blit(name, (place.x + pad, place.y + frame.px(theme.SPACE_4)))
                continue
            about = row.about()
            quiet = text.fitted(about, theme.SMALL, theme.MIST, (room, place.h))
            total = name.get_height() + quiet.get_height()
            if about and place.h > total + frame.px(theme.SPACE_3):
                surface.blit(name, (place.x + pad, place.centery - total // 2))
                surface.blit(quiet, (place.x + pad, place.centery - total // 2 + name.get_height()))
            else:
                surface.blit(name, name.get_rect(midleft=(place.x + pad, place.centery)))


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


def _writing_hand(stage: Stage) -> Row:
    def use(hand: str) -> None:
        stage.settings.hand = hand
        stage.save_settings()

    choice = Choice((("left", "Left"), ("right", "Right")), stage.settings.hand, use)
    return Row("Writing hand", choice, lambda: "The prompt moves to the other side")


def _patience(stage: Stage) -> Row:
    about = {
        "quick": "Judges soon, for hands that hardly pause",
        "normal": "Waits as long as pens usually pause",
        "calm": "Waits for a pen that stops to think",
    }

    def use(patience: str) -> None:
        stage.settings.patience = patience
        stage.save_settings()

    options = [(name, name.capitalize()) for name in PATIENCE]
    choice = Choice(options, stage.settings.patience, use)
    return Row("Patience", choice, lambda: about[choice.chosen])


def _volume(stage: Stage) -> Row:
    def use(volume: float) -> None:
        stage.settings.volume = volume
        stage.audio.set_volume(volume)

    def keep() -> None:
        stage.audio.play("right4")
        stage.save_settings()

    slider = Slider(stage.settings.volume, use, keep)
    return Row("Volume", slider, lambda: "No sound device was found" if stage.audio.silent else "")


def _screen(stage: Stage) -> Row:
    def follow() -> None:
        choice.chosen = "full" if stage.settings.full_screen else "window"

    choice = Choice(
        (("window", "Window"), ("full", "Full screen")),
        "full" if stage.settings.full_screen else "window",
        lambda value: stage.set_full_screen(value == "full"),
    )
    return Row("Screen", choice, lambda: "F11 switches at any time", follow)


def _my_hand(stage: Stage) -> Row:
    def use(value: str) -> None:
        stage.settings.use_my_hand = value == "on"
        stage.desk.teach()
        stage.save_settings()

    choice = Choice(
        (("on", "On"), ("off", "Off")), "on" if stage.settings.use_my_hand else "off", use
    )
    return Row("My hand", choice, lambda: "Your own samples help to read you")
