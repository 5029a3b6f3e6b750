"""Writes wordpiece_reference.json: what the reference tokenizer makes of texts of the domain and of odd ones.

Needs tokenizers 0.23.3, in an environment of its own, and the tokenizer.json of all-MiniLM-L6-v2:
`python tests/data/make_wordpiece_reference.py TOKENIZER_JSON`, from the project's root.
"""

import json
import sys
import tomllib
from pathlib import Path

from tokenizers import Tokenizer

KNOWLEDGE = Path("py/elex_browser/knowledge/features")
TARGET = Path("tests/data/wordpiece_reference.json")
EVERY = 120  # of the domain's texts
ODD = [
    "",
    " \t\n",
    "Which licence does FAJ 121 3094 need?",
    "pmMimoSleepTime.cellSleepMode=1; E-UTRAN/NR-DC, X2-AP (v2.0) 256-QAM & 4x4",
    "3.5GHz,-110dBm;±3dB 10⁻³ µs ½ ÷×€ x^y+z|<>~`$",
    "[CLS] [SEP] [MASK] [UNK] [PAD] ##ing ##",
    "Zürich naïve Ångström façade ﬁber ①②",
    "ΣΑΣ Σ οδός İstanbul ıǅ ẞß",
    "日本語かな한국 基站a切换𠀀b",
    "базовая станция при хэндовере",
    "محطة القاعدة नमस्ते ภาษาไทย",
    "a\u200bb\u00adc\ufeffd a\u0085b\x00c\ufffdd\x0be\x0cf\x1cg",
    "a\u00a0b\u2028c\u3000d\u2003e\u1680f",
    "e\u0301 \u0301 a\u0489b",
    "don't “quote” – dash — … ¿qué? ‽ «x» 、。",
    "👍🏽 signal📶 ☎ ™ © ° №",
    "a\ue000b\U000f0000c",
    "w" * 100,
    "w" * 101,
    "handover" * 20,
    "unaffable unwantedrunning zzzzqqqqxxxx hyperparameterizationally",
]


def main(tokenizer_json: Path) -> None:
    """Write the texts with their ids, and the part of the vocabulary that can have a say in them."""
    tokenizer = Tokenizer.from_file(str(tokenizer_json))
    tokenizer.encode_special_tokens = True  # a "[SEP]" that somebody writes is text
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = [*ODD, *domain_texts()[::EVERY]]
    substrings = {"[UNK]"}
    for text in texts:
        normal = tokenizer.normalizer.normalize_str(text)
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal):
            ends = range(1, len(word) + 1)
            substrings |= {word[a:b] for b in ends for a in range(b)}
    every = sorted(tokenizer.get_vocab().items(), key=lambda entry: entry[1])
    vocabulary = {p: n for p, n in every if p in substrings or p.removeprefix("##") in substrings}
    cases = [[text, tokenizer.encode(text, add_special_tokens=False).ids] for text in texts]
    lines = ",\n".join(json.dumps(case) for case in cases)
    TARGET.write_text(f'{{"vocabulary":\n{json.dumps(vocabulary)},\n"cases": [\n{lines}\n]}}\n')


def domain_texts() -> list[str]:
    """Every written text about a feature."""
    texts: list[str] = []
    for file in sorted(KNOWLEDGE.rglob("*.toml")):
        for record in tomllib.loads(file.read_text(encoding="utf-8")).values():
            for value in record.values():
                texts += value if isinstance(value, list) else [value]
    return texts


if __name__ == "__main__":
    main(Path(sys.argv[1]))
