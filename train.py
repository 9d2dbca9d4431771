"""Rebuild the shipped model: ``models/default`` from ``data/``, byte for byte under a fixed seed."""

from pathlib import Path

from framescope.codebook import load_codebook
from framescope.report.model_card import model_card
from framescope.training import TrainingSettings, train

ROOT = Path(__file__).resolve().parent
MAX_FEATURES = 180_000


def on_real_text() -> str:
    """Return what docs/quality.md says of the shipped model on text that nobody here wrote."""
    page = (ROOT / "docs/quality.md").read_text(encoding="utf-8")
    section = page.split("## The shipped model")[1].split("## Ablation")[0]
    return f"\n## On real text (from docs/quality.md)\n{section.rstrip()}\n"


def main() -> None:
    """Train on the project's corpus with the project's codebook and write the model folder."""
    settings = TrainingSettings(
        name="framescope-en",
        version="1",
        gazetteers=tuple(sorted((ROOT / "data/gazetteer").glob("*.txt"))),
        lexicon=ROOT / "data/lexicon.txt",
        classifier={
            "max_features": MAX_FEATURES,
            "C": 3.0,
            "class_weight": "balanced",
            "shared": 0.15,
            "threshold_scale": 0.5,
            "least_support": -1.75,
        },
    )
    codebook = load_codebook(ROOT / "data/codebook.toml")
    trained = train([ROOT / "data/corpus"], settings, codebook=codebook)
    folder = ROOT / "models/default"
    trained.classifier.save(
        folder, force=True, card=model_card(trained) + on_real_text(), **trained.manifest()
    )
    print(folder, trained.held_out.macro_f1)


if __name__ == "__main__":
    main()
