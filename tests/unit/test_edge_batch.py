"""Kernels for callers with arrays of their own."""

import math
from typing import Any

import numpy as np
import pytest

from elex_browser import EdgeBatch
from elex_browser.protocol import QUpdate
from tests.support import refused


def test_edge_batch_searches_and_updates(run: Any) -> None:
    rows = np.eye(3, dtype=np.float32)
    found = run(EdgeBatch.similarity_search(np.array([0, 2, 0], np.float32), rows, 2))
    assert found[0] == (1, 1.0)
    assert len(found) == 2

    update = QUpdate(state="s", action="a", reward=1.0, next_max_q=2.0, current_q=0.5)
    fresh = QUpdate(state="s", action="b", reward=1.0, next_max_q=0.0)
    updated = run(EdgeBatch.batch_q_update([update, fresh], 0.1, 0.5))
    assert updated.tolist() == pytest.approx([0.5 + 0.1 * (1 + 1 - 0.5), 0.1])


def test_edge_batch_refuses_what_is_no_number(run: Any) -> None:
    update = QUpdate(state="s", action="a", reward=math.nan, next_max_q=0.0)
    for updates, alpha in (([update], 0.1), ([], 1.5)):
        with refused("VALIDATION_ERROR"):
            run(EdgeBatch.batch_q_update(updates, alpha, 0.5))
