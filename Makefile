# `make demo` and `make test` set up all they need in .venv; repeated, they start at once.
# Needed beforehand: make, and Python 3.11 or newer with venv (Debian: python3.11 python3.11-venv).

PYTHON ?= python3.11
JOBS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
INPUTS := pyproject.toml constraints.txt

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

.PHONY: help
help: ## What can be typed here
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

.PHONY: demo
demo: $(VENV)/.ready-base ## The whole chain on embedded defaults, into demo-run/
	@$(BIN)/leadproof demo --out demo-run

# Ends with pytest's own closing line. Tests that need more than [dev,embed,local,annotate] add a stamp of their own as a
# prerequisite; one that installs Debian packages does so as root and when CI=true only.
.PHONY: test
test: check studio chromium ## Checks, then all tests but the slow ones
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup

.PHONY: test-slow
test-slow: $(VENV)/.ready-dev studio chromium ## The slow tests
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup -m slow

# Label Studio, in an environment of its own, kept per user and version.
.PHONY: studio
studio: $(VENV)/.ready-dev
	@$(BIN)/python -c 'from annotation.server import ensure_environment; ensure_environment(print)'

# Debian's browser. Elsewhere the tests that need one skip without /usr/bin/chromium.
.PHONY: chromium
chromium:
	@if [ "$$CI" = true ] && [ "$$(id -u)" = 0 ] && [ ! -x /usr/bin/chromium ]; then \
		echo "Installing chromium"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; fi

.PHONY: check
check: $(VENV)/.ready-dev ## Lint, format, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

.PHONY: clean
clean: ## Remove the environment, caches, builds and the demo's run
	rm -rf $(VENV) .*_cache .hypothesis build dist demo-run *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: an install is repeated when pyproject.toml or constraints.txt has changed.
$(VENV)/.ready-base: $(VENV)/.made $(INPUTS)
	@echo "Installing leadproof into $(VENV)"
	@$(PIP) -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.made $(INPUTS)
	@echo "Installing leadproof[dev,embed,local,annotate] into $(VENV)"
	@$(PIP) -e '.[dev,embed,local,annotate]'
	@touch $(VENV)/.ready-base $@

$(VENV)/.made:
	@command -v $(PYTHON) >/dev/null || { \
		echo "leadproof needs Python 3.11 or newer; there is no $(PYTHON) here."; \
		echo "On Debian: apt-get install python3.11 python3.11-venv. Or name another: make PYTHON=python3.12 …"; \
		exit 1; } >&2
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "leadproof needs Python 3.11 or newer; $(PYTHON) is older: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		v=$$($(PYTHON) -c 'import sys; print("python%d.%d" % sys.version_info[:2])'); \
		echo "$(PYTHON) has no venv. On Debian: apt-get install $$v-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@
