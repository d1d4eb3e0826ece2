# Every target sets up its own environment; `make` alone lists them.
#   PYTHON       the interpreter to build it with, 3.11 or newer   (default: the first that is found)
#   VENV         where it goes                                     (default: .venv)
#   CONSTRAINTS  which versions go in: a file of pins, or none     (default: constraints.txt, where it was tested)
#   JOBS         how many processes run the tests                  (default: one a core)
#   SEED         the seed of `make demo`                           (default: 3)

OLDEST := (3, 11)
NEWEST := (3, 13)

PYTHON   ?= $(shell for candidate in python3 python3.13 python3.12 python3.11 python3.14 python3.15 python3.16; do \
	"$$candidate" -c 'import sys; raise SystemExit(sys.version_info[:2] < $(OLDEST))' 2>/dev/null \
	&& { echo "$$candidate"; exit; }; done; echo python3)
VENV     ?= .venv
JOBS     ?= auto
SEED     ?= 3
SCENARIO ?= south-caucasus-2012
DEMO     ?= build/demo
CONSTRAINTS ?= constraints.txt

BIN      := $(VENV)/bin
PLAY     := $(VENV)/.ready-to-play
CHECK    := $(VENV)/.ready-to-check
# Compiles the engine once; where that is not possible everything is played uncompiled, with the same bytes.
WARM     := $(BIN)/realpolitik warm || true
PIP      := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
# The pins are made for the Pythons that were tested; one that is newer gets libraries as new as itself.
PINS     = $$($(BIN)/python -c 'import sys; sys.version_info[:2] <= $(NEWEST) and print("--constraint=$(CONSTRAINTS)")')
SHELL    := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help demo play test test-python lint types contracts format docs maps shots pictures bench performance constraints python clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(PLAY)  ## one run of the first scenario without a window: its report, its journal
	@mkdir -p $(DEMO)
	@$(WARM)
	@$(BIN)/realpolitik run $(SCENARIO) --seed $(SEED) --journal $(DEMO)/$(SCENARIO).jsonl | tee $(DEMO)/report.txt
	@printf '\nThe report is in %s, the journal in %s\n' $(DEMO)/report.txt $(DEMO)/$(SCENARIO).jsonl

play: $(PLAY)  ## play: opens the window
	@$(WARM)
	@$(BIN)/realpolitik play

test: lint types contracts test-python  ## everything that is checked before a change is accepted

test-python: $(CHECK)  ## the tests alone, on one Python
	@$(WARM)
	@$(BIN)/python -m pytest --numprocesses=$(JOBS) $(PYTEST)

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

constraints:  ## write constraints.txt anew, with today's newest versions (needs Python 3.11)
	@$(PYTHON) -c 'import sys; sys.version_info[:2] == $(OLDEST) or sys.exit( \
	    "the pins have to hold on the oldest Python too; say where it is: make constraints PYTHON=/path/to/python3.11")'
	@rm -rf build/constraints && $(PYTHON) -m venv build/constraints
	@build/constraints/bin/python -m pip --quiet --quiet --disable-pip-version-check install --editable ".[$$( \
	    $(PYTHON) -c 'import tomllib; print(",".join(tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"]))')]"
	@{ echo "# The versions that the tests ran with; written by \`make constraints\`."; \
	    build/constraints/bin/python -m pip --disable-pip-version-check freeze --exclude-editable; } > build/constraints.txt
	@mv build/constraints.txt constraints.txt && rm -rf build/constraints

clean:  ## remove what the other targets made
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# Refuses a Python that is too old, and tells of one that is newer than any that was tested.
python:
	@$(PYTHON) -c 'import sys; v = sys.version_info[:2]; old, new = $(OLDEST), $(NEWEST); \
	    v >= old or sys.exit("Python %d.%d or newer is needed and $(PYTHON) is %d.%d; say which to use: \
	make PYTHON=/path/to/python3.12" % (old + v)); \
	    v <= new or print("Python %d.%d is newer than %d.%d, the newest that was tested: \
	the newest libraries are installed instead of those of $(CONSTRAINTS)" % (v + new))'

$(BIN)/python:
	@$(MAKE) --no-print-directory python PYTHON="$(PYTHON)"
	@echo "Setting up $(VENV) with $$($(PYTHON) --version)"
	@$(PYTHON) -m venv $(VENV) || { echo "no virtual environment could be made; on Debian: apt install python3-venv" >&2; \
	    rm -rf $(VENV); exit 1; }

$(PLAY): pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	@$(PIP) install $(if $(CONSTRAINTS),$(PINS)) --editable .
	@touch $@

$(CHECK): pyproject.toml $(CONSTRAINTS) | $(BIN)/python
	@$(PIP) install $(if $(CONSTRAINTS),$(PINS)) --editable '.[dev]'
	@touch $@ $(PLAY)
