# Set-up happens once, in .venv; a changed lock file or pyproject.toml makes it happen again.
# Needs GNU make 3.81 or newer and Python 3.11 or newer, with its venv module.

VENV := .venv
BIN := $(VENV)/bin
JOBS ?= auto
# Where CUPS has its programs; users' own PATH often leaves it out.
SBIN ?= /usr/sbin:/sbin
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

# The first of these that is Python 3.11 or newer; `make PYTHON=/path/to/python demo` tries yours first.
CANDIDATES := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python

.PHONY: help demo test system pythons lint types bench docs catalogs lock sbom wheels clean

help: ## Show this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

demo: $(VENV)/.run ## Render both sheets of 77299 into output/ and print their paths
	@$(BIN)/docgen render 77299 --organization sample --output output

test: export PATH := $(PATH):$(SBIN)
test: $(VENV)/.dev ## Run the whole test suite
	$(BIN)/python -m pytest -n $(JOBS)

system: ## Install the programs that some tests need and Python has not (Debian, as root)
	@bash .ci/system

pythons: export PATH := $(PATH):$(SBIN)
pythons: ## Try docgen on each Python from 3.11 to 3.14 that this machine has
	@bash .ci/pythons

lint: $(VENV)/.dev ## Check style, format and the floors of the architecture
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev ## Check types, strictly: tests included here, docgen on Linux, macOS and Windows
	$(BIN)/mypy
	@for system in linux darwin win32; do \
	  echo "$(BIN)/mypy --platform $$system docgen"; \
	  $(BIN)/mypy --platform $$system docgen || exit 1; \
	done

bench: $(VENV)/.bench ## Measure docgen against typst, WeasyPrint and a plain Platypus script
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev ## Write the reference pages and JSON Schemas anew
	$(BIN)/python -m docs.generate

catalogs: $(VENV)/.dev ## Bring the message catalogs up to date with the layouts, and compile them
	$(BIN)/python -m docs.catalogs

lock: ## Resolve the dependencies anew (needs uv and a package index)
	$(LOCK) --extra dev pyproject.toml --output-file requirements-dev.lock
	$(LOCK) --extra build --constraint requirements-dev.lock pyproject.toml --output-file requirements.lock
	$(LOCK) --extra bench --constraint requirements-dev.lock pyproject.toml --output-file requirements-bench.lock

sbom: $(VENV)/.dev ## Write dist/docgen.cdx.json: all that docgen is installed with (CycloneDX)
	@$(BIN)/python -m docs.sbom dist/docgen.cdx.json

wheels: $(VENV)/.run ## Gather docgen and all that it needs in dist/wheels, to install it offline
	@rm -rf dist/wheels
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --require-hashes -r requirements.lock --wheel-dir dist/wheels
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist/wheels .
	@cp requirements.lock dist/wheels/
	@echo dist/wheels

clean: ## Remove the environment, caches and built packages
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.python: Makefile
	@for python in $(CANDIDATES); do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    if ! "$$python" -c 'import ensurepip, venv' 2>/dev/null; then \
	      echo "docgen: $$python has no venv module. On Debian or Ubuntu: apt-get install python3-venv" >&2; \
	      exit 1; \
	    fi; \
	    "$$python" -m venv --clear $(VENV) && touch $@ && exit 0; \
	    exit 1; \
	  fi; \
	done; \
	echo "docgen: needs Python 3.11 or newer; found $$(python3 --version 2>&1 || echo none)." >&2; \
	echo "Install it, or say where it is: make PYTHON=/path/to/python3.11 demo" >&2; \
	exit 1

$(VENV)/.run: $(VENV)/.python requirements.lock pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: $(VENV)/.dev requirements-bench.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@
