"""The model card: what a model is, how good it is, and what it cannot do."""

from __future__ import annotations

from collections import Counter

from framescope.evaluation import Estimate, Evaluation
from framescope.training import Trained

_LIMITS = """\
## What it cannot do

- It describes rhetoric. It does not say who is right, or whether something is true.
- It counts words. Irony, allusion and frames told without any typical wording are missed; a typical
  wording used for another purpose can be mistaken for the frame.
- It reads one statement at a time: what only the context makes clear is lost.
- The figures below come from held-out folds of the training corpus (no context or near-duplicate
  group on both sides). Text from other sources is harder: measure on your own before you rely on it.
- Probabilities are calibrated on the training corpus. Where frames are rarer, they are too high.
"""


def model_card(trained: Trained) -> str:
    """Return the card of a trained model in Markdown."""
    held, manifest = trained.held_out, trained.manifest()
    counts = Counter(len(labels) for labels in trained.statements.labels)
    total = len(trained.statements)
    shares = ", ".join(f"{n} labels: {counts[n] / total:.0%}" for n in sorted(counts))
    settings = ", ".join(f"{k}={v!r}" for k, v in manifest["classifier"].items())
    return f"""\
# Model card: {manifest["name"]} {manifest["version"]}

A linear one-vs-rest classifier over TF-IDF of words, characters within words and concepts, trained by
framescope. {len(held.frames)} frames, {trained.classifier.n_features_} n-grams.

- Trained on {total} statements ({shares}); corpus SHA-256 `{manifest["corpus"]["sha256"][:16]}…`.
- Settings: {settings}.
- Actors masked: {"yes" if trained.settings.gazetteers else "no"}; concept lexicon: \
{manifest["inputs"]["lexicon"] or "none"}; word vectors: \
{"yes" if manifest["inputs"]["vectors"] else "no"}.

{_LIMITS}
## Held-out figures, with 95 % intervals

{_headline_table(held)}
{_frame_table(held)}
## Calibration

Mean probability against observed share, all frames together (expected calibration error \
{held.calibration_error:.4f}, Brier score {held.brier:.4f}):

{_reliability_table(held)}"""


def _interval(figure: Estimate) -> str:
    return f"{figure.value:.3f} ({figure.low:.3f}-{figure.high:.3f})"


def _headline_table(held: Evaluation) -> str:
    rows = {
        "macro-F1": held.macro_f1,
        "micro-F1": held.micro_f1,
        "framed-or-not balanced accuracy": held.framed_balanced_accuracy,
        "mean average precision": held.mean_average_precision,
        **{f"family {name}, F1": figure for name, figure in held.families.items()},
    }
    lines = [f"| {name} | {_interval(figure)} |" for name, figure in rows.items()]
    return "\n".join(["| figure | value |", "|---|---|", *lines, ""])


def _frame_table(held: Evaluation) -> str:
    lines = [
        f"| {f.frame} | {f.support} | {f.precision:.2f} | {f.recall:.2f} | {_interval(f.f1)} | "
        f"{f.average_precision or 0:.2f} | {f.calibration_error:.3f} | {f.brier:.4f} |"
        for f in held.frames
    ]
    head = "| frame | support | precision | recall | F1 | AP | ECE | Brier |"
    return "\n".join([head, "|---|---|---|---|---|---|---|---|", *lines, ""])


def _reliability_table(held: Evaluation) -> str:
    lines = [f"| {p:.3f} | {share:.3f} | {int(n)} |" for p, share, n in held.reliability if n]
    return "\n".join(
        ["| mean probability | observed share | decisions |", "|---|---|---|", *lines, ""]
    )
