"""Sound: a few short tones, computed at the start; without a sound device the game is silent."""

from __future__ import annotations

import logging

import numpy as np
import numpy.typing as npt
import pygame

from game.quiet import quiet_stderr

RATE = 44100  # samples a second
BUFFER = 512  # samples, about 12 ms
TICKS = frozenset({"tick", "go", "hurry"})  # what counts seconds; all others are effects
MAX_PITCH_STEPS = 12  # the note of a right answer rises with the streak up to an octave
log = logging.getLogger(__name__)
Wave = npt.NDArray[np.float64]


class Audio:
    """Plays the game's sounds at the player's volumes: one of the effects, one of the ticks."""

    def __init__(self, volume: float, ticks: float | None = None) -> None:
        """`ticks` is as `volume` where it is not given; both from 0 to 1."""
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._volume, self._ticks = volume, volume if ticks is None else ticks
        try:
            with quiet_stderr():
                pygame.mixer.init(RATE, -16, 2, BUFFER)
        except pygame.error as error:
            log.debug("no sound: %s", error)
            return
        for name, wave in _waves().items():
            self._sounds[name] = _sound(wave)
        self.set_volume(self._volume, self._ticks)

    @property
    def silent(self) -> bool:
        """Whether there is no sound device."""
        return not self._sounds

    def set_volume(self, volume: float, ticks: float) -> None:
        """Set the volumes of effects and ticks, from 0 to 1."""
        self._volume, self._ticks = volume, ticks
        for name, sound in self._sounds.items():
            sound.set_volume(self._of(name) ** 1.6)  # ears hear loudness roughly by powers

    def _of(self, name: str) -> float:
        return self._ticks if name in TICKS else self._volume

    def play(self, name: str) -> None:
        """Play a sound by its name."""
        if self._of(name) > 0 and name in self._sounds:
            self._sounds[name].play()

    def play_right(self, streak: int) -> None:
        """The sound of a right answer; its pitch rises with the streak."""
        self.play(f"right{min(max(0, streak - 1), MAX_PITCH_STEPS)}")

    def close(self) -> None:
        """Let go of the device."""
        if self._sounds:
            self._sounds.clear()
            pygame.mixer.quit()


def _waves() -> dict[str, Wave]:
    waves = {
        "tick": _note(660, 0.09),
        "go": _chord((660, 880, 1320), 0.35),
        "wrong": _note(185, 0.16) * 0.9 + _note(147, 0.16) * 0.7,
        "unreadable": np.concatenate([_note(330, 0.07), _note(294, 0.1)]) * 0.7,
        "click": _note(990, 0.04) * 0.5,
        "hurry": _note(1175, 0.05) * 0.4,
        "finish": np.concatenate([_note(523, 0.12), _note(659, 0.12), _chord((784, 1047), 0.45)]),
        "best": np.concatenate(
            [_note(659, 0.1), _note(784, 0.1), _note(988, 0.1), _chord((1319, 1568), 0.6)]
        ),
        "level": np.concatenate([_note(880, 0.07), _note(1175, 0.07), _note(1568, 0.16)]) * 0.8,
    }
    major = (0, 2, 4, 5, 7, 9, 11, 12, 14, 16, 17, 19, 21)
    for step in range(MAX_PITCH_STEPS + 1):
        root = 523.25 * 2 ** (major[step] / 12)
        waves[f"right{step}"] = np.concatenate([_note(root, 0.06), _note(root * 1.5, 0.18)])
    return waves


def _note(frequency: float, seconds: float) -> Wave:
    """A soft, mallet-like tone: a sine with two overtones that die away faster than it."""
    t = np.arange(int(seconds * RATE)) / RATE
    fall = np.exp(-t * 5.0 / seconds)
    attack = np.minimum(1.0, t / 0.004)
    release = np.minimum(1.0, (seconds - t) / 0.01)
    tone = (
        np.sin(2 * np.pi * frequency * t)
        + 0.35 * np.sin(4 * np.pi * frequency * t) * fall
        + 0.12 * np.sin(8 * np.pi * frequency * t) * fall**2
    )
    wave: Wave = 0.3 * tone * fall * attack * release
    return wave


def _chord(frequencies: tuple[float, ...], seconds: float) -> Wave:
    wave: Wave = np.sum([_note(f, seconds) for f in frequencies], axis=0) * (1.6 / len(frequencies))
    return wave


def _sound(wave: Wave) -> pygame.mixer.Sound:
    samples = (np.clip(wave, -1.0, 1.0) * 32767).astype(np.int16)
    device = pygame.mixer.get_init()
    assert device is not None, "sounds are made for an open device"
    channels = device[2]
    return pygame.mixer.Sound(buffer=np.repeat(samples[:, None], channels, axis=1).tobytes())
