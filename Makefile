# Two commands do everything on a fresh Debian with Python ≥ 3.11 and make:
#   make demo    a living meeting on http://127.0.0.1:8080
#   make test    everything that CI runs
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
NPM := $(PY) -m server.web.build.node npm
FRONT := $(shell git ls-files -co --exclude-standard -- server/web kiosk/web display/web package.json package-lock.json vite.config.ts tsconfig.json 2>/dev/null)
DIST := server/web/dist/build.json

.PHONY: demo serve test lint lint-python lint-web types types-check unit browser bench screenshots build setup lock clean help

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 16

demo: build      ## build all, make a demonstration meeting, start everything
	$(VENV)/bin/nghisu demo

serve: build     ## the server without the demonstration
	$(VENV)/bin/nghisu serve

build: setup $(DIST)   ## the front end

setup: $(VENV)/.done node_modules/.done

$(VENV)/.done: requirements/dev.lock pyproject.toml
	@bash scripts/python.sh $(PYTHON) $(VENV)
	@touch $@

node_modules/.done: package.json package-lock.json $(VENV)/.done
	$(NPM) ci --no-audit --no-fund --loglevel=error
	@touch $@

$(DIST): node_modules/.done $(FRONT)
	$(NPM) run --silent build

lock:            ## renew the lock file from pyproject.toml
	$(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --upgrade \
	  --extra dev pyproject.toml -o requirements/dev.lock

types: setup     ## the screens' types from the server's models
	$(PY) -m server.schemas > server/web/common/schemas.json
	$(NPM) run --silent types

test: build lint unit browser   ## everything that CI runs

lint: setup      ## both halves at once, each on a core
	@$(MAKE) --no-print-directory -j2 -Otarget lint-python lint-web

lint-python: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports --no-cache
	$(PY) -m tests.generated

lint-web: setup
	$(NPM) run --silent check

unit: build
	@bash scripts/media.sh
	$(PY) -m pytest -m "not browser" -n 3 --dist worksteal   # on two cores: many tests wait for processes

browser: build
	@bash scripts/chromium.sh
	$(PY) -m pytest -m browser -n 2 --dist loadfile   # a house and a browser for each file

bench: build     ## all measurements; each prints ratios against a peer in the same run
	@bash scripts/media.sh
	$(PY) -m tests.bench

screenshots: build   ## every surface at its sizes, into var/screenshots
	@bash scripts/chromium.sh
	$(PY) -m tests.browser.screenshots

clean:           ## remove what was built (data in ./var stays)
	rm -rf $(VENV) node_modules server/web/dist .mypy_cache .ruff_cache .import_linter_cache
