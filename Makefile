# Every target sets up its own environment; `make` alone lists them.
#   PYTHON  the interpreter to build it with   (default: the first of python3 ... that is 3.11 to 3.13)
#   VENV    where it goes                      (default: .venv)
#   SEED    the luck of `make demo`            (default: 7)

PYTHON   ?= $(shell for candidate in python3 python3.13 python3.12 python3.11; do \
	"$$candidate" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& { echo "$$candidate"; exit; }; done; echo python3)
VENV     ?= .venv
SEED     ?= 7
SCENARIO ?= south-caucasus-2012
DEMO     ?= build/demo

BIN      := $(VENV)/bin
PLAY     := $(VENV)/.ready-to-play
CHECK    := $(VENV)/.ready-to-check
PIP      := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
SHELL    := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help demo play test test-python lint types contracts format docs maps shots pictures bench performance clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(PLAY)  ## one run of the first scenario without a window: its report, its journal
	@mkdir -p $(DEMO)
	@$(BIN)/realpolitik run $(SCENARIO) --seed $(SEED) --journal $(DEMO)/$(SCENARIO).jsonl | tee $(DEMO)/report.txt
	@printf '\nThe report is in %s, the journal in %s\n' $(DEMO)/report.txt $(DEMO)/$(SCENARIO).jsonl

play: $(PLAY)  ## play: opens the window
	@$(BIN)/realpolitik play

test: lint types contracts test-python  ## everything that is checked before a change is accepted

test-python: $(CHECK)  ## the tests alone, on one Python
	@$(BIN)/python -m pytest $(PYTEST)

lint: $(CHECK)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(CHECK)
	@$(BIN)/mypy

contracts: $(CHECK)
	@$(BIN)/lint-imports

format: $(CHECK)  ## put the sources in the form the checks ask for
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: $(CHECK)  ## write the generated pages anew
	@$(BIN)/python -m docs.generate

maps:  ## build the outlines of the map anew (needs node and npm)
	@mkdir -p build/maps && cd build/maps && npm install --silent --no-audit --no-fund --no-save \
		world-atlas@2.0.2 mapshaper@0.7.70 i18n-iso-countries@7.14.0 && node ../../assets/maps/build.mjs

shots: $(PLAY)  ## draw the pictures of the README anew
	@$(BIN)/python -m docs.shots

pictures: $(PLAY)  ## draw icons and flags anew (needs node and npm)
	@mkdir -p build/pictures && cd build/pictures && npm install --silent --no-audit --no-fund --no-save \
		lucide-static@1.62.0 country-flag-icons@1.6.20 i18n-iso-countries@7.14.0 && node -e \
		'console.log(JSON.stringify(require("i18n-iso-countries").getAlpha2Codes()))' > node_modules/codes.json
	@SDL_VIDEODRIVER=dummy $(BIN)/python assets/build_pictures.py build/pictures/node_modules

bench: $(CHECK)  ## measure how fast everything is, in CPU time
	@$(BIN)/python -m benchmarks.all

performance: $(CHECK)  ## measure it, and write docs/performance.md from it
	@mkdir -p build
	@$(BIN)/python -m benchmarks.all --format json > build/performance.json
	@$(BIN)/python -m docs.performance build/performance.json

clean:  ## remove what the other targets made
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; (3, 11) <= v <= (3, 13) or sys.exit( \
	    "Python 3.11 to 3.13 is needed and $(PYTHON) is %d.%d; say which to use: make PYTHON=/path/to/python3.12" % v)'
	@echo "Setting up $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "no virtual environment could be made; on Debian: apt install python3-venv" >&2; \
	    rm -rf $(VENV); exit 1; }

$(PLAY): pyproject.toml | $(BIN)/python
	@$(PIP) install --editable .
	@touch $@

$(CHECK): pyproject.toml | $(BIN)/python
	@$(PIP) install --editable '.[dev]'
	@touch $@ $(PLAY)
