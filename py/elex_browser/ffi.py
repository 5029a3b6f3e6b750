"""The one door to JavaScript: only this file imports `js`, `pyodide.ffi` or `elex_host`."""

from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from pyodide.ffi import JsException  # type: ignore[import-not-found]

from elex_browser.errors import CODES, ElexError


def host() -> Any:
    """Return what the worker registered: an object with `kernels` and `storage`."""
    # Here and not above: the worker registers it before the first call, not before the import.
    import elex_host  # type: ignore[import-not-found]

    return elex_host


def call(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a JavaScript function; what it throws comes out as an ElexError.

    Arrays among the arguments are lent: JavaScript takes their buffer and releases it in the call.
    """
    try:
        return function(*arguments)
    except JsException as exc:
        raise_translated(exc)


def raise_translated(exc: JsException) -> NoReturn:
    """Raise ours from a JavaScript error; its code counts only when it is one of ours.

    A DOMException has a numeric `code`, which means something else.
    """
    code = getattr(exc, "code", None)
    if isinstance(code, str) and code in CODES:
        raise ElexError(str(exc.problem), str(exc.fix), code=code) from exc
    problem = f"{exc.name}: {exc.message}"
    raise ElexError(problem, "Reload the page and try again", code="QUERY_FAILED") from exc


def array(typed_array: Any) -> NDArray[Any]:
    """Copy a JavaScript typed array into a NumPy array of the same numbers."""
    return np.asarray(typed_array.to_py())
