"""`python -m game modes`: every mode with its levels, what they mean, and what can be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from game.command_line import Parser
from game.rules.modes import MODES
from game.rules.modes.mode import Mode
from game.rules.options import AND, GIVEN
from game.scenes import doors

NAME = "modes"


def main(arguments: Sequence[str]) -> int:
    """Print them; return the exit code."""
    parser = Parser(
        prog=f"digit-dash {NAME}",
        description="Print all modes: names for --mode, --level and --option.",
    )
    parser.parse_args(arguments)
    for door in doors.all_doors():
        names = door.key if door.of_file is None else f"{door.key} [FILE]"
        print(f"{names}: {door.title}. {door.tagline}")
        for line in _about(MODES[door.key]) if door.has_levels else ():
            print(f"  {line}")
    return 0


def _about(mode: Mode) -> Iterator[str]:
    """The levels, the usual one named as such, and the options as the command line takes them."""
    width = max(len(level.key) for level in mode.levels)
    for level in mode.levels:
        usual = " (usual)" if len(mode.levels) > 1 and level.key == mode.level().key else ""
        yield f"{level.key:{width}}  {level.title}: {level.meaning}{usual}"
    for option in mode.options:
        keys = tuple(choice.key for choice in option.choices)
        usual = "all" if option.default == keys else AND.join(option.default)
        count = "some of" if option.several else "one of"
        word = f"{option.key}{GIVEN}{AND.join(option.default)}"
        yield f"--option {word}  {option.title}: {option.meaning}"
        yield f"    {count} {', '.join(keys)} (usual: {usual})"
