"""Errors that come from Rust and JavaScript as text are caught by their class, as those of Python are."""

import numpy as np
import pytest

from elex_browser.errors import CODES, ElexError, QueryError, error_of
from elex_browser.kernels.base import Kernels


@pytest.mark.parametrize("code", sorted(CODES))
def test_an_error_of_a_code_has_its_class(code: str) -> None:
    error = error_of(code, "what", "do")
    assert type(error) is not ElexError
    assert (error.code, type(error).default_code) == (code, code)
    assert (error.problem, error.fix) == ("what", "do")


def test_a_closed_matrix_is_a_query_error_wherever_it_lay(kernels: Kernels) -> None:
    matrix = kernels.matrix(np.eye(4, dtype=np.float32))
    matrix.close()
    with pytest.raises(QueryError):
        matrix.top_k(np.ones(4, np.float32), 1)
