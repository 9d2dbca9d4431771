"""Training: labelled tables in, a model folder with its card out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from framescope.codebook import Codebook
from framescope.corpus.statements import (
    LabelledColumns,
    LabelledStatements,
    check_labels,
    rare_labels,
    read_statements,
)
from framescope.errors import LabelError
from framescope.evaluation import Evaluation, Judged, figures
from framescope.model.classifier import FramingClassifier
from framescope.text.concepts import read_lexicon
from framescope.text.masking import read_gazetteer
from framescope.text.reading import TokenReader


@dataclass(frozen=True)
class TrainingSettings:
    """How a model is trained: settings of the classifier, and the files its reader uses.

    `gazetteers` (actor lists) and `lexicon` (concepts) may be empty: then nothing is masked, and
    there are no concepts.
    """

    name: str = "model"
    version: str = "1"
    gazetteers: tuple[Path, ...] = ()
    lexicon: Path | None = None
    classifier: dict[str, Any] = field(default_factory=dict)

    def reader(self) -> TokenReader:
        """Return the token reader that the files make."""
        gazetteer = read_gazetteer(*self.gazetteers) if self.gazetteers else None
        return TokenReader(gazetteer, read_lexicon(self.lexicon) if self.lexicon else None)


@dataclass(frozen=True)
class Trained:
    """A trained classifier, its held-out figures, and the corpus it learnt from."""

    classifier: FramingClassifier
    held_out: Evaluation
    statements: LabelledStatements
    settings: TrainingSettings

    def manifest(self) -> dict[str, Any]:
        """Return what the model folder's manifest says beside the model itself."""
        held = self.held_out
        return {
            "name": self.settings.name,
            "version": self.settings.version,
            "classifier": {
                name: value
                for name, value in sorted(self.classifier.get_params(deep=False).items())
                if name not in ("reader", "vectors", "progress", "n_jobs")
            },
            "inputs": {
                "gazetteers": [path.name for path in self.settings.gazetteers],
                "lexicon": self.settings.lexicon.name if self.settings.lexicon else None,
                "vectors": self.classifier.uses_vectors_,
            },
            "corpus": {"statements": len(self.statements), "sha256": corpus_hash(self.statements)},
            "scores": {
                "held_out": {
                    name: asdict(getattr(held, name))
                    for name in ("macro_f1", "micro_f1", "framed_balanced_accuracy")
                }
            },
        }


def corpus_hash(statements: LabelledStatements) -> str:
    """Return the SHA-256 of the texts and labels, in order."""
    digest = hashlib.sha256()
    for text, labels in zip(statements.texts, statements.labels, strict=True):
        line = f"{text}\t{'|'.join(labels)}\n"
        digest.update(line.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def train(
    data: Sequence[str | Path],
    settings: TrainingSettings,
    columns: LabelledColumns | None = None,
    codebook: Codebook | None = None,
    progress: Callable[[str], None] | None = None,
) -> Trained:
    """Read labelled tables, fit a classifier and measure it on its held-out folds.

    With a codebook, frames it does not name are refused, and the score columns follow its order.
    Raises :class:`LabelError` for labels with fewer than five examples, and for labels that cannot
    be learnt.
    """
    statements = read_statements(data, columns, codebook)
    if rare := rare_labels(statements.labels):
        raise LabelError(f"{rare}. Add examples, or drop these labels.")
    check_labels(statements.labels)
    found = {label for row in statements.labels for label in row}
    classes = [frame for frame in codebook.ids if frame in found] if codebook else None
    classifier = FramingClassifier(
        **{"reader": settings.reader(), "progress": progress, **settings.classifier}
    )
    classifier.fit(statements.texts, statements.labels, groups=statements.groups, classes=classes)
    held = classifier.held_out_
    judged = Judged(
        tuple(classifier.classes_),
        held.labels > 0,
        classifier.decide(held.probabilities),
        held.probabilities,
    )
    return Trained(classifier, figures(judged, None, codebook), statements, settings)
