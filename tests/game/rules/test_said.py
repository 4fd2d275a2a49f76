"""What the rules say to the player goes through the catalogue, and what is stored does not."""

from __future__ import annotations

import gettext as gnu
import math
from collections.abc import Iterator

import pytest

from game import language
from game.language import figures
from game.rules.appeals import COUNTED_APPEALS, LEAST_SHARE, RULE, Ruling
from game.rules.best import LeastTime
from game.rules.mode_names import short_mode, spoken_mode, stored_title
from game.rules.modes import MODES
from game.rules.modes.mode import Mode
from game.rules.prompt import WORDS, Disguise, Prompt
from game.rules.prompt_list import read_prompts

HARD = "sums:hard;signs=plus,times;practice"


class Louder(gnu.NullTranslations):
    """A language of capitals, with a comma before the tenths; gaps stay as they are."""

    def gettext(self, message: str) -> str:
        parts = message.replace("}", "{").split("{")
        return "".join(
            part.upper() if n % 2 == 0 else f"{{{part}}}" for n, part in enumerate(parts)
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return "," if context == "decimal sign" else self.gettext(message)


@pytest.fixture
def louder() -> Iterator[None]:
    language.use(Louder())
    yield
    language.use(gnu.NullTranslations())


@pytest.mark.usefixtures("louder")
def test_names_of_modes_are_said_in_the_language_and_exported_in_english() -> None:
    assert spoken_mode(HARD) == "SUMS: HARD, SIGNS + ×, FOR PRACTICE"
    assert short_mode("sums:hard") == "SUMS (HARD)" and short_mode("sums") == "SUMS"
    assert stored_title(HARD) == "Sums: Hard, Signs + ×, for practice"


@pytest.mark.usefixtures("louder")
def test_a_word_on_the_card_is_shown_in_the_language_and_kept_in_english() -> None:
    prompt = Prompt("7", Disguise.WORD, WORDS[7])
    assert prompt.shown == figures.word(7) == "SEVEN" and prompt.text == "seven"
    assert Prompt("7", Disguise.SUM, "3 + 4").shown == "3 + 4"


@pytest.mark.usefixtures("louder")
def test_times_and_faults_are_said_in_the_language() -> None:
    assert LeastTime().words(62.44) == "1:02,4"
    (fault,) = read_prompts("x", "7/0").faults
    assert fault.sentence == "LINE 1 (“7/0”): NOTHING CAN BE DIVIDED BY 0."


def lasts(mode: Mode) -> float:
    return mode.level().rules.timing.round_seconds


def test_figures_in_fixed_sentences_are_those_of_the_rules() -> None:
    """They are whole sentences to translators, so their numbers stand in them."""
    assert f"{LEAST_SHARE:.0%}" in RULE and f" {COUNTED_APPEALS} times" in RULE
    assert Ruling.USED_UP.value.startswith(f"{COUNTED_APPEALS} ")
    costly = [mode for mode in MODES.values() if mode.goal.penalty]
    assert costly and all(f"{mode.goal.penalty:.0f} seconds" in mode.help for mode in costly)
    timed = [mode for mode in MODES.values() if math.isfinite(lasts(mode))]
    assert timed and all(f"{lasts(mode):.0f} seconds" in mode.tagline for mode in timed)
