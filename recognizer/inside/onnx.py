"""Inside a network: what its first layer, of filters or of neurons, answers to a digit.

A model's file gives logits and features. Here a further output is put on it, at what the first
convolution and its ReLU hand on, or what a fully connected layer does before its ReLU. A file is
one protobuf message, and of such messages joining the bytes is merging: what says of the further
output is put behind the rest. So no library for model files is needed, which players would have to
install; only the names of the first layers are read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recognizer.backends.onnx import open_session, try_out
from recognizer.inside.neurons import Neurons
from recognizer.store import ModelEntry
from recognizer.types import Glyph

_FILTERS, _NEURONS = ("Conv",), ("Gemm", "MatMul")
# What still belongs to a first layer of filters, and to one of neurons.
_OF_FILTERS, _OF_NEURONS = ("BatchNormalization", "Relu"), ("BatchNormalization", "Add")

# How fields are written (protobuf's wire types).
_VARINT, _BYTES = 0, 2
_FIXED = {1: 8, 5: 4}  # bytes of each
# The numbers of the fields that are looked at (onnx.proto).
_GRAPH = 7  # of a model
_NODE, _OUTPUT = 1, 12  # of a graph
_TAKES, _GIVES, _OPERATOR = 1, 2, 4  # of a node
_NAME, _TYPE = 1, 2  # of an output
_FLOAT_TENSOR = b"\x0a\x02\x08\x01"  # a type: a tensor of float32


class FirstLayer:
    """The filters of a convolutional network's first layer.

    Raises RecognizerError where they cannot be asked.
    """

    def __init__(self, entry: ModelEntry, content: bytes, name: str) -> None:
        """`content` are the file's bytes with the output `name` on them."""
        self._name = name
        self._session = open_session(entry, {"glyphs"}, {name}, content)
        one = np.zeros((1, 28, 28), np.uint8)
        try_out(self._session, entry, {"glyphs": one}, {name: [(1, None, None, None)]})

    def responses(self, glyph: Glyph) -> NDArray[np.float32]:
        """What each filter answers, float32 (C, H, W), to a glyph uint8 (28, 28)."""
        (responses,) = self._session.run([self._name], {"glyphs": glyph[None]})
        return np.asarray(responses[0], np.float32)


def look_into(entry: ModelEntry) -> FirstLayer | Neurons | None:
    """Open a model of this kind; None for one whose first layer has no answer to show.

    Raises RecognizerError where its file is missing or unfit.
    """
    content = entry.read()
    try:
        nodes, given = _graph(content)
    except (IndexError, ValueError):
        raise entry.unusable("it is no network in ONNX") from None
    first = next((node for node in nodes if node.operator in (*_FILTERS, *_NEURONS)), None)
    if first is None:
        return None
    filters = first.operator in _FILTERS
    name = _end_of(first, nodes, _OF_FILTERS if filters else _OF_NEURONS)
    if name not in given:
        content += _with_output(name)
    return FirstLayer(entry, content, name) if filters else Neurons.open(entry, content, name)


@dataclass(frozen=True)
class _Node:
    """A node of the graph: what it does, and the names of what it takes and gives."""

    operator: str
    takes: Sequence[str]
    gives: Sequence[str]


def _end_of(first: _Node, nodes: Sequence[_Node], following: Sequence[str]) -> str:
    """The name of what a layer hands on, with those of the nodes behind it that belong to it."""
    name = first.gives[0]
    while True:
        takers = [node for node in nodes if name in node.takes]
        if len(takers) != 1 or takers[0].operator not in following:
            return name
        name = takers[0].gives[0]


# --- protobuf, as far as it is needed -------------------------------------------------------------


def _graph(content: bytes) -> tuple[list[_Node], set[str]]:
    """The nodes of a model's graph in their order, and the names of its outputs.

    Raises ValueError or IndexError for bytes that are no model.
    """
    nodes: list[_Node] = []
    given: set[str] = set()
    for _, graph in _fields(memoryview(content), _GRAPH):
        for number, value in _fields(graph, _NODE, _OUTPUT):
            if number == _NODE:
                nodes.append(_node(value))
            else:
                given |= {_text(name) for _, name in _fields(value, _NAME)}
    return nodes, given


def _node(message: memoryview) -> _Node:
    parts: dict[int, list[str]] = {_TAKES: [], _GIVES: [], _OPERATOR: []}
    for number, value in _fields(message, *parts):
        parts[number].append(_text(value))
    return _Node(parts[_OPERATOR][0], parts[_TAKES], parts[_GIVES])


def _fields(message: memoryview, *wanted: int) -> Iterator[tuple[int, memoryview]]:
    """The fields of a message with these numbers that hold bytes; all others are passed over."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            _, at = _varint(message, at)
        elif kind == _BYTES:
            size, at = _varint(message, at)
            if number in wanted:
                yield number, message[at : at + size]
            at += size
        elif kind in _FIXED:
            at += _FIXED[kind]
        else:
            raise ValueError(f"a field is written in the unknown way {kind}")


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """A whole number that begins at a place, and the place behind it."""
    value = shift = 0
    while True:
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def _text(value: memoryview) -> str:
    return bytes(value).decode()


def _with_output(name: str) -> bytes:
    """A piece of a model that says only that its graph has this further output, of float32."""
    output = _field(_NAME, name.encode()) + _field(_TYPE, _FLOAT_TENSOR)
    return _field(_GRAPH, _field(_OUTPUT, output))


def _field(number: int, content: bytes) -> bytes:
    """A field of bytes, as it is written."""
    return _written(number << 3 | _BYTES) + _written(len(content)) + content


def _written(value: int) -> bytes:
    """A whole number, seven bits a byte, the lowest first."""
    written = bytearray()
    while value >= 0x80:
        written.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*written, value])
