"""Errors of elex_browser: one root, one stable code per cause, the same codes in Rust and JavaScript.

ElexError
├── ConfigError         INVALID_CONFIG       a configuration or option that contradicts itself
├── QueryError          QUERY_FAILED         a request that cannot be carried out as things are
│   ├── ClosedError                          the instance or what it holds was closed: open a new one
│   ├── NotReadyError                        the agent or engine is not in service: initialize, then ask again
│   ├── StoppedError                         the caller stopped the work: nothing of it was kept
│   ├── KernelLostError                      the kernels lost their memory: make what they held anew
│   └── UnexpectedError                      a bug or a broken environment: report it
├── ValidationError     VALIDATION_ERROR     input that does not fit its type, range or place
├── MemoryBudgetError   MEMORY_ERROR         a budget, pool or heap that is used up
├── SerializationError  SERIALIZATION_ERROR  bytes that are damaged, truncated or of another version
├── StorageError        IO_ERROR             a file or database that could not be read or written
├── NotFoundError       NOT_FOUND            a name, code or id that nothing answers to
├── UntrustedError      UNTRUSTED            a file whose signer is unknown or whose signature does not hold
└── UnsupportedError    UNSUPPORTED          a form, version or environment that this build does not work with

The subclasses of QueryError share its code; they let a caller tell what a retry can mend from what it cannot.
"""

from typing import ClassVar, Literal

ErrorKind = Literal["closed", "not_ready", "stopped", "kernel_lost", "unexpected"]
"""What tells the errors of QUERY_FAILED apart."""


class ElexError(Exception):
    """Root of every error raised on purpose: a stable code, the problem, and what to do.

    Attributes:
        code: one of `CODES`; never reused for another cause.
        problem: what was wrong and where, with the value.
        fix: what the caller can do about it.
        kind: of errors that share a code, which one it is; None for the others.
    """

    default_code: ClassVar[str] = "QUERY_FAILED"
    kind: ClassVar[ErrorKind | None] = None

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


class ClosedError(QueryError):
    """An instance, or something that it holds, that was closed."""

    kind = "closed"


class NotReadyError(QueryError):
    """An agent or engine that is not in service."""

    kind = "not_ready"


class StoppedError(QueryError):
    """Work that its caller stopped."""

    kind = "stopped"


class KernelLostError(QueryError):
    """Kernels that lost their memory with all that they held."""

    kind = "kernel_lost"


class UnexpectedError(QueryError):
    """A bug or a broken environment."""

    kind = "unexpected"


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
_BY_KIND: dict[str, type[ElexError]] = {
    str(error.kind): error
    for error in (ClosedError, NotReadyError, StoppedError, KernelLostError, UnexpectedError)
}


def error_of(code: str, problem: str, fix: str, kind: str | None = None) -> ElexError:
    """Return an error that came as text, in the class of its code and kind."""
    if code == QueryError.default_code and kind in _BY_KIND:
        return _BY_KIND[kind](problem, fix)
    return _BY_CODE.get(code, ElexError)(problem, fix, code=code)
