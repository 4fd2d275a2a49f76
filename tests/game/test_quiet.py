"""Silence: only for a while, and only for libraries that write past Python."""

from __future__ import annotations

import os

import pytest

from game.quiet import quiet_stderr


def test_silence_begins_and_ends(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_stderr():
        os.write(2, b"ALSA lib: no card\n")
    os.write(2, b"a true error\n")
    assert capfd.readouterr().err == "a true error\n"


def test_silence_ends_after_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError), quiet_stderr():
        raise ValueError
    os.write(2, b"a true error\n")
    assert capfd.readouterr().err == "a true error\n"
