"""Errors that come from Rust and JavaScript as text are caught by their class, as those of Python are."""

import sys

import numpy as np
import pytest

from elex_browser.errors import CODES, ElexError, QueryError, error_of
from elex_browser.kernels.base import Kernels
from elex_browser.kernels.reference import ReferenceKernels


def kernels() -> Kernels:
    """The kernels that run here: Rust inside Pyodide, NumPy elsewhere."""
    if sys.platform != "emscripten":
        return ReferenceKernels()
    from elex_browser import ffi
    from elex_browser.kernels.wasm import WasmKernels

    return WasmKernels(ffi.host().kernels)


@pytest.mark.parametrize("code", sorted(CODES))
def test_an_error_of_a_code_has_its_class(code: str) -> None:
    error = error_of(code, "what", "do")
    assert type(error) is not ElexError
    assert (error.code, type(error).default_code) == (code, code)
    assert (error.problem, error.fix) == ("what", "do")


def test_a_closed_matrix_is_a_query_error_wherever_it_lay() -> None:
    matrix = kernels().matrix(np.eye(4, dtype=np.float32))
    matrix.close()
    with pytest.raises(QueryError):
        matrix.top_k(np.ones(4, np.float32), 1)
