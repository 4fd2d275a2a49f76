"""The stack of scenes: which screen is shown, what lies on it, and how one comes and goes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

import pygame

from game.ink.pointer import Pointer
from game.scenes.places import Place
from game.scenes.scene import Scene
from game.ui import theme
from game.ui.shapes import scrim


class SceneStack:
    """The scenes, the topmost last; only that one gets events."""

    def __init__(
        self, build: Callable[[Place], Scene], let_go: Callable[[], Sequence[Pointer]]
    ) -> None:
        """`build` makes the screen of a place; `let_go` ends what pointers hold."""
        self.scenes: list[Scene] = []
        self._build, self._let_go = build, let_go
        self._place_of: WeakKeyDictionary[Scene, Place] = WeakKeyDictionary()
        self._still: tuple[int, pygame.Surface] | None = None  # what shines through, and its veil

    @property
    def top(self) -> Scene:
        """The topmost scene; raises IndexError while there is none."""
        return self.scenes[-1]

    # --- the picture ------------------------------------------------------------------------------

    def draw(self, surface: pygame.Surface, *, whole: bool = True) -> None:
        """Draw the screen and what lies over it; of several overlays only the topmost counts.

        `whole` unless only time has gone on since it was drawn on the same surface.
        """
        top = self.top
        if top.overlay:
            self._draw_still(surface, top.veil)
            top.draw(surface)
        elif whole:
            top.draw(surface)
        else:
            top.draw_moving(surface)

    def _draw_still(self, surface: pygame.Surface, veil: int) -> None:
        """The screen beneath an overlay: time stands still there, so it is drawn once for many."""
        if self._still is None or self._still[0] != veil:
            screen = next(scene for scene in reversed(self.scenes) if not scene.overlay)
            screen.draw_covered(surface)
            if veil:
                scrim(surface, theme.SHADE, veil)
            self._still = veil, surface.copy()
        else:
            surface.blit(self._still[1], (0, 0))

    # --- coming and going -------------------------------------------------------------------------

    def go(self, place: Place) -> None:
        """Leave all scenes for that place."""
        scene = self._made(place)
        if self.scenes:
            self.leave_all()
            # A scene and its widgets hold each other, and their pictures are large: a whole evening
            # of rounds would wait in memory for Python's own turn. Here nobody sees the pause.
            gc.collect()
        self._put(scene)

    def lay(self, place: Place) -> None:
        """Put that place on top."""
        self._put(self._made(place))

    def back(self) -> None:
        """Leave the topmost scene for the one beneath."""
        self._still = None
        self.scenes.pop().leave()
        if self.scenes:
            self.top.layout()  # settings may have moved things
            self.top.resume()

    def leave_all(self) -> None:
        """Leave every scene, the topmost first."""
        self._still = None
        while self.scenes:
            self.scenes.pop().leave()

    def interrupt(self) -> None:
        """Something must be told to the player now: what runs stands still."""
        for scene in self.scenes:
            scene.interrupt()

    def layout(self) -> None:
        """The window has a new size, or a new look."""
        self._still = None
        for scene in self.scenes:
            scene.layout()

    def reword(self) -> None:
        """The language has changed: what is only read is made anew, what is going on goes on."""
        for n, scene in enumerate(self.scenes):
            if scene.made_anew:
                self.scenes[n] = self._made(scene.now_at or self._place_of[scene])
                self.scenes[n].take_over(scene)
                scene.leave()
            else:
                scene.reword()
        self.layout()

    def _made(self, place: Place) -> Scene:
        scene = self._build(place)
        self._place_of[scene] = place
        return scene

    def _put(self, scene: Scene) -> None:
        self._still = None
        if self.scenes:  # what is held there is let go
            for pointer in self._let_go():
                self.top.pointer(pointer)
        self.scenes.append(scene)
        scene.layout()
        scene.enter()
