"""The compiled form of the knowledge: what routing needs at start, in arrays that are used as they are."""

import msgspec

from elex_browser.errors import SerializationError
from elex_browser.search.bm25 import Bm25

PACK_VERSION = 2


class Pack(msgspec.Struct, frozen=True):
    """Everything routing needs besides the catalogue's index.

    Attributes:
        fajs: the features' numbers in the order of the catalogue ("0484 0486 …"); a pack that does not
            fit the catalogue is refused.
        names: per feature its name and aliases in stems, "\\n" between features, "|" between names.
        words: known words with how often they are used, "word count" per line, for spelling.
        fields: one document per feature from its name, gist, words, identifiers …
        texts: one document per feature from its written texts and all its questions together.
        questions: one document per written question.
        question_starts: uint32 per feature and one more: where its questions begin.
        vector_words: fingerprint of the embedding table that the token ids belong to; empty in a source
            checkout without a table, which then routes by words alone.
        vector_ids: uint16, the token ids of everything written about the features, text after text.
        vector_lengths: uint16, how many ids each text has.
        vector_starts: uint32 per feature and one more: where its texts begin.
    """

    version: int
    fajs: str
    names: str
    words: str
    fields: Bm25
    texts: Bm25
    questions: Bm25
    question_starts: bytes
    vector_words: str
    vector_ids: bytes
    vector_lengths: bytes
    vector_starts: bytes


def encode_pack(pack: Pack) -> bytes:
    """The bytes of a pack; the same pack gives the same bytes."""
    return msgspec.msgpack.encode(pack, order="deterministic")


def decode_pack(data: bytes) -> Pack:
    """The pack of these bytes.

    Raises:
        SerializationError: the bytes are damaged or of another version.
    """
    try:
        pack = msgspec.msgpack.decode(data, type=Pack)
    except msgspec.MsgspecError as exc:
        raise SerializationError(
            f"The knowledge pack cannot be read: {exc}", "Build the wheel again"
        ) from exc
    if pack.version != PACK_VERSION:
        problem = f"the knowledge pack has version {pack.version}, this code reads {PACK_VERSION}"
        raise SerializationError(problem, "Build the wheel again")
    return pack
