# Marsad: make help lists what can be made.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DATASET ?= datasets/example.toml
INPUT ?= datasets/sample/articles.jsonl
OUTPUT ?= outputs/sample
WORKERS ?= 0
TESTS ?=
SHARED ?= ../shared
GOLD_ARTICLES ?= $(SHARED)/gold/dev_articles.jsonl
GOLD_EVENTS ?= $(SHARED)/gold/dev.jsonl
A ?= outputs/before
B ?= outputs/sample

.PHONY: help env dataset run test check clean diff wheel lock codebook gazetteer gazetteer-report bench train

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

env: $(VENV)/.ready ## the environment in .venv, from the hash-pinned lock

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@echo "installing into $(VENV) from requirements.lock; the first time this takes a minute or two"
	@if command -v uv > /dev/null; then \
	  test -x $(BIN)/python || uv venv --quiet --python $(PYTHON) $(VENV); \
	  VIRTUAL_ENV=$(abspath $(VENV)) uv pip install --quiet --require-hashes -r requirements.lock; \
	  VIRTUAL_ENV=$(abspath $(VENV)) uv pip install --quiet --no-deps --no-build-isolation -e .; \
	else \
	  test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .; \
	fi
	@touch $@

dataset: env ## build INPUT (the sample articles) into OUTPUT (outputs/sample)
	@$(BIN)/marsad build $(INPUT) --output $(OUTPUT) --workers $(WORKERS)

run: env ## run the dataset of the file DATASET (datasets/example.toml) into outputs/<file name>
	@$(BIN)/marsad run $(DATASET)

test: env ## run all tests; TESTS=tests/test_x.py runs some
	@$(BIN)/python -m pytest $(TESTS)

check: env ## ruff, mypy --strict, and the lint of the tables
	@$(BIN)/ruff check pipeline tests
	@$(BIN)/mypy
	@$(BIN)/marsad lint

diff: env ## compare the builds A and B: gained, lost, changed
	@$(BIN)/marsad compare $(A) $(B)

wheel: env ## dist/marsad-*.whl
	@$(BIN)/python -m build --wheel --no-isolation --outdir dist .

lock: env ## requirements.lock anew from pyproject.toml (hashes, no addresses)
	@test -x build/lock/bin/pip-compile || ($(PYTHON) -m venv build/lock && build/lock/bin/pip install -q -U pip pip-tools)
	@$(BIN)/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); \
	print(*p['project']['dependencies'], *p['dependency-groups']['dev'], sep='\n')" \
	| build/lock/bin/pip-compile - --quiet --generate-hashes --no-emit-index-url --no-emit-trusted-host \
	  --no-emit-find-links --no-header --no-annotate --allow-unsafe --strip-extras -o requirements.lock

codebook: env ## docs/codebook.md anew from schemas/ and the language tables
	@$(BIN)/marsad codebook --output docs/codebook.md

gazetteer: env ## build the gazetteer's artefact from its tables
	@$(BIN)/marsad gazetteer build

gazetteer-report: env ## what the gazetteer holds and lacks
	@$(BIN)/marsad gazetteer report

bench: env ## speed, as benchmarks/README.md tells it
	@$(BIN)/python -m benchmarks

train: env ## fit the weight tables to hand-coded articles (GOLD_ARTICLES, GOLD_EVENTS) and write them
	@$(BIN)/python -m pipeline.training $(GOLD_ARTICLES) $(GOLD_EVENTS) \
	  --more $(SHARED)/corpus/conflict.jsonl.gz --more datasets/labels/train.jsonl \
	  --more $(SHARED)/corpus/other.jsonl.gz --more datasets/labels/other.jsonl \
	  --more $(SHARED)/corpus/other.jsonl.gz --more datasets/labels/other.jsonl --write

clean: ## remove the sample build and caches; the environment and other outputs stay
	@rm -rf outputs/sample build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .cache
	@find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
