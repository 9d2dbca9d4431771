"""Run every benchmark, one after the other; exit with 1 when one of them misses a bar."""

import subprocess
import sys
from pathlib import Path

NAMES = ("bench_gold", "bench_learning", "bench_voice", "bench_scorer", "bench_batch")


def main() -> int:
    """Run the scripts and say which ones missed a bar."""
    folder = Path(__file__).resolve().parent
    missed = []
    for name in NAMES:
        print(f"\n== {name}", flush=True)
        if subprocess.run([sys.executable, folder / f"{name}.py"], check=False).returncode:
            missed.append(name)
    print(f"\nbars missed in: {', '.join(missed)}" if missed else "\nevery bar reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
