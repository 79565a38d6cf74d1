# Every target prepares .venv by itself. `make` alone lists them.
PYTHON ?= python3
BIN := .venv/bin
UV ?= $(shell command -v uv || echo $(BIN)/uv)
PACKAGES := auditor checks reports tests scripts

.DEFAULT_GOAL := help
.PHONY: help setup demo examples lint test docs bench bench-speed lock

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## prepare .venv, the browser-side libraries and a browser (quick when nothing changed)
	@$(PYTHON) scripts/bootstrap.py

demo: setup ## start the demo shop on this machine, audit it and write the report
	$(BIN)/auditor demo --audit

examples: setup ## write three branded example reports (en, pl, fa) into runs/examples
	$(BIN)/python -m scripts.examples

lint: setup ## style, types, layers, spelling
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(PACKAGES)
	$(BIN)/lint-imports
	$(BIN)/codespell

test: lint ## all that continuous integration runs
	$(BIN)/python -m pytest -n 2 --tb=short --dist loadgroup -m "not long"

docs: setup ## write the documentation page of every check
	$(BIN)/auditor checks docs

bench: setup ## print the ratios promised in benchmarks/
	$(BIN)/python -m benchmarks

bench-speed: setup ## print how timed loads compare with Lighthouse and Unlighthouse (needs npm and a quiet machine)
	$(BIN)/python -m benchmarks.speed

lock: ## bring the lock files up to date (needs uv and npm)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv: install it, or run '$(BIN)/python -m pip install uv'"; exit 1; }
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --all-extras --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" -c requirements.lock requirements-build.in -o requirements-build.lock
	$(UV) pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" requirements-node.in -o requirements-node.lock
	npm install --package-lock-only --ignore-scripts --omit-lockfile-registry-resolved --no-audit --no-fund
