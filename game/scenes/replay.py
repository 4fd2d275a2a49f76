"""The replay: a round as it was written, the best other one beside it, forwards and backwards."""

from __future__ import annotations

import pygame

from game.language import N_, _, pgettext
from game.persistence.replays import (
    Recording,
    mark_words,
    recording,
    right_words,
    rival,
    title,
)
from game.scenes import places
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.group import Group, mirror
from game.ui.paper import desk, sheet
from game.ui.replay_view import ReplayView, heading
from game.ui.time_bar import TimeBar
from game.ui.widgets import Button, Choice, Widget

SPEEDS = (1, 2, 4)
SPEED_KEYS = {pygame.K_1: 1, pygame.K_2: 2, pygame.K_4: 4,
              pygame.K_KP_1: 1, pygame.K_KP_2: 2, pygame.K_KP_4: 4}  # fmt: skip
SCRUB_KEYS = {pygame.K_LEFT: -1.0, pygame.K_RIGHT: 1.0}  # s
ANSWER_KEYS = {pygame.K_UP: -1, pygame.K_DOWN: 1, pygame.K_PAGEUP: -1, pygame.K_PAGEDOWN: 1}
BUTTON_HEIGHT = 54.0  # layout units
BAR_HEIGHT = 50.0  # layout units
TWO_BARS_HEIGHT = 80.0  # layout units, where a ghost has one of its own
NO_ROUND = N_("This round cannot be shown: its mode is of another version of the game.")
NO_INK = N_("No ink of this round was kept, so there is nothing to replay.")
GUESSED = N_("The pauses between the answers are guessed: an earlier version did not keep them.")


class Replay(Menu):
    """Plays a stored round again."""

    def __init__(self, stage: Stage, place: places.Replay) -> None:
        super().__init__(stage, [])
        self.own: Recording | None = recording(stage.storage, place.number)
        self.ghost = None if self.own is None else rival(stage.storage, self.own)
        self.shows_ghost = True
        self.now = 0.0  # s since the round's start
        self.playing = self.trouble is None
        self.speed = 1
        self.view: ReplayView | None = None
        self.bar: TimeBar | None = None
        self._play = Button(
            pgettext("a replay", "Pause"), self.toggle, primary=True, keys=[pygame.K_SPACE]
        )
        self._pace = Choice([(str(s), f"×{s}") for s in SPEEDS], "1", self._set_speed)
        self._beside = Button("", self.toggle_ghost, keys=[pygame.K_g])
        self._save = Button(_("Save"), self.save, keys=[pygame.K_s])
        self._back = Button(_("Back"), stage.back, keys=[pygame.K_ESCAPE])
        self._rebuild()

    @property
    def trouble(self) -> str | None:
        """Why nothing can be played, as a sentence; None where it can."""
        if self.own is None:
            return _(NO_ROUND)
        return None if self.own.has_ink else _(NO_INK)

    @property
    def animating(self) -> bool:
        return self.playing or super().animating

    def _rebuild(self) -> None:
        """Make the view and the widgets for what is to be shown."""
        if self.own is None or self.trouble is not None:
            self._group = Group([self._back], focus=0)
            return
        ghost = self.ghost if self.shows_ghost else None
        self.view = ReplayView(self.own, ghost)
        lines = [
            (line, [answer.outcome for answer in each.answers], each is ghost)
            for each in (self.own, ghost)
            if each is not None
            for line in each.lines
        ]
        self.bar = TimeBar(lines, self.seek)
        widgets: list[Widget] = [self._play, self._pace]
        if self.ghost is not None:
            # Translators: the other round that runs beside this one.
            self._beside.label = _("Hide ghost") if self.shows_ghost else _("Show ghost")
            widgets.append(self._beside)
        held = self._group.focused
        self._group = Group([*widgets, self._save, self._back, self.bar])
        self._group.focus(held if held in self._group.widgets else self._play)

    # --- time -------------------------------------------------------------------------------------

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return 0.0 if self.view is None else self.view.seconds

    def seek(self, seconds: float) -> None:
        """Go to a moment."""
        self.now = min(self.seconds, max(0.0, seconds))
        self._show()

    def step(self, way: int) -> None:
        """Go to where the next answer begins, or the last one."""
        if self.view is not None:
            self.seek(self.view.lanes[0].line.beginning_near(self.now, way))

    def toggle(self) -> None:
        """Play, or stand still; from the end, play from the start."""
        if self.view is None:
            return
        self.playing = not self.playing
        if self.playing and self.now >= self.seconds:
            self.seek(0.0)
        self._show()

    def _set_speed(self, speed: str) -> None:
        self.speed = int(speed)

    def toggle_ghost(self) -> None:
        """Show the other round, or this one alone."""
        if self.ghost is not None:
            self.shows_ghost = not self.shows_ghost
            self._rebuild()
            self.layout()

    def save(self) -> None:
        """Offer to keep it as a film or a picture."""
        if self.own is not None and self.view is not None:
            self.playing = False
            self._show()
            ghost = self.ghost if self.shows_ghost else None
            self.stage.lay(places.Filming(self.own, ghost, self.speed))

    def update(self, dt: float) -> None:
        super().update(dt)
        if self.playing and self.bar is not None and not self.bar.pressed:
            self.seek(self.now + dt * self.speed)
            if self.now >= self.seconds:
                self.playing = False
                self._show()

    def _show(self) -> None:
        if self.view is not None and self.bar is not None:
            self.view.show(self.now)
            self.bar.now = self.now
        pause, play = pgettext("a replay", "Pause"), pgettext("a replay", "Play")
        self._play.label = pause if self.playing else play

    def handle(self, event: pygame.event.Event) -> None:
        if event.type != pygame.KEYDOWN:
            return
        key = event.key
        if key in SCRUB_KEYS:
            self.seek(self.now + SCRUB_KEYS[key])
        elif key in ANSWER_KEYS:
            self.step(ANSWER_KEYS[key])
        elif key in SPEED_KEYS:
            self._pace.chosen = str(SPEED_KEYS[key])
            self.speed = SPEED_KEYS[key]
        elif key == pygame.K_HOME:
            self.seek(0.0)
        elif key == pygame.K_END:
            self.seek(self.seconds)
        else:
            super().handle(event)

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.SPACE_3)
        self._backdrop = desk(frame)
        button = max(34, frame.px(BUTTON_HEIGHT))
        foot = pygame.Rect(area.x, area.bottom - button, area.w, button)
        if self.own is None or self.view is None or self.bar is None:
            self._draw_trouble(pygame.Rect(area.x, area.y, area.w, foot.y - gap - area.y))
            self._back.rect = pygame.Rect(area.x, foot.y, min(area.w, frame.px(300)), button)
            return
        widgets = self._group.widgets[:-1]  # all but the bar
        _side_by_side(widgets, foot, gap)
        two = self.shows_ghost and self.ghost is not None
        height = max(54, frame.px(TWO_BARS_HEIGHT)) if two else max(34, frame.px(BAR_HEIGHT))
        bar = pygame.Rect(area.x, 0, area.w, height)
        bar.bottom = foot.y - gap
        self.bar.place(bar, frame, text)
        if self.is_left_handed:
            mirror(self.widgets, area)
        top = self._draw_head(area) + gap
        lanes = pygame.Rect(area.x, top, area.w, bar.y - frame.px(theme.SPACE_1) - top)
        self.view.layout(lanes, frame, text, self._backdrop)
        self._show()

    def _draw_head(self, area: pygame.Rect) -> int:
        """What is played, when it was, and what it came to; return where the head ends, px."""
        assert self.own is not None and self.view is not None
        text, past = self.stage.text, self.own.past
        result = mark_words(past)
        if result != right_words(past):
            # Translators: such as "1,240, 14 of 15 right".
            result = _("{mark}, {right}").format(mark=result, right=right_words(past))
        line = text.font(theme.HEADING).get_linesize()
        told = text.fitted(result, theme.LABEL, theme.GLOW, (area.w // 3, line))
        self._backdrop.blit(told, told.get_rect(midright=(area.right, area.y + line // 2)))
        room = (area.w - told.get_width() - self.stage.frame.px(theme.GAP), line)
        words = text.fitted(heading(self.own, title(past)), theme.HEADING, theme.TEXT, room)
        self._backdrop.blit(words, words.get_rect(midleft=(area.x, area.y + line // 2)))
        bottom = area.y + line
        if not self.view.is_exact:
            note = text.fitted(_(GUESSED), theme.NOTE, theme.MIST, (area.w, line))
            self._backdrop.blit(note, (area.x, bottom))
            bottom += note.get_height()
        return bottom

    def _draw_trouble(self, area: pygame.Rect) -> None:
        frame = self.stage.frame
        paper = area.inflate(0, -frame.px(theme.SHADOW))
        sheet(self._backdrop, paper, frame, ruled=False)
        pad = frame.px(theme.SPACE_7)
        self.stage.text.paragraph(
            self._backdrop,
            self.trouble or "",
            theme.HEADING,
            theme.INK,
            paper.inflate(-2 * pad, -2 * pad),
        )

    def draw(self, surface: pygame.Surface) -> None:
        surface.blit(self._backdrop, (0, 0))
        if self.view is not None:
            self.view.draw(surface)
        self._group.draw(surface, self.stage.frame, self.stage.text)


def _side_by_side(widgets: list[Widget], area: pygame.Rect, gap: int) -> None:
    """Equal shares of an area."""
    count = len(widgets)
    for n, widget in enumerate(widgets):
        width = (area.w - gap * (count - 1)) // count
        widget.rect = pygame.Rect(area.x + n * (width + gap), area.y, width, area.h)
