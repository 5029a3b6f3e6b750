"""The seal on a stored record: a browser's database reads flipped bytes back without error.

SHA-256 over key, versions and payload, so that a record cannot pass for another one either.
"""

import hashlib

import msgspec

from elex_browser.storage.base import Damage, Loaded, Record


class StoredRecord(msgspec.Struct, rename="camel"):
    """A record as it lies in the database."""

    key: str
    schema_version: int
    generation: int
    payload: bytes
    sha256: bytes


def seal(record: Record) -> StoredRecord:
    """Return the record with its seal."""
    return StoredRecord(
        record.key, record.schema_version, record.generation, record.payload, _digest(record)
    )


def open_sealed(stored: StoredRecord) -> Record | Damage:
    """Return the record, or what is wrong with it."""
    record = Record(stored.key, stored.generation, stored.schema_version, stored.payload)
    if _digest(record) != stored.sha256:
        return Damage(stored.key, "its checksum does not fit its content", record)
    return record


def open_all(stored: list[StoredRecord]) -> Loaded:
    """Open many records, sound and damaged ones apart."""
    opened = [open_sealed(one) for one in stored]
    return Loaded(
        records=[one for one in opened if isinstance(one, Record)],
        damaged=[one for one in opened if isinstance(one, Damage)],
    )


def _digest(record: Record) -> bytes:
    head = msgspec.json.encode([record.key, record.schema_version, record.generation])
    return hashlib.sha256(head + record.payload).digest()
