"""What a build of the index keeps for the next one, in a folder of its own.

One file holds the outlines of all blocks and the texts of all shards, and one for each block its postings. A file that
is missing, damaged or made by another edition of the code is as good as none.
"""

from __future__ import annotations

import contextlib
import hashlib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
import numpy as np

from shanhai import reference
from shanhai.search.fold import VARIANTS_FILE
from shanhai.search.postings import Block

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from shanhai.search.shards import Shape

T = TypeVar("T")

SHARDS_FILE, BLOCK_ENDING, PART_ENDING = "shards.bin", ".block", ".part"

DIGEST_BYTES = 16


class Outline(msgspec.Struct, frozen=True, gc=False):
    """What is known of a block without its postings; `units` and `lines` as in `Block`."""

    key: bytes
    units: tuple[int, ...]
    lines: tuple[int, ...]
    postings: int
    size: int
    characters: str


class Kept(msgspec.Struct, frozen=True):
    """The blocks of a build in their order, and the texts of its shards, one behind the other, with their lengths."""

    bits: int
    width: int
    outlines: tuple[Outline, ...]
    lengths: tuple[int, ...]
    texts: str

    @property
    def starts(self) -> set[tuple[bytes, int]]:
        """Each block with the number of its first unit."""
        return {(one.key, start) for one, start in zip(self.outlines, unit_numbers(self.outlines), strict=True)}

    def shards(self) -> list[str]:
        """The text of each shard."""
        ends = np.cumsum(self.lengths).tolist()
        return [self.texts[start:end] for start, end in zip([0, *ends], ends, strict=False)]


class _Postings(msgspec.Struct, frozen=True, gc=False):
    outline: Outline
    hashes: bytes
    places: bytes
    wide: bool


class Store:
    """The folder of a build; without one nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder:
            folder.mkdir(parents=True, exist_ok=True)

    def kept(self) -> Kept | None:
        """What the build before kept, `None` where there was none."""
        return self._read(SHARDS_FILE, Kept)

    def block(self, key: bytes) -> Block | None:
        """The block of this key, `None` where it is not kept."""
        read = self._read(key.hex() + BLOCK_ENDING, _Postings)
        if not read or read.outline.key != key:
            return None
        return Block(
            hashes=np.frombuffer(read.hashes, dtype=np.uint32),
            places=np.frombuffer(read.places, dtype=np.uint32 if read.wide else np.uint16),
            units=np.array(read.outline.units, dtype=np.uint32),
            lines=np.array(read.outline.lines, dtype=np.uint32),
            size=read.outline.size,
            characters=read.outline.characters,
        )

    def keep_block(self, key: bytes, made: Block) -> None:
        """Keep a block for the next build."""
        if not self._folder:
            return
        wide = made.places.dtype == np.uint32
        content = _Postings(outline(key, made), made.hashes.tobytes(), made.places.tobytes(), wide)
        self._write(key.hex() + BLOCK_ENDING, content)

    def keep(self, form: Shape, outlines: Sequence[Outline], texts: Sequence[str]) -> None:
        """Keep the texts of all shards, and of the blocks no other than these."""
        if self._folder:
            self._write(SHARDS_FILE, Kept(*form, tuple(outlines), tuple(map(len, texts)), "".join(texts)))
            self._remove_all_but({one.key.hex() + BLOCK_ENDING for one in outlines})

    def _read(self, name: str, shape: type[T]) -> T | None:
        if not self._folder:
            return None
        try:
            content = memoryview((self._folder / name).read_bytes())
            if bytes(content[:DIGEST_BYTES]) != _digest(content[DIGEST_BYTES:]):
                return None
            return msgspec.msgpack.decode(content[DIGEST_BYTES:], type=shape)
        except (OSError, msgspec.MsgspecError):
            return None

    def _write(self, name: str, value: object) -> None:
        if not self._folder:
            return
        content = msgspec.msgpack.encode(value)
        part = self._folder / (name + PART_ENDING)
        # What cannot be kept is made again by the next build.
        with contextlib.suppress(OSError):
            with part.open("wb") as file:
                file.write(_digest(content))
                file.write(content)
            part.replace(self._folder / name)

    def _remove_all_but(self, names: Collection[str]) -> None:
        if not self._folder:
            return
        for ending in (BLOCK_ENDING, PART_ENDING):
            for path in self._folder.glob(f"*{ending}"):
                if path.name not in names:
                    with contextlib.suppress(OSError):
                        path.unlink()


def outline(key: bytes, made: Block) -> Outline:
    """The outline of a block."""
    return Outline(
        key=key,
        units=tuple(made.units.tolist()),
        lines=tuple(made.lines.tolist()),
        postings=len(made.hashes),
        size=made.size,
        characters=made.characters,
    )


def unit_numbers(outlines: Collection[Outline]) -> list[int]:
    """The number of the first unit of each block."""
    counts = np.cumsum([0, *(len(one.lines) for one in outlines)])
    return [int(count) for count in counts[:-1]]


def _digest(content: bytes | memoryview) -> bytes:
    return hashlib.blake2b(content, digest_size=DIGEST_BYTES, key=_edition()).digest()


@cache
def _edition() -> bytes:
    """A digest of all that the files depend on beside the articles: the code of this package, its tables, Unicode."""
    found = hashlib.blake2b(unicodedata.unidata_version.encode(), digest_size=32)
    for path in sorted(Path(__file__).parent.glob("*.py")):
        found.update(path.read_bytes())
    found.update(reference.text(VARIANTS_FILE).encode())
    return found.digest()
