"""The window: its title, size, share of the screen and icon, its cursor, and filling the screen."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence

import pygame

from game.persistence.settings import Settings
from game.quiet import quiet_stderr
from game.ui import theme
from game.ui.icons import icon
from game.ui.layout import MIN_WINDOW
from game.ui.shapes import panel

TITLE = "Digit Dash"
DESKTOP_SHARE = 0.75  # of the desktop that a new window takes
LARGEST_WINDOW = (1600, 1000)  # window points
HANDLE = (160, 40)  # window points of the window's head that must be in sight to move it

Size = tuple[int, int]


class DisplayError(Exception):
    """There is no screen to play on; its text is a sentence for the player."""


class Window:
    """The one window of a run."""

    def __init__(
        self,
        size: tuple[int, int] | None = None,
        *,
        left: Settings | None = None,
        headless_ok: bool = False,
    ) -> None:
        """Open it, `size` in window points, or as it was left, or as it suits the screen.

        Raises DisplayError where there is no screen, or, unless `headless_ok`, where nobody
        could see it.
        """
        self._window = _open(size, left or Settings(), headless_ok)
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

    @property
    def place(self) -> tuple[int, int]:
        """Where it is on the screen, window points from the left and the top."""
        return self._window.position

    def note_into(self, settings: Settings) -> bool:
        """Note how it is left, unless it fills the screen; return whether that is news."""
        before = settings.window_size, settings.window_place
        if not settings.full_screen:
            settings.window_size, settings.window_place = list(self.size), list(self.place)
        return (settings.window_size, settings.window_place) != before

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


def _open(size: Size | None, left: Settings, headless_ok: bool) -> pygame.Window:
    # Windows would otherwise stretch the window on high-density screens and blur every edge.
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    # The processor draws everything here. On X11 each picture would pass through OpenGL all the
    # same; where only the processor does OpenGL, too, that took half a core (title, 1280x720).
    os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    try:
        with quiet_stderr():
            pygame.display.init()
        pygame.font.init()
        unseen = pygame.display.get_driver() == "offscreen" and "SDL_VIDEODRIVER" not in os.environ
        if unseen and not headless_ok:
            raise DisplayError("Digit Dash needs a screen, and there is none here.")
        desktops = pygame.display.get_desktop_sizes()
        size = size or fitting_size(left.window_size, desktops) or _usual_size(desktops)
        place = left.window_place if is_in_sight(left.window_place, size, desktops) else None
        window = pygame.Window(
            TITLE, size, pygame.WINDOWPOS_UNDEFINED if place is None else place,
            resizable=True, allow_high_dpi=True,
        )  # fmt: skip
        window.minimum_size = MIN_WINDOW
        window.set_icon(_icon())
    except pygame.error as error:
        raise DisplayError(f"Digit Dash cannot open its window ({error}).") from error
    return window


def fitting_size(size: Sequence[int], desktops: Sequence[Size]) -> Size | None:
    """The size that the window was left with, where some screen holds it."""
    if len(size) != 2 or any(side < least for side, least in zip(size, MIN_WINDOW, strict=True)):
        return None
    fits = any(size[0] <= width and size[1] <= height for width, height in desktops)
    return (size[0], size[1]) if fits else None


def is_in_sight(place: Sequence[int], size: Size, desktops: Sequence[Size]) -> bool:
    """Whether a window at that place can be seen and moved.

    How several screens lie to each other is not known, so the place must be on the first one.
    """
    if len(place) != 2:
        return False
    (x, y), (width, height) = place, desktops[0]
    across = min(x + size[0], width) - max(x, 0)
    return across >= min(size[0], HANDLE[0]) and 0 <= y <= height - HANDLE[1]


def _usual_size(desktops: Sequence[Size]) -> Size:
    desktop = desktops[0]
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
