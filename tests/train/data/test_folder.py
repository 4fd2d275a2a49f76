"""The data folder: the option names it, else the environment, else there is none."""

from pathlib import Path

import pytest

from train.data import folder


def test_the_environment_names_the_folder_and_the_option_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGIT_DASH_DATA", str(tmp_path))
    assert folder.named_folder(None) == tmp_path
    (tmp_path / "other").mkdir()
    assert folder.named_folder(tmp_path / "other") == tmp_path / "other"
    monkeypatch.setenv("DIGIT_DASH_DATA", "")
    assert folder.named_folder(None) is None
    with pytest.raises(folder.DataError, match="does not exist"):
        folder.named_folder(tmp_path / "nowhere")
