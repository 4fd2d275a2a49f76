"""The few widgets: button, tool button and choice; `group.py` gives them focus.

Each can be used by pointer and by keyboard. A widget knows its place (`rect`, px), draws itself,
and calls back when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from game.ink.pointer import Pointer
from game.ui import theme
from game.ui.icons import icon
from game.ui.keys import Action, key_of
from game.ui.keys import key_name as key_name
from game.ui.layout import Frame
from game.ui.motion import Glide, blend
from game.ui.shapes import disc, panel, ring
from game.ui.text import Typesetter

PRESS_DEPTH = 4.0  # layout units that a button sinks
ACTIVATE_KEYS = (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE)
DIGIT_KEYS = {  # what they type, above the letters and on the number pad
    **{pygame.K_0 + n: str(n) for n in range(10)},
    pygame.K_KP_0: "0",
    **{pygame.K_KP_1 + n: str(n + 1) for n in range(9)},
}
HINT_ROOM = 170.0  # layout units, the width of a button on which there may be a hint


class Widget:
    """What all widgets share: place, focus and the states of the pointer on them."""

    focusable = True
    _keys: tuple[int | Action, ...] = ()

    def __init__(self) -> None:
        self.rect = pygame.Rect(0, 0, 1, 1)
        self.focused = False
        self.hovered = False
        self.pressed = False
        self.glow = Glide(0.0, 0.06)  # follows hovering

    @property
    def keys(self) -> tuple[int, ...]:
        """The keys that use it wherever the focus is; of an action, where it is by now."""
        return tuple(key_of(key) if isinstance(key, Action) else key for key in self._keys)

    def update(self, dt: float) -> None:
        """Move on by `dt` seconds."""
        self.glow.goal = 1.0 if self.hovered or self.pressed else 0.0
        self.glow.update(dt)

    def press(self, pointer: Pointer) -> None:
        """The pointer went down on it."""
        self.pressed = True

    def drag(self, pointer: Pointer) -> None:
        """The pointer moves while pressed."""

    def release(self, pointer: Pointer, inside: bool) -> None:
        """The pointer was lifted, inside or outside."""
        self.pressed = False
        if inside:
            self.activate()

    def activate(self) -> None:
        """Use it, by key or by pointer."""

    def key(self, key: int) -> bool:
        """Take a key while focused; return whether it meant something."""
        if key in ACTIVATE_KEYS:
            self.activate()
            return True
        return False

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        """Draw it."""
        raise NotImplementedError

    def _draw_focus(
        self, surface: pygame.Surface, rect: pygame.Rect, frame: Frame, radius: int
    ) -> None:
        if self.focused:
            gap = frame.px(theme.SPACE_1)
            around = rect.inflate(2 * gap, 2 * gap)
            ring(surface, around, theme.TEXT, radius + gap, max(2, frame.px(3)))


class Pressable(Widget):
    """What does one thing when it is pressed. It owns keys that do it wherever the focus is.

    The first of the keys is its hint, shown small, unless another hint is given. The primary one on
    a screen wears the accent.
    """

    def __init__(
        self,
        action: Callable[[], object],
        *,
        primary: bool = False,
        keys: Sequence[int | Action] = (),
        hint: str = "",
    ) -> None:
        super().__init__()
        self.primary = primary
        self._keys = tuple(keys)
        self._hint = hint
        self._action = action

    @property
    def hint(self) -> str:
        """A few letters: as a rule the key that does the same."""
        return self._hint or "".join(map(key_name, self.keys[:1]))

    def activate(self) -> None:
        self._action()


class Button(Pressable):
    """A button with a label; a primary one without a key of its own is the one that Enter finds."""

    def __init__(
        self,
        label: str,
        action: Callable[[], object],
        *,
        primary: bool = False,
        keys: Sequence[int | Action] = (),
        hint: str = "",
    ) -> None:
        super().__init__(action, primary=primary, keys=keys, hint=hint)
        self.label = label

    @property
    def hint(self) -> str:
        finds = ACTIVATE_KEYS[0] if self.primary and not self.keys else None
        return key_name(finds) if finds and not self._hint else super().hint

    def wide(self, frame: Frame, text: Typesetter) -> int:
        """How wide it must be for its label, without the key, px."""
        return text.font(theme.LABEL).size(self.label)[0] + frame.px(theme.SPACE_7)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        depth = frame.px(PRESS_DEPTH)
        radius = min(self.rect.h // 2, frame.px(theme.RADIUS))
        sunk = depth if self.pressed and self.hovered else 0
        body = self.rect.move(0, sunk)
        if self.primary:
            ground, side, ink = (
                blend(theme.SUN, theme.PAPER, self.glow.value * 0.35),
                theme.SUN_DEEP,
                theme.INK,
            )
        else:
            ground = blend(theme.NIGHT_RAISED, theme.NIGHT_LINE, self.glow.value * 0.8)
            side, ink = theme.NIGHT_DEEP, theme.TEXT
        panel(surface, self.rect.move(0, depth), side, radius)
        panel(surface, body, ground, radius)
        room = (body.w - min(frame.px(theme.SPACE_7), body.w // 6), body.h)
        hint = None
        if self.hint and self.rect.w > frame.px(HINT_ROOM):
            quiet = theme.SUN_DEEP if self.primary else theme.MIST
            quiet = blend(quiet, theme.INK, 0.6) if self.primary else quiet
            hint = text.render(self.hint, theme.SMALL, quiet)
            edges = frame.px(theme.SPACE_6) + frame.px(theme.SPACE_5)
            narrower = body.w - edges - hint.get_width() - frame.px(theme.SPACE_3)
            if text.font(theme.LABEL).size(self.label)[0] <= narrower:
                room = (narrower, body.h)
            else:
                hint = None  # the label matters more
        label = text.fitted(self.label, theme.LABEL, ink, room)
        if hint is None:
            surface.blit(label, label.get_rect(center=body.center))
        else:
            surface.blit(
                label, label.get_rect(midleft=(body.x + frame.px(theme.SPACE_6), body.centery))
            )
            surface.blit(
                hint, hint.get_rect(midright=(body.right - frame.px(theme.SPACE_5), body.centery))
            )
        self._draw_focus(surface, body, frame, radius)


class ToolButton(Pressable):
    """A small round button with an icon, lying on the paper. Its keys are always at hand."""

    focusable = False

    def __init__(
        self, picture: str, action: Callable[[], object], *, keys: Sequence[int | Action] = ()
    ) -> None:
        super().__init__(action, keys=keys)
        self._icon = picture

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = self.rect.w / 2
        ground = blend(theme.PAPER_RULE, theme.SUN, self.glow.value)
        centre = self.rect.center
        sunk = 1 if self.pressed else 0
        disc(surface, (centre[0], centre[1] + sunk), radius, ground)
        picture = icon(self._icon, round(self.rect.w * 0.58), theme.INK)
        surface.blit(picture, picture.get_rect(center=(centre[0], centre[1] + sunk)))


class Choice(Widget):
    """One out of a few, side by side."""

    def __init__(
        self, options: Sequence[tuple[str, str]], chosen: str, action: Callable[[str], object]
    ) -> None:
        super().__init__()
        self.options = list(options)  # (value, label)
        self.chosen = chosen
        self._action = action

    def set_options(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer other options."""
        self.options, self.chosen = list(options), chosen

    def release(self, pointer: Pointer, inside: bool) -> None:
        self.pressed = False
        if inside and self.options:
            self._pick(self._index_at(pointer.x))

    def activate(self) -> None:
        """By key: on to the next one, round and round."""
        if self.options:
            self._pick((self._chosen_index() + 1) % len(self.options))

    def key(self, key: int) -> bool:
        if key in (pygame.K_LEFT, pygame.K_RIGHT) and self.options:
            step = 1 if key == pygame.K_RIGHT else -1
            self._pick(min(len(self.options) - 1, max(0, self._chosen_index() + step)))
            return True
        return super().key(key)

    def _chosen_index(self) -> int:
        values = [value for value, _ in self.options]
        return values.index(self.chosen) if self.chosen in values else 0

    def _index_at(self, x: float) -> int:
        share = (x - self.rect.x) / max(1, self.rect.w)
        return min(len(self.options) - 1, max(0, int(share * len(self.options))))

    def _pick(self, index: int) -> None:
        value = self.options[index][0]
        if value != self.chosen:
            self.chosen = value
            self._action(value)

    def draw(self, surface: pygame.Surface, frame: Frame, text: Typesetter) -> None:
        radius = min(self.rect.h // 2, frame.px(theme.RADIUS))
        panel(surface, self.rect, theme.NIGHT_DEEP, radius)
        for n, (value, label) in enumerate(self.options):
            left = self.rect.x + self.rect.w * n // len(self.options)
            right = self.rect.x + self.rect.w * (n + 1) // len(self.options)
            cell = pygame.Rect(left, self.rect.y, right - left, self.rect.h).inflate(
                -frame.px(theme.SPACE_2), -frame.px(theme.SPACE_2)
            )
            picked = value == self.chosen
            if picked:
                panel(surface, cell, theme.SUN, max(1, radius - frame.px(theme.SPACE_1)))
            piece = text.fitted(label, theme.LABEL, theme.INK if picked else theme.MIST, cell.size)
            surface.blit(piece, piece.get_rect(center=cell.center))
        self._draw_focus(surface, self.rect, frame, radius)
