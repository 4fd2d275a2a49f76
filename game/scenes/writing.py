"""What the screens with a sheet to write on share: the paper, the pen and the tools beside it."""

from __future__ import annotations

from collections.abc import Sequence

import pygame

from game.ink.canvas import Canvas
from game.ink.pointer import Kind, Pointer
from game.scenes.scene import AWAY, Scene, Stage
from game.ui import theme
from game.ui.group import Group
from game.ui.keys import Action
from game.ui.layout import PAPER_MARGIN
from game.ui.paper import desk, sheet
from game.ui.widgets import ToolButton, Widget

UNDO_KEYS = (Action.UNDO, pygame.K_BACKSPACE)
CLEAR_KEYS = (Action.CLEAR, pygame.K_DELETE)


class WritingScene(Scene):
    """A sheet of paper with three round tools in its margin: undo, clear, and one of the screen's.

    Whatever else a screen lets the pointer do goes into `_group`.
    """

    def __init__(
        self,
        stage: Stage,
        *last_tool: ToolButton,
        undo_keys: Sequence[int | Action] = UNDO_KEYS,
        clear_keys: Sequence[int | Action] = CLEAR_KEYS,
    ) -> None:
        super().__init__(stage)
        self.canvas = Canvas(theme.INK)
        undo = ToolButton("undo", self.undo, keys=undo_keys)
        clear = ToolButton("clear", self.clear, keys=clear_keys)
        self._tools: list[Widget] = [undo, clear, *last_tool]
        self._group = Group(self._tools)
        self._strokes_before = 0  # that were there when the pointer came down
        self._backdrop = pygame.Surface((1, 1))
        self._writing_area = pygame.Rect(0, 0, 1, 1)  # the paper without its margin

    @property
    def widgets(self) -> Sequence[Widget]:
        return self._group.widgets

    @property
    def writing_area(self) -> pygame.Rect:
        """The paper without its margin, px."""
        return self._writing_area

    # --- what a screen makes of it ----------------------------------------------------------------

    def begins_stroke(self, pointer: Pointer) -> bool:
        """Whether a touch that hit no widget begins a stroke."""
        return self.canvas.rect.collidepoint(pointer.pos)

    def pen_moved(self) -> None:
        """The stroke went on."""

    def pen_lifted(self) -> None:
        """A stroke is done."""

    @property
    def may_take_back(self) -> bool:
        """Whether ink can be taken back now."""
        return True

    def ink_taken_back(self) -> None:
        """Some or all of the ink is gone: by the player's wish, or because it was the palm's."""

    def press_key(self, event: pygame.event.Event) -> None:
        """A key went down: as a rule it is a widget's."""
        self._group.key(event)

    def went_away(self) -> None:
        """The player looks elsewhere."""
        self.interrupt()

    # --- the paper --------------------------------------------------------------------------------

    def lay_paper(
        self, paper: pygame.Rect, tools: Sequence[pygame.Rect], *, answer_line: bool = False
    ) -> None:
        """Put the paper and its tools into their places, px, on a fresh backdrop."""
        left_handed = self.is_left_handed
        self._backdrop = desk(self.stage.frame)
        self.lay_on(self._backdrop, paper, tools, left_handed, answer_line=answer_line)

    def lay_on(
        self,
        backdrop: pygame.Surface,
        paper: pygame.Rect,
        tools: Sequence[pygame.Rect],
        margin_right: bool,
        *,
        answer_line: bool = False,
    ) -> None:
        """Likewise, on a backdrop that is there, with the margin on either side."""
        frame = self.stage.frame
        sheet(backdrop, paper, frame, margin_right=margin_right, answer_line=answer_line)
        self.canvas.resize(paper)
        margin = frame.px(PAPER_MARGIN)
        self._writing_area.update(paper)
        self._writing_area.w -= margin
        if not margin_right:
            self._writing_area.x += margin
        for tool, rect in zip(self._tools, tools, strict=True):
            tool.rect = rect

    # --- keys, and the window ---------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.KEYDOWN:
            self.press_key(event)
        elif event.type in AWAY:
            self.went_away()

    # --- the pen ----------------------------------------------------------------------------------

    def pointer(self, pointer: Pointer) -> None:
        on_paper = self._writing_area.collidepoint(pointer.pos)
        self.stage.point_with(
            pygame.SYSTEM_CURSOR_CROSSHAIR if on_paper else pygame.SYSTEM_CURSOR_ARROW
        )
        if not self.canvas.pen_is_down and self._group.pointer(pointer):
            return
        if pointer.kind is Kind.DOWN:
            if self.begins_stroke(pointer):
                self._strokes_before = len(self.canvas.strokes)
                self.canvas.pen_down(pointer.x, pointer.y, pointer.t)
        elif self.canvas.pen_is_down:
            self._write(pointer)

    def _write(self, pointer: Pointer) -> None:
        """Go on with the stroke, end it, or take it back."""
        if pointer.kind is Kind.PALM:
            while len(self.canvas.strokes) > self._strokes_before:
                self.canvas.undo()
            self.ink_taken_back()
            return
        strayed = pointer.after_gap and self.canvas.is_far(pointer.x, pointer.y)
        if pointer.kind is Kind.LOST or (strayed and pointer.kind is Kind.UP):
            self.end_stroke()
        elif pointer.kind is Kind.UP:
            self.canvas.pen_up(pointer.x, pointer.y, pointer.t)
            self.pen_lifted()
        else:
            if strayed:  # the pen still writes, but nobody saw how it came here
                self.canvas.lift_pen()
                self.canvas.pen_down(pointer.x, pointer.y, pointer.t)
            self.canvas.pen_move(pointer.x, pointer.y, pointer.t)
            self.pen_moved()

    def end_stroke(self) -> None:
        """Lift the pen if it is down."""
        if self.canvas.pen_is_down:
            self.canvas.lift_pen()
            self.pen_lifted()

    def interrupt(self) -> None:
        self.end_stroke()

    def undo(self) -> None:
        """Take back the last stroke."""
        if self.may_take_back and self.canvas.undo():
            self.stage.audio.play("click")
            self.ink_taken_back()

    def clear(self) -> None:
        """Take back all strokes."""
        if self.may_take_back and not self.canvas.is_empty:
            self.stage.audio.play("click")
            self.canvas.clear()
            self.ink_taken_back()
