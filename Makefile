# The daily commands, one word each. `make demo` and `make test` need only Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out
STAMP := $(VENV)/.installed
STAMP_CHECK := $(VENV)/.installed-check
STAMP_BENCH := $(VENV)/.installed-bench

.PHONY: help setup demo test check fix train bench audit corpus-check clean

help:           ## show this list
	@grep -E '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("framescope needs Python 3.11 or later; found " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

$(STAMP_CHECK): $(STAMP)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,check,spark]'
	@touch $@

$(STAMP_BENCH): $(STAMP)
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[bench]'
	@touch $@

setup: $(STAMP) ## create .venv and install everything for daily work

demo: $(STAMP)  ## classify the example article and score the example CSV
	@mkdir -p $(OUT)
	$(BIN)/framescope classify data/examples/article.txt --framed
	$(BIN)/framescope classify data/examples/article.txt --json > $(OUT)/article.json
	$(BIN)/framescope score data/examples/posts.csv -o $(OUT)/posts-scored.csv --force
	@echo
	@echo "The article's reading:  $(OUT)/article.json"
	@echo "The scored CSV:         $(OUT)/posts-scored.csv"
	@echo "The record of the run:  $(OUT)/posts-scored.csv.ledger.json"

test: $(STAMP)  ## run the tests
	$(BIN)/python -m pytest

check: $(STAMP_CHECK) ## lint, types, floors, tests with coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest --cov --cov-report=term

fix: $(STAMP_CHECK) ## format, and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

train: $(STAMP) ## rebuild models/default from data/
	$(BIN)/python train.py

bench: $(STAMP_BENCH) ## measure; fails when a bar is missed
	$(BIN)/python -m benchmarks

audit: $(STAMP) ## swap the actors of the corpus and see what changes
	$(BIN)/framescope audit data/corpus

corpus-check: $(STAMP) ## schema, mix, duplicates, agreement and balance of the corpus
	$(BIN)/python data/check.py

clean:          ## remove what these commands made
	rm -rf $(VENV) $(OUT) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
