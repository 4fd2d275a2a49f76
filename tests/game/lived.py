"""A player's past: some weeks of rounds, played by the rules alone and kept as any other."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from clocks import FakeClock
from readings import reading_of

from game.persistence import entries
from game.persistence.hand_samples import MyHand
from game.persistence.rounds import FINISHED, Recorder
from game.persistence.storage import Storage
from game.rules.modes import MODES
from game.rules.round import Round
from game.rules.streak import DAY

INK = [np.array([[100.0, 100.0, 0.0], [120.0, 180.0, 0.1], [110.0, 300.0, 0.2]], np.float32)]
MOST_ANSWERS = 60  # of a round, should nothing else end it
MISREAD = {"7": "1", "4": "9", "1": "7"}  # what this hand is taken for at times
PLAYED = (("sums", "normal"), ("dash", "normal"), ("sums", "hard"), ("daily", "normal"))


class Life:
    """Somebody who plays now and then, thinks faster from week to week, and writes odd sevens."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, seed: int = 1) -> None:
        self._folder, self._patch, self._rng = folder, monkeypatch, random.Random(seed)

    def play(self, days: Iterable[int], most_rounds: int = 4) -> None:
        """Play some rounds on each of the days so many days ago, at noon, the earliest first."""
        storage = Storage(self._folder)
        hand = MyHand(self._folder / "my-hand.json")
        order = sorted(days, reverse=True)
        for ago in order:
            skill = 1.0 - ago / (order[0] + 1)
            for n in range(self._rng.randint(1, most_rounds)):
                noon = datetime.datetime.now(datetime.UTC).replace(hour=12, minute=0) - ago * DAY
                moment = noon + datetime.timedelta(minutes=5 * n)
                stamp = moment.isoformat(timespec="milliseconds")
                self._patch.setattr(entries, "now", lambda *_, stamp=stamp: stamp)
                self._round(storage, hand, *PLAYED[(ago + n) % len(PLAYED)], skill)
        self._patch.undo()
        storage.close()

    def _round(self, storage: Storage, hand: MyHand, key: str, level: str, skill: float) -> None:
        mode, clock, rng = MODES[key], FakeClock(), self._rng
        levels = mode.line_up(mode.level(level))
        game = Round(mode, rng, clock, levels, storage.fact_needs())
        recorder = Recorder(storage, game)
        recorder.begin("cnn", None)
        game.start()
        for _ in range(MOST_ANSWERS):
            asked = game.prompt.answer
            thinking = rng.lognormvariate(0.35, 0.4) * (1.5 - 0.8 * skill)
            clock.forward(thinking + 0.4 * (len(asked) - 1))
            game.ink_began()
            clock.forward(len(asked) * rng.uniform(0.4, 0.7))
            if game.time_is_up:
                break
            misread = "".join(MISREAD.get(d, d) if rng.random() < 0.08 else d for d in asked)
            erred = rng.random() < 0.09 * (1.2 - skill)
            text = str((int(asked) + rng.randint(1, 9)) % 10 ** len(asked)) if erred else misread
            text = text.zfill(len(asked)) if rng.random() > 0.01 else "?" * len(asked)
            reading = reading_of(text)
            outcome = game.submit(reading, game.seconds_on_prompt())
            recorder.keep(outcome, INK, reading)
            if not erred and text != asked and "?" not in text:
                recorder.appeal(asked, hand)
            if game.is_complete:
                break
            game.next_prompt()
        recorder.end(FINISHED)
