"""Check the corpus: schema, ids, counts, mix, duplicates, agreement, balance, and that it is ours.

    python data/check.py [--full]       make corpus-check

Prints what it measured and exits with 1 when a rule is broken. `--full` prints the whole table of
actors, too.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from framescope.codebook import load_codebook
from framescope.corpus.agreement import alpha_per_frame, exact_agreement
from framescope.corpus.balance import balance
from framescope.corpus.duplicates import LIMIT, near_duplicates, shared_runs
from framescope.text.masking import Gazetteer, parse_entries

ROOT = Path(__file__).resolve().parent
SHARED = ROOT.parent.parent / "shared"
FIELDS = {
    "id": str, "text": str, "frames": list, "first_frames": list, "second_frames": list, "register": str,
    "context": str, "writer": str, "batch": str, "group": str,
}  # fmt: skip
LEAST_STATEMENTS, LEAST_PER_FRAME = 20_000, 700
NONE, TWO, THREE = (0.35, 0.45), (0.15, 0.26), (0.02, 0.08)

Row = dict[str, Any]


def read_rows() -> list[Row]:
    """Return the statements of all files, in order."""
    files = sorted((ROOT / "corpus").glob("*.jsonl"))
    return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]


def schema_errors(rows: list[Row], frames: tuple[str, ...]) -> list[str]:
    """Return what is wrong with fields, ids and labels."""
    errors = []
    for row in rows:
        name = row.get("id", row)
        if set(row) != set(FIELDS) or not all(isinstance(row[k], t) for k, t in FIELDS.items()):
            errors.append(f"{name}: the fields must be {', '.join(FIELDS)}")
            continue
        errors += [f"{name}: unknown frame {f}" for f in row["frames"] if f not in frames]
        if not 4 <= len(row["text"].split()) <= 75:
            errors.append(f"{name}: {len(row['text'].split())} words")
    repeated = [i for i, n in Counter(row.get("id") for row in rows).items() if n > 1]
    return errors + [f"{i}: this id is there more than once" for i in repeated]


def mix_errors(rows: list[Row], frames: tuple[str, ...]) -> list[str]:
    """Return where counts and shares leave what the data card promises."""
    counts = Counter(frame for row in rows for frame in row["frames"])
    sizes = Counter(min(len(row["frames"]), 3) for row in rows)
    print(f"{len(rows)} statements; " + ", ".join(f"{f} {counts[f]}" for f in frames))
    print(
        "frames per statement: " + ", ".join(f"{n}: {sizes[n] / len(rows):.1%}" for n in range(4))
    )
    for field in ("register", "context", "writer"):
        found = Counter(row[field] for row in rows)
        print(f"{len(found)} {field}s: " + ", ".join(f"{k} {n}" for k, n in found.most_common(16)))
    errors = [
        f"{f}: {counts[f]} of {LEAST_PER_FRAME}" for f in frames if counts[f] < LEAST_PER_FRAME
    ]
    if len(rows) < LEAST_STATEMENTS:
        errors.append(f"{len(rows)} statements of {LEAST_STATEMENTS}")
    for n, (low, high) in ((0, NONE), (2, TWO), (3, THREE)):
        if not low <= sizes[n] / len(rows) <= high:
            errors.append(f"{sizes[n] / len(rows):.1%} of the statements have {n} frames")
    return errors


def duplicate_errors(rows: list[Row]) -> list[str]:
    """Return near-duplicates that do not share a group."""
    pairs = near_duplicates([row["text"] for row in rows])
    print(f"{len(pairs)} pairs of near-duplicates (Jaccard index of {LIMIT} or more)")
    apart = [(a, b) for a, b, _ in pairs if rows[a]["group"] != rows[b]["group"]]
    return [
        f"{rows[a]['id']} and {rows[b]['id']} are near-duplicates, not in a group" for a, b in apart
    ]


def agreement_errors(rows: list[Row], frames: tuple[str, ...]) -> list[str]:
    """Print the agreement of the two readers; return frames below 0.67 (Krippendorff's lower bound)."""
    first = [row["first_frames"] for row in rows]
    second = [row["second_frames"] for row in rows]
    alphas = alpha_per_frame(first, second, frames)
    print(f"the writer and the blind reader agree exactly on {exact_agreement(first, second):.1%}")
    print("Krippendorff's alpha: " + ", ".join(f"{f} {a:.2f}" for f, a in alphas.items()))
    return [f"{f}: alpha {a:.2f} is below 0.67" for f, a in alphas.items() if a < 0.67]


def actor_names() -> dict[str, Gazetteer]:
    """Return the names of each actor: the lines of the list of states."""
    lines = (ROOT / "gazetteer/states.txt").read_text("utf-8").splitlines()
    entries = {line.split(",")[0].split("/")[0].strip(" !"): parse_entries(line) for line in lines}
    return {name: Gazetteer(found) for name, found in entries.items() if found}


def print_balance(rows: list[Row], full: bool) -> None:
    """Print how often the most frequent actors are target and voice, and where it is lopsided."""
    cells = balance([r["text"] for r in rows], [r["frames"] for r in rows], actor_names())
    shown = cells if full else [cell for cell in cells if cell.lopsided]
    print(f"{sum(c.lopsided for c in cells)} of {len(cells)} cells of frame and actor are lopsided")
    for c in shown:
        mark = "  <- lopsided" if full and c.lopsided else ""
        print(
            f"  {c.frame:<26} {c.actor:<16} target {c.target:>4} (expected {c.expected}), voice {c.voice}{mark}"
        )


def copying_errors(rows: list[Row]) -> list[str]:
    """Return statements that share eight words in a row with the texts lent for measuring."""
    if not SHARED.is_dir():
        print("../shared is not there: nothing to compare with")
        return []
    files = [f for f in SHARED.rglob("*") if f.suffix in (".txt", ".tsv", ".jsonl", ".md")]
    others = [line for f in files for line in f.read_text("utf-8", "replace").splitlines()]
    found = shared_runs([row["text"] for row in rows], others)
    return [f"{rows[n]['id']} shares {run!r} with a text in ../shared" for n, run in found]


def main() -> int:
    """Run every check; return 1 when one failed."""
    rows, frames = read_rows(), load_codebook(ROOT / "codebook.toml").ids
    errors = schema_errors(rows, frames)
    if not errors:
        errors = mix_errors(rows, frames) + duplicate_errors(rows) + copying_errors(rows)
        errors += agreement_errors(rows, frames)
        print_balance(rows, "--full" in sys.argv)
    for error in errors:
        print("error:", error)
    print("the corpus is in order" if not errors else f"{len(errors)} errors")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
