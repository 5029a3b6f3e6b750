"""Errors of elex_browser: one root, one stable code per cause, the same codes in Rust and JavaScript."""

from typing import ClassVar


class ElexError(Exception):
    """Root of every error raised on purpose: a stable code, the problem, and what to do.

    Attributes:
        code: one of `CODES`; never reused for another cause.
        problem: what was wrong and where, with the value.
        fix: what the caller can do about it.
    """

    default_code: ClassVar[str] = "QUERY_FAILED"

    def __init__(self, problem: str, fix: str, *, code: str | None = None) -> None:
        self.code = code or self.default_code
        self.problem = problem
        self.fix = fix
        super().__init__(f"{self.code}: {problem}. {fix}.")


class ConfigError(ElexError):
    """A configuration that contradicts itself or lacks what it needs."""

    default_code = "INVALID_CONFIG"


class QueryError(ElexError):
    """A request that cannot be carried out in the state things are in."""

    default_code = "QUERY_FAILED"


class ValidationError(ElexError):
    """Input that does not fit its type, range or place."""

    default_code = "VALIDATION_ERROR"


class MemoryBudgetError(ElexError):
    """A budget, pool or heap that is used up."""

    default_code = "MEMORY_ERROR"


class SerializationError(ElexError):
    """Bytes that are damaged, truncated or of another version."""

    default_code = "SERIALIZATION_ERROR"


class StorageError(ElexError):
    """A file or database that could not be read or written."""

    default_code = "IO_ERROR"


class NotFoundError(ElexError):
    """A name, code or id that nothing answers to."""

    default_code = "NOT_FOUND"


class UntrustedError(ElexError):
    """A file whose signer is unknown or whose signature does not hold."""

    default_code = "UNTRUSTED"


class UnsupportedError(ElexError):
    """A form, version or environment that this build does not work with."""

    default_code = "UNSUPPORTED"


_BY_CODE: dict[str, type[ElexError]] = {
    error.default_code: error
    for error in (
        ConfigError,
        QueryError,
        ValidationError,
        MemoryBudgetError,
        SerializationError,
        StorageError,
        NotFoundError,
        UntrustedError,
        UnsupportedError,
    )
}
CODES: frozenset[str] = frozenset(_BY_CODE)


def error_of(code: str, problem: str, fix: str) -> ElexError:
    """Return an error that came as text, in the class of its code, for those who catch that class."""
    return _BY_CODE.get(code, ElexError)(problem, fix, code=code)
