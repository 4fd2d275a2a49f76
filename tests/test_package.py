"""What people download, as far as it shows without building it: `.ci/run` builds and plays it."""

from __future__ import annotations

import configparser
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / ".ci" / "package"
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))


def script(name: str) -> ModuleType:
    """One of the scripts, loaded but not run."""
    spec = util.spec_from_file_location(f"package_{name}", PACKAGE / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def build() -> ModuleType:
    return script("build")


def dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed: list[str] = project["dependencies"]
    return needed


def test_only_opencv_is_another_one_with_the_same_bounds(build: ModuleType) -> None:
    declared = dependencies()
    found = build.requirements(declared)
    changed = [(old, new) for old, new in zip(declared, found, strict=True) if old != new]
    (opencv,) = [word for word in declared if word.startswith("opencv-python")]
    assert changed == [(opencv, opencv.replace("opencv-python", "opencv-python-headless"))]


def test_sources_are_asked_for_where_the_system_has_its_packages() -> None:
    one_line = "# main\ndeb [arch=amd64] http://example.org stable main\ndeb-src http://old x y\n"
    fields = "Types: deb deb-src\nURIs: http://example.org\nSuites: stable\n"
    of_sources = script("opencv").of_sources
    assert of_sources(one_line) == "# main\ndeb-src [arch=amd64] http://example.org stable main\n"
    assert of_sources(fields) == fields.replace("deb deb-src", "deb-src")


def test_what_is_called_of_opencv_is_known() -> None:
    assert {"resize", "VideoWriter", "imdecode"} <= set(script("opencv").called())


def test_whatever_playing_needs_has_a_licence_to_show(tmp_path: Path) -> None:
    licences = script("licences")
    names = {name for need in dependencies() for name in licences.closure(licences._bare(need), {})}
    assert names >= {"numpy", "onnxruntime", "pygame-ce", "flatbuffers", "fsrs"}
    assert licences.copy_texts(names, tmp_path) == []
    assert {folder.name for folder in tmp_path.iterdir()} == names
    texts = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    for words in ("SIL OPEN FONT LICENSE", "GNU LESSER GENERAL PUBLIC LICENSE", "Apache License"):
        assert any(words.lower() in text.lower() for text in texts), words


def test_a_package_without_a_text_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    licences = script("licences")
    monkeypatch.setattr(licences, "texts", lambda distribution: [])
    assert licences.copy_texts(["numpy"], tmp_path) == ["numpy"]


def test_what_is_packed_has_its_sum_keeps_links_and_belongs_to_nobody(
    build: ModuleType, tmp_path: Path
) -> None:
    folder = tmp_path / build.NAME
    folder.mkdir()
    program = folder / build.NAME
    program.write_bytes(b"program" * 1000)
    program.chmod(0o755)
    (folder / "other").symlink_to(build.NAME)
    archive = build.packed(folder, tmp_path, "1.2.3")
    assert archive.name.startswith("digit-dash-1.2.3-linux-")
    assert build.weight(folder) == 7000
    (tmp_path / f"{archive.name}.sha256").write_text(build.with_sum(archive))
    script("smoke").checked(archive)
    with tarfile.open(archive) as packed:
        entries = {entry.name: entry for entry in packed}
    assert entries[f"{build.NAME}/other"].issym()
    assert entries[f"{build.NAME}/{build.NAME}"].mode & 0o111
    assert {(entry.uid, entry.uname) for entry in entries.values()} == {(0, "")}


def test_an_altered_archive_is_not_tried(build: ModuleType, tmp_path: Path) -> None:
    smoke = script("smoke")
    archive = tmp_path / "digit-dash.tar.xz"
    archive.write_bytes(b"one")
    (tmp_path / f"{archive.name}.sha256").write_text(build.with_sum(archive))
    smoke.checked(archive)
    archive.write_bytes(b"other")
    with pytest.raises(smoke.Trouble, match=hashlib.sha256(b"other").hexdigest()):
        smoke.checked(archive)


def entry_of(text: str) -> configparser.SectionProxy:
    """The one group of a desktop file."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    return parser["Desktop Entry"]


def started_by(entry: configparser.SectionProxy) -> str:
    """The program that a desktop would start: a string's escapes go first, then a command's."""
    word = entry["Exec"].replace("\\\\", "\\")
    assert word[0] == word[-1] == '"'
    return re.sub(r'\\(["`$\\])', r"\1", word[1:-1]).replace("%%", "%")


@pytest.mark.skipif(sys.platform != "linux", reason="the desktop entry is for Linux")
@pytest.mark.parametrize("name", ["games", "my games", 'odd "$HOME" `x` \\ 100%'])
def test_the_menu_starts_it_from_where_it_lies_and_forgets_it_again(
    tmp_path: Path, name: str
) -> None:
    here, data = tmp_path / name, tmp_path / "data"
    shutil.copytree(PACKAGE / "linux", here)
    (here / "digit-dash.png").write_bytes(b"picture")
    env = {**os.environ, "XDG_DATA_HOME": str(data)}
    subprocess.run([here / "add-to-menu"], env=env, check=True, stdout=subprocess.DEVNULL)
    entry = entry_of((data / "applications/digit-dash.desktop").read_text(encoding="utf-8"))
    assert started_by(entry) == str(here / "digit-dash")
    assert entry["StartupWMClass"] == "digit-dash"  # as `game/__main__.py` names the window
    assert [path.name for path in data.rglob("*.png")] == ["digit-dash.png"]
    subprocess.run([here / "add-to-menu", "--remove"], env=env, check=True)
    assert [path for path in data.rglob("*") if path.is_file()] == []


def commands(workflow: Any) -> Iterator[str]:
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            yield from step.get("run", "").splitlines()


def test_a_release_is_made_by_the_scripts_that_ci_runs() -> None:
    text = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
    released = "\n".join(commands(yaml.safe_load(text)))
    tested = (ROOT / ".ci/run").read_text(encoding="utf-8")
    package = (f".ci/package/{name}.py" for name in ("opencv", "build", "smoke"))
    for step in (*package, "-m build"):
        assert step in released and step in tested, step
    assert "pip_audit" in released
    assert "bandit" in tested and "pip check" in tested


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_asks_for_something(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert form["name"] and form["description"]
    asked = [field for field in form["body"] if field["type"] != "markdown"]
    assert len({field["id"] for field in asked}) == len(asked)
    assert all(field["attributes"]["label"] for field in asked)
    assert any(field.get("validations", {}).get("required") for field in asked)


def test_there_are_issue_forms() -> None:
    assert len(FORMS) >= 3
