"""A player's list of sums: its lines are prompts or faults, and a prompt says what it asks."""

from __future__ import annotations

from game.persistence.lists import ListError, ListFolder, read_list
from game.rules.modes.my_list import MODE
from game.rules.prompt import DIVIDED, MINUS, PLUS, TIMES, Disguise, Prompt
from game.rules.prompt_list import LARGEST, MOST_LINES, PromptList, read_line
from tests.fuzz import scratch
from tests.fuzz.contracts import is_sentence

NAME = "Eights"
WORDS = (
    b"7*8\n", b"12/4\n", b"405\n", b"3 \xc3\x97 ? = 27\n", b"?-5=3\n", b"9999", b"# no sum\n",
    b" = ?", b"\xe2\x88\x92", b"\xc3\xb7", b"10000", b"0/0", b"?*0=0",
)  # fmt: skip


def seeds() -> list[bytes]:
    """Lists as people write them."""
    return [
        b"7*8\n12/4\n405\n3*?=27\n",
        "# of today\r\n7 × 8\r\n12 : 4 =\r\n? − 5 = 3\r\n".encode(),
        "\N{ZERO WIDTH NO-BREAK SPACE}13+28=41\rwrong\r6*7=41\r".encode(),
        b"1\n" * (MOST_LINES + 3),
        b"",
    ]


def one(data: bytes) -> None:
    """What can be asked is asked as it is written again, and can be played."""
    with scratch.empty_folder() as folder:
        lists = ListFolder(folder)
        path = folder / f"{NAME}.txt"
        path.write_bytes(data)
        assert lists.names() == [NAME]
        try:
            found = read_list(path)
        except ListError as error:
            is_sentence(error)
            return
        _is_sound(found)
        text = lists.text(NAME)
        lists.write("Copy", text)
        assert lists.text("Copy") == text
        assert lists.read("Copy").prompts == found.prompts


def _is_sound(found: PromptList) -> None:
    assert 0 < len(found.prompts) <= MOST_LINES and len(found.mark) == 12
    for prompt in found.prompts:
        assert prompt.answer.isascii() and 0 <= int(prompt.answer) <= LARGEST
        assert prompt.answer == str(int(prompt.answer)), "nobody writes zeros in front"
        assert prompt.text.isprintable()
        assert read_line(prompt.text) == prompt, prompt.text
        _holds(prompt)
    for fault in found.faults:
        is_sentence(fault.sentence)
        assert fault.sentence.isprintable()
    level = MODE.level(None, None, found)
    assert level.rules.most_digits >= found.most_digits


def _holds(prompt: Prompt) -> None:
    """The answer is right, by Python's own arithmetic."""
    if prompt.disguise is Disguise.NUMERAL:
        assert prompt.text == prompt.answer
        return
    whole = prompt.text.replace("?", prompt.answer)
    left, _, right = whole.partition(" = ")
    first, sign, second = left.split(" ")
    a, b, result = int(first), int(second), int(right or prompt.answer)
    if sign == DIVIDED:
        assert b and (a // b, a % b) == (result, 0)
    else:
        assert {PLUS: a + b, MINUS: a - b, TIMES: a * b}[sign] == result
