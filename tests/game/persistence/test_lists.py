"""The player's lists: files are bounded, told of in a sentence if they are no use, and kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.persistence.lists import MOST_BYTES, ListError, ListFolder, is_name, read_list


@pytest.fixture
def lists(tmp_path: Path) -> ListFolder:
    return ListFolder(tmp_path / "lists")


def test_a_list_is_kept_and_found_again(lists: ListFolder) -> None:
    assert lists.names() == []
    lists.write("Sevens", "7*8\n3 × ? = 27\n")
    lists.write("drei", "405")
    (lists.folder / "notes.md").write_text("7*8")
    (lists.folder / "TIMES.TXT").write_text("7*8")
    assert lists.names() == ["drei", "Sevens", "TIMES"]
    assert [prompt.answer for prompt in lists.read("Sevens").prompts] == ["56", "9"]
    assert lists.read("TIMES").name == "TIMES" and lists.text("drei") == "405"
    assert lists.free_name("Sevens") == "Sevens 2" and lists.free_name("New") == "New"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"7*8\n\xff\xfe", "is no UTF-8 text; save it as UTF-8"),
        ("7*8\n".encode("utf-16"), "is no UTF-8 text"),
        (b"7*8\n" * MOST_BYTES, "is larger than 16,000 bytes"),
        (b"", "holds nothing to ask"),
        (b"# only words\n\n", "holds nothing to ask"),
        (b"hello\n", "holds nothing to ask. Line 1 (“hello"),
        (b"\0\0\0", "holds nothing to ask"),
    ],
)
def test_what_is_no_list_is_told_in_a_sentence(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "homework.txt"
    path.write_bytes(content)
    with pytest.raises(ListError) as told:
        read_list(path)
    assert why in str(told.value) and "homework" in str(told.value)
    assert str(told.value).isprintable()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_nobody_waits_for_a_pipe_or_reads_a_folder(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    for path in (tmp_path / "pipe.txt", tmp_path, tmp_path / "missing.txt"):
        with pytest.raises(ListError, match="cannot be read"):
            read_list(path)


def test_a_mark_at_the_beginning_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "from-windows.txt"
    path.write_bytes(b"\xef\xbb\xbf7*8\r\n12/4\r\n")
    found = read_list(path)
    assert len(found.prompts) == 2 and found.faults == ()


@given(name=st.text(max_size=60))
def test_a_name_is_a_file_of_the_folder_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    lists = ListFolder(tmp_path_factory.mktemp("names"))
    if not is_name(name):
        with pytest.raises(ListError):
            lists.write(name, "7*8")
        assert list(lists.folder.iterdir()) == []
    else:
        lists.write(name, "7*8")
        assert [path.parent for path in lists.folder.iterdir()] == [lists.folder]
        assert lists.names() == [name]


@pytest.mark.parametrize("name", ["", "..", ".hidden", "a/b", "a\\b", "c:", "x" * 41, " a", "a\0"])
def test_such_names_lead_nowhere(name: str) -> None:
    assert not is_name(name)


def test_too_much_is_not_written(lists: ListFolder) -> None:
    with pytest.raises(ListError, match="16,000 bytes"):
        lists.write("long", "7" * (MOST_BYTES + 1))
    assert not lists.folder.exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "lists").write_text("in the way")
    lists = ListFolder(tmp_path / "lists")
    assert lists.names() == []
    with pytest.raises(ListError, match="cannot be kept"):
        lists.write("a", "7*8")
