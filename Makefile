# Everything runs in .venv beside this file. Paths stay relative so that a checkout path with blanks works.
PYTHON ?= python3
ARGS ?=
WORKERS ?= logical
PYTEST_ARGS ?=
PRISM_PORT ?= 4010
UV ?= uv

PY := .venv/bin/python
STAMPS := .venv/.stamps
NODE_DIR := tests/prism
PRISM := $(NODE_DIR)/node_modules/.bin/prism
PIP := PIP_USER=0 PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 $(PY) -m pip install --quiet
COMPILE := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet --upgrade \
  --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test setup lint docs docs-public preview browser prism bench wheel lock clean FORCE

# A checkout that was moved has scripts that point at the old place, so it is set up again.
ifneq "$(shell cat $(STAMPS)/venv 2>/dev/null)" "$(CURDIR)"
  MOVED := FORCE
endif

help: ## print these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' Makefile

serve: $(STAMPS)/run ## serve the mock on 127.0.0.1:8420 (more settings: make serve ARGS="--quirks none")
	@exec .venv/bin/hjkit serve $(ARGS)

test: setup lint ## set everything up, then lint, types and the whole suite
	$(PY) -m pytest -n $(WORKERS) --dist loadgroup $(PYTEST_ARGS)

setup: $(STAMPS)/dev $(STAMPS)/node browser ## install all that development needs, Prism included where npm is

lint: $(STAMPS)/dev ## ruff and mypy --strict
	$(PY) -m ruff check .
	$(PY) -m mypy

docs: $(STAMPS)/dev $(STAMPS)/node ## build the site into site/, strictly; make serve then shows it at /__docs/
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict

docs-public: $(STAMPS)/dev $(STAMPS)/node ## build what people outside may see into build/site-public/
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --strict -f mkdocs-public.yml

preview: $(STAMPS)/dev $(STAMPS)/node ## show the site on 127.0.0.1:8000 while you write, without search
	@NO_MKDOCS_2_WARNING=1 exec $(PY) -m mkdocs serve --livereload --dirty -f mkdocs-preview.yml

# Playwright's own browsers are never downloaded; the tests drive the Chromium of the machine.
browser: ## install Chromium for the browser tests, on Debian and as root
	@if command -v chromium >/dev/null || command -v chromium-browser >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "Installing Chromium (once)" >&2; export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null; \
	else \
	  echo "No Chromium found: the browser tests cannot run." >&2; test "$$HJKIT_REQUIRE_TOOLS" != 1; \
	fi

prism: $(STAMPS)/run $(STAMPS)/node ## serve the same contract with Stoplight Prism on port PRISM_PORT (4010)
	@test -x $(PRISM) || { echo "make prism needs Node.js 18.20 or newer with npm." >&2; exit 1; }
	@mkdir -p build && .venv/bin/hjkit contract > build/openapi.json.part && mv build/openapi.json.part build/openapi.json
	@exec $(PRISM) mock --host 127.0.0.1 --port $(PRISM_PORT) build/openapi.json

bench: $(STAMPS)/dev $(STAMPS)/node ## measure against nginx and Prism (takes minutes)
	$(PY) bench/run.py $(ARGS)

wheel: $(STAMPS)/dev ## build dist/*.whl
	$(PY) -m build --wheel --no-isolation --outdir dist

lock: ## refresh requirements*.lock from pyproject.toml (needs uv)
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean: ## remove what was built and cached (.venv and node_modules stay)
	rm -rf build dist site .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find mockserver evaluation tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

FORCE:

$(STAMPS)/venv: $(MOVED)
	@command -v "$(PYTHON)" >/dev/null || { echo "make: no '$(PYTHON)' here. healthjump-kit needs Python 3.11 or newer;" \
	  "name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: '$(PYTHON)' is" \
	  "$$("$(PYTHON)" --version 2>&1), too old. healthjump-kit needs Python 3.11 or newer;" \
	  "name one with: make PYTHON=python3.12 ..." >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "make: '$(PYTHON)' cannot create virtual" \
	  "environments. On Debian or Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Creating .venv (once)" >&2
	@"$(PYTHON)" -m venv .venv
	@mkdir -p $(STAMPS) && printf '%s' "$(CURDIR)" > $@

$(STAMPS)/run: $(STAMPS)/venv requirements.lock pyproject.toml
	@echo "Installing what serving needs (once)" >&2
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: $(STAMPS)/run requirements-dev.lock
	@echo "Installing what development needs (once)" >&2
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Without npm everything but the Prism tests, the page "Try it" and some checks of the site works, so only
# HJKIT_REQUIRE_TOOLS=1 makes its absence an error. No package may run a program while it is installed.
$(STAMPS)/node: $(NODE_DIR)/package.json $(NODE_DIR)/package-lock.json | $(STAMPS)/venv
	@if command -v npm >/dev/null; then \
	  echo "Installing Stoplight Prism, Swagger UI and axe (once)" >&2; \
	  npm ci --prefix $(NODE_DIR) --ignore-scripts --no-audit --no-fund --loglevel error >&2 && touch $@; \
	else \
	  echo "No npm found: the tests that need Stoplight Prism or axe cannot run." >&2; test "$$HJKIT_REQUIRE_TOOLS" != 1; \
	fi
