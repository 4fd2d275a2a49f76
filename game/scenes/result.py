"""The result: the score, what stands behind it, and every answer as it was written."""

from __future__ import annotations

from functools import partial

import pygame

from game.ink.pointer import Kind, Pointer
from game.language import _, figures
from game.persistence.rounds import KeptRound
from game.rules.best import MostPoints
from game.rules.scoring import Score
from game.scenes import menu, places
from game.scenes.day_sharing import DaySharing
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.answer_sheet import draw_answer_sheet
from game.ui.celebration import Celebration, draw_rays
from game.ui.facts import draw_facts
from game.ui.layout import side_panel
from game.ui.motion import Glide, ease_out, is_reduced
from game.ui.paper import desk
from game.ui.particles import Particles
from game.ui.shapes import panel
from game.ui.widgets import Button, key_name

BUTTON_HEIGHT = 64.0  # layout units
BEST_HEIGHT = 46.0  # layout units, the strip that says how the score compares
MOST_SPLITS = 5  # that stand in one line
NOTHING = "\N{EN DASH}"


class Result(menu.Menu):
    """Closes a round."""

    def __init__(self, stage: Stage, place: places.Result) -> None:
        self.round = played = place.played
        self._kept = list(place.kept)
        self._number = place.number
        self._best_before = place.best_before
        self._points = Glide(0.0, 0.28)
        self._points.goal = float(played.tally().points)
        self._particles = Particles()
        self._rained = 0.0
        self._age = 0.0
        level = played.levels[0]
        chosen = dict(level.chosen)
        again = partial(menu.play, stage, played.mode.key, level.key, chosen, level.own)
        enter = key_name(pygame.K_RETURN)
        buttons = [
            Button(_("Play again"), again, primary=True, keys=[pygame.K_r], hint=enter),
            Button(_("To the title"), partial(stage.go, places.Title()), keys=[pygame.K_ESCAPE]),
        ]
        if self._kept and self._number is not None:
            buttons.insert(1, Button(_("Review"), self.review, keys=[pygame.K_v]))
            buttons.insert(2, Button(_("Replay"), self.replay, keys=[pygame.K_p]))
        self._sharing = DaySharing(stage, played)
        buttons[1:1] = self._sharing.buttons
        super().__init__(stage, buttons)
        self._celebration: Celebration | None = None
        self._head = pygame.Rect(0, 0, 1, 1)

    @property
    def is_new_best(self) -> bool:
        """Whether no round of this mode and level was better before."""
        mark, before = self._mark, self._best_before
        if mark is None or not self.round.is_worth_a_mark:
            return False
        return before is None or self.round.mode.goal.better(mark, before)

    @property
    def points_shown(self) -> int:
        """The points as they stand on the screen, running up to what the round earned."""
        return round(self._points.value)

    @property
    def _mark(self) -> float | None:
        """What the round is measured by; an appeal may change it."""
        return self.round.mode.goal.mark(self.round.tally())

    @property
    def animating(self) -> bool:
        moving = (
            self._particles.alive
            or self.is_celebrating
            or not self._points.resting
            or self._age < 3.0
        )
        return moving or super().animating

    def enter(self) -> None:
        mark = self._mark
        if self.is_new_best and self._best_before is not None and mark is not None:
            self.celebrate(self.round.mode.goal.words(mark))
        self.stage.audio.play("best" if self.is_new_best else "finish")
        self.stage.show_notices()

    def celebrate(self, mark: str) -> None:
        """Write the mark large over the screen, unless what only pleases is to stand still."""
        if not is_reduced():
            self._celebration = Celebration(mark, _("New best!"))
            self._celebration.layout(self.stage.frame)

    @property
    def is_celebrating(self) -> bool:
        """Whether the mark is being written over the screen."""
        return self._celebration is not None

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and self._celebration is not None:
            self._celebration.skip()
        else:
            super().handle(event)

    def pointer(self, pointer: Pointer) -> None:
        if self._celebration is None:
            super().pointer(pointer)
        elif pointer.kind is Kind.DOWN:
            self._celebration.skip()

    def resume(self) -> None:
        self._points.goal = float(self.round.tally().points)  # an appeal may have counted
        super().resume()

    def review(self) -> None:
        """Look at the answers one by one."""
        if self._kept and self._number is not None:
            kept = KeptRound(self._number, self.round, self._kept)
            self.stage.lay(places.Review(kept))

    def replay(self) -> None:
        """See the round once more, as it was written."""
        if self._number is not None:
            self.stage.lay(places.Replay(self._number))

    def layout(self) -> None:
        frame = self.stage.frame
        if self._celebration is not None:
            self._celebration.layout(frame)
        left_handed = self.is_left_handed
        area, gap = frame.inner, frame.px(theme.GAP)
        button = max(36, frame.px(BUTTON_HEIGHT))
        fonts = [self.stage.text.font(style) for style in (theme.LABEL, theme.HUGE)]
        head = sum(font.get_height() for font in fonts) + frame.px(BEST_HEIGHT) + gap
        self._backdrop = desk(frame)
        if frame.is_tall:
            self._head = pygame.Rect(area.x, area.y, area.w, head)
            stats = pygame.Rect(area.x, self._head.bottom, area.w, frame.px(84))
            buttons = pygame.Rect(area.x, area.bottom - button, area.w, button)
            paper = pygame.Rect(
                area.x, stats.bottom + gap, area.w, buttons.y - stats.bottom - 2 * gap
            )
            count = len(self._group.widgets)
            share = (buttons.w - gap * (count - 1)) // count
            places = [
                pygame.Rect(buttons.x + n * (share + gap), buttons.y, share, button)
                for n in range(count)
            ]
            self._draw_stats(stats, 4)
        else:
            side = side_panel(frame, area)
            column = pygame.Rect(area.x, area.y, side, area.h)
            paper = pygame.Rect(column.right + gap, area.y, area.w - side - gap, area.h)
            if left_handed:
                column.right, paper.x = area.right, area.x
            self._head = pygame.Rect(column.x, column.y, side, head)
            between = frame.px(theme.SPACE_4)
            step = button + between
            rows = self._rows()
            lower = column.bottom - len(rows) * step + between
            stats = pygame.Rect(column.x, self._head.bottom, side, lower - self._head.bottom - gap)
            places = [
                pygame.Rect(
                    column.x + k * (side + between) // count, lower + n * step,
                    (side - (count - 1) * between) // count, button,
                )
                for n, count in enumerate(rows)
                for k in range(count)
            ]  # fmt: skip
            self._draw_stats(stats, 2)
        for widget, place in zip(self._group.widgets, places, strict=True):
            widget.rect = place
        draw_answer_sheet(self._backdrop, paper, self._kept, self._splits(), frame, self.stage.text)

    def _rows(self) -> list[int]:
        """How many buttons stand side by side in a column: to share, and to look back."""
        pairs = (len(self._group.widgets) - 2) // 2
        return [1, *([2] * pairs), 1]

    def _draw_stats(self, area: pygame.Rect, columns: int) -> None:
        """The figures behind the score, drawn once into the backdrop."""
        frame, text = self.stage.frame, self.stage.text
        facts = self._facts_of_several() if len(self.round.scores) > 1 else self._facts()
        draw_facts(self._backdrop, area, facts, columns, frame, text)

    def _facts(self) -> list[tuple[str, str]]:
        score, median = self.round.score, self.round.median_seconds()
        longest = (_("LONGEST STREAK"), figures.number(score.longest_streak))
        penalty = self.round.mode.goal.penalty
        if penalty:  # what the mistakes have cost says more here
            # Translators: how many mistakes there were, and the seconds that they added.
            cost = _("{count}, +{time}").format(
                count=figures.number(score.wrong), time=figures.seconds(penalty * score.wrong, 0)
            )
            longest = (_("MISTAKES"), cost)
        accuracy = NOTHING if score.accuracy is None else figures.whole_percent(score.accuracy)
        second = (_("ACCURACY"), accuracy)
        if self._sharing.streak is not None:
            second = (_("DAYS IN A ROW"), figures.number(self._sharing.streak.days))
        return [
            (_("RIGHT"), _right(score)),
            second,
            longest,
            (_("MEDIAN TIME"), NOTHING if median is None else figures.seconds(median)),
        ]

    def _facts_of_several(self) -> list[tuple[str, str]]:
        """The points of each player, and how many of their answers were right."""
        return [
            fact
            for n, score in enumerate(self.round.scores, 1)
            for fact in (
                (_("PLAYER {number}").format(number=n), figures.number(score.points)),
                (_("RIGHT"), _right(score)),
            )
        ]

    def _splits(self) -> str:
        """The split times; of many, those at larger steps."""
        splits = self.round.splits
        if not splits:
            return ""
        words = self.round.mode.goal.words
        every = max(1, -(-len(splits) // MOST_SPLITS))
        times = "   ".join(words(split) for split in splits[every - 1 :: every])
        # Translators: the times after every so many answers.
        return _("After every {count}: {times}").format(
            count=every * self.round.mode.split_every, times=times
        )

    def update(self, dt: float) -> None:
        self._age += dt
        self._points.update(dt)
        super().update(dt)
        unit = self.stage.frame.unit
        self._particles.update(dt, unit)
        if self._celebration is not None:
            self._celebration.update(dt, self.stage.frame)
            if self._celebration.is_over:
                self._celebration = None
        self._rained += dt
        if (
            self.is_new_best
            and self._best_before is None
            and self._age < 2.5
            and self._rained > 0.12
        ):
            self._rained = 0.0
            colours = (theme.SUN, theme.GOOD_BRIGHT, theme.MIST, theme.BAD_BRIGHT)
            self._particles.rain(self.stage.frame.rect, colours, 7, unit)

    def draw(self, surface: pygame.Surface) -> None:
        frame, text = self.stage.frame, self.stage.text
        if self._celebration is not None and self._celebration.covers:
            self._celebration.draw(surface, frame, text)
            return
        super().draw(surface)
        head = self._head
        heading = _("TIME IS UP") if self.round.time_is_up else _("WELL DONE")
        caption = text.render(heading, theme.LABEL, theme.MIST)
        surface.blit(caption, head.topleft)
        number = text.fitted(self._headline(), theme.HUGE, theme.TEXT, (head.w, head.h))
        surface.blit(number, (head.x, head.y + caption.get_height() + frame.px(theme.SPACE_1)))
        below = head.y + caption.get_height() + number.get_height() + frame.px(theme.SPACE_1)
        self._draw_best(surface, head.x, below)
        self._particles.draw(surface)
        if self._celebration is not None:
            self._celebration.draw(surface, frame, text)

    def _headline(self) -> str:
        """The mark in large; points run up to theirs."""
        goal, mark = self.round.mode.goal, self._mark
        if len(self.round.scores) > 1:
            winner = self.round.winner
            if winner is None:
                return _("A draw")
            return _("Player {number} wins").format(number=winner + 1)
        if isinstance(goal, MostPoints):
            return goal.words(self.points_shown)
        return _(self.round.mode.title) if mark is None else goal.words(mark)

    def _draw_best(self, surface: pygame.Surface, x: int, y: int) -> None:
        frame, text = self.stage.frame, self.stage.text
        if self.is_new_best:
            words = _("First score. Beat it!") if self._best_before is None else _("New best!")
            room = (self._head.w - frame.px(theme.SPACE_8), frame.px(BEST_HEIGHT))
            piece = text.fitted(words, theme.LABEL, theme.INK, room)
            share = ease_out((self._age - 0.5) / 0.35)
            if share <= 0:
                return
            strip = pygame.Rect(
                x, y, round((piece.get_width() + frame.px(theme.SPACE_8)) * share), frame.px(44)
            )
            panel(surface, strip, theme.SUN, strip.h // 2)
            if share >= 0.95:
                draw_rays(surface, strip, frame)
                surface.blit(
                    piece, piece.get_rect(midleft=(x + frame.px(theme.SPACE_5), strip.centery))
                )
        elif not self.round.counts:
            words = _("For practice: today's first round counts.")
            room = (self._head.w, frame.px(BEST_HEIGHT))
            surface.blit(text.fitted(words, theme.LABEL, theme.MIST, room), (x, y))
        elif self._best_before is not None:
            best = self.round.mode.goal.words(self._best_before)
            words = _("Best so far {mark}").format(mark=best)
            piece = text.render(words, theme.LABEL, theme.MIST)
            surface.blit(piece, (x, y + frame.px(theme.SPACE_2)))


def _right(score: Score) -> str:
    """Such as "14 of 15": the right answers of all."""
    # Translators: how many answers were right, of how many.
    return _("{right} of {asked}").format(
        right=figures.number(score.right), asked=figures.number(score.answered)
    )
