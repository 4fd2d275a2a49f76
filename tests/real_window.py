"""`python -m tests.real_window [MODE ...]`: a whole round of every mode in the real window.

For each mode the game starts as a player would start it, in a fresh data folder and on a screen of
its own; a real pointer writes people's digits; what became of them is read from the game's database
alone. What will be asked follows from the seed, by the rules that the game itself goes by. A round
must come to its end and be kept as it was played. Modes with a clock take as long as that says.
"""

from __future__ import annotations

import argparse
import datetime
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parent / "game"))

import pygame
from bot import Hands, fixture_people, in_a_row
from clocks import FakeClock
from readings import reading_of
from real_game import SIZE, RealGame, missing_tools, own_display, wait_for

from game.rules.digit_models import model
from game.rules.halves import HalvesRound
from game.rules.modes import MODES
from game.rules.modes.learn import MODE as LEARN
from game.rules.modes.learn import STEPS, LearnDeck
from game.rules.modes.my_list import MODE as MY_LIST
from game.rules.modes.my_list import ORDER
from game.rules.prompt_list import read_prompts
from game.rules.round import Round
from game.ui.halves_layout import halves_layout
from game.ui.layout import PAPER_MARGIN, Frame, play_layout
from game.ui.model_view import placed
from game.ui.play_view import round_layout

SEED = "a round of each"
LIST = "7*8\n12/4\n405\n3*?=27"
HOMEWORK = "homework.txt"
RIGHT_FIRST = 2  # answers, before those that use up the lives
ENOUGH = 3  # answers, where the player says when it is enough
RETRY_SECONDS = 12.0  # s without a verdict, after which a sheet is cleared and written on again
GLIMPSE_SECONDS = 3.5  # s in which a prompt goes by for which nothing is written
LOOK_SECONDS = 1.5  # s that a verdict is looked at
STATE = "SELECT state, right_answers, wrong_answers FROM rounds"
ANSWERS = "SELECT expected, read, verdict, seat FROM answers ORDER BY id"

Row = tuple[object, ...]


@dataclass(frozen=True)
class Story:
    """How a round of a mode is played to its end."""

    mode: str
    level: str
    options: tuple[str, ...] = ()
    loses: bool = False  # whether it is ended by mistakes
    end: str = ""  # the key that ends it, where the player does

    @property
    def words(self) -> list[str]:
        """For the command line."""
        mode = [self.mode, HOMEWORK] if self.mode == MY_LIST.key else [self.mode]
        chosen = [word for option in self.options for word in ("--option", option)]
        return ["--mode", *mode, "--level", self.level, *chosen, "--seed", SEED]


STORIES = {
    "dash": Story("dash", "easy"),
    "sums": Story("sums", "easy"),
    "daily": Story("daily", "easy"),
    "sprint": Story("sprint", "easy"),
    "survival": Story("survival", "easy", loses=True),
    "memory": Story("memory", "easy", loses=True),
    "n-back": Story("n-back", "one"),
    "countdown": Story("countdown", "easy", loses=True),
    "duel": Story("duel", "easy"),
    "duel-halves": Story("duel", "easy", ("paper=halves",)),
    "zen": Story("zen", "digits", end="Return"),
    "learn": Story("learn", "copy", end="Escape"),
    "workout": Story("workout", "short"),
    "list": Story(MY_LIST.key, ORDER),
}


class Player:
    """Plays the round that a game has begun, and follows it by the rules."""

    def __init__(self, game: RealGame, story: Story) -> None:
        self.game, self.story = game, story
        self.mode = MODES[story.mode]
        self._hands = Hands(fixture_people(), story.mode)
        chosen = dict(word.split("=") for word in story.options)
        own = read_prompts("homework", LIST) if story.mode == MY_LIST.key else None
        options = {key: (value,) for key, value in chosen.items()}
        level = self.mode.level(story.level, options, own)
        first = random.Random(random.Random(SEED).getrandbits(64))  # as `App.new_rng` makes it
        rng = self.mode.attempts.rng(first, datetime.date.today())
        levels, clock = self.mode.line_up(level), FakeClock()
        self.halves = HalvesRound(self.mode, rng, clock, levels) if chosen.get("paper") else None
        self.round = Round(self.mode, rng, clock, levels) if self.halves is None else None

    def play(self) -> list[Row]:
        """Play until the round has ended; return its answers."""
        if self.story.mode == LEARN.key:
            self._copy()
        elif self.halves is not None:
            self._play_halves(self.halves)
        elif self.round is not None:
            wait_for("the round", lambda: self.game.query(STATE))
            self._play(self.round)
        if self.story.end:
            time.sleep(LOOK_SECONDS)
            self.game.xdotool("key", self.story.end)
        wait_for("the end of the round", lambda: self.state == "finished")
        return self.answers

    @property
    def answers(self) -> list[Row]:
        """Those that are kept."""
        return self.game.query(ANSWERS)

    @property
    def state(self) -> object:
        """That of the round, or None before it began."""
        found = self.game.query(STATE)
        return found[0][0] if found else None

    # --- following --------------------------------------------------------------------------------

    def _play(self, game: Round) -> None:
        """Write what is asked until the round is over, and what is not asked where that ends it."""
        area = _inside(round_layout(Frame(*SIZE), False, game).paper)
        seen = 0
        while self.state == "running" and not (self.story.end and seen >= ENOUGH):
            while not game.prompt.asks:
                game.next_prompt()
                time.sleep(GLIMPSE_SECONDS)
            right = not self.story.loses or seen < RIGHT_FIRST
            asked = game.prompt.answer
            text = asked if right else "".join(str((int(digit) + 3) % 10) for digit in asked)
            rows = self._written_and_judged(text, area, seen)
            for row in rows:
                seen += 1
                self._follow(game, row)
            if rows and rows[-1][2] != "right":
                time.sleep(LOOK_SECONDS)

    def _follow(self, game: Round, row: Row) -> None:
        expected, read, verdict, _ = row
        while not game.prompt.asks:
            game.next_prompt()
        if expected != game.prompt.answer:
            raise AssertionError(f"asked was {expected}, by the rules {game.prompt.answer}")
        outcome = game.miss() if verdict == "late" else game.submit(reading_of(str(read)), 1.0)
        if outcome.verdict.value != verdict:
            raise AssertionError(f"{read} for {expected} is {verdict}, by the rules {outcome}")
        if verdict != "unreadable" and not game.is_complete:
            game.next_prompt()

    def _play_halves(self, game: HalvesRound) -> None:
        """Each writes in their half, one after the other."""
        wait_for("the round", lambda: self.game.query(STATE))
        seen = 0
        halves = halves_layout(Frame(*SIZE)).halves
        while not game.is_complete:
            for player, part in enumerate(game.parts):
                area = _inside(halves[player].paper, margin_right=halves[player].margin_right)
                answered = part.score.answered
                while part.score.answered == answered:
                    for row in self._written_and_judged(part.prompt.answer, area, seen):
                        seen += 1
                        if row[3] != player or row[0] != part.prompt.answer:
                            raise AssertionError(f"{row} is not what player {player} was asked")
                        game.submit(player, reading_of(str(row[1])), 1.0)
            if not game.is_complete:
                time.sleep(LOOK_SECONDS)
                game.next_prompts()

    def _copy(self) -> None:
        """Copy the models beside them: who does not is asked for the same digit once more."""
        time.sleep(LOOK_SECONDS)
        area = _inside(play_layout(Frame(*SIZE), False).paper)
        square = pygame.Rect(0, 0, area.h // 2, area.h // 2)
        square.center = (area.x + area.w * 3 // 4, area.centery)
        deck = LearnDeck(random.Random(0), STEPS[1:2])
        for n in range(ENOUGH):
            digit = deck.deal().answer
            for row in self._judged(placed(model(digit), square), n):
                if row[:3] != (digit, digit, "right"):
                    raise AssertionError(f"the model of {digit} came to {row}")
            time.sleep(2 * LOOK_SECONDS)

    # --- writing ----------------------------------------------------------------------------------

    def _written_and_judged(self, text: str, area: pygame.Rect, seen: int) -> list[Row]:
        """Write a number in some hand; as `_judged`."""
        return self._judged(in_a_row(self._hands.of(text), area), seen)

    def _judged(self, strokes: Sequence[Sequence[tuple[float, float]]], seen: int) -> list[Row]:
        """Draw, and once more where nothing comes of it; return the answers after the `seen` ones.

        None where the round is over first.
        """
        found: list[Row] = []

        def judged() -> bool:
            found[:] = self.answers[seen:]
            return bool(found) or self.state in ("finished", "abandoned")

        while not judged():
            self.game.draw_inside(strokes)
            _wait(judged, RETRY_SECONDS)
            if not found:
                self.game.xdotool("key", "c", "Delete")  # of either player
        return found


def _inside(paper: pygame.Rect, *, margin_right: bool = False) -> pygame.Rect:
    """A paper without its margin, px."""
    margin = Frame(*SIZE).px(PAPER_MARGIN)
    left = paper.x if margin_right else paper.x + margin
    return pygame.Rect(left, paper.y, paper.w - margin, paper.h)


def _wait(condition: Callable[[], bool], seconds: float) -> None:
    """Look again and again, for so long."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not condition():
        time.sleep(0.1)


def play_story(name: str, *words: str, program: Path | None = None) -> str:
    """Play a round in a window and a data folder of its own; return a line about it.

    `words` are further ones for the command line; `program` is one that needs no Python. Raises
    AssertionError where the round does not come to its end, or is not kept as it was played.
    """
    story = STORIES[name]
    with tempfile.TemporaryDirectory() as folder, own_display() as (display, _):
        (Path(folder) / HOMEWORK).write_text(LIST)
        game = RealGame(display, Path(folder), *story.words, *words, program=program)
        try:
            answers = Player(game, story).play()
            ((state, right, wrong),) = game.query(STATE)
            ((mode, seconds),) = game.query("SELECT mode, seconds FROM rounds")
        finally:
            said = game.close()
    verdicts = [row[2] for row in answers]
    if (said, game.process.returncode) != ("", 0):
        raise AssertionError(f"the game said {said!r} and ended with {game.process.returncode}")
    if MODES[story.mode].stored_level(str(mode)).key != story.level:
        raise AssertionError(f"the round was kept as {mode}")
    if story.mode != LEARN.key and right != verdicts.count("right"):
        raise AssertionError(f"{right} right answers were counted, {verdicts} are kept")
    if not answers or "right" not in verdicts:
        raise AssertionError(f"nothing was read as it was written: {answers}")
    return f"{name}: {state}, {len(answers)} answers, {right} right, {wrong} wrong, {seconds} s"


def main() -> int:
    """Play the rounds; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.real_window", description=__doc__)
    parser.add_argument("modes", nargs="*", metavar="MODE", help=f"of {', '.join(STORIES)}")
    parser.add_argument("--jobs", type=int, default=1, metavar="N", help="so many at once")
    parser.add_argument("--backend", metavar="NAME", help="the recognizer that reads")
    parser.add_argument(
        "--program", type=Path, metavar="FILE", help="play this one, which needs no Python"
    )
    given = parser.parse_args()
    unknown = [name for name in given.modes if name not in STORIES]
    if unknown:
        parser.error(f"there is no {unknown[0]}; there is {', '.join(STORIES)}")
    if missing := missing_tools():
        parser.error(missing)
    names = given.modes or list(STORIES)
    words = ["--backend", given.backend] if given.backend else []
    program = given.program and given.program.resolve()
    failed = 0
    with ThreadPoolExecutor(max(1, given.jobs)) as pool:
        for name, done in [
            (name, pool.submit(play_story, name, *words, program=program)) for name in names
        ]:
            try:
                print(done.result(), flush=True)
            except AssertionError as error:
                failed += 1
                print(f"{name}: FAILED. {error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
