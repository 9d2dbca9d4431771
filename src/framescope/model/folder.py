"""The model folder: data only, checked when read.

Format number 1. A folder holds `manifest.json` (format, versions, frames, settings, scores, and the
SHA-256 of every other file), NumPy arrays read with ``allow_pickle=False``, and UTF-8 text files with
one item a line. Nothing in it is ever executed. A manifest without ``least_support`` is one of a model
that needs none. When the layout changes, raise :data:`FORMAT`, say
how old folders are read (or that they are refused) here and in CHANGELOG.md, and keep a test for it.
"""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from framescope.errors import ModelError, OutputError
from framescope.model.abstention import KnownLanguage
from framescope.model.calibration import Calibration, Curves
from framescope.model.feature_settings import BLOCKS, FeatureSettings
from framescope.model.hashing import gram_keys
from framescope.model.linear_model import LinearModel
from framescope.model.trained import TrainedModel
from framescope.records import ModelIdentity
from framescope.text.concepts import Lexicon, Term
from framescope.text.masking import Entry, Gazetteer
from framescope.text.reading import TokenReader

FORMAT = 1
MANIFEST = "manifest.json"
_ARRAYS = ("keys", "idf", "coef", "found", "called", "positives")
_TEXTS = ("ngrams", "words", "actors", "lexicon")
LIBRARIES = ("framescope", "scikit-learn", "numpy", "scipy")


def quantised(model: LinearModel) -> LinearModel:
    """Return the model with the narrow numbers that the folder stores (idf float32, coef float16)."""
    return replace(
        model,
        idf={b: idf.astype(np.float32) for b, idf in model.idf.items()},
        coef={b: coef.astype(np.float16) for b, coef in model.coef.items()},
    )


def write_model(
    trained: TrainedModel, path: Path, *, force: bool = False, extra: dict[str, Any] | None = None
) -> Path:
    """Write a model folder; it appears under its name only when it is whole.

    `extra` goes into the manifest. Raises :class:`OutputError` when the folder exists and `force`
    is not set, or cannot be written.
    """
    if path.exists() and not force:
        raise OutputError(f"{path} exists already; use --force to replace it, or another name.")
    if path.exists() and any(path.iterdir()) and not (path / MANIFEST).exists():
        raise OutputError(f"{path} is not a model folder, so it is not replaced; use another name.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        staged = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        staged.chmod(0o755)
        try:
            _write_files(trained, staged, extra or {})
            if path.exists():
                shutil.rmtree(path)
            staged.rename(path)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"cannot write the model to {path}: {error.strerror or error}."
        ) from error
    return path


def _write_files(trained: TrainedModel, folder: Path, extra: dict[str, Any]) -> None:
    for name, array in _arrays(trained).items():
        np.save(folder / f"{name}.npy", array, allow_pickle=False)
    for name, lines in _texts(trained).items():
        (folder / f"{name}.txt").write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    card = extra.pop("card", None)
    if card:
        (folder / "README.md").write_text(card, encoding="utf-8")
    manifest = _manifest(trained, extra)
    manifest["files"] = {
        file.name: _sha256(file) for file in sorted(folder.iterdir()) if file.suffix != ".md"
    }
    text = json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def _arrays(trained: TrainedModel) -> dict[str, NDArray[Any]]:
    linear = trained.linear
    keys = [gram_keys(b, grams) for b, grams in linear.grams.items()]
    return {
        "keys": np.concatenate(keys),
        "idf": np.concatenate(list(linear.idf.values())).astype(np.float32),
        "coef": np.concatenate(list(linear.coef.values())).astype(np.float16),
        "found": trained.curves.found.astype(np.int32),
        "called": trained.curves.called.astype(np.int32),
        "positives": trained.curves.positives.astype(np.int64),
    }


def _texts(trained: TrainedModel) -> dict[str, list[str]]:
    gazetteer, lexicon = trained.reader.gazetteer, trained.reader.lexicon
    return {
        "ngrams": [str(gram) for grams in trained.linear.grams.values() for gram in grams],
        "words": sorted(trained.language.words),
        "actors": [
            f"{e.placeholder}\t{e.case}\t{' '.join(e.words)}"
            for e in (gazetteer.entries if gazetteer else ())
        ],
        "lexicon": [
            f"{t.concept}\t{int(t.prefix)}\t{' '.join(t.words)}"
            for t in (lexicon.terms if lexicon else ())
        ],
    }


def _manifest(trained: TrainedModel, extra: dict[str, Any]) -> dict[str, Any]:
    calibration, language = trained.calibration, trained.language
    return {
        "format": FORMAT,
        "libraries": {name: _version(name) for name in LIBRARIES},
        "frames": list(trained.frames),
        "thresholds": trained.thresholds.tolist(),
        "least_support": trained.least_support,
        "features": asdict(trained.features),
        "ngrams": {b: len(grams) for b, grams in trained.linear.grams.items()},
        "intercept": trained.linear.intercept.tolist(),
        "calibration": {
            "slope": calibration.slope.tolist(),
            "offset": calibration.offset.tolist(),
            "exclusive": calibration.exclusive,
            "rows": trained.curves.rows,
            "smoothing": trained.curves.smoothing,
        },
        "language": {
            "scripts": list(language.scripts),
            "min_words": language.min_words,
            "min_coverage": language.min_coverage,
        },
        **extra,
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def read_manifest(path: Path) -> dict[str, Any]:
    """Return the manifest of a model folder; raises :class:`ModelError` for anything else."""
    file = path / MANIFEST
    if not path.is_dir() or not file.is_file():
        found = "nothing" if not path.exists() else "a folder" if path.is_dir() else "a file"
        raise ModelError(
            f"{path} is no model folder: found {found} without {MANIFEST}; "
            "name a folder that 'framescope train' wrote."
        )
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise ModelError(
            f"{file} cannot be read as JSON: {error}; train the model again."
        ) from error
    number = manifest.get("format") if isinstance(manifest, dict) else None
    if number != FORMAT:
        raise ModelError(
            f"{path} has model format {number!r}; this version of framescope reads format {FORMAT}. "
            "Train the model again, or use the version of framescope that wrote it."
        )
    return dict(manifest)


def identity_of(path: Path, manifest: dict[str, Any]) -> ModelIdentity:
    """Return the name and version of a model and the SHA-256 of its manifest (which names all files)."""
    name = str(manifest.get("name", path.name))
    return ModelIdentity(name, str(manifest.get("version", "0")), _sha256(path / MANIFEST))


def read_model(path: Path) -> TrainedModel:
    """Read a model folder; raises :class:`ModelError` when a file is missing, changed or malformed."""
    manifest = read_manifest(path)
    files = manifest.get("files", {})
    for name in (*(f"{a}.npy" for a in _ARRAYS), *(f"{t}.txt" for t in _TEXTS)):
        _check_file(path / name, files.get(name))
    try:
        return _assembled(manifest, path)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise ModelError(f"{path} is not a whole model ({error!r}); train it again.") from error


def _check_file(file: Path, expected: str | None) -> None:
    if not file.is_file():
        raise ModelError(f"{file} is missing, so the model is not whole; copy or train it again.")
    if _sha256(file) != expected:
        raise ModelError(
            f"{file} differs from what {MANIFEST} says of it; copy or train the model again."
        )


def read_keys(path: Path) -> NDArray[np.uint64]:
    """Return the hash keys of a model's n-grams, in the order of its weights."""
    return np.asarray(np.load(path / "keys.npy", allow_pickle=False))


def _assembled(manifest: dict[str, Any], path: Path) -> TrainedModel:
    arrays = {name: np.load(path / f"{name}.npy", allow_pickle=False) for name in _ARRAYS}
    calibration, language = manifest["calibration"], manifest["language"]
    stored, least = manifest["features"], manifest.get("least_support")
    ranges = {b: (int(stored[b][0]), int(stored[b][1])) for b in BLOCKS if b in stored}
    features = FeatureSettings(**ranges, min_df=int(stored["min_df"]))
    return TrainedModel(
        frames=tuple(manifest["frames"]),
        linear=_linear(manifest, arrays, _lines(path, "ngrams")),
        calibration=Calibration(
            np.array(calibration["slope"]),
            np.array(calibration["offset"]),
            bool(calibration["exclusive"]),
        ),
        curves=Curves(
            arrays["found"].astype(np.int64),
            arrays["called"].astype(np.int64),
            arrays["positives"],
            int(calibration["rows"]),
            float(calibration["smoothing"]),
        ),
        thresholds=np.array(manifest["thresholds"]),
        language=KnownLanguage(
            frozenset(_lines(path, "words")),
            tuple(language["scripts"]),
            int(language["min_words"]),
            float(language["min_coverage"]),
        ),
        features=features,
        reader=_reader(path),
        least_support=None if least is None else _finite(least),
    )


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(f"{number} is no least support")
    return float(number)


def _linear(
    manifest: dict[str, Any], arrays: dict[str, NDArray[Any]], grams: Sequence[str]
) -> LinearModel:
    sizes = manifest["ngrams"]
    blocks = [block for block in BLOCKS if block in sizes]
    edges = np.cumsum([sizes[b] for b in blocks]).tolist()
    starts = [0, *edges[:-1]]
    if len(grams) != edges[-1] or arrays["coef"].shape != (len(grams), len(manifest["frames"])):
        raise ValueError(f"{len(grams)} n-grams, weights {arrays['coef'].shape}")
    spans = {b: slice(s, e) for b, s, e in zip(blocks, starts, edges, strict=True)}
    return LinearModel(
        grams={b: tuple(grams[span]) for b, span in spans.items()},
        idf={b: arrays["idf"][span] for b, span in spans.items()},
        coef={b: arrays["coef"][span] for b, span in spans.items()},
        intercept=np.array(manifest["intercept"]),
    )


def _reader(path: Path) -> TokenReader:
    entries = [
        Entry(tuple(words.split(" ")), placeholder, int(case))
        for placeholder, case, words in (line.split("\t") for line in _lines(path, "actors"))
    ]
    terms = [
        Term(tuple(words.split(" ")), concept, prefix == "1")
        for concept, prefix, words in (line.split("\t") for line in _lines(path, "lexicon"))
    ]
    return TokenReader(Gazetteer(entries) if entries else None, Lexicon(terms) if terms else None)


def _lines(path: Path, name: str) -> list[str]:
    text = (path / f"{name}.txt").read_bytes().decode("utf-8", "surrogatepass")
    return text.split("\n") if text else []
