"""A person's hand: what samples change in a network's belief, and what they must not change."""

import numpy as np
import pytest

from recognizer import Recognizer, RecognizerError
from recognizer.backends.onnx import OnnxClassifier
from recognizer.personal.samples import DrawnHand, Hand
from recognizer.personal.trajectory import trajectory

RANDOM = np.random.default_rng(4)
# One direction a digit in a feature space that is large enough to be far from everything.
PLACES = RANDOM.gamma(0.3, 1.0, (11, 400)).astype(np.float32)
ALL = list(range(10))


def near(place: int, amount: float = 0.05, count: int = 1) -> np.ndarray:
    """Features close to a place, `count` of them."""
    noise = RANDOM.gamma(0.3, 1.0, (count, 400)).astype(np.float32)
    return PLACES[place] * (1 - amount) + amount * noise


def belief(**shares: float) -> np.ndarray:
    """Probabilities (1, 11): `d7=0.2` for a 7, `none=0.3` for no digit; the others share the rest.

    They sum to 1.
    """
    row = np.full(11, np.nan, np.float32)
    for name, share in shares.items():
        row[10 if name == "none" else int(name[1:])] = share
    left = np.isnan(row)
    row[left] = (1 - np.nansum(row)) / left.sum()
    return row[None]


@pytest.fixture
def hand() -> Hand:
    return Hand(np.concatenate([near(d, count=3) for d in ALL]), [d for d in ALL for _ in range(3)])


def test_ink_near_a_sample_is_read_as_the_sample(hand: Hand) -> None:
    before = belief(d1=0.8, d7=0.1)
    after = hand.blend(before, near(7))
    assert after.argmax() == 7
    assert after.dtype == np.float32
    assert after.sum() == pytest.approx(1, abs=1e-5)
    assert hand.blend(before, near(1)).argmax() == 1


def test_what_was_sure_of_something_far_away_stays(hand: Hand) -> None:
    """Nothing is gained by ink that resembles no sample."""
    before = belief(d1=0.7, none=0.1)
    after = hand.blend(before, PLACES[10:])
    assert np.abs(after - before).max() < 0.15
    assert after.argmax() == 1


def test_a_refused_digit_near_a_sample_is_rescued_and_a_scribble_is_not(hand: Hand) -> None:
    refused = belief(d4=0.06, none=0.9)
    assert hand.blend(refused, near(4))[0, 10] < 0.2
    assert hand.blend(refused, PLACES[10:])[0, 10] > 0.88


def test_samples_of_one_digit_leave_the_others_alone() -> None:
    """An appeal alone must not turn every other digit into itself."""
    hand = Hand(near(7), [7])
    halfway = PLACES[7:8] * 0.4 + PLACES[1:2] * 0.6
    assert hand.blend(belief(d1=0.8, d7=0.1), halfway).argmax() == 1
    assert hand.blend(belief(d1=0.8, d7=0.1), near(7, 0.01)).argmax() == 7


def test_ten_classes_are_blended_as_well(hand: Hand) -> None:
    before = belief(d1=0.8, d7=0.1, none=0.0)[:, :10]
    after = hand.blend(before, near(7))
    assert after.shape == (1, 10) and after.argmax() == 7
    assert after.sum() == pytest.approx(1, abs=1e-5)


def test_certainties_and_dead_features_stay_finite(hand: Hand) -> None:
    sure = np.zeros((2, 11), np.float32)
    sure[0, 10] = sure[1, 3] = 1
    after = hand.blend(sure, np.zeros((2, 400), np.float32))
    assert np.isfinite(after).all()
    assert after.argmax(axis=1).tolist() == [10, 3]


# A one and a seven that look much alike, but were drawn from opposite ends.
ONE = np.array([[0.0, 30.0], [20.0, 0.0], [20.0, 100.0]])
SEVEN = ONE[::-1]


@pytest.fixture
def drawn() -> DrawnHand:
    return DrawnHand(np.stack([trajectory([ONE]), trajectory([SEVEN])]), [1, 7])


def test_the_course_tips_a_doubtful_reading(drawn: DrawnHand) -> None:
    shaky = np.stack([trajectory([SEVEN * [1.1, 1.0]])])
    assert drawn.blend(belief(d1=0.7, d7=0.2), shaky).argmax() == 7
    assert drawn.blend(belief(d1=0.2, d7=0.7), shaky).argmax() == 7


def test_the_course_does_not_overrule_a_sure_reading(drawn: DrawnHand) -> None:
    """Anybody draws a digit in another way now and then."""
    after = drawn.blend(belief(d1=0.97, d7=0.01), np.stack([trajectory([SEVEN])]))
    assert after.argmax() == 1


def test_the_course_leaves_digits_without_samples_alone(drawn: DrawnHand) -> None:
    ring = np.linspace(0, 2 * np.pi, 40)
    zero = np.stack([trajectory([np.column_stack([np.sin(ring), -np.cos(ring)])])])
    before = belief(d0=0.8, d1=0.1)
    assert np.abs(drawn.blend(before, zero) - before).max() < 0.1


class Session:
    """Takes the place of ONNX Runtime's: features are the pixels, and all looks like a one."""

    def run(self, outputs: list[str], feeds: dict[str, np.ndarray]) -> list[np.ndarray]:
        glyphs = feeds["glyphs"]
        logits = np.tile(np.log(belief(d1=0.8, none=0.05)), (len(glyphs), 1))
        found = {
            "logits": logits.astype(np.float32),
            "features": glyphs.reshape(len(glyphs), -1).astype(np.float32),
        }
        return [found[name] for name in outputs]


@pytest.fixture
def personal(monkeypatch: pytest.MonkeyPatch) -> Recognizer:
    """A recognizer that calls everything a one, and can learn better."""
    reader = Recognizer("cnn")
    classifier = reader._reader.classifier
    assert isinstance(classifier, OnnxClassifier)
    monkeypatch.setattr(classifier, "_session", Session())
    monkeypatch.setattr(classifier, "learns_hands", True)
    return reader


def test_the_recognizer_learns_at_once_and_forgets(personal: Recognizer, written_digits) -> None:
    assert personal.learns_hands
    samples = [(str(d.value), d.strokes) for d in written_digits]
    assert {personal.read(strokes, length=1).text for _, strokes in samples} == {"1"}
    personal.learn_hand(samples)
    assert [personal.read(s, length=1).text for _, s in samples] == [label for label, _ in samples]
    five, seven = (next(s for label, s in samples if label == d) for d in "57")
    apart = [np.add(stroke, (400, 0, 0)[: np.shape(stroke)[1]]) for stroke in seven]
    assert personal.read([*five, *apart]).text == "57"
    personal.learn_hand([(2, five)])
    assert personal.read(five, length=1).text == "2"
    personal.learn_hand([])
    assert personal.read(five, length=1).text == "1"


@pytest.mark.parametrize("label", ["", "12", "x", 10, -1, None, "٣"])
def test_labels_that_are_no_digit_are_refused(personal: Recognizer, label) -> None:
    with pytest.raises(ValueError, match="none of the digits"):
        personal.learn_hand([(label, [[(0, 0), (1, 20)]])])


@pytest.mark.parametrize("strokes", [[], [[]], [[(0, float("nan"))]], "ink"])
def test_ink_that_is_none_is_refused_and_nothing_is_forgotten(
    personal: Recognizer, written_digits, strokes
) -> None:
    seven = next(d.strokes for d in written_digits if d.value == 7)
    personal.learn_hand([(7, seven)])
    with pytest.raises(ValueError):
        personal.learn_hand([(3, seven), (4, strokes)])
    assert personal.read(seven, length=1).text == "7"


def test_a_backend_that_cannot_learn_says_so_and_reads_on() -> None:
    reader = Recognizer("knn")
    line = [[(0.0, 0.0), (1.0, 20.0)]]
    assert not reader.learns_hands
    with pytest.raises(RecognizerError, match="'knn' cannot learn a hand"):
        reader.learn_hand([(7, line)])
    reader.learn_hand([])
    assert reader.read(line).text == "1"


def test_the_shipped_cnn_learns_a_sign_of_ones_own(written_digits) -> None:
    """A hand that writes its sevens as triangles is read after three of them."""
    reader = Recognizer("cnn")
    if not reader.learns_hands:
        pytest.skip("the shipped CNN was exported without its features")
    random = np.random.default_rng(2)

    def triangle() -> list[np.ndarray]:
        corners = np.array([[0, 0], [100, 0], [55, 110], [0, 0]], float)
        return [corners + random.normal(0, 4, corners.shape)]

    before = [reader.read(triangle(), length=1).text for _ in range(20)]
    assert before.count("7") <= 14
    samples = [(d.value, d.strokes) for d in written_digits]
    reader.learn_hand([*samples, *((7, triangle()) for _ in range(3))])
    after = [reader.read(triangle(), length=1).text for _ in range(20)]
    assert after.count("7") >= 19
    again = [(d.value, reader.read(d.strokes, length=1).text) for d in written_digits]
    assert all(str(value) == text for value, text in again)
    cross_out = [np.column_stack([np.linspace(0, 100, 12), np.arange(12) % 2 * 90.0])]
    assert reader.read(cross_out, length=1).text == "?"
