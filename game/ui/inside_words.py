"""What is said when one looks inside a recognizer: what one sees, and what it means."""

from __future__ import annotations

from collections.abc import Sequence

from game.language import _, figures, ngettext
from game.ui.formats import spoken_share
from recognizer.inside.sights import Compared, Covered, Disputed, Found, Sight
from recognizer.reading import UNREADABLE, Reading

LEAST_FALL = 0.02  # of a confidence: who loses less by a covered spot does not need it


def verdict(name: str, reading: Reading, digit: int, sight: Sight | None) -> str:
    """What a recognizer makes of the digit that is looked at, or of all that it saw at once."""
    if isinstance(sight, Found) or not reading.digits:
        if not reading.text.strip(UNREADABLE):
            return _("{name} reads no digit.").format(name=name)
        return _("{name} reads {digits}.").format(name=name, digits=reading.text)
    of = reading.digits[digit]
    if of.value is None:
        likeliest = int(of.probabilities.argmax())
        # Translators: {name} is the name of a recognizer, such as CNN, {digit} is such as 7.
        words = _("{name} sees no digit here; likeliest would be {digit}.")
        return words.format(name=name, digit=likeliest)
    # Translators: such as "CNN reads 7, 98% sure."
    words = _("{name} reads {digit}, {share} sure.")
    return words.format(name=name, digit=of.value, share=spoken_share(of.confidence))


def explained(name: str, sight: Sight | None) -> Sequence[str]:
    """What the pictures show and what it means, in a few plain sentences."""
    match sight:
        case Compared():
            return _compared(name, sight)
        case Disputed(duel=duel):
            # Translators: {first} and {second} are digits.
            between = _(
                "For {name} it was between {first} and {second}. Of the digits it learned from,"
                " these have the strongest votes: + is for {first}, − is for {second}."
            )
            total = _("All {count} votes together come to {sum}. Above 0 it is {first}.")
            return (
                between.format(name=name, first=duel.first, second=duel.second),
                total.format(
                    count=figures.number(duel.count), sum=signed(duel.decision), first=duel.first
                ),
            )
        case Covered():
            return _covered(name, sight)
        case Found():
            count = len(sight.before)
            first = ngettext(
                "{name} looks at all of your writing at once and drew {count} box where a digit"
                " could be.",
                "{name} looks at all of your writing at once and drew {count} boxes where a digit"
                " could be.",
                count,
            )
            kept = _("Of boxes on top of one another only the surest stays.")
            return first.format(name=name, count=figures.number(count)), kept
    return (_("{name} has nothing to show of how it came to that.").format(name=name),)


def _compared(name: str, sight: Compared) -> Sequence[str]:
    voting = sum(prototype.share > 0 for prototype in sight.prototypes)
    near = ngettext(
        "These are the digits that {name} learned from and that are most like yours. The smaller"
        " the distance, the more alike; the nearest one decides.",
        "These are the digits that {name} learned from and that are most like yours. The smaller"
        " the distance, the more alike; the nearest {count} decide.",
        voting,
    )
    edges = _("It remembers only where edges run, so all of them look like sketches.")
    return near.format(name=name, count=voting), edges


def _covered(name: str, sight: Covered) -> Sequence[str]:
    found = sight.occlusion
    patch = _(
        "Bit by bit your digit was covered, and {name} read what was left. The stronger the colour,"
        " the more that spot matters."
    ).format(name=name)
    if found.most >= LEAST_FALL:
        # Translators: {share} is such as 40%, {digit} such as 7.
        most = _("Without the strongest spot it is {share} less sure of {digit}.").format(
            share=figures.percent(found.most), digit=found.digit
        )
    else:
        most = _("No spot alone matters much: it knows {digit} by all of them together.").format(
            digit=found.digit
        )
    if sight.neurons:
        layer = _(
            "Each small picture is one of the neurons of its first layer that answered most"
            " strongly: in one colour the ink that spoke for it, in the other what spoke against."
        )
        return patch, most, layer
    if sight.responses is None:
        return patch, most
    layer = _(
        "Each small picture is one filter of its first layer: dark where it found the line or edge"
        " that it looks for."
    )
    return patch, most, layer


def signed(value: float) -> str:
    """A number with its sign, such as +1.2."""
    said = figures.number(value, 1)
    return f"+{said}" if value > 0 else said
