"""The title: the name, the way in, and a sheet on which the game shows itself being played."""

from __future__ import annotations

import math
from collections import deque
from functools import partial
from itertools import accumulate, pairwise

import pygame

from game.ink.canvas import PAPER_UNITS, Canvas
from game.ink.pointer import Kind, Pointer
from game.persistence.rounds import best_mark
from game.reading.news import News, ReaderReady
from game.rules.modes import MODES
from game.rules.modes.mode import Mode
from game.rules.prompt import WORDS
from game.scenes import menu, places
from game.scenes.scene import Scene, Stage
from game.ui import theme
from game.ui.ghosts import Ghost, Motion
from game.ui.icons import DIGITS, Drawing
from game.ui.motion import ease_in_out, ease_out
from game.ui.paper import desk, sheet
from game.ui.shapes import dash, disc, panel
from game.ui.strip import Strip
from game.ui.widgets import Button, Group, Widget

SHOWN_DIGITS = "7294053618"  # the order in which they are written
DIGIT_SIDE = 640.0  # paper units, the square they are written in
BETWEEN_STROKES = 0.12  # s
PEN_SPEED = 2.6  # sides of the digit's square a second
READ_AFTER = 0.25  # s from the last pen-lift to the verdict in the demonstration
REST_SECONDS = 1.1  # s from the verdict to the next digit
BUTTON_HEIGHT = 64.0  # layout units
LOWEST_BUTTON = 22  # px


class Title(Scene):
    """Where every visit starts."""

    lives_covered = True

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._ways_in = [(mode, self._way_in(mode)) for mode in MODES.values()]
        self._shown = self._ways_in[0][0]  # the mode whose tagline stands under the name
        buttons = [
            *(button for _, button in self._ways_in),
            Button("Lab", partial(stage.go, places.Lab()), hint="L"),
            Button("Past rounds", partial(stage.go, places.Review()), hint="R"),
            Button("Settings", partial(stage.lay, places.Settings()), hint="S"),
            Button("Quit", stage.quit, hint="Q"),
        ]
        self._group = Group(buttons, focus=0)
        self._age = 0.0
        self._demo = _Demonstration()
        self._backdrop = pygame.Surface((1, 1))
        self._name_at = (0, 0)
        self._name_scale = 1.0
        self._paper = pygame.Rect(0, 0, 1, 1)
        self._words = pygame.Rect(0, 0, 1, 1)

    def _way_in(self, mode: Mode) -> Button:
        """The button that plays a mode, with its best score; the first one is the primary."""
        best = best_mark(self.stage.storage, mode, mode.level())
        first = mode is next(iter(MODES.values()))
        hint = f"Best {mode.goal.words(best)}" if best is not None else "Enter" if first else "New"
        play = partial(menu.play, self.stage, mode.key)
        return Button(f"Play {mode.title}", play, primary=first, hint=hint)

    def enter(self) -> None:
        self._offer_calibration()

    def resume(self) -> None:
        self.stage.show_notices()

    def hear(self, news: News) -> None:
        if isinstance(news, ReaderReady):
            self._offer_calibration()

    def _offer_calibration(self) -> None:
        """Ask a new player once whether the game may learn their hand."""
        settings = self.stage.settings
        new = not settings.calibration_offered and not self.stage.hand.samples
        if new and self.stage.desk.learns_hands:
            settings.calibration_offered = True
            self.stage.lay(places.CalibrationOffer())
            self.stage.save_settings()

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.GAP)
        side = area.w if frame.is_tall else round(area.w * 0.42)
        rows = self._rows()
        count = len(rows)
        button = max(34, frame.px(BUTTON_HEIGHT))
        between = frame.px(14)
        name = pygame.Rect(area.x, area.y, side, round(text.font(theme.NAME).get_height() * 1.72))
        lines = max(len(text.wrap(mode.tagline, theme.BODY, side)) for mode in MODES.values())
        sentences = round(lines * text.font(theme.BODY).get_linesize() * 1.08)
        words = pygame.Rect(area.x, 0, side, sentences)
        if not frame.is_tall:
            room = area.h - name.h - words.h - 2 * gap - (count - 1) * between
            button = max(LOWEST_BUTTON, min(button, room // count))
        left = pygame.Rect(area.x, 0, side, count * button + (count - 1) * between)
        if frame.is_tall:
            left.bottom = area.bottom
            words.top = name.bottom + gap // 2
            top = words.bottom + gap
            self._paper = pygame.Rect(area.x, top, area.w, max(1, left.y - top - gap))
        else:
            block = name.h + words.h + left.h + 2 * gap
            name.y = max(area.y, area.centery - block // 2)
            words.top = name.bottom + gap
            left.top = words.bottom + gap
            paper_left = area.x + side + 2 * gap
            self._paper = pygame.Rect(paper_left, area.y, area.right - paper_left, area.h)
        self._name_at, self._words = name.topleft, words
        for n, row in enumerate(rows):
            y = left.y + n * (button + between)
            width = (left.w - between * (len(row) - 1)) // len(row)
            for m, widget in enumerate(row):
                widget.rect = pygame.Rect(left.x + m * (width + between), y, width, button)
        self._backdrop = desk(frame)
        sheet(self._backdrop, self._paper, frame)
        self._demo.layout(self._paper)

    def _rows(self) -> list[list[Widget]]:
        """The buttons from top to bottom: those that play alone, the others two and two."""
        play, rest = len(self._ways_in), self._group.widgets[len(self._ways_in) :]
        alone = [[widget] for widget in self._group.widgets[:play]]
        return [*alone, *(rest[n : n + 2] for n in range(0, len(rest), 2))]

    def handle(self, event: pygame.event.Event) -> None:
        if event.type != pygame.KEYDOWN:
            return
        if event.key == pygame.K_s:
            self.stage.lay(places.Settings())
        elif event.key == pygame.K_l:
            self.stage.go(places.Lab())
        elif event.key == pygame.K_r:
            self.stage.go(places.Review())
        elif event.key == pygame.K_q:
            self.stage.quit()
        else:
            self._group.key(event)

    def pointer(self, pointer: Pointer) -> None:
        self._group.pointer(pointer)

    def update(self, dt: float) -> None:
        self._age += dt
        self._group.update(dt)
        self._demo.update(dt, self.stage.frame.unit)
        pointed_at = [mode for mode, button in self._ways_in if button.hovered]
        focused = [mode for mode, button in self._ways_in if button.focused]
        self._shown = next(iter(pointed_at + focused), self._shown)

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        surface.blit(self._backdrop, (0, 0))
        self._draw_name(surface)
        text.paragraph(surface, self._shown.tagline, theme.BODY, theme.MIST, self._words)
        self._demo.draw(surface, self.stage)
        self._group.draw(surface, frame, text)

    def _draw_name(self, surface: pygame.Surface) -> None:
        """The wordmark: "Dash" comes in at speed and leaves its dashes behind."""
        frame, text = self.stage.frame, self.stage.text
        x, y = self._name_at
        digit = text.render("Digit", theme.NAME, theme.PAPER)
        word = text.render("Dash", theme.NAME, theme.SUN)
        line = round(digit.get_height() * 0.8)
        surface.blit(digit, (x, y))
        indent = round(digit.get_width() * 0.36)
        arrival = ease_out(self._age / 0.7)
        left = x + indent - round((1.0 - arrival) * frame.px(420))
        surface.blit(word, (left, y + line))
        height = max(4, frame.px(11))
        for n, share in enumerate((0.62, 1.0, 0.45)):
            swing = 0.9 + 0.1 * math.sin(self._age * 2.2 + n * 1.9)
            width = max(height, round((indent - frame.px(14)) * share * swing * arrival))
            bar = pygame.Rect(0, 0, width, height)
            bar.right = left - frame.px(12)
            bar.centery = y + line + round(word.get_height() * (0.36 + 0.16 * n))
            bar.left = max(bar.left, x)
            bar.width = max(height, left - frame.px(12) - bar.left)
            dash(surface, bar, theme.SUN)


class _Demonstration:
    """Digits written by an unseen hand, and read."""

    def __init__(self) -> None:
        self._canvas = Canvas(theme.INK)
        self._ghost: Ghost | None = None
        self._read_age: float | None = None  # s since the verdict
        self._begin(0)

    @property
    def _digit(self) -> str:
        return SHOWN_DIGITS[self._index % len(SHOWN_DIGITS)]

    def layout(self, paper: pygame.Rect) -> None:
        """Write on this sheet, px."""
        self._canvas.resize(paper)
        self._ghost = None

    def update(self, dt: float, unit: float) -> None:
        """Move on by `dt` seconds."""
        self._age += dt
        if self._ghost is not None and not self._ghost.update(dt):
            self._ghost = None
        if self._read_age is None:
            self._write()
            if self._age > self._writing_ends + READ_AFTER:
                self._read_age = 0.0
                picture = self._canvas.lift()
                if picture is not None:
                    motion = Motion(stay=REST_SECONDS - 0.4, fade=0.4, lift=40 * unit)
                    self._ghost = Ghost(*picture, theme.INK, theme.GOOD, motion)
        else:
            self._read_age += dt
            if self._read_age > REST_SECONDS:
                self._begin(self._index + 1)

    def _begin(self, index: int) -> None:
        self._index, self._age, self._read_age = index, 0.0, None
        self._plan = _plan(DIGITS[self._digit])
        self._writing_ends = self._plan[-1][0]

    def _write(self) -> None:
        """Let the pen go on to where it is by now."""
        while self._plan and self._plan[0][0] <= self._age:
            t, kind, x, y = self._plan.popleft()
            place = self._canvas.to_pixels(x, y)
            if kind is Kind.DOWN:
                self._canvas.pen_down(*place, t)
            elif kind is Kind.MOVE:
                self._canvas.pen_move(*place, t)
            else:
                self._canvas.pen_up(*place, t)

    def draw(self, surface: pygame.Surface, stage: Stage) -> None:
        """Draw the ink, the pen's tip and the verdict."""
        frame, text = stage.frame, stage.text
        if self._ghost is not None:
            self._ghost.draw(surface)
        self._canvas.draw(surface)
        if self._canvas.pen_is_down:
            tip = self._canvas.strokes[-1].path[-1]
            disc(surface, self._canvas.to_pixels(*tip), self._canvas.pen_radius * 0.6, theme.SUN)
        self._draw_prompt(surface, stage)
        if self._read_age is None:
            return
        strip = Strip(f"Read {self._digit}", "check", theme.GOOD, self._read_age)
        strip.draw(surface, self._canvas.rect, frame, text)

    def _draw_prompt(self, surface: pygame.Surface, stage: Stage) -> None:
        """What is being answered: a small prompt card in the corner of the paper."""
        frame, paper = stage.frame, self._canvas.rect
        word = stage.text.render(WORDS[int(self._digit)], theme.HEADING, theme.INK)
        card = pygame.Rect(0, 0, word.get_width() + frame.px(48), word.get_height() + frame.px(22))
        card.topright = (paper.right - frame.px(26), paper.y + frame.px(26))
        radius = frame.px(theme.RADIUS * 0.7)
        panel(surface, card.move(0, frame.px(5)), theme.SUN_DEEP, radius)
        panel(surface, card, theme.SUN, radius)
        surface.blit(word, word.get_rect(center=card.center))


def _plan(strokes: Drawing) -> deque[tuple[float, Kind, float, float]]:
    """When the pen is where: (s, what it does, x, y in paper units); slower at strokes' ends."""
    plan: deque[tuple[float, Kind, float, float]] = deque()
    corner = (PAPER_UNITS - DIGIT_SIDE) / 2
    clock = 0.0
    for stroke in strokes:
        points = [(corner + x * DIGIT_SIDE, corner + y * DIGIT_SIDE) for x, y in stroke]
        travelled = list(accumulate((math.dist(p, q) for p, q in pairwise(points)), initial=0.0))
        seconds = travelled[-1] / DIGIT_SIDE / PEN_SPEED
        plan.append((clock, Kind.DOWN, *points[0]))
        for point, way in zip(points[1:], travelled[1:], strict=True):
            plan.append((clock + seconds * ease_in_out(way / travelled[-1]), Kind.MOVE, *point))
        clock += seconds
        plan.append((clock, Kind.UP, *points[-1]))
        clock += BETWEEN_STROKES
    return plan
