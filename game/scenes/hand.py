"""My hand: the player's own samples as small pictures, to look at, remove, or delete altogether."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.language import _, figures, ngettext
from game.persistence.hand_samples import APPEAL, HandSample
from game.scenes import places
from game.scenes.dialog import Dialog
from game.scenes.menu import Menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.group import Group, mirror
from game.ui.icons import icon
from game.ui.layout import Frame
from game.ui.paper import desk, sheet
from game.ui.pictures import thumbnail
from game.ui.shapes import panel, ring
from game.ui.text import Typesetter
from game.ui.widgets import Button, Widget

LARGEST_TILE = 84.0  # layout units
BUTTON_HEIGHT = 60.0  # layout units
TILES_A_FRAME = 2  # whose ink is drawn in one frame: the screen is there at once
REMOVE_KEYS = (pygame.K_DELETE, pygame.K_BACKSPACE)


class SampleTile(Widget):
    """One sample: its ink, and the digit that it stands for. Using it picks it."""

    def __init__(self, sample: HandSample, pick: Callable[[HandSample], object]) -> None:
        super().__init__()
        self.sample = sample
        self.picked = False
        self._pick = pick
        self._ink: pygame.Surface | None = None

    @property
    def _side(self) -> int:
        return max(8, round(self.rect.w * 0.8))

    @property
    def is_drawn(self) -> bool:
        """Whether its picture is there, in the size that it needs."""
        return self._ink is not None and self._ink.get_width() == self._side

    def prepare(self) -> None:
        """Draw its picture, which takes milliseconds."""
        self._ink = thumbnail(self.sample.strokes, self._side, theme.INK)

    def activate(self) -> None:
        self._pick(self.sample)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = max(3, self.rect.w // 8)
        lit = self.picked or self.hovered
        edge = theme.SUN_DEEP if self.sample.source == APPEAL else theme.PAPER_EDGE
        ground = theme.SUN if lit else edge
        panel(surface, self.rect, ground, radius)
        width = max(1, self.rect.w // (14 if self.picked else 30))
        panel(surface, self.rect.inflate(-2 * width, -2 * width), theme.PAPER, radius - width)
        if self._ink is not None:
            surface.blit(self._ink, self._ink.get_rect(center=self.rect.center))
        if self.sample.source == APPEAL:  # told by a tick, too, not only by the edge
            tick = icon("check", max(6, self.rect.w // 4), theme.SUN_DEEP)
            surface.blit(tick, tick.get_rect(bottomright=self.rect.inflate(-4, -4).bottomright))
        if self.focused:
            ring(surface, self.rect.inflate(2, 2), theme.INK, radius, max(2, frame.px(3)))


class MyHandScene(Menu):
    """Shows what the game knows of the player's hand."""

    def __init__(self, stage: Stage) -> None:
        self._back = Button(_("Done"), stage.back, primary=True, keys=[pygame.K_ESCAPE])
        super().__init__(stage, [self._back])
        self.picked: int | None = None  # the number of the sample
        self.tiles: list[SampleTile] = []
        self._write = Button(_("Write samples"), partial(stage.lay, places.Calibration()))
        self._remove = Button(_("Remove"), self.remove, keys=REMOVE_KEYS)
        self._delete = Button(_("Delete all"), self._ask_to_delete)

    @property
    def animating(self) -> bool:
        undrawn = any(not tile.is_drawn for tile in self.tiles)
        return undrawn or super().animating

    def layout(self) -> None:
        self._remove_if_gone()
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.SPACE_4)
        self._backdrop = desk(frame)
        title = text.render(_("My hand"), theme.HUGE, theme.TEXT, 0.62)
        self._backdrop.blit(title, area.topleft)
        room = area.w - title.get_width() - frame.px(theme.SPACE_7)
        told = text.fitted(self.summary(), theme.LABEL, theme.GLOW, (room, title.get_height()))
        place = told.get_rect(midright=(area.right, area.y + title.get_height() // 2))
        self._backdrop.blit(told, place)
        button = max(34, frame.px(BUTTON_HEIGHT))
        line = text.font(theme.SMALL).get_linesize()
        top = area.y + title.get_height() + gap // 2
        lines = text.wrap(self.where(), theme.SMALL, area.w)
        foot = area.bottom - button - gap
        y = foot - len(lines) * line
        for n, words in enumerate(lines):
            piece = text.render(words, theme.SMALL, theme.MIST)
            self._backdrop.blit(piece, (area.x, y + n * line))
        paper = pygame.Rect(area.x, top, area.w, max(1, y - gap - top))
        sheet(self._backdrop, paper, frame, ruled=False)
        self._lay_tiles(paper.inflate(-2 * frame.px(theme.SPACE_6), -2 * frame.px(theme.SPACE_5)))
        self._lay_buttons(pygame.Rect(area.x, area.bottom - button, area.w, button), gap)

    def _lay_tiles(self, area: pygame.Rect) -> None:
        """A row of samples a digit, the newest last; in two columns where the window is wide."""
        samples = self.stage.hand.samples
        if not samples:
            self._say_nothing_is_here(area)
        of_digit = {d: [sample for sample in samples if sample.label == d] for d in "0123456789"}
        columns = 1 if self.stage.frame.is_tall else 2
        rows = len(of_digit) // columns
        most = max(map(len, of_digit.values()))
        gap = self.stage.frame.px(theme.SPACE_2)
        column, height = (area.w - 3 * gap) // columns, area.h // rows
        label = min(height, self.stage.frame.px(56))
        side = min(height - gap, (column - label - 3 * gap) // max(1, most) - gap)
        side = max(4, min(side, self.stage.frame.px(LARGEST_TILE)))
        before = {tile.sample.number: tile for tile in self.tiles}
        self.tiles = []
        for place, (digit, ink) in enumerate(of_digit.items()):
            left = area.x + place // rows * (column + 3 * gap)
            middle = area.y + place % rows * height + height // 2
            if samples:
                name = self.stage.text.fitted(
                    digit, theme.HEADING, theme.INK_QUIET, (label, round(height * 0.8))
                )
                spot = (left + label // 2, middle)
                self._backdrop.blit(name, name.get_rect(center=spot))
            for n, sample in enumerate(ink):
                tile = before.get(sample.number) or SampleTile(sample, self.pick)
                tile.picked = sample.number == self.picked
                x = left + label + gap + n * (side + gap)
                tile.rect = pygame.Rect(x, middle - side // 2, side, side)
                self.tiles.append(tile)

    def _say_nothing_is_here(self, area: pygame.Rect) -> None:
        text = self.stage.text
        words = _("Nothing is here yet. Write each digit three times, and I read you better.")
        lines = text.wrap(words, theme.HEADING, area.w)
        line = text.font(theme.HEADING).get_linesize()
        y = area.centery - len(lines) * line // 2
        for n, row in enumerate(lines):
            piece = text.render(row, theme.HEADING, theme.INK_QUIET)
            self._backdrop.blit(piece, piece.get_rect(midtop=(area.centerx, y + n * line)))

    def _lay_buttons(self, row: pygame.Rect, gap: int) -> None:
        buttons = [self._write]
        if self.tiles:
            buttons += [self._remove] if self.picked is not None else []
            buttons += [self._delete]
        buttons += [self._back]
        width = min(self.stage.frame.px(300), (row.w - gap * (len(buttons) - 1)) // len(buttons))
        for n, button in enumerate(buttons):
            button.rect = pygame.Rect(row.x + n * (width + gap), row.y, width, row.h)
        self._back.rect.right = row.right
        if self.is_left_handed:
            mirror(buttons, row)
        held = self._group.focused
        number = held.sample.number if isinstance(held, SampleTile) else None
        self._group = Group([*self.tiles, *buttons])
        tile = next((t for t in self.tiles if t.sample.number == number), None)
        kept = held if held in buttons else None
        self._group.focus(tile or kept or (self._back if self.tiles else self._write))

    # --- what the player does ---------------------------------------------------------------------

    def pick(self, sample: HandSample) -> None:
        """Pick a sample, or let it go again."""
        self.picked = None if self.picked == sample.number else sample.number
        self.layout()

    def remove(self) -> None:
        """Forget the picked sample, else the one with the focus."""
        focused = self._group.focused
        number = self.picked
        if number is None and isinstance(focused, SampleTile):
            number = focused.sample.number
        if number is None:
            return
        numbers = [tile.sample.number for tile in self.tiles]
        place = numbers.index(number)
        self.stage.audio.play("click")
        self.stage.hand.remove(number)
        self.picked = None
        self.layout()
        if self.tiles and isinstance(focused, SampleTile):
            self._group.focus(self.tiles[min(place, len(self.tiles) - 1)])
        self.stage.show_notices()

    def _remove_if_gone(self) -> None:
        if self.picked not in [sample.number for sample in self.stage.hand.samples]:
            self.picked = None

    def _ask_to_delete(self) -> None:
        self.stage.lay(places.ForgetHand())

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN and event.key in self._remove.keys:
            self.remove()  # also while nothing is picked: then the one with the focus
        else:
            super().handle(event)

    # --- what it says -----------------------------------------------------------------------------

    def summary(self) -> str:
        """How much there is, and whether it helps."""
        count = len(self.stage.hand.samples)
        if count == 0:
            return _("No samples")
        if not self.stage.settings.use_my_hand:
            said = ngettext(
                "{count} sample, switched off in the settings",
                "{count} samples, switched off in the settings",
                count,
            )
        elif self.stage.desk.hand_error is not None:
            said = ngettext(
                "{count} sample; this recognizer cannot use them, CNN and FCN can",
                "{count} samples; this recognizer cannot use them, CNN and FCN can",
                count,
            )
        else:
            said = ngettext(
                "{count} sample that helps to read you",
                "{count} samples that help to read you",
                count,
            )
        return said.format(count=figures.number(count))

    def where(self) -> str:
        """Where the file lies."""
        return _("All of it is in one file that you can copy: {path}").format(
            path=self.stage.hand.path
        )

    def draw(self, surface: pygame.Surface) -> None:
        for tile in [tile for tile in self.tiles if not tile.is_drawn][:TILES_A_FRAME]:
            tile.prepare()
        super().draw(surface)


class ForgetHand(Dialog):
    """Are you sure?"""

    def __init__(self, stage: Stage) -> None:
        count = len(stage.hand.samples)
        what = ngettext(
            "This deletes the only sample and the file. It cannot be undone.",
            "This deletes all {count} samples and the file. It cannot be undone.",
            count,
        ).format(count=figures.number(count))
        super().__init__(
            stage,
            _("Forget your hand?"),
            [what],
            [
                Button(_("Keep it"), stage.back, primary=True, keys=[pygame.K_ESCAPE]),
                Button(_("Delete all"), self._delete),
            ],
        )

    def _delete(self) -> None:
        self.stage.hand.delete()
        self.stage.back()
