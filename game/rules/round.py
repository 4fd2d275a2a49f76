"""A round: the state that prompts, judging, scoring and the clock make together."""

from __future__ import annotations

import random
import statistics
from collections.abc import Sequence
from dataclasses import replace

from game.rules.appeals import Ruling, counted_in, rule_on, score_again
from game.rules.clock import Clock, RoundClock
from game.rules.ending import OnWish
from game.rules.facts import Needs
from game.rules.judge import Verdict, judge
from game.rules.modes.mode import Deck, Level, Mode, Rules
from game.rules.outcome import Outcome
from game.rules.prompt import Prompt
from game.rules.scoring import Score, Tally, tally
from game.rules.timing import Face
from recognizer.reading import Digit, Reading

# Decimals of what is judged by: it is stored so, and an appeal next week must find the same.
SECONDS_PLACES = 4
PROBABILITY_PLACES = 4


class ScoreSheet:
    """A round's answers in their order and what they earned; also of a round long past."""

    def __init__(self, mode: Mode, levels: Sequence[Level] = ()) -> None:
        """Begin one; `levels` are those of the players, as a rule the mode's first for each."""
        self.mode = mode
        self.levels = list(levels) or [mode.level()] * mode.turns.players
        if len(self.levels) != mode.turns.players:
            raise ValueError(f"{mode.key} is played by {mode.turns.players}.")
        self.turn = 0  # the player who is to answer, counted from 0
        self.scores = [Score() for _ in self.levels]  # one a player
        self.outcomes: list[Outcome] = []

    @property
    def rules(self) -> Rules:
        """Those of the player whose turn it is."""
        return self.levels[self.turn].rules

    @property
    def score(self) -> Score:
        """That of the player whose turn it is."""
        return self.scores[self.turn]

    def ruling(self, outcome: Outcome, claim: str) -> Ruling:
        """What the rules would say to "it was `claim`", of an answer of this round."""
        return rule_on(outcome, claim, counted_in(self._of_player(outcome.player)))

    def appeal(self, outcome: Outcome, claim: str) -> Ruling:
        """Take the player's word that it was `claim`; where it counts, the round is scored again.

        Only once for each answer: it is asked for what the player meant, not for what would help.
        """
        if outcome.appeal is not None:
            raise ValueError(f"It was said before that this answer was {outcome.appeal}.")
        ruling = self.ruling(outcome, claim)
        outcome.appeal, outcome.counted = claim, ruling is Ruling.COUNTS
        if outcome.counted:
            player = outcome.player
            scoring = self.levels[player].rules.scoring
            self.scores[player] = score_again(self._of_player(player), scoring)
        return ruling

    def _of_player(self, player: int) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.player == player]

    @property
    def winner(self) -> int | None:
        """The player with the most points, or None where two have them."""
        points = [score.points for score in self.scores]
        best = max(points)
        return points.index(best) if points.count(best) == 1 else None

    def total(self) -> Score:
        """What all players' scores come to, as the database keeps it."""
        so_far = tally(self.scores, 0.0)
        return Score(
            so_far.points,
            longest_streak=so_far.longest_streak,
            right=so_far.right,
            wrong=so_far.wrong,
        )

    def take_past(
        self, outcomes: Sequence[Outcome], seats: Sequence[int | None] | None = None
    ) -> None:
        """Fill in the answers of a round long past.

        `seats` are the players who gave them; where that is not known, their order tells, in turn.
        """
        self.outcomes = list(outcomes)
        for outcome, seat in zip(outcomes, seats or [None] * len(outcomes), strict=True):
            known = seat is not None and 0 <= seat < len(self.levels)
            outcome.player = seat if known and seat is not None else self.turn
            if outcome.verdict is not Verdict.UNREADABLE:
                self.turn = self.mode.turns.after(outcome.player)
        for player, level in enumerate(self.levels):
            self.scores[player] = score_again(self._of_player(player), level.rules.scoring)

    def median_seconds(self) -> float | None:
        """Median writing time in seconds of the right answers, or None without any."""
        times = [outcome.seconds for outcome in self.outcomes if outcome.is_right]
        return statistics.median(times) if times else None


class PlayedSheet(ScoreSheet):
    """The answers of a round that is being played, or has just been."""

    def __init__(self, mode: Mode, levels: Sequence[Level] = (), counts: bool = True) -> None:
        super().__init__(mode, levels)
        self.counts = counts
        self.splits: list[float] = []  # s, with what mistakes added, after every so many answers

    def tally(self) -> Tally:
        """What the round has come to so far, over all players."""
        raise NotImplementedError

    @property
    def time_is_up(self) -> bool:
        """Whether the round's seconds are used up."""
        return False

    @property
    def is_worth_a_mark(self) -> bool:
        """Whether it counts and anything was answered right: a round without is no best."""
        return self.counts and any(score.right for score in self.scores)


class Round(PlayedSheet):
    """One round of a mode, from `start` until it is over.

    Prompts follow one another by `next_prompt`; between two of them comes a verdict, by `submit`
    or `miss`, or none where the prompt asked for nothing.
    """

    def __init__(
        self,
        mode: Mode,
        rng: random.Random,
        clock: Clock,
        levels: Sequence[Level] = (),
        needs: Needs | None = None,
        counts: bool = True,
        seat: tuple[int, int] | None = None,
    ) -> None:
        """Deal the first prompt; `needs` are the facts that should be asked more often.

        `counts` is False where a mode allows so many attempts, and this one comes after them.
        `seat` says, where it is one player's part of what several play at once, which of how many.
        """
        super().__init__(mode, levels, counts)
        self._seat = seat
        self.clock = RoundClock(self.rules.timing.round_seconds, clock)
        self._decks = self._make_decks(rng)
        for player, deck in enumerate(self._decks):
            deck.seat(*(seat or (player, len(self._decks))))
            deck.favour(needs or {})
        self._wished = False  # whether the player has had enough
        self._judged: Outcome | None = None  # what became of the present prompt
        self._ended_at: float | None = None  # s of round time, of the answer that completed it
        self._next: Prompt | None = None  # dealt already, where the mode shows it
        self.prompt = self._deal()
        self._shown_at = 0.0  # s of round time
        self._ink_at: float | None = None  # s on the prompt at its first ink

    def _make_decks(self, rng: random.Random) -> list[Deck]:
        if len(self.levels) == 1:
            return [self.rules.make_deck(rng)]
        seeds = [rng.getrandbits(64) for _ in self.levels]
        if self.mode.turns.same_problems:
            seeds = seeds[:1] * len(seeds)
        chances = [random.Random(seed) for seed in seeds]
        return [
            level.rules.make_deck(chance)
            for level, chance in zip(self.levels, chances, strict=True)
        ]

    # --- time -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start or resume the clock."""
        self.clock.start()

    def pause(self) -> None:
        """Stop the clock."""
        self.clock.pause()

    @property
    def time_is_up(self) -> bool:
        """Whether the round's seconds are used up."""
        return self.clock.remaining() <= 0.0

    def seconds_on_prompt(self) -> float:
        """Seconds since the present prompt appeared, pauses left out."""
        return self.clock.elapsed() - self._shown_at

    @property
    def answer_seconds(self) -> float:
        """Seconds that the present answer may take; without limit in most modes."""
        return self.rules.timing.answer_seconds(self.score.answered, self.score.streak)

    @property
    def answer_is_late(self) -> bool:
        """Whether the present answer's seconds are used up."""
        return self.prompt.asks and self.seconds_on_prompt() >= self.answer_seconds

    def face(self) -> Face | None:
        """What the clock on the screen says, with what mistakes add; None where there is none."""
        elapsed = self._with_penalties(self.clock.elapsed())
        on_prompt = self.seconds_on_prompt()
        return self.rules.timing.face(elapsed, on_prompt, self.answer_seconds)

    def _with_penalties(self, seconds: float) -> float:
        return seconds + self.mode.goal.penalty * sum(score.wrong for score in self.scores)

    # --- the prompt -------------------------------------------------------------------------------

    @property
    def digits(self) -> int:
        """How many digits the present answer has: all that the reader may know of it."""
        return len(self.prompt.answer)

    @property
    def upcoming(self) -> Prompt | None:
        """The prompt after this one, where the mode lets the player see it and there will be one.

        It was dealt before what becomes of the present one is known.
        """
        so_far = self.tally()
        if self._judged is None:  # the present one is still to be answered
            so_far = replace(so_far, right=so_far.right + 1)
        over = any(end.reached(so_far) for end in self.rules.endings)
        return None if over else self._next

    @property
    def prompt_is_hidden(self) -> bool:
        """Whether the prompt was only to be glimpsed, and is to be remembered now."""
        glimpse = self.prompt.glimpse
        if glimpse is None:
            return False
        return self._ink_at is not None or self.seconds_on_prompt() >= glimpse.seconds

    @property
    def prompt_is_past(self) -> bool:
        """Whether a prompt that asks for nothing was looked at for long enough."""
        return not self.prompt.asks and self.prompt_is_hidden

    def ink_began(self) -> None:
        """The first stroke of an answer touches the paper: thinking ends, writing begins."""
        if self._ink_at is None:
            self._ink_at = self.seconds_on_prompt()

    def ink_vanished(self) -> None:
        """The player has taken all ink back: they are thinking again.

        A prompt that hid when the ink began stays hidden.
        """
        glimpse = self.prompt.glimpse
        if glimpse is None or self.seconds_on_prompt() >= glimpse.seconds:
            self._ink_at = None

    # --- verdicts ---------------------------------------------------------------------------------

    def submit(self, reading: Reading, seconds: float) -> Outcome:
        """Judge the reading of an answer that took `seconds` to write; only a verdict moves on."""
        verdict = judge(self.prompt.answer, reading)
        guesses = [_probabilities(digit) for digit in reading.digits]
        return self._take(Outcome(self.prompt, reading.text, verdict, seconds, 0, guesses))

    def miss(self) -> Outcome:
        """The answer's time is up, and nothing was written: a mistake."""
        return self._take(Outcome(self.prompt, "", Verdict.LATE, self.seconds_on_prompt(), 0))

    def _take(self, outcome: Outcome) -> Outcome:
        outcome.player = self.turn if self._seat is None else self._seat[0]
        outcome.seconds = round(max(0.0, outcome.seconds), SECONDS_PLACES)
        outcome.shown_at = round(self._shown_at, SECONDS_PLACES)
        outcome.judged_at = round(self.clock.elapsed(), SECONDS_PLACES)
        if self._ink_at is not None:
            thinking = min(self._ink_at, outcome.seconds)
            outcome.thinking_seconds = round(max(0.0, thinking), SECONDS_PLACES)
        if outcome.verdict is Verdict.RIGHT:
            scoring = self.rules.scoring
            outcome.points = scoring.points(outcome.seconds, self.score.streak, self.digits)
            self.score.take_right(outcome.points)
        elif outcome.is_wrong:
            self.score.take_wrong()
        self.outcomes.append(outcome)
        self._judged = outcome
        answered_at = self._shown_at + outcome.seconds
        if self.is_complete:  # what the screen still shows takes none of the player's time
            self._ended_at = answered_at
        if outcome.is_right or outcome.is_wrong:
            self._note_split(answered_at)
        return outcome

    def _note_split(self, seconds: float) -> None:
        every = self.mode.split_every
        if every and sum(score.answered for score in self.scores) % every == 0:
            self.splits.append(round(self._with_penalties(seconds), 3))

    def next_prompt(self) -> Prompt:
        """Show the next prompt; its time starts now."""
        if self._judged is not None and self._judged.verdict is not Verdict.UNREADABLE:
            self._decks[self.turn].learn(self._judged)
            self.turn = self.mode.turns.after(self.turn)
        self._judged = self._ink_at = self._ended_at = None
        self.prompt = self._deal()
        self._shown_at = self.clock.elapsed()
        return self.prompt

    def _deal(self) -> Prompt:
        deck = self._decks[self.turn]
        prompt = self._next or deck.deal()
        self._next = deck.deal() if self.mode.shows_next else None
        return prompt

    # --- the end ----------------------------------------------------------------------------------

    def tally(self) -> Tally:
        """What the round has come to so far, over all players."""
        elapsed = self.clock.elapsed() if self._ended_at is None else self._ended_at
        elapsed = min(elapsed, self.clock.seconds)
        return tally(self.scores, round(elapsed, 3))

    @property
    def is_complete(self) -> bool:
        """Whether the answers so far, or the player, end the round; its time is another matter."""
        so_far = self.tally()
        return self._wished or any(end.reached(so_far) for end in self.rules.endings)

    @property
    def ends_on_wish(self) -> bool:
        """Whether the player may end it."""
        return self.rules.ending(OnWish) is not None

    def end(self) -> None:
        """The player has had enough, where the mode allows that."""
        if not self.ends_on_wish:
            raise ValueError(f"A round of {self.mode.title} is not ended by the player.")
        self._wished = True


def _probabilities(digit: Digit) -> list[float]:
    """Those of 0 to 9."""
    return [round(float(p), PROBABILITY_PLACES) for p in digit.probabilities]
