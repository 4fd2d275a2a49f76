"""What can be done to a list of one's own: another name, or away with it."""

from __future__ import annotations

import pygame

from game.language import _
from game.persistence.choices import rename_list
from game.persistence.lists import FORBIDDEN, LONGEST_NAME, ListError
from game.rules.modes.my_list import MODE
from game.scenes import menu, places
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.letter_pad import LetterPad, as_pressed
from game.ui.paper import desk, sheet
from game.ui.widgets import Button

HEIGHT = 58.0  # layout units, of a button
PAPER = 130.0  # layout units, of the sheet with the name


class RenameList(menu.Menu):
    """Types another name, by keyboard or by pressing letters."""

    def __init__(self, stage: Stage, place: places.RenameList) -> None:
        self.before = self.name = place.name
        self.trouble = ""  # a sentence, where the list could not be called so
        self._pad = LetterPad(self.type, self.rub_out)
        self._back = Button(_("Cancel"), stage.back, keys=[pygame.K_ESCAPE])
        self._keep = Button(
            _("Keep"), self.keep, primary=True, keys=[pygame.K_RETURN, pygame.K_KP_ENTER]
        )
        super().__init__(stage, [*self._pad.widgets, self._back, self._keep])
        self._group.focus(None)
        self._paper = pygame.Rect(0, 0, 1, 1)

    # --- writing ----------------------------------------------------------------------------------

    @property
    def types_letters(self) -> bool:
        return True

    def handle(self, event: pygame.event.Event) -> None:
        typed = getattr(event, "unicode", "")
        if event.type == pygame.KEYDOWN and typed.isprintable() and typed:
            self.type(typed, as_it_is=True)
        else:
            super().handle(event)

    def type(self, letter: str, *, as_it_is: bool = False) -> None:
        """A letter at the end; a pressed one is a capital where a word begins."""
        added = letter if as_it_is else as_pressed(self.name, letter)
        if len(self.name) < LONGEST_NAME and added not in FORBIDDEN:
            self.name += added
            self.layout()

    def rub_out(self) -> None:
        """Take the last letter away."""
        self.name = self.name[:-1]
        self.layout()

    def keep(self) -> None:
        """Give the list its name and go back to it."""
        name = self.name.strip()
        try:
            if name != self.before:
                self.stage.lists.rename(self.before, name)
        except ListError as error:
            self.trouble = str(error)
            self.layout()
            return
        rename_list(self.stage.settings, MODE, self.before, name)
        self.stage.save_settings(later=True)
        self.stage.audio.play("click")
        self.stage.back()

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.SPACE_3)
        self._backdrop = desk(frame)
        title = text.fitted(
            _("Another name for {list}").format(list=self.before), theme.HEADING, theme.TEXT,
            (area.w, area.h // 6),
        )  # fmt: skip
        self._backdrop.blit(title, area.topleft)
        top = area.y + title.get_height() + gap
        paper = min(frame.px(PAPER), (area.bottom - top) // 4)
        height = max(20, min(frame.px(HEIGHT), (area.bottom - top) // 8))
        self._paper = pygame.Rect(area.x, top, area.w, paper)
        y = self._paper.bottom + gap
        room = pygame.Rect(area.x, y, area.w, area.bottom - height - gap - y)
        self._pad.place(room, frame)
        button = min(area.w // 3, frame.px(300))
        self._back.rect = pygame.Rect(area.x, area.bottom - height, button, height)
        self._keep.rect = pygame.Rect(area.right - button, area.bottom - height, button, height)
        sheet(self._backdrop, self._paper, frame, ruled=False)
        self._draw_name()

    def _draw_name(self) -> None:
        """The name with its caret, and what is wrong with it."""
        frame, text = self.stage.frame, self.stage.text
        pad = frame.px(theme.SPACE_5)
        inside = self._paper.inflate(-2 * pad, -2 * min(pad, self._paper.h // 8))
        room = (inside.w, inside.h * 2 // 3)
        name = text.fitted(f"{self.name}|", theme.HEADING, theme.INK, room)
        self._backdrop.blit(name, inside.topleft)
        if self.trouble:
            told = text.fitted(self.trouble, theme.NOTE, theme.BAD, (inside.w, inside.h // 3))
            self._backdrop.blit(told, told.get_rect(bottomleft=inside.bottomleft))


class DropList(Dialog):
    """Are you sure?"""

    def __init__(self, stage: Stage, place: places.DropList) -> None:
        self._name = place.name
        super().__init__(
            stage,
            _("Delete “{name}”?").format(name=place.name),
            [_("This deletes the list and its file. It cannot be undone.")],
            [
                Button(_("Keep it"), stage.back, primary=True, keys=[pygame.K_ESCAPE]),
                Button(_("Delete it"), self._delete),
            ],
        )

    def _delete(self) -> None:
        trouble = ""
        try:
            self.stage.lists.delete(self._name)
        except ListError as error:
            trouble = str(error)
        self.stage.back()
        if trouble:
            self.stage.lay(places.Notice(_("Not deleted"), [trouble]))
