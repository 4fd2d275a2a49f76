"""The appeals of a round in play: the chip beside the paper that offers one, and its outcome."""

from __future__ import annotations

from collections.abc import Callable

from game.persistence.rounds import Recorder
from game.rules.appeals import Ruling
from game.rules.judge import Verdict
from game.rules.outcome import Outcome
from game.scenes.scene import Stage
from game.ui.appeal_chip import AppealChip
from game.ui.verdict import VerdictView


class Appeals:
    """Offers to put the last answer right, by a tap on its chip or by a key."""

    def __init__(
        self,
        stage: Stage,
        recorder: Recorder,
        verdict: VerdictView,
        seen: Callable[[], object],
    ) -> None:
        """`seen` is called when an appeal shows that the player has seen the verdict."""
        self.chip = AppealChip(self.appeal)
        self._stage, self._recorder = stage, recorder
        self._verdict, self._seen = verdict, seen

    def offer(self, outcome: Outcome) -> None:
        """Offer to put the last answer right, where it was taken for a wrong one.

        Not while it is still to be answered: the offer would tell what is asked for.
        """
        if outcome.verdict is Verdict.WRONG:
            claim = outcome.prompt.answer
            ruling = self._recorder.game.ruling(outcome, claim)
            self.chip.offer(claim, counts=ruling is Ruling.COUNTS)
        else:
            self.chip.withdraw()

    def name(self, digit: str) -> None:
        """The player typed a digit: that is what the last answer was, if it was one digit."""
        if self.chip.claim is not None and len(self.chip.claim) == 1:
            self.appeal(digit)

    def appeal(self, claim: str | None = None) -> None:
        """Take the player's word that the last answer was `claim`, or else what was asked."""
        recorder = self._recorder
        claim = claim or self.chip.claim
        if self.chip.claim is None or claim is None or recorder.number is None:
            return
        self.chip.withdraw()
        ruling = recorder.appeal(claim, self._stage.hand)
        self._seen()
        self._verdict.appealed(recorder.answers[-1].outcome, ruling)
        if ruling is Ruling.COUNTS:
            self._stage.audio.play_right(recorder.game.score.streak)
        else:
            self._stage.audio.play("click")
