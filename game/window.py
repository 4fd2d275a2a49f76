"""The window: its title, size, share of the screen and icon, its cursor, and filling the screen."""

from __future__ import annotations

import contextlib
import os

import pygame

from game.quiet import quiet_stderr
from game.ui import theme
from game.ui.icons import icon
from game.ui.layout import MIN_WINDOW
from game.ui.shapes import panel

TITLE = "Digit Dash"
DESKTOP_SHARE = 0.75  # of the desktop that a new window takes
LARGEST_WINDOW = (1600, 1000)  # window points


class DisplayError(Exception):
    """There is no screen to play on; its text is a sentence for the player."""


class Window:
    """The one window of a run."""

    def __init__(self, size: tuple[int, int] | None = None, *, headless_ok: bool = False) -> None:
        """Open it, `size` in window points, or of a size that suits the screen.

        Raises DisplayError where there is no screen, or, unless `headless_ok`, where nobody
        could see it.
        """
        self._window = _open(size, headless_ok)
        self._cursor = pygame.SYSTEM_CURSOR_ARROW

    @property
    def surface(self) -> pygame.Surface:
        """What to draw on; a new one after the size has changed."""
        return self._window.get_surface()

    @property
    def size(self) -> tuple[int, int]:
        """Its size in window points, in which the mouse's places are told."""
        return self._window.size

    @size.setter
    def size(self, size: tuple[int, int]) -> None:
        self._window.size = size

    def set_full_screen(self, full: bool) -> None:
        """Fill the screen, or be a window again."""
        if full:
            self._window.set_fullscreen(True)
        else:
            self._window.set_windowed()

    def point_with(self, cursor: int) -> None:
        """Show one of pygame's system cursors."""
        if cursor != self._cursor:
            self._cursor = cursor
            with contextlib.suppress(pygame.error):  # not every video driver has cursors
                pygame.mouse.set_cursor(cursor)

    def flip(self) -> None:
        """Show what was drawn."""
        self._window.flip()

    def close(self) -> None:
        """Take it from the screen."""
        self._window.destroy()


def _open(size: tuple[int, int] | None, headless_ok: bool) -> pygame.Window:
    # Windows would otherwise stretch the window on high-density screens and blur every edge.
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    try:
        with quiet_stderr():
            pygame.display.init()
        pygame.font.init()
        unseen = pygame.display.get_driver() == "offscreen" and "SDL_VIDEODRIVER" not in os.environ
        if unseen and not headless_ok:
            raise DisplayError("Digit Dash needs a screen, and there is none here.")
        window = pygame.Window(TITLE, size or _usual_size(), resizable=True, allow_high_dpi=True)
        window.minimum_size = MIN_WINDOW
        window.set_icon(_icon())
    except pygame.error as error:
        raise DisplayError(f"Digit Dash cannot open its window ({error}).") from error
    return window


def _usual_size() -> tuple[int, int]:
    desktop = pygame.display.get_desktop_sizes()[0]
    width, height = (
        round(min(most, max(least, side * DESKTOP_SHARE)))
        for side, least, most in zip(desktop, MIN_WINDOW, LARGEST_WINDOW, strict=True)
    )
    return width, height


def _icon() -> pygame.Surface:
    surface = pygame.Surface((64, 64), pygame.SRCALPHA)
    panel(surface, surface.get_rect(), theme.SUN, 16)
    surface.blit(icon("7", 56, theme.INK), (4, 4))
    return surface
