"""Pupils: a row for each player of a machine, for who looks after them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from game.language import N_, _, figures, ngettext, pgettext
from game.rules.confusion import Confusion
from game.rules.figures import FEW, RoundFigures
from game.rules.mastery import Mastery, Memory
from game.rules.streak import DAY, WEEK

LATELY = 4 * WEEK  # what the share of right answers is taken from
MOST_NEEDS = 2  # weak points that are named
NOTHING = "\N{EN DASH}"
HEADINGS = (  # translated where they are shown
    # Translators: headings of a table of players, short.
    N_("Name"), N_("Last played"), N_("Rounds in 7 days"), N_("Rounds"), N_("Right in 4 weeks"),
    # Translators: what a player should practise.
    N_("Practise"),
)  # fmt: skip


@dataclass(frozen=True)
class Pupil:
    """A player, in figures. Where the database cannot be read, only the name is known."""

    name: str
    known: bool = False
    last_played: datetime.date | None = None
    rounds_this_week: int = 0
    rounds: int = 0
    right: int = 0  # answers, lately
    answered: int = 0  # likewise
    needs: Sequence[str] = ()  # digits and facts that are weak, the weakest first

    def words(self, today: datetime.date) -> tuple[str, ...]:
        """The row, under HEADINGS."""
        if not self.known:
            # Translators: what is kept of a player; it stands under "Last played".
            return (self.name, _("cannot be read"), *[NOTHING] * (len(HEADINGS) - 2))
        enough = self.answered >= FEW
        return (
            self.name,
            _ago(self.last_played, today),
            figures.number(self.rounds_this_week),
            figures.number(self.rounds),
            figures.whole_percent(self.right / self.answered) if enough else NOTHING,
            ", ".join(self.needs) or NOTHING,
        )


def pupil(
    name: str, rounds: Sequence[RoundFigures], confusion: Confusion, memories: Sequence[Memory],
    today: datetime.date,
) -> Pupil:  # fmt: skip
    """The row of a player whose rounds are known."""
    lately = [each for each in rounds if today - each.day < LATELY]
    return Pupil(
        name,
        True,
        max((each.day for each in rounds), default=None),
        sum(today - each.day < WEEK for each in rounds),
        len(rounds),
        sum(each.tally.right for each in lately),
        sum(each.tally.answered for each in lately),
        _needs(confusion, memories),
    )


def _needs(confusion: Confusion, memories: Sequence[Memory]) -> list[str]:
    """The digit that is misread most, and the facts that are the least sure to be remembered."""
    digits = confusion.needs()
    found = sorted(digits, key=lambda digit: (-digits[digit], digit))[:1]
    shaky = [memory for memory in memories if memory.mastery is Mastery.SHAKY]
    shaky.sort(key=lambda memory: (memory.recall, memory.key))
    return [*found, *(memory.key for memory in shaky)][:MOST_NEEDS]


def _ago(day: datetime.date | None, today: datetime.date) -> str:
    if day is None:
        return pgettext("when somebody last played", "never")
    days = max(0, (today - day) // DAY)
    if days == 0:
        return pgettext("when somebody last played", "today")
    if days == 1:
        return pgettext("when somebody last played", "yesterday")
    return ngettext("{count} day ago", "{count} days ago", days).format(count=figures.number(days))
