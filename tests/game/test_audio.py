"""Sound: there with a device, silent without one, and never in the way."""

from __future__ import annotations

import numpy as np
import pytest

from game.audio import MAX_PITCH_STEPS, TICKS, Audio, _waves


def test_plays_with_a_device(pygame_ready: None) -> None:
    audio = Audio(0.5)
    assert not audio.silent
    for name in ("tick", "go", "wrong", "unreadable", "click", "finish", "best", "level", "hurry"):
        audio.play(name)
    for streak in (0, 1, 5, 500):
        audio.play_right(streak)
    audio.set_volume(0.0, 0.0)
    audio.play("go")
    audio.close()


def test_silent_without_a_device(
    pygame_ready: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SDL_AUDIODRIVER", "there-is-no-such-driver")
    audio = Audio(0.5)
    assert audio.silent
    audio.play("go")
    audio.play_right(3)
    audio.set_volume(1.0, 0.5)
    audio.close()
    assert capfd.readouterr().err == ""


def test_waves_are_short_and_do_not_clip() -> None:
    waves = _waves()
    assert len([name for name in waves if name.startswith("right")]) == MAX_PITCH_STEPS + 1
    for name, wave in waves.items():
        assert 0.01 < np.abs(wave).max() <= 1.0, name
        assert abs(wave[-1]) < 0.01, f"{name} ends with a click"
        assert len(wave) < 44100, name


def test_ticks_have_a_volume_of_their_own(pygame_ready: None) -> None:
    audio = Audio(0.5, 0.0)
    loud = {name: sound.get_volume() for name, sound in audio._sounds.items()}
    assert {name for name, volume in loud.items() if volume == 0} == TICKS
    audio.set_volume(0.0, 1.0)
    loud = {name: sound.get_volume() for name, sound in audio._sounds.items()}
    assert {name for name, volume in loud.items() if volume > 0} == TICKS
    audio.close()
