# `make help` tells what there is. Everything runs in .venv, made by `make setup` from the pinned requirements.
# uv is used where present, else venv and pip; PYTHON=/path/to/python3.12 names an interpreter.

SHELL := /bin/sh
.DEFAULT_GOAL := help
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
PY := $(BIN)/python
READY := .venv/.ready
DEV := .venv/.ready-dev
JUPYTER := .venv/.ready-notebook
# Python keeps what it has read of each file: tests start it some hundred times.
export PYTHONDONTWRITEBYTECODE :=
# Tests run on all cores, a file at a time.
PYTEST := $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

.PHONY: help setup demo stick notebook test quick durations bench bench-advice lint docs site site-texts lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

setup: $(if $(dev),$(DEV),$(READY)) ## .venv with the pinned packages; dev=true: with Ray, tests and tools too

$(READY): requirements.lock pyproject.toml .ci/setup
	@[ -f $(DEV) ] || sh .ci/setup "$(BIN)" requirements.lock
	@touch $(READY)

$(DEV): requirements-dev.lock pyproject.toml .ci/setup
	@sh .ci/setup "$(BIN)" requirements-dev.lock
	@touch $(DEV) $(READY)

$(JUPYTER): requirements-notebook.lock pyproject.toml .ci/setup
	@sh .ci/setup "$(BIN)" requirements-notebook.lock
	@touch $(JUPYTER)
	@[ -f $(READY) ] || touch $(READY)

demo: $(READY) ## seven strategies on 60 simulated communities: table, pictures, outputs/demo/report.html
	@echo "demo: starting; a bar will tell what is played and how long it takes"
	@$(BIN)/shequn demo

stick: $(READY) site ## build/stick: the project, packages and docs for a room without internet
	@sh .ci/stick "$(BIN)" requirements.lock build/stick build/site

notebook: $(JUPYTER) ## opens the nine lessons of notebooks/ in the browser; sets up JupyterLab for it
	@$(BIN)/jupyter lab notebooks/01_one_member.ipynb

test: lint ## every test, after lint
	$(PYTEST) --note-durations

quick: $(DEV) ## the tests that take no more than moments: a minute in all
	$(PYTEST) --note-durations -m "not slow"

durations: test ## make what tests took on this machine the notes of all (tests/durations.json)
	cp .pytest_cache/durations.json tests/durations.json

bench-advice: $(DEV) ## is the advice of `shequn advise` any good: hidden worlds with known answers (hours; goes on)
	$(PY) -m benchmarks --only advise

bench: $(DEV) ## what the README's numbers come from; kept in benchmarks/
	$(PY) -m benchmarks

lint: $(DEV) ## style, types, and who may import whom
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(BIN)/lint-imports

docs: $(DEV) ## the parameter page and the names to be translated, from the declarations
	$(PY) docs/build.py

site: $(DEV) ## the site of the docs in both languages, offline: build/site/index.html
	$(PY) -m docs.website
	$(PY) -m docs.website.links build/site

site-texts: $(DEV) ## after a change of an English page: renew what is to be translated (docs/locale)
	$(PY) -m docs.website.translations

LOCKED := --universal --python-version 3.12 --generate-hashes --no-annotate --no-header --no-emit-index-url \
  --no-emit-find-links --quiet

lock: ## renew the locks: requirements.lock, -dev and -notebook (needs uv)
	@printf '%s\n' '# Exact versions with hashes of what `make setup dev=true` installs: everything, tests and tools too;' \
	  '# for all systems. Renewed by `make lock`.' > requirements-dev.lock.new
	uv pip compile pyproject.toml --extra dev --upgrade $(LOCKED) >> requirements-dev.lock.new
	@printf '%s\n' '# Exact versions with hashes of what `make setup` installs: to run, search and weigh;' \
	  '# for Linux, macOS and Windows. Renewed by `make lock`.' > requirements.lock.new
	uv pip compile pyproject.toml --extra joblib --extra search --extra sensitivity --extra app \
	  --constraint requirements-dev.lock.new $(LOCKED) >> requirements.lock.new
	@printf '%s\n' '# Exact versions with hashes of what `make notebook` installs: requirements.lock, and JupyterLab;' \
	  '# for Linux, macOS and Windows. Renewed by `make lock`.' > requirements-notebook.lock.new
	uv pip compile pyproject.toml --extra joblib --extra search --extra sensitivity --extra app --extra notebook \
	  --constraint requirements-dev.lock.new $(LOCKED) >> requirements-notebook.lock.new
	mv requirements-notebook.lock.new requirements-notebook.lock
	mv requirements-dev.lock.new requirements-dev.lock
	mv requirements.lock.new requirements.lock

clean: ## take away .venv and caches, not outputs
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
