"""The real window under Xvfb: xdotool writes with a real pointer; the database has the readings.

The prompts follow from the seed; the digits are written as polylines at the places that the game's
own layout gives for the window's size.
"""

from __future__ import annotations

import json
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from real_game import PATIENCE, PEN, SIZE, RealGame, own_display, wait_for

from game.rules.modes.dash import MODE as DASH
from game.rules.modes.mode import Mode
from game.rules.modes.sums import MODE as SUMS
from game.ui.layout import Frame
from game.ui.menu_layout import title_layout
from recognizer import Recognizer

pytestmark = pytest.mark.end_to_end

ANSWERS = 6
SEED = "end to end"


def expected_answers(mode: Mode, count: int, seed: str = SEED) -> list[str]:
    """What the game asks for with a seed."""
    rng = random.Random(random.Random(seed).getrandbits(64))  # as `App.new_rng` makes the first one
    deck = mode.level().rules.make_deck(rng)
    return [deck.deal().answer for _ in range(count)]


def test_written_digits_are_read_and_kept(display: str, tmp_path: Path) -> None:
    game = RealGame(display, tmp_path, "--mode", "dash", "--seed", SEED)
    try:
        wait_for("the round", lambda: game.query("SELECT id FROM rounds"))
        written = expected_answers(DASH, ANSWERS)
        for number, digit in enumerate(written, 1):
            game.write(digit)
            wait_for(
                f"the reading of answer {number}",
                lambda number=number: len(game.query("SELECT id FROM answers")) >= number,
            )
            if game.query("SELECT verdict FROM answers ORDER BY id")[-1] != ("right",):
                time.sleep(1.5)  # the game shows a wrong answer for a moment
        answers = game.query(
            "SELECT expected, read, correct, seconds, ink FROM answers ORDER BY id"
        )
    finally:
        said = game.close()
    assert said == ""
    assert game.process.returncode == 0
    assert [row[0] for row in answers] == written
    right = [row for row in answers if row[2] == 1]
    assert all(row[0] == row[1] for row in right)
    assert len(right) >= ANSWERS - 1, [(row[0], row[1]) for row in answers]
    for expected, _, _, seconds, ink in answers:
        strokes = json.loads(str(ink))
        assert len(strokes) == len(PEN[str(expected)])
        assert all(len(stroke) >= 6 for stroke in strokes), "every motion of the pointer counts"
        times = [point[2] for stroke in strokes for point in stroke]
        assert times == sorted(times) and 0 < times[-1] < PATIENCE
        assert isinstance(seconds, float) and seconds > 0
    with closing(sqlite3.connect(game.database)) as db:
        state, score = db.execute("SELECT state, score FROM rounds").fetchone()
    assert state == "abandoned" and score > 0  # closed in mid-round, and nothing is lost


def test_a_sum_of_two_digits_is_read_and_kept(display: str, tmp_path: Path) -> None:
    """The number arrives in the database as it was read, whatever that is, under "sums"."""
    seed = next(s for s in map(str, range(1000)) if len(expected_answers(SUMS, 1, s)[0]) == 2)
    (number,) = expected_answers(SUMS, 1, seed)
    game = RealGame(display, tmp_path, "--mode", "sums", "--seed", seed)
    try:
        wait_for("the round", lambda: game.query("SELECT id FROM rounds"))
        game.write(number)
        ((mode, expected, read, verdict, probabilities, ink),) = wait_for(
            "the reading of the number",
            lambda: game.query(
                "SELECT mode, expected, read, verdict, probabilities, ink"
                " FROM answers JOIN rounds ON rounds.id = round_id"
            ),
        )
    finally:
        said = game.close()
    assert said == "" and game.process.returncode == 0
    assert (mode, expected) == ("sums", number)
    assert len(json.loads(str(ink))) == sum(len(PEN[digit]) for digit in number)
    assert len(json.loads(str(probabilities))) == len(str(read))
    whole = len(str(read)) == len(number) and "?" not in str(read)
    assert (verdict == "right") == (read == number)
    assert whole or verdict == "unreadable"


def test_title_is_played_with_the_pointer(display: str, tmp_path: Path) -> None:
    """From the title into a round by a click on its first button."""
    game = RealGame(display, tmp_path)
    try:
        wait_for("the database", game.database.exists)

        # A column has one way in, whatever the name above and the tiles beside it.
        way = title_layout(Frame(*SIZE), 1, 1).again.center

        def begin() -> bool:
            x, y = game._origin
            game.xdotool("mousemove", str(x + way[0]), str(y + way[1]), "click", "1")
            time.sleep(0.2)
            return bool(game.query("SELECT id FROM rounds WHERE mode = 'dash'"))

        wait_for("the round", begin)
    finally:
        said = game.close()
    assert said == "" and game.process.returncode == 0


def test_a_new_player_shows_their_hand(display: str, tmp_path: Path) -> None:
    """The offer at the title, a few digits, and the file that they are kept in."""
    if not Recognizer("cnn").learns_hands:
        pytest.skip("the shipped CNN was exported without its features")
    game = RealGame(display, tmp_path, is_new=True)
    settings, hand = tmp_path / "settings.toml", tmp_path / "my-hand.json"
    try:
        wait_for("the offer", lambda: "calibration_offered = true" in settings.read_text())
        time.sleep(0.5)  # it is kept just before it can be answered
        game.xdotool("key", "Return")
        time.sleep(0.5)
        for number, digit in enumerate("012", 1):
            game.write(digit)
            found = wait_for(
                f"digit {digit}",
                lambda number=number: (
                    hand.exists()
                    and len(samples := json.loads(hand.read_text())["samples"]) == number
                    and samples
                ),
            )
            assert found[-1]["label"] == digit
    finally:
        complaints = game.close()
    assert "Traceback" not in complaints


def test_lab_is_drawn_in_and_keeps_nothing(display: str, tmp_path: Path) -> None:
    """From the title into the Lab by its key, some ink, and out again."""
    game = RealGame(display, tmp_path)
    try:
        wait_for("the database", game.database.exists)
        game.xdotool("key", "l")
        for _ in range(3):
            game.write("8")
            game.xdotool("key", "z")
        game.xdotool("key", "Escape")
        wait_for("the title, from which a round begins", lambda: begun(game))
    finally:
        said = game.close()
    assert said == "" and game.process.returncode == 0
    with closing(sqlite3.connect(game.database)) as db:
        assert db.execute("SELECT COUNT(*) FROM answers").fetchone() == (0,)


def begun(game: RealGame) -> bool:
    game.xdotool("key", "Return")
    return bool(game.query("SELECT id FROM rounds"))


def wait_for_end(game: RealGame) -> str:
    try:
        return game.process.communicate(timeout=PATIENCE)[1]
    finally:
        game.process.kill()


def test_asked_to_end_in_mid_stroke_it_keeps_everything(display: str, tmp_path: Path) -> None:
    """SIGTERM while the pen is down: no word on the terminal, the round is closed."""
    game = RealGame(display, tmp_path, "--mode", "dash", "--seed", SEED)
    try:
        wait_for("the round", lambda: game.query("SELECT id FROM rounds"))
        game.write(expected_answers(DASH, 1)[0])
        wait_for("the answer", lambda: game.query("SELECT id FROM answers"))
        x, y = game._origin
        game.xdotool("mousemove", str(x + 500), str(y + 400), "mousedown", "1")
    finally:
        said = game.close()
    assert (said, game.process.returncode) == ("", 0)
    with closing(sqlite3.connect(game.database)) as db:
        assert db.execute("SELECT state FROM rounds").fetchall() == [("abandoned",)]
        assert db.execute("SELECT COUNT(*) FROM answers").fetchone() == (1,)
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_screen_that_vanishes_takes_no_answer_with_it(tools: None, tmp_path: Path) -> None:
    """The X server dies in mid-round: the game ends, and the next start is clean."""
    with own_display() as (display, server):
        game = RealGame(display, tmp_path, "--mode", "dash", "--seed", SEED)
        try:
            wait_for("the round", lambda: game.query("SELECT id FROM rounds"))
            game.write(expected_answers(DASH, 1)[0])
            wait_for("the answer", lambda: game.query("SELECT id FROM answers"))
            server.kill()
        finally:
            said = wait_for_end(game)
    assert "Traceback" not in said
    with closing(sqlite3.connect(game.database)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert db.execute("SELECT COUNT(*) FROM answers").fetchone() == (1,)
    with own_display() as (display, _):
        again = RealGame(display, tmp_path)
        said = again.close()
    assert (said, again.process.returncode) == ("", 0)
    assert not list(tmp_path.glob("*.broken-*"))
