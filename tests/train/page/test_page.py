"""The report's page: what it shows of the samples, that it is whole, and that a browser runs it."""

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from recognizer import ink
from train.data.sets import Images
from train.fitting.history import Epoch, History
from train.forms.digits import draw_digit
from train.forms.distortions import DISTORTIONS
from train.measures import digits
from train.measures.digits import DigitOutcome
from train.measures.robustness import PLAIN, PREPARED
from train.page import build, charts, samples

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def outcome(test_set: str, misread: dict[int, int]) -> DigitOutcome:
    """Two digits of each value, read right but for the rows of `misread`."""
    random = np.random.default_rng(1)
    truth = np.repeat(np.arange(10), 2)
    glyphs = [ink.glyph([s * 90 for s in draw_digit(int(value), random)]) for value in truth]
    read = truth.copy()
    for row, value in misread.items():
        read[row] = value
    return DigitOutcome(test_set, truth, read, np.full((20, 10), 0.1, np.float32), np.stack(glyphs))


@pytest.fixture
def by_model() -> dict[str, DigitOutcome]:
    return {
        "CNN": outcome("MNIST test", {3: 7}),
        "<KNN>": outcome("MNIST test", {3: 7, 8: -1}),
    }


def test_misread_digits_come_first_and_those_right_beside(by_model: dict[str, Any]) -> None:
    found = samples.shown(by_model, more=[0, 19])
    assert [sample["wrong"] for sample in found.samples[:3]] == [2, 1, 0]
    assert found.samples[0] | {"sure": 0} == {
        "at": 0, "truth": 1, "read": [7, 7], "sure": 0, "wrong": 2,
    }  # fmt: skip
    assert found.samples[1]["read"] == [4, -1]
    assert len(found.rows) == len(set(found.rows.tolist())) == 20
    assert found.sprite.startswith("data:image/png;base64,")


def test_charts_say_in_words_what_they_show() -> None:
    share = {"share": 0.99, "95 % interval": [0.98, 0.995]}
    model = {"title": "CNN", "intervals": {"a set": share}, "file bytes": 2e6, "p50 ms": 0.4}
    assert "CNN 1.00 % in 0.40 ms and 2.0 MB" in charts.price([model], "a set").words
    epochs = [Epoch(n + 1, 0.5, accuracy, 9.0) for n, accuracy in enumerate((0.9, 0.99))]
    drawn = charts.learning({"FCN": History(epochs, 2)})
    assert "FCN from 10.00 to 1.00 % in 2 epochs" in drawn.words
    assert json.dumps(drawn.as_dict())


@pytest.fixture
def page(tmp_path: Path, by_model: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Path:
    """index.html of two models on one small set, robustness included."""
    share = {"share": 0.5}
    curves = [
        {"distortion": of.name, "fed": fed, "right": [share] * len(of.degrees)}
        for of in DISTORTIONS
        for fed in (PLAIN, PREPARED)
    ]
    (tmp_path / "robustness.json").write_text(json.dumps(dict.fromkeys(by_model, curves)))
    monkeypatch.setattr(digits, "read_all", lambda reader, sets: (by_model[reader.title],))
    of = by_model["CNN"]
    mnist = Images(of.glyphs, of.truth)
    readers = [SimpleNamespace(title=title, history=None, model=None) for title in by_model]
    build.measure(readers, SimpleNamespace(mnist=mnist), tmp_path)  # type: ignore[arg-type]
    return tmp_path / "index.html"


class _Outside(HTMLParser):
    """Collects what a page would load from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("src", "href", "data", "srcset") and value and value[:1] != "#":
                self.found += [] if value.startswith("data:") else [value]


def test_the_page_is_whole_small_and_says_names_as_they_are(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    parser = _Outside()
    parser.feed(text)
    assert not parser.found
    assert len(text) < 20e6
    body = re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL)
    assert "&lt;KNN&gt;" in body
    assert "<KNN>" not in body
    assert "2 of 20 misread, most often" in body


@pytest.mark.skipif(CHROMIUM is None, reason="needs Debian's chromium")
@pytest.mark.timeout(120)
def test_a_browser_sorts_browses_and_complains_of_nothing(page: Path, tmp_path: Path) -> None:
    assert CHROMIUM is not None
    check = """
    <script>
    const noted = {errors: [], first: []};
    window.onerror = (message) => { noted.errors.push(message); };
    </script>"""
    act = """
    <script>
    const head = document.querySelectorAll(".sortable thead button")[1];
    const first = () => document.querySelector(".sortable tbody th").textContent;
    head.click(); noted.first.push(first()); head.click(); noted.first.push(first());
    document.querySelector('.confusion:not([hidden]) .wrong button').click();
    noted.behind = document.getElementById("behind").textContent;
    const least = document.getElementById("mistake-least");
    least.value = 2; least.dispatchEvent(new Event("input"));
    noted.mistakes = document.getElementById("mistake-count").textContent;
    const degree = document.getElementById("degree");
    degree.value = 2; degree.dispatchEvent(new Event("input"));
    noted.words = document.getElementById("robustness-words").textContent;
    noted.bars = document.querySelectorAll("#robustness-chart .bars .point").length;
    document.body.replaceChildren(JSON.stringify(noted));
    </script>"""
    text = page.read_text(encoding="utf-8")
    tried = tmp_path / "tried.html"
    tried.write_text(text.replace("<body>", f"<body>{check}").replace("</body>", f"{act}</body>"))
    done = subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr",
            f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=4000", "--dump-dom",
            tried.as_uri(),
        ],
        capture_output=True, text=True, timeout=100, check=True,
    )  # fmt: skip
    assert not re.findall(r"CONSOLE.*", done.stderr)
    body = re.search(r"<body[^>]*>(\{.*\})\s*</body>", done.stdout, re.DOTALL)
    assert body is not None
    said = json.loads(html.unescape(body[1]))
    assert said["errors"] == []
    assert said["first"] == ["CNN", "<KNN>"]
    assert said["behind"] == "1 read as 7, 10 %"
    assert said["mistakes"] == "1 digit"
    assert said["words"].startswith("shift, 2 px: CNN 50 % plainly resized, 50 % prepared")
    assert said["bars"] == 4
