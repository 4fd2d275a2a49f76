"""The settings: who reads, which hand writes, how loud, how large."""

from __future__ import annotations

from functools import partial

import pygame

from game import backends
from game.ink.pointer import Pointer
from game.scenes import places
from game.scenes.scene import Scene, Stage
from game.ui import theme
from game.ui.paper import desk
from game.ui.shapes import panel
from game.ui.widgets import Button, Choice, Group, Slider, Widget

ROW_HEIGHT = 96.0  # layout units
WIDTH = 940.0  # layout units


class SettingsScene(Scene):
    """One row a setting; every change applies and is kept at once."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        settings = stage.settings
        self._backend = Choice((), stage.desk.backend, self._set_backend)
        self._refresh_backends()
        self._rows: list[tuple[str, str, Widget]] = [
            ("Recognizer", "", self._backend),
            (
                "Writing hand",
                "The prompt moves to the other side",
                Choice((("left", "Left"), ("right", "Right")), settings.hand, self._set_hand),
            ),
            ("Volume", "", Slider(settings.volume, self._set_volume, self._volume_done)),
            (
                "Screen",
                "F11 switches at any time",
                Choice(
                    (("window", "Window"), ("full", "Full screen")),
                    "full" if settings.full_screen else "window",
                    lambda value: stage.set_full_screen(value == "full"),
                ),
            ),
            (
                "My hand",
                "Your own samples help to read you",
                Choice(
                    (("on", "On"), ("off", "Off")),
                    "on" if settings.use_my_hand else "off",
                    self._set_my_hand,
                ),
            ),
        ]
        if stage.audio.silent:
            self._rows[2] = ("Volume", "No sound device was found", self._rows[2][2])
        self._done = Button("Done", stage.back, primary=True, hint="Esc")
        self._samples = Button("See my hand", partial(stage.lay, places.Hand()), hint="M")
        buttons = [self._samples, self._done]
        self._group = Group([*(row[2] for row in self._rows), *buttons], focus=0)
        self._backdrop = pygame.Surface((1, 1))
        self._places: list[pygame.Rect] = []

    @property
    def animating(self) -> bool:
        return any(not widget.glow.resting for widget in self._group.widgets)

    def layout(self) -> None:
        frame = self.stage.frame
        area = frame.inner
        width = min(area.w, frame.px(WIDTH))
        left = area.centerx - width // 2
        heading = self.stage.text.font(theme.HUGE, 0.62).get_linesize()
        button = max(36, frame.px(64))
        gap = frame.px(14)
        room = area.h - heading - button - 3 * gap
        row = min(frame.px(ROW_HEIGHT), room // len(self._rows) - gap)
        if frame.is_tall:
            row = min(frame.px(ROW_HEIGHT * 1.6), room // len(self._rows) - gap)
        self._backdrop = desk(frame)
        title = self.stage.text.render("Settings", theme.HUGE, theme.PAPER, 0.62)
        self._backdrop.blit(title, (left, area.y))
        y = area.y + heading + gap
        self._places = []
        for _, _, widget in self._rows:
            place = pygame.Rect(left, y, width, row)
            self._places.append(place)
            pad = frame.px(20)
            if frame.is_tall:
                widget.rect = pygame.Rect(
                    place.x + pad, place.centery, place.w - 2 * pad, row // 2 - pad // 2
                )
            else:
                inner = place.inflate(-2 * pad, -2 * frame.px(18))
                widget.rect = pygame.Rect(
                    inner.x + round(inner.w * 0.4), inner.y, round(inner.w * 0.6), inner.h
                )
            y += row + gap
        self._done.rect = pygame.Rect(left + width - frame.px(260), y + gap, frame.px(260), button)
        self._samples.rect = pygame.Rect(left, y + gap, frame.px(260), button)

    def handle(self, event: pygame.event.Event) -> None:
        if event.type != pygame.KEYDOWN:
            return
        if event.key == pygame.K_ESCAPE:
            self.stage.back()
        elif event.key == pygame.K_m:
            self._samples.activate()
        else:
            self._group.key(event)

    def pointer(self, pointer: Pointer) -> None:
        self._group.pointer(pointer)

    def update(self, dt: float) -> None:
        self._refresh_backends()
        screen = self._rows[3][2]
        assert isinstance(screen, Choice)
        screen.chosen = "full" if self.stage.settings.full_screen else "window"
        self._group.update(dt)

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        surface.blit(self._backdrop, (0, 0))
        for place, (label, hint, widget) in zip(self._places, self._rows, strict=True):
            panel(surface, place, theme.NIGHT_RAISED, frame.px(theme.RADIUS))
            pad = frame.px(24)
            room = place.w - 2 * pad if frame.is_tall else widget.rect.x - place.x - 2 * pad
            name = text.fitted(label, theme.LABEL, theme.PAPER, (room, place.h))
            if frame.is_tall:
                surface.blit(name, (place.x + pad, place.y + frame.px(16)))
                continue
            if widget is self._backend:
                hint = backends.description(self._backend.chosen)
            quiet = text.fitted(hint, theme.SMALL, theme.MIST, (room, place.h))
            total = name.get_height() + quiet.get_height()
            if hint and place.h > total + frame.px(10):
                surface.blit(name, (place.x + pad, place.centery - total // 2))
                surface.blit(quiet, (place.x + pad, place.centery - total // 2 + name.get_height()))
            else:
                surface.blit(name, name.get_rect(midleft=(place.x + pad, place.centery)))
        self._group.draw(surface, frame, text)

    def _refresh_backends(self) -> None:
        state = self.stage.desk
        names = state.backends or (self.stage.desk.backend,)
        self._backend.set_options(
            [(name, backends.label(name)) for name in names], self.stage.desk.backend
        )

    def _set_backend(self, backend: str) -> None:
        self.stage.settings.backend = backend
        self.stage.desk.use(backend)
        self.stage.save_settings()

    def _set_my_hand(self, use: str) -> None:
        self.stage.settings.use_my_hand = use == "on"
        self.stage.desk.teach()
        self.stage.save_settings()

    def _set_hand(self, hand: str) -> None:
        self.stage.settings.hand = hand
        self.stage.save_settings()

    def _set_volume(self, volume: float) -> None:
        self.stage.settings.volume = volume
        self.stage.audio.set_volume(volume)

    def _volume_done(self) -> None:
        self.stage.audio.play("right4")
        self.stage.save_settings()
