"""Damages files at random, as transfers, editors and faulty exporters do."""

import random
import re

_SIGNS = [b"<", b">", b'"', b"'", b"=", b"&", b";", b",", b"{", b"}", b"[", b"]", b"\n", b"\t"]
_SIGNS += [
    b"\0",
    b"\xff",
    b"|",
    b":",
    b"/",
    b"\\",
    b"(",
    b")",
    b"-",
    b"9",
    b"z",
    b" ",
    b"\xe2\x80\xa8",
]
_NAME = re.compile(rb"[A-Za-z][A-Za-z0-9_]{1,40}")


def mutated(data: bytes, rng: random.Random) -> bytes:
    """The file with one to four changes."""
    for _ in range(rng.randint(1, 4)):
        change = rng.choice((_cut, _repeat, _put, _replace, _drop_line, _swap_lines, _rename, _end))
        data = change(data, rng)
    return data


def _span(data: bytes, rng: random.Random, longest: int = 40) -> tuple[int, int]:
    begin = rng.randint(0, len(data))
    return begin, min(len(data), begin + rng.randint(1, longest))


def _cut(data: bytes, rng: random.Random) -> bytes:
    begin, end = _span(data, rng)
    return data[:begin] + data[end:]


def _repeat(data: bytes, rng: random.Random) -> bytes:
    begin, end = _span(data, rng, 200)
    return data[:end] + data[begin:]


def _put(data: bytes, rng: random.Random) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_SIGNS) * rng.choice((1, 1, 1, 2, 30)) + data[at:]


def _replace(data: bytes, rng: random.Random) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(_SIGNS) + data[at + 1 :]


def _drop_line(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.pop(rng.randrange(len(lines)))
    return b"\n".join(lines)


def _swap_lines(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def _rename(data: bytes, rng: random.Random) -> bytes:
    """Misspell one name: everywhere, so that tags still fit together, or at one place."""
    names = _NAME.findall(data)
    if not names:
        return data
    name = rng.choice(names)
    at = rng.randrange(len(name))
    wrong = name[:at] + rng.choice((b"", b"z", name[at : at + 1].swapcase())) + name[at + 1 :]
    return data.replace(name, wrong, rng.choice((-1, 1, 2)))


def _end(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randint(0, len(data))] if rng.random() < 0.3 else data
