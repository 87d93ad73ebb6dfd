# Everything starts here; `make` alone lists the tasks. GNU make 3.81 (macOS) is enough.
.DEFAULT_GOAL := help

# What builds the site: mkdocs (with Material) or properdocs (with MaterialX). Nothing else chooses;
# what belongs to each is below and in hooks/adapter/engine.py.
ENGINE := mkdocs

# The first Python that is new enough and whole (Debian keeps venv in a package of its own).
NEW_ENOUGH := import ensurepip, sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c '$(NEW_ENOUGH)' 2>/dev/null && echo $$p && break; done)
ADDR ?= 127.0.0.1
PORT ?= 8000
LONG := -m "not long" # which tests are left to `make test-all`

VENV_mkdocs := .venv
VENV_properdocs := .venv-properdocs
LOCK_mkdocs := requirements.txt
LOCK_properdocs := tests/longevity/requirements.txt
VENV := $(VENV_$(ENGINE))
PINNED := $(LOCK_$(ENGINE))
OTHER := $(filter-out $(ENGINE),mkdocs properdocs)
RUN := $(VENV)/bin/python -m
# The locks are whole. Without --no-deps, pip would ask for MkDocs beside ProperDocs.
INSTALL := $(RUN) pip install --quiet --disable-pip-version-check --require-hashes --no-deps
SERVE := $(RUN) $(ENGINE) serve --dev-addr $(ADDR):$(PORT)
LOCK := $(RUN) uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

export NO_MKDOCS_2_WARNING := 1
# Tests that want both engines fail where one is missing.
export BOTH_ENGINES := 1
unexport HP_ONLINE # no task asks other hosts in tests

.PHONY: help serve dev build check publish test test-all longevity other bench lighthouse format lock clean
help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## /\1	/p' $(MAKEFILE_LIST) | expand -t 12

serve: $(VENV)/site.stamp ## Show the site at http://127.0.0.1:8000 and reload it on every save (PORT=, ADDR=)
	$(SERVE)

dev: $(VENV)/tests.stamp ## The same, for developers: restarts when hooks/ or overrides/ change
	$(RUN) watchfiles --target-type command '$(SERVE)' hooks overrides

build: $(VENV)/site.stamp ## Build the site into site/; any warning is an error
	$(RUN) $(ENGINE) build --strict

check: $(VENV)/site.stamp ## Check settings, content and links, as is done before publishing (seconds)
	$(VENV)/bin/python hooks/cli.py doctor --content

publish: $(VENV)/site.stamp ## Build the site and push it to the branch gh-pages (… gh-deploy)
	$(RUN) $(ENGINE) gh-deploy

test: $(VENV)/tests.stamp other ## Lint, check types and run the tests (ARGS= goes to pytest)
	$(VENV)/bin/python tests/support/browser.py
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(if $(filter mkdocs,$(ENGINE)),$(RUN) mypy) # which knows the types of MkDocs by its own name only
	$(RUN) pytest -n auto --dist loadfile $(LONG) $(ARGS)

test-all: $(VENV)/tests.stamp other ## The same with the tests that take long, as every week
	@$(MAKE) --no-print-directory test LONG=

longevity: $(VENV)/tests.stamp other ## Build the site by the other engine, too, and compare
	$(VENV)/bin/python tests/support/browser.py
	$(RUN) pytest tests/builds/test_longevity.py $(ARGS)

other: # the other engine, in an environment of its own
	@$(MAKE) --no-print-directory ENGINE=$(OTHER) $(VENV_$(OTHER))/site.stamp

bench: $(VENV)/tests.stamp ## Measure building, and what visitors pay, against other tools (many minutes)
	PYTHONPATH=hooks:tests $(VENV)/bin/python tests/benchmarks/bench.py
	PYTHONPATH=hooks:tests $(VENV)/bin/python tests/benchmarks/bench_find.py
	PYTHONPATH=hooks:tests $(VENV)/bin/python tests/benchmarks/bench_weight.py
	$(MAKE) lighthouse

lighthouse: $(VENV)/tests.stamp ## Ask Lighthouse about each kind of page (some minutes)
	PYTHONPATH=hooks:tests $(VENV)/bin/python tests/benchmarks/bench_lighthouse.py

format: $(VENV)/tests.stamp ## Let ruff mend what it can
	$(RUN) ruff check --fix
	$(RUN) ruff format

lock: $(VENV)/tests.stamp ## Pin what the requirements.in files name (UPGRADE=1: the newest versions)
	$(LOCK) requirements.in -o requirements.txt
	$(LOCK) requirements.in tests/longevity/requirements.in -c requirements.txt \
		--excludes tests/longevity/left-out.txt -o tests/longevity/requirements.txt
	$(LOCK) tests/requirements.in -c requirements.txt -o tests/requirements.txt
	$(MAKE) $(VENV)/tests.stamp
	PYTHONPATH=hooks:tests $(VENV)/bin/python tests/support/licences.py

clean: ## Remove everything that make made
	rm -rf $(VENV_mkdocs) $(VENV_properdocs) site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis tests/lighthouse/node_modules

# A virtual environment whose Python has gone, say by an upgrade, is made and filled anew.
ifeq ($(shell $(VENV)/bin/python -c 'print(1)' 2>/dev/null),)
.PHONY: $(VENV)/bin/python $(VENV)/site.stamp $(VENV)/tests.stamp
endif
$(VENV)/bin/python:
	@test -n '$(PYTHON)' && $(PYTHON) -c '$(NEW_ENOUGH)' || { \
		echo 'Python 3.11 or newer, with venv, is needed (on Debian and Ubuntu: apt install python3-venv).' \
			'If it has an unusual name: make PYTHON=/path/to/python' >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

# The stamps remember which lock the environment holds.
$(VENV)/site.stamp: $(PINNED) | $(VENV)/bin/python
	$(INSTALL) -r $(PINNED)
	@touch $@

$(VENV)/tests.stamp: $(PINNED) tests/requirements.txt | $(VENV)/bin/python
	$(INSTALL) -r $(PINNED) -r tests/requirements.txt
	@touch $@ $(VENV)/site.stamp
