"""What the shipped model does on real texts that are lent for measuring; skipped where they are absent."""

from __future__ import annotations

import pytest

from framescope.audit import audit, read_swaps
from framescope.corpus.statements import read_statements
from framescope.evaluation import evaluate
from framescope.shipped import shipped_path

pytestmark = pytest.mark.shared


def test_the_gold_set_is_read_and_the_model_is_far_better_than_chance(model, shared):
    result = evaluate(model, read_statements([shared / "gold/dev.jsonl"]), samples=50)
    assert result.statements == 369
    assert result.macro_f1.value > 0.3
    assert result.framed_balanced_accuracy.value > 0.6


def test_at_most_two_in_a_hundred_swapped_real_statements_change(model, shared):
    texts = read_statements([shared / "gold/dev.jsonl"]).texts
    assert audit(model, texts, read_swaps(shipped_path("data/swaps.toml"))).changed <= 0.02


def test_every_statement_of_a_real_article_is_cut_exactly(model, shared):
    text = (shared / "article.txt").read_text(encoding="utf-8")
    reading = model.read(text)
    assert len(reading.statements) > 20
    assert all(text[s.start : s.end] == s.text for s in reading.statements)
    speakers = {v.speaker_resolved for s in reading.statements for v in s.voice}
    assert any("Zakharova" in (name or "") for name in speakers)
