"""What several test files use: the shipped model, a small trained classifier, ../shared."""

from __future__ import annotations

from pathlib import Path

import pytest

import framescope
from framescope.model.classifier import FramingClassifier
from framescope.predictor import Predictor

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

TOPICS = {
    "war": ("they attack the border again", "missiles hit the town", "the attack was brutal"),
    "peace": ("talks on peace go on", "both sides want a truce", "dialogue brings peace"),
    "": ("the bus leaves at noon", "rain is expected on Monday", "the team won the match"),
}


def small_set(copies: int = 8) -> tuple[list[str], list[tuple[str, ...]]]:
    """Return labelled texts: three topics, one of them without a label."""
    texts, labels = [], []
    for n in range(copies):
        for label, sentences in TOPICS.items():
            for sentence in sentences:
                texts.append(f"{sentence} in district {'abcdefghij'[n % 10]}{n}")
                labels.append((label,) if label else ())
    return texts, labels


@pytest.fixture(scope="session")
def model() -> Predictor:
    """Return the shipped model."""
    return framescope.load_model()


@pytest.fixture(scope="session")
def small() -> FramingClassifier:
    """Return a classifier trained on a few sentences."""
    texts, labels = small_set()
    return FramingClassifier(cv=3).fit(texts, labels)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of texts lent for measuring; skip where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not there: real texts are lent for measuring only")
    return SHARED
