# Everything a developer does, from a fresh clone: `make` lists the targets.
# Needs Python >= 3.11 and a package index; `uv` is used when it is there.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTEST := $(BIN)/python -m pytest -n 2 --dist worksteal
FORMAT ?= text

.DEFAULT_GOAL := help
.PHONY: help setup demo test check static lint types spec generate check-generated drift sync soak fuzz trust docs bench build new-user audit release-check lock

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make the virtual environment .venv with everything needed

# A file of pins names everything (tests/test_supply.py proves it), so nothing is looked up: what an
# index has on a later day, and how a pip of any age looks for it, makes no difference.
LOCKED := --no-deps --only-binary :all: --require-hashes

$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python >= 3.11 is needed: make PYTHON=python3.12 setup")'
	@if uv --version >/dev/null 2>&1; then \
		echo "== setting up $(VENV) with $$(uv --version)" && \
		cache=$$(uv cache dir) && { mkdir -p "$$cache" 2>/dev/null && test -w "$$cache" || export UV_NO_CACHE=1; } && \
		uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV) && \
		uv pip install --quiet --python $(BIN)/python $(LOCKED) -r constraints.txt && \
		uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
		{ test "$$($(BIN)/python -V 2>&1)" = "$$($(PYTHON) -V)" && $(BIN)/python -m pip --version >/dev/null 2>&1 || \
			"$(PYTHON)" -m venv --clear $(VENV); } && \
		echo "== setting up $(VENV) with $$($(BIN)/python -m pip --version)" && \
		$(BIN)/python -m pip install --quiet --no-compile $(LOCKED) -r constraints.txt && \
		$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

demo: $(READY) ## run the main job end to end: response, streamed chat, video on disk (LIVE=1: real gateway)
	@$(BIN)/python scripts/demo.py

test: $(READY) ## run all tests, offline
	@$(PYTEST)

# Two at once where make can keep their lines apart (4.0 and newer).
TWO := $(if $(filter output-sync,$(.FEATURES)),-j2 --output-sync)

check: $(READY) ## what every change must pass: lint, types, description, freshness, tests
	@$(MAKE) --no-print-directory $(TWO) static
	@echo "== tests, with branch coverage"
	@$(PYTEST) --cov --cov-report=term

static: types lint spec check-generated # the slow one first

lint: $(READY)
	@echo "== lint and format"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@echo "== imports point one way"
	@$(BIN)/lint-imports --no-cache
	@echo "== workflows"
	@$(BIN)/zizmor --offline --quiet .github

types: $(READY)
	@echo "== types"
	@$(BIN)/mypy
	@$(BIN)/pyright

spec: $(READY)
	@echo "== the description is valid and canonical"
	@$(BIN)/python scripts/sync_spec.py --check

generate: $(READY) ## openapi.yaml -> generated/
	@echo "== generating from openapi.yaml"
	@$(BIN)/python scripts/generate.py

check-generated: $(READY) ## fail when generated/ is not what openapi.yaml gives
	@echo "== generated/ is what openapi.yaml gives"
	@$(BIN)/python scripts/generate.py --check

drift: $(READY) ## compare openapi.yaml with upstream [UPSTREAM=path-or-url] [FORMAT=text|json|markdown]
	@$(BIN)/python scripts/check_drift.py $(if $(UPSTREAM),--upstream "$(UPSTREAM)") --format $(FORMAT)

sync: $(READY) ## take upstream's interface facts over, then generate and test [UPSTREAM=path-or-url] [REVISION=upstream's commit]
	@echo "== taking upstream's facts over"
	@summary=$$(mktemp) && trap 'rm -f "$$summary"' EXIT && \
		$(BIN)/python scripts/sync_spec.py $(if $(UPSTREAM),"$(UPSTREAM)") $(if $(REVISION),--revision "$(REVISION)") --summary "$$summary" && \
		$(MAKE) --no-print-directory generate test && \
		echo "== for the commit message" && cat "$$summary"

soak: $(READY) ## thousands of jobs against a faulty local server, for three minutes at most
	@$(BIN)/python scripts/soak.py

GUIDE := $(if $(ATHERIS),$(VENV)/.atheris)

$(VENV)/.atheris: $(READY) scripts/constraints-fuzz.txt
	@echo "== adding atheris to $(VENV)"
	@$(BIN)/python -m pip install --quiet $(LOCKED) -r scripts/constraints-fuzz.txt
	@touch $@

fuzz: $(READY) $(GUIDE) ## at least 100,000 hostile replies through every parser, five minutes at most [ATHERIS=1] [CASES=n]
	@$(BIN)/python scripts/trust.py --fuzz $(if $(CASES),--cases $(CASES))

trust: $(READY) $(GUIDE) ## the fault matrix and the fuzzing, as tables [ATHERIS=1: coverage-guided cases as well] [CASES=n]
	@$(BIN)/python scripts/trust.py $(if $(CASES),--cases $(CASES))

docs: $(READY) ## the guide and the reference as a site in site/
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet && echo "the site is in site/"

release-check: $(READY) ## can this commit be released: version, changelog, tag, freshness, clean tree
	@$(BIN)/python scripts/release_check.py

bench: $(READY) ## side-by-side benchmark with peers; QUICK=1 for less than a minute
	@sh scripts/bench/run.sh

build: $(READY) ## sdist and wheel, then the wheel with newest and with oldest dependencies [PYTHONS="python3.12 python3.13"]
	@$(BIN)/python scripts/build.py

new-user: $(READY) ## the wheel in an empty environment with the pinned versions, a new user's first steps and the README there
	@$(BIN)/python scripts/build.py --locked

PINS := constraints.txt scripts/bench/constraints.txt scripts/constraints-fuzz.txt

audit: $(READY) ## is a pinned package known to be vulnerable (asks the index's advisories)
	@for pins in $(PINS); do \
		echo "== $$pins"; \
		$(BIN)/pip-audit --require-hashes --disable-pip --strict --progress-spinner off $(AUDIT) -r "$$pins" || exit 1; \
	done

LOCK := $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header $(if $(UPGRADE),--upgrade)

lock: $(READY) ## write the pins of pyproject.toml anew, moving those that must [UPGRADE=1: every one that can]
	@$(LOCK) pyproject.toml --group dev --all-extras -o constraints.txt
	@$(LOCK) pyproject.toml --group bench -o scripts/bench/constraints.txt
	@$(LOCK) --group fuzz -o scripts/constraints-fuzz.txt
	@$(BIN)/python scripts/locks.py
