"""Rebuild the shipped model: ``models/default`` from ``data/``, byte for byte under a fixed seed."""

from pathlib import Path

from framescope.codebook import load_codebook
from framescope.report.model_card import model_card
from framescope.training import TrainingSettings, train

ROOT = Path(__file__).resolve().parent
MAX_FEATURES = 180_000


def main() -> None:
    """Train on the project's corpus with the project's codebook and write the model folder."""
    settings = TrainingSettings(
        name="framescope-en",
        version="1",
        gazetteers=tuple(sorted((ROOT / "data/gazetteer").glob("*.txt"))),
        lexicon=ROOT / "data/lexicon.txt",
        classifier={
            "max_features": MAX_FEATURES,
            "C": 10.0,
            "class_weight": "balanced",
            "threshold_scale": 0.75,
        },
    )
    codebook = load_codebook(ROOT / "data/codebook.toml")
    trained = train([ROOT / "data/corpus"], settings, codebook=codebook)
    folder = ROOT / "models/default"
    trained.classifier.save(folder, force=True, card=model_card(trained), **trained.manifest())
    print(folder, trained.held_out.macro_f1)


if __name__ == "__main__":
    main()
