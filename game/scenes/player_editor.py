"""One player: their name and colour; what else can be done with them; and the asking before it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pygame

from game.ink.pointer import Pointer
from game.language import _
from game.persistence.player_card import COLOURS, LONGEST_NAME
from game.persistence.player_export import export_player, free_file
from game.persistence.players import Player, PlayersError
from game.scenes import menu, places
from game.scenes.dialog import Dialog
from game.scenes.scene import Stage
from game.ui import theme
from game.ui.group import Group
from game.ui.letter_pad import BACK_KEYS, LetterPad, as_pressed
from game.ui.paper import desk, sheet
from game.ui.player_badge import Swatches, draw_badge, fitted_name
from game.ui.widgets import ACTIVATE_KEYS, Button, Widget, key_name

WIDTH = 900.0  # layout units
PAPER, COLOUR, BUTTON = 104.0, 76.0, 60.0  # layout units, heights
DEAF_SECONDS = 0.5  # s in which a letter without its key is that of the screen before


class PlayerEditor(menu.Menu):
    """Makes a player, or changes one. The name that is offered to a new one may simply be kept."""

    def __init__(self, stage: Stage, place: places.PlayerEditor) -> None:
        players = stage.players
        self.player = players.with_key(place.key) if place.key is not None else None
        if self.player is None:
            self.name, colour = players.free_name(), players.free_colour()
        else:
            self.name, colour = self.player.name, self.player.colour
        self.offered = self.player is None  # the name goes at the first letter that is typed
        self.trouble = ""  # a sentence, where it could not be kept
        self._hears = False  # whether letters are for the name: not that of the key that led here
        self._age = 0.0  # s since it was opened
        self._later: Callable[[], object] | None = None  # what is done once "one moment" was shown
        self._said = False  # whether it was
        self.swatches = Swatches(COLOURS, colour, self._take_colour)
        self._cancel = Button(_("Cancel"), stage.back, keys=[pygame.K_ESCAPE])
        # Enter keeps, but on another button it presses that one: see `handle`.
        self._keep = Button(_("Keep"), self.keep, primary=True, hint=key_name(pygame.K_RETURN))
        self._more: list[Widget] = []
        if self.player is not None:
            key = self.player.key
            self._more = [
                Button(_("Export"), self._export, keys=[pygame.K_F2]),
                Button(
                    _("Delete"), partial(stage.lay, places.DeletePlayer(key)), keys=[pygame.K_F8]
                ),
            ]
        self._pad = LetterPad(self._press_letter, self.rub_out)
        super().__init__(stage, self._all_widgets())
        self._group.focus(None)
        self._paper = pygame.Rect(0, 0, 1, 1)

    # --- the name ---------------------------------------------------------------------------------

    @property
    def types_letters(self) -> bool:
        return True

    def handle(self, event: pygame.event.Event) -> None:
        if event.type == pygame.TEXTINPUT:
            if self._hears and (self._group.focused is None or event.text != " "):
                self.type(event.text)
        elif event.type != pygame.KEYDOWN:
            super().handle(event)
        else:
            self._hears = True
            self._press(event)

    def _press(self, event: pygame.event.Event) -> None:
        if event.key in BACK_KEYS:
            self.rub_out()
        elif self._group.focused is None and event.key in ACTIVATE_KEYS[:2]:
            self.keep()
        else:
            super().handle(event)

    def type(self, letters: str) -> None:
        """Letters at the end of the name; the one that was only offered makes room."""
        name = "" if self.offered else self.name
        self.name, self.offered = (name + letters)[:LONGEST_NAME], False
        self.layout()

    def _all_widgets(self) -> list[Widget]:
        return [self.swatches, *self._pad.widgets, *self._more, self._cancel, self._keep]

    def _press_letter(self, letter: str) -> None:
        self.type(as_pressed("" if self.offered else self.name, letter))

    def rub_out(self) -> None:
        """Take the last letter away; of an offered name, all of it."""
        self.name, self.offered = "" if self.offered else self.name[:-1], False
        self.layout()

    def _take_colour(self, colour: str) -> None:
        self.stage.audio.play("click")
        self.layout()

    # --- what is done -----------------------------------------------------------------------------

    def keep(self) -> None:
        """Keep name and colour; a new player plays at once."""
        try:
            if self.player is None:
                player = self.stage.players.add(self.name, self.swatches.chosen)
            else:
                player = self.stage.players.change(self.player, self.name, self.swatches.chosen)
        except PlayersError as error:
            self.trouble = str(error)
            self.layout()
            return
        self.stage.audio.play("click")
        if self.player is None:
            self.stage.play_as(player)
        else:
            self.stage.changed_player(player)
            self.stage.back()

    def _export(self) -> None:
        self.trouble, self._later, self._said = _("One moment ..."), self._export_now, False
        self.layout()

    def _export_now(self) -> None:
        assert self.player is not None
        if self.player.key == self.stage.player.key:
            self.stage.storage.try_again()
        path = free_file(self.stage.players.root, self.player)
        self.trouble = ""
        try:
            export_player(self.player, path)
        except PlayersError as error:
            self.trouble = str(error)
        else:
            told = [
                _("Everything of {name} is in {path}.").format(name=self.player.name, path=path),
                _("On another machine, “Import” says where it looks for such a file."),
            ]
            self.stage.lay(places.Notice(_("Exported"), told))
        self.layout()

    def update(self, dt: float) -> None:
        super().update(dt)
        self._age += dt
        self._hears = self._hears or self._age > DEAF_SECONDS  # letters may come without a key
        if self._later is not None and self._said:
            todo, self._later = self._later, None
            todo()
        self._said = True

    # --- the picture ------------------------------------------------------------------------------

    def layout(self) -> None:
        frame, text = self.stage.frame, self.stage.text
        area, gap = frame.inner, frame.px(theme.SPACE_5)
        width = min(area.w, frame.px(WIDTH))
        left = area.centerx - width // 2
        self._backdrop = desk(frame)
        heading = _("New player") if self.player is None else _("Player")
        title = text.render(heading, theme.HUGE, theme.TEXT, 0.5)
        self._backdrop.blit(title, (left, area.y))
        y = area.y + title.get_height() + gap
        paper, colour = max(52, frame.px(PAPER)), max(34, frame.px(COLOUR))
        self._paper = pygame.Rect(left, y, width, paper)
        y += paper + gap
        self.swatches.rect = pygame.Rect(left, y, width, colour)
        y += colour + gap
        button = max(32, frame.px(BUTTON))
        row = [*self._more, self._cancel, self._keep]
        wide = min(frame.px(260.0), (width - gap * (len(row) - 1)) // len(row))
        foot = area.bottom - button
        across = (width - wide) / (len(row) - 1)
        for n, widget in enumerate(row):
            widget.rect = pygame.Rect(left + round(n * across), foot, wide, button)
        self._draw_name()
        told, colours = self.trouble or self._help(), theme.MIST
        if self.trouble:
            colours = theme.BAD_BRIGHT if self._later is None else theme.TEXT
        room = pygame.Rect(left, y, width, max(1, foot - gap - y))
        used = text.paragraph(self._backdrop, told, theme.BODY, colours, room) + gap
        self._pad.place(pygame.Rect(left, y + used, width, room.h - used), frame)
        if self._group.widgets != self._all_widgets():  # there is room for the pad now, or no more
            focused = self._group.focused
            self._group = Group(self._all_widgets())
            self._group.focus(focused)

    def _help(self) -> str:
        if self.player is None:
            return _("Type a name, or keep this one, and choose a colour.")
        return _("Type to change the name. Export writes everything of this player into one file.")

    def _draw_name(self) -> None:
        """The badge as it will be, and the name with its caret on a sheet."""
        frame, text, paper = self.stage.frame, self.stage.text, self._paper
        sheet(self._backdrop, paper, frame, ruled=False)
        pad = frame.px(theme.SPACE_5)
        side = paper.h - 2 * pad
        centre = (paper.x + pad + side // 2, paper.centery)
        draw_badge(self._backdrop, centre, side, self.name, self.swatches.chosen, text)
        room = (paper.w - side - 3 * pad, paper.h - pad)
        colour = theme.INK_QUIET if self.offered else theme.INK
        shown = self.name if self.offered else f"{self.name}|"
        piece = fitted_name(shown or " ", theme.LARGE, colour, room, text)
        self._backdrop.blit(
            piece, piece.get_rect(midleft=(paper.x + 2 * pad + side, paper.centery))
        )

    def pointer(self, pointer: Pointer) -> None:
        if self._later is None:
            super().pointer(pointer)


class DeletePlayer(Dialog):
    """Are you sure? And are you really?"""

    def __init__(self, stage: Stage, place: places.DeletePlayer) -> None:
        self.player: Player | None = stage.players.with_key(place.key)
        name = _("This player") if self.player is None else self.player.name
        self._again = place.again
        if place.again:
            heading = _("Really delete {name}?").format(name=name)
            sentences = [_("This is the last question: afterwards nobody can bring it back.")]
            delete = Button(_("Yes, delete for good"), self._delete)
        else:
            heading = _("Delete {name}?").format(name=name)
            sentences = [
                _(
                    "All rounds, ink, the hand, lists, pictures and settings of {name} go for good."
                    " Files that were exported stay."
                ).format(name=name)
            ]
            delete = Button(_("Delete"), self._delete)
        keep = Button(
            _("Keep {name}").format(name=name), stage.back, primary=True, keys=[pygame.K_ESCAPE]
        )
        super().__init__(stage, heading, sentences, [keep, delete])

    def _delete(self) -> None:
        if self.player is None:  # another window was quicker
            self.stage.back()
        elif self._again:
            self.stage.delete_player(self.player)
        else:
            self.stage.back()
            self.stage.lay(places.DeletePlayer(self.player.key, again=True))
