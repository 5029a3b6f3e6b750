"""What every implementation of the kernels refuses, said once and in the same words."""

import numpy as np
from numpy.typing import DTypeLike, NDArray

from elex_browser.errors import ValidationError
from elex_browser.kernels.base import IndexParameters


def check_columns(dtype: DTypeLike, **columns: NDArray[np.generic]) -> int:
    """Return the length that all columns share.

    Raises:
        ValidationError: another dtype, more than one dimension, gaps in memory, or other lengths.
    """
    wanted, length = np.dtype(dtype), -1
    # One plain loop, which costs half of what `all()` over generators does: it runs before every call.
    for column in columns.values():
        fits = column.dtype == wanted and column.ndim == 1 and column.flags.c_contiguous
        if not fits or len(column) != length != -1:
            break
        length = len(column)
    else:
        return length
    for name, column in columns.items():
        if column.dtype != dtype:
            fix = f"Convert with {name}.astype(np.{np.dtype(dtype).name})"
            raise ValidationError(f"{name} is {column.dtype}", fix)
        if column.ndim != 1 or not column.flags.c_contiguous:
            problem = f"{name} of shape {column.shape} is not one column without gaps"
            raise ValidationError(problem, "Pass np.ascontiguousarray of one column")
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValidationError(f"the lengths differ: {lengths}", "Give columns of one length")
    return next(iter(lengths.values()))


def check_rows(rows: NDArray[np.float32]) -> None:
    """Refuse what is not a float32 matrix; whether it is finite shows where it is copied.

    Raises:
        ValidationError: not float32 of shape (n, dimensions) without gaps.
    """
    if rows.ndim != 2 or rows.shape[1] == 0:
        problem = f"rows have shape {rows.shape}, not (n, dimensions)"
        raise ValidationError(problem, "Stack the vectors to a matrix")
    if not rows.flags.c_contiguous:
        raise ValidationError("rows have gaps in memory", "Pass np.ascontiguousarray of them")
    check_columns(np.float32, rows=rows.reshape(-1))


def check_query(query: NDArray[np.float32], dimensions: int) -> None:
    """Refuse a query of another length; whether it is finite shows where it is copied.

    Raises:
        ValidationError: not float32 of shape (dimensions,).
    """
    if check_columns(np.float32, query=query) != dimensions:
        problem = f"the query has {len(query)} dimensions, the matrix {dimensions}"
        raise ValidationError(problem, "Use the embedding that the rows were made with")


def check_index(parameters: IndexParameters) -> None:
    """Refuse settings that no index works with; the limits are those of the Rust module.

    Raises:
        ValidationError: dimensions that are no multiple of 4, or links or candidates outside their limits.
    """
    dimensions, m, m_max0 = parameters.dimensions, parameters.m, parameters.m_max0
    if not 4 <= dimensions <= 65_536 or dimensions % 4:
        fix = "Use a multiple of 4 up to 65536; fill vectors up with zeros"
        raise ValidationError(f"an index of {dimensions} dimensions", fix)
    if not (2 <= m <= 128 and m <= m_max0 <= 255):
        fix = "Use 2 to 128 links, and m to 255 in layer 0"
        raise ValidationError(f"m is {m} and m_max0 is {m_max0}", fix)
    for name in ("ef_construction", "ef_search"):
        ef = getattr(parameters, name)
        if not 1 <= ef <= 65_535:
            raise ValidationError(f"{name} is {ef}", "Use 1 to 65535 candidates")
    for name in ("seed", "exact_up_to"):
        number = getattr(parameters, name)
        if not 0 <= number < 1 << 32:
            raise ValidationError(f"{name} is {number}", "Use a number from 0 to 4294967295")


def check_vectors(ids: NDArray[np.uint32], vectors: NDArray[np.float32], dimensions: int) -> None:
    """Refuse vectors that do not fit an index or their ids.

    Raises:
        ValidationError: another dtype, shape or number.
    """
    check_columns(np.uint32, ids=ids)
    check_rows(vectors)
    if vectors.shape != (len(ids), dimensions):
        problem = f"vectors of shape {vectors.shape} are not {len(ids)} of {dimensions} dimensions"
        raise ValidationError(problem, "Use the embedding that the index was made with")


def check_k(k: int) -> None:
    """Refuse to search for nothing.

    Raises:
        ValidationError: k < 1.
    """
    if k < 1:
        raise ValidationError(f"k is {k}", "Ask for at least one row")


def check_rate(name: str, rate: float) -> None:
    """Refuse a learning rate or discount that is none.

    Raises:
        ValidationError: outside [0, 1], or NaN.
    """
    if not 0 <= rate <= 1:
        raise ValidationError(f"{name} is {rate}", "Give a number from 0 to 1")
