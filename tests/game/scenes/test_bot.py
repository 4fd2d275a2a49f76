"""Every mode at every level, played to its end in the real loop, with people's ink and the CNN.

The bot makes mistakes on purpose. What is stored must be what the answers come to by the rules as
they are told to the player, worked out here anew.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bot import Bot, Hands, fixture_people, pendigits_people, stored_round
from driving import Driver
from playing import rows

from game.persistence.rounds import best_mark
from game.reading.reader import load_recognizer
from game.rules.modes import MODES
from game.scenes.doors import begin
from game.scenes.places import Round
from game.scenes.play import Play

MISTAKES = (2, 6, 11)  # numbers of the answers that the bot gets wrong on purpose
MOST_ANSWERS = {"dash": 14, "sums": 12, "countdown": 10, "survival": 12, "zen": 6}
# Learn has a screen of its own: what is right there is not told by a score.
LEVELS = [
    (mode.key, level.key)
    for mode in MODES.values()
    if isinstance(begin(mode.key), Round)
    for level in mode.levels
]
ROUND = """SELECT mode, state, seconds, score, longest_streak, right_answers, wrong_answers
    FROM rounds"""
ANSWERS = """SELECT prompt, expected, read, verdict, seconds FROM answers
    WHERE verdict <> 'unreadable' ORDER BY id"""


@pytest.fixture(scope="module")
def people() -> list[dict[str, Any]]:
    """Pendigits' writers where the data folder is there, else the committed digits."""
    named = os.environ.get("DIGIT_DASH_DATA")
    folder = Path(named) if named else Path(__file__).parents[4] / "shared" / "data"
    found = folder / "pendigits" / "pendigits-orig.tes"
    return pendigits_people(folder) if found.exists() else fixture_people()


def speed_points(answers: list[tuple[Any, ...]], thinking: float) -> int:
    """A hundred an answer, fifty a further digit, up to fifty for speed, times the multiplier."""
    points, streak = 0, 0
    for _, expected, _, verdict, seconds in answers:
        if verdict != "right":
            streak = 0
            continue
        further = len(expected) - 1
        left = 4.0 + 0.8 * further - max(0.0, seconds - thinking)
        bonus = round(50 * min(1.0, max(0.0, left / 3.0)) / 10) * 10
        points += (100 + 50 * further + bonus) * min(4, 1 + streak // 5)
        streak += 1
    return points


def expected_score(mode: str, answers: list[tuple[Any, ...]]) -> int:
    """What the mode tells the player that these answers earn."""
    right = [row for row in answers if row[3] == "right"]
    if mode == "memory":
        return sum(10 * len(row[1]) for row in right)
    if mode in ("survival", "countdown"):
        return len(right)
    if mode in ("sprint", "daily", "zen", "list", "workout"):
        return 0
    if mode == "duel":
        return sum(speed_points(answers[player::2], 1.0) for player in (0, 1))
    return speed_points(answers, {"dash": 0.0, "sums": 1.0, "n-back": 1.5}[mode])


@pytest.mark.parametrize(("mode", "level"), LEVELS, ids=map(":".join, LEVELS))
def test_a_whole_round_comes_out_as_it_should(
    drive: Callable[..., Driver],
    tmp_path: Path,
    people: list[dict[str, Any]],
    mode: str,
    level: str,
) -> None:
    own = {}
    if mode == "list":
        own["file"] = tmp_path / "homework.txt"
        own["file"].write_text("7*8\n12/4\n405\n13-6\n9*9\n20+30\n18\n6")
    driver = drive(load=load_recognizer, mode=mode, level=level, backend="cnn", **own)
    bot = Bot(driver, Hands(people, f"{mode} {level}"))
    assert isinstance(bot.play, Play) and bot.play.level.key == level
    count = 0
    while not bot.is_over and count < MOST_ANSWERS.get(mode, 1000):
        bot.answer(right=count not in MISTAKES)
        count += 1
    result = bot.end()
    driver.frames(3)
    stored, answers = stored_round(rows(tmp_path, ROUND)), rows(tmp_path, ANSWERS)
    right = sum(row[3] == "right" for row in answers)
    assert stored["state"] == "finished"
    assert MODES[mode].stored_level(stored["mode"]).key == level
    assert (stored["right"], stored["wrong"]) == (right, len(answers) - right)
    assert stored["score"] == expected_score(mode, answers)
    for (_, expected, read, verdict, _), meant in zip(answers, bot.meant, strict=False):
        assert (verdict == "right") == (read == expected)
        assert meant or verdict == "wrong" or read == expected
    # What hangs together over a whole round: the reader has read what was written, by and large.
    assert bot.misread <= max(1, len(bot.meant) // 5), f"{bot.misread} of {len(bot.meant)} misread"
    penalty = MODES[mode].goal.penalty
    if penalty:
        best = best_mark(driver.app.storage, MODES[mode], bot.play.level)
        assert best == pytest.approx(stored["seconds"] + 5.0 * stored["wrong"])
        assert result.is_new_best
