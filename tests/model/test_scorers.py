"""The compiled, the plain and the scikit-learn scorer say the same about every text."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from framescope.model.classifier import FramingClassifier
from framescope.model.compiled import CompiledScorer
from framescope.model.plain import PlainScorer
from framescope.model.reference import ReferenceScorer
from framescope.text.normalise import tokenise
from tests.conftest import small_set

WORDS = (
    "Russia's", "U.S.", "US", "us", "puppets", "the so-called", "regime", "don't", "#StandWithUkraine",
    "@mfa_x", "https://t.co/Ab1", "www.x.y", "xhttp://z", "🇺🇦🇷🇺", "🔥🔥", "Србија", "Путин", "和平谈判",
    "İstanbul", "STRASSE", "straße", "cafe\u0301", "a\u200bb", "…", "...", "--", "a--b", "'s", "O'Neil's",
    "1999", "24.2", "e.g.", "\ud800", "\x00", "\u2028", "Democratic Republic of the Congo",
    "behind the scenes", "pull the strings", "#", "@", "_", "''", "x_y", "𝐁𝐨𝐥𝐝", "हिन्दी", "가나다", "👨‍👩‍👧",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(st.characters(), max_size=80),
    st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=25).map("".join),
)


@pytest.fixture(scope="module")
def single_label(model):
    """Return a model with every kind of feature: concepts, word vectors, shape, long n-grams."""
    texts, labels = small_set()
    names = [row[0] if row else "other" for row in labels]
    settings = {"word_ngrams": (1, 3), "concept_ngrams": (1, 3), "reader": model.trained.reader}
    return FramingClassifier(cv=2, **settings).fit(texts, names).trained_


@pytest.fixture(scope="module", params=["shipped", "single label"])
def scorers(request, model, single_label):
    trained = model.trained if request.param == "shipped" else single_label
    return CompiledScorer(trained), PlainScorer(trained), ReferenceScorer(trained)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
@example(["", " ", "\n"])
def test_all_three_scorers_agree_on_any_text(scorers, texts):
    compiled, plain, reference = scorers
    calibrate = compiled.trained.calibration.probabilities
    expected = calibrate(reference.decision(texts))
    assert np.abs(calibrate(compiled.decision(texts)) - expected).max() < 1e-5
    assert np.abs(calibrate(plain.decision(texts)) - expected).max() < 1e-9


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_compiled_and_plain_count_the_same_words_and_letters(scorers, text):
    compiled, plain, _ = scorers
    facts = plain.facts(tokenise(text))
    assert compiled.score([text])[1][0].tolist() == [
        facts.words, facts.known, facts.letters, facts.familiar,
    ]  # fmt: skip


def test_a_batch_says_what_its_texts_say_one_by_one(scorers):
    compiled = scorers[0]
    texts = [" ".join(WORDS[i:] + WORDS[:i]) for i in range(len(WORDS))]
    single = np.concatenate([compiled.decision([text]) for text in texts])
    assert np.array_equal(compiled.decision(texts), single)


def test_a_long_text_is_scored_like_any_other(scorers):
    compiled, plain, _ = scorers
    text = "They deliberately escalate, and nobody says a word. " * 4000
    difference = compiled.decision([text]) - plain.decision([text])
    assert np.abs(difference).max() < 1e-4


def test_forgetting_words_changes_nothing(model):
    scorer = CompiledScorer(model.trained)
    texts = [f"word{n} said the minister of {n * 7}th region" for n in range(300)]
    before = scorer.decision(texts)
    scorer.decision([f"a{n}b{n * 31}c " * 3 for n in range(80_000)])
    assert np.array_equal(scorer.decision(texts), before)


def test_where_no_cache_can_be_written_the_kernel_still_compiles_and_says_so():
    code = (
        "import warnings, numba.core.caching as caching\n"
        "caching.CacheImpl._locator_classes = []\n"
        "with warnings.catch_warnings(record=True) as caught:\n"
        "    warnings.simplefilter('always')\n"
        "    from framescope.model import kernel\n"
        "import numpy as np\n"
        "kinds, chars = np.ones(2, np.uint8), np.array([104, 105], np.uint32)\n"
        "assert kernel.link_prefix(chars, 2, 0) == 0\n"
        "assert 'NUMBA_CACHE_DIR' in str(caught[0].message), caught"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
