"""The list editor: lines are typed, and each says at once what it comes to, or what is wrong."""

from __future__ import annotations

from functools import partial

import pygame

from game.language import _
from game.persistence.lists import ListError
from game.rules.prompt_list import LONGEST_LINE, MOST_LINES, read_line
from game.scenes import menu
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.paper import desk, sheet
from game.ui.widgets import Button

KEYS = "789+456-123*0?=/"  # to be pressed where there is no keyboard
TYPED = frozenset("0123456789+-*/×÷−:xX=? #")
BACK_KEYS = (pygame.K_BACKSPACE, pygame.K_DELETE)
NEXT_KEYS = (pygame.K_RETURN, pygame.K_KP_ENTER)
PAD = 0.3  # of the width, for the keys
HEIGHT = 58.0  # layout units, of a key or a button


class ListEditor(menu.Menu):
    """Makes a list of the player's own, under a name that is free."""

    def __init__(self, stage: Stage) -> None:
        self.name = stage.lists.free_name()
        self.lines = [""]
        self.trouble = ""  # a sentence, where it could not be kept
        self._pad = [Button(key, partial(self.type, key)) for key in KEYS]
        self._rub = Button(_("Rub out"), self.rub_out, keys=BACK_KEYS)
        self._next = Button(
            _("Next line"), self.next_line, keys=[pygame.K_RETURN, pygame.K_KP_ENTER]
        )
        self._back = Button(_("Cancel"), stage.back, keys=[pygame.K_ESCAPE])
        self._keep = Button(_("Keep"), self.keep, primary=True, keys=[pygame.K_F2])
        super().__init__(stage, [*self._pad, self._rub, self._next, self._back, self._keep])
        self._group.focus(None)
        self._paper = pygame.Rect(0, 0, 1, 1)

    # --- writing ----------------------------------------------------------------------------------

    def handle(self, event: pygame.event.Event) -> None:
        typed = getattr(event, "unicode", "")
        if event.type == pygame.KEYDOWN and typed and typed in TYPED:
            self.type(typed)
        else:
            super().handle(event)

    def type(self, sign: str) -> None:
        """A sign at the end of the last line, where there is room."""
        if len(self.lines[-1]) < LONGEST_LINE:
            self.lines[-1] += sign
            self.layout()

    def rub_out(self) -> None:
        """Take the last sign away; of an empty line, the line."""
        if self.lines[-1]:
            self.lines[-1] = self.lines[-1][:-1]
        elif len(self.lines) > 1:
            self.lines.pop()
        self.layout()

    def next_line(self) -> None:
        """Begin a new line under one that holds something."""
        if self.lines[-1].strip() and len(self.lines) < MOST_LINES:
            self.lines.append("")
            self.layout()

    def keep(self) -> None:
        """Keep the list and go back to the others; where it holds nothing, it is left."""
        if not any(line.strip() for line in self.lines):
            self.stage.back()
            return
        try:
            self.stage.lists.write(self.name, "\n".join(self.lines).rstrip() + "\n")
        except ListError as error:
            self.trouble = str(error)
            self.layout()
        else:
            self.stage.audio.play("click")
            self.stage.back()

    # --- the picture ------------------------------------------------------------------------------

    @property
    def types_letters(self) -> bool:
        return True

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.SPACE_3)
        self._backdrop = desk(frame)
        title = text.fitted(self.name, theme.HEADING, theme.TEXT, (area.w, area.h // 6))
        self._backdrop.blit(title, area.topleft)
        top = area.y + title.get_height() + gap
        height = max(26, min(frame.px(HEIGHT), (area.bottom - top - 5 * gap) // 6))
        side = round(area.w * PAD)
        left = area.right - side
        each = (side - 3 * gap) // 4
        for n, key in enumerate(self._pad):
            key.rect = pygame.Rect(
                left + n % 4 * (each + gap), top + n // 4 * (height + gap), each, height
            )
        half = (side - gap) // 2
        for row, pair in enumerate(((self._rub, self._next), (self._back, self._keep))):
            y = top + 4 * (height + gap) if row == 0 else area.bottom - height
            for column, button in enumerate(pair):
                button.rect = pygame.Rect(left + column * (half + gap), y, half, height)
        self._paper = pygame.Rect(area.x, top, left - gap - area.x, area.bottom - top)
        sheet(self._backdrop, self._paper, frame, ruled=False)
        self._draw_lines()

    def _draw_lines(self) -> None:
        """The last lines, each with what it comes to; behind the last one stands the caret."""
        frame, text = self.stage.frame, self.stage.text
        pad = frame.px(theme.SPACE_5)
        inside = self._paper.inflate(-2 * pad, -2 * pad)
        row = round(text.font(theme.LABEL).get_linesize() * 1.35)
        room = max(1, inside.h // row - (1 if self.trouble else 0))
        first = max(0, len(self.lines) - room)
        for n, line in enumerate(self.lines[first:], start=first):
            y = inside.y + (n - first) * row
            last = n == len(self.lines) - 1
            shown = f"{n + 1}.  {line}{'|' if last else ''}"
            piece = text.fitted(shown, theme.LABEL, theme.INK, (inside.w // 2, row))
            self._backdrop.blit(piece, (inside.x, y))
            words, colour = _verdict(line, is_last=last)
            rest = (inside.w // 2 - pad, row)
            told = text.fitted(words, theme.NOTE, colour, rest)
            middle = (inside.right, y + piece.get_height() // 2)
            self._backdrop.blit(told, told.get_rect(midright=middle))
        if self.trouble:
            told = text.fitted(self.trouble, theme.NOTE, theme.BAD, (inside.w, row))
            self._backdrop.blit(told, told.get_rect(bottomleft=inside.bottomleft))


def _verdict(line: str, *, is_last: bool) -> tuple[str, theme.Colour]:
    """What a line comes to, or why it is left out; nobody is hurried while they still write it."""
    try:
        prompt = read_line(line)
    except ValueError as error:
        # Translators: {why} is why a line of a list cannot be asked.
        told = _("Left out: {why}").format(why=error)
        return ("", theme.INK_QUIET) if is_last else (told, theme.BAD)
    return ("", theme.INK_QUIET) if prompt is None else (prompt.answer, theme.GOOD)
