"""Measure the voices of real news articles against gold attributions, and the speed.

The articles are the 84 of ``../shared/benchmarks/polnear_dev_docs.jsonl`` (PolNeaR: US political
news, 2016), which is lent for evaluation and lies beside the repository. Nothing of it is copied.

Definitions
-----------
content
    A letter or digit is *gold* when the content of any gold attribution covers it, and *found* when
    any ``VoiceSpan`` of ``find_voices`` does. Precision, recall and F1 are over all letters and
    digits of all articles together. White space and punctuation do not count.
speaker
    A *direct quote* is a stretch between double quotation marks inside the content of a gold
    attribution that has a source, of five words or more (a word: letters, digits, apostrophes and
    hyphens). Our answer is the speaker of the quoted ``VoiceSpan`` that overlaps it most. It is
    right when the speaker's offsets overlap the gold source, or when the speaker as written or
    resolved shares a capitalised head word with the gold source, titles and articles left out. A
    quote that no span covers, and a span without a speaker, count as wrong. *Strict* counts only
    overlapping offsets.
speed
    Statements (``split_statements``) a second of one process's time, best of five runs, reading
    with ``find_voices`` alone. Splitting is timed apart.
linear
    Time for a text of one million characters of one repeated piece over the time for half of it.

The rules were written looking at every second article (half A: numbers 0, 2, 4, ...). Half B was
the check until the last steps, which looked at both; docs/decisions/voice-by-rules.md says what was
seen when. The two are printed apart.

Run: ``python benchmarks/bench_voice.py``. Exit code 0: every bar is reached; 1: one is missed; 0
with a message when the articles are not there (speed and linear time are still checked).
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from framescope.records import VoiceSpan
from framescope.text.sentences import split_statements
from framescope.text.voice import find_voices

ARTICLES = Path(__file__).parents[2] / "shared" / "benchmarks" / "polnear_dev_docs.jsonl"
BARS = {"content F1": 0.82, "speaker": 0.80, "statements/s": 20_000.0}
SLOWEST_GROWTH = 3.0

QUOTE = re.compile(r"“[^”]*”?|\"[^\"]*\"?|''.*?''", re.DOTALL)
WORD = re.compile(r"\w[\w'’-]*")
CAPITALISED = re.compile(r"[A-Z][\w'’-]+")
NO_HEADS = {
    "mr",
    "mrs",
    "ms",
    "dr",
    "sen",
    "rep",
    "gov",
    "president",
    "secretary",
    "the",
    "a",
    "an",
}

OWN_TEXT = """Minister of Ports Jana Novak said on Monday that the old harbour would be closed.
“We have waited for ten years,” she told reporters, “and nobody has paid a single bill.”
The crews left the bay at noon. According to the port authority, three ships stayed behind.
Her deputy, Peter Lang, denied that the sale had been agreed. “There is no contract,” he said.
The opposition accused the ministry of theft and called for new talks. It rained all day.
If the port is sold, the union warned, the strike will spread to the coast. Who gave the order?
The plan would cost 3.5 million a year, the report found. No one answered our questions.
"""

MONSTERS = (
    *('"', "“", "”", "'", "«", "(", "[{", ": ", "— ", "? ", "A. ", "\n"),
    *("he said ", "said that ", "according to ", "told told ", "Novak, x, said "),
    *('"a b c d," he said ', "“a b c d e.”\n"),
)


def heads(phrase: str) -> set[str]:
    words = CAPITALISED.findall(phrase)
    return {word.lower().removesuffix("'s").removesuffix("’s") for word in words} - NO_HEADS


def content_counts(article: dict[str, Any], spans: tuple[VoiceSpan, ...]) -> tuple[int, int, int]:
    """Return how many letters and digits are found and gold, found only, and gold only."""
    text = article["text"]
    found, gold = bytearray(len(text)), bytearray(len(text))
    for span in spans:
        found[span.start : span.end] = b"\1" * (span.end - span.start)
    for attribution in article["attributions"]:
        for start, end in attribution["content"]:
            gold[start:end] = b"\1" * (end - start)
    pairs = [(found[i], gold[i]) for i, letter in enumerate(text) if letter.isalnum()]
    return pairs.count((1, 1)), pairs.count((1, 0)), pairs.count((0, 1))


def direct_quotes(article: dict[str, Any]) -> list[tuple[int, int, list[list[int]]]]:
    """Return start, end and gold source of the quotes of five words and more."""
    quotes = []
    for attribution in article["attributions"]:
        for start, end in attribution["content"] if attribution["source"] else ():
            for match in QUOTE.finditer(article["text"], start, end):
                if len(WORD.findall(match.group())) >= 5:
                    quotes.append((match.start(), match.end(), attribution["source"]))
    return quotes


def judge(text: str, span: VoiceSpan, source: list[list[int]]) -> tuple[bool, bool]:
    """Return whether a speaker is right, and whether it is right to the letter."""
    if span.speaker is None or span.speaker_start is None or span.speaker_end is None:
        return False, False
    strict = any(span.speaker_start < end and start < span.speaker_end for start, end in source)
    ours = heads(span.speaker) | heads(span.speaker_resolved or "")
    gold = heads(" ".join(text[start:end] for start, end in source))
    return strict or bool(ours & gold), strict


def speaker_counts(
    article: dict[str, Any], spans: tuple[VoiceSpan, ...]
) -> tuple[int, int, int, int]:
    """Return the number of direct quotes, those covered, right, and right to the letter."""
    quoted = [span for span in spans if span.kind == "quoted"]
    covered = right = strict = 0
    quotes = direct_quotes(article)
    for start, end, source in quotes:
        overlap = {span: min(span.end, end) - max(span.start, start) for span in quoted}
        best = max(overlap, key=overlap.__getitem__, default=None)
        if best is None or overlap[best] <= 0:
            continue
        answers = judge(article["text"], best, source)
        covered, right, strict = covered + 1, right + answers[0], strict + answers[1]
    return len(quotes), covered, right, strict


def measure(articles: list[dict[str, Any]]) -> dict[str, float]:
    """Return the figures of some articles."""
    read = [(article, find_voices(article["text"])) for article in articles]
    both, ours, gold = map(sum, zip(*(content_counts(*pair) for pair in read), strict=True))
    quotes, covered, right, strict = map(
        sum, zip(*(speaker_counts(*pair) for pair in read), strict=True)
    )
    precision, recall = both / (both + ours), both / (both + gold)
    return {
        "content P": precision,
        "content R": recall,
        "content F1": 2 * precision * recall / (precision + recall),
        "quotes": quotes,
        "covered": covered / quotes,
        "speaker": right / quotes,
        "speaker, strict": strict / quotes,
    }


def seconds(work: Callable[[], object], runs: int = 5) -> float:
    """Return the process time of the fastest run."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def statements_a_second(texts: list[str]) -> tuple[float, float]:
    """Return the speed of reading voices and of splitting, in statements a second."""
    count = sum(len(split_statements(text)) for text in texts)
    voices = seconds(lambda: [find_voices(text) for text in texts])
    split = seconds(lambda: [split_statements(text) for text in texts])
    return count / voices, count / split


def growth(piece: str) -> float:
    """Return how much longer a text twice as long takes."""
    half = piece * (500_000 // len(piece))
    return seconds(lambda: find_voices(half * 2), 2) / max(
        seconds(lambda: find_voices(half), 2), 0.02
    )


def report_accuracy(missed: list[str]) -> list[str]:
    """Print the accuracy of both halves and of all; return the texts of the articles."""
    if not ARTICLES.exists():
        print(f"skipped: {ARTICLES} is not there, so accuracy is not measured")
        return []
    lines = ARTICLES.read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    columns = {"half A": articles[::2], "half B": articles[1::2], "all": articles}
    figures = {name: measure(chosen) for name, chosen in columns.items()}
    print(f"{'':18}" + "".join(f"{name:>10}" for name in columns))
    for row in figures["all"]:
        cells = (figures[name][row] for name in columns)
        print(
            f"{row:18}" + "".join(f"{c:10.0f}" if row == "quotes" else f"{c:10.3f}" for c in cells)
        )
    missed += [row for row in ("content F1", "speaker") if figures["all"][row] < BARS[row]]
    return [article["text"] for article in articles]


def report_speed(name: str, texts: list[str], missed: list[str]) -> None:
    voices, split = statements_a_second(texts)
    print(f"{name:18}{voices:10,.0f} statements/s with voices, {split:10,.0f} split only")
    if voices < BARS["statements/s"]:
        missed.append(f"statements/s, {name}")


def main() -> int:
    missed: list[str] = []
    texts = report_accuracy(missed)
    if texts:
        report_speed("articles, apart", texts, missed)
        sentences = [text[slice(*span)] for text in texts for span in split_statements(text)]
        report_speed("articles, joined", [" ".join(sentences)], missed)
    report_speed("our own text", ["\n".join([OWN_TEXT] * 200)], missed)
    slowest = max(MONSTERS, key=growth)
    grown = growth(slowest)
    print(f"{'linear':18}{grown:10.2f} times the time for twice the text, at worst: {slowest!r}")
    if grown > SLOWEST_GROWTH:
        missed.append("linear time")
    print("missed: " + ", ".join(missed) if missed else "every bar reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
