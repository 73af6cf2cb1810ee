# Two commands are enough: `make demo` and `make test`. Both make their own environment in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A folder made by `make wheelhouse` is used instead of a package index when it is there.
INDEX := $(if $(wildcard wheelhouse),--no-index --find-links wheelhouse)
PIP := $(BIN)/python -m pip --disable-pip-version-check

.PHONY: demo serve test laws fuzz mutants ends coverage lint types words site bench wheel wheelhouse clean

demo: $(VENV)/installed
	@mkdir -p build
	$(BIN)/allocator run nl/housing-2023-h1 --out build/housing-2023-h1.csv
	$(BIN)/allocator explain nl/housing-2023-h1 Middelburg
	@echo
	@echo "The table of 342 municipalities is in build/housing-2023-h1.csv"
	@echo "More: $(BIN)/allocator list"

# The workbench in a browser, on this machine alone.
serve: $(VENV)/installed-workbench
	$(BIN)/allocator serve --lang nl

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto --dist worksteal

# Every law with so many random instances; LAW names some of them.
LAW ?= tests/laws tests/core/whole/test_laws.py tests/core/shares/test_laws.py
laws: $(VENV)/installed-test
	LAW_EXAMPLES=$(or $(N),1000) $(BIN)/python -m pytest -n auto --dist worksteal $(LAW)

# So many hostile inputs for every reader of files and every form of the workbench.
fuzz: $(VENV)/installed-fuzz
	$(BIN)/python -m tests.fuzz --count $(or $(N),500) --jobs 2

# So many small changes of core, key and periods: does a test notice each?
mutants: $(VENV)/installed-mutants
	$(BIN)/python -m pytest tests/mutants
	$(BIN)/python -m tests.mutants --count $(or $(N),300) --jobs 2

# The same answers with the lowest and the newest versions of what is built on.
ends: $(VENV)/installed-test
	$(BIN)/python -m tests.same.ends

# Which lines and branches the tests run: docs/coverage.md.
coverage: $(VENV)/installed-test
	rm -f .coverage .coverage.*
	$(BIN)/python -m coverage run -m pytest -n auto --dist worksteal --ignore tests/browser
	$(BIN)/python -m coverage combine -q
	$(BIN)/python -m coverage json -q -o build/coverage.json
	$(BIN)/python -m tests.docs.coverage build/coverage.json

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/installed-test
	$(BIN)/mypy

# Renews the catalogue of sentences from the code and compiles it, and the pages made of sentences.
words: $(VENV)/installed-test
	$(BIN)/python -m tests.words.catalogue
	$(BIN)/python -m tests.docs.commands
	$(BIN)/python -m tests.docs.open_questions
	$(BIN)/python -m tests.docs.laws

# The manual as a site: build/site/index.html.
site: $(VENV)/installed-docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

bench: $(VENV)/installed-bench
	$(BIN)/python -m benchmarks

wheel: $(VENV)/installed
	rm -rf build/wheel
	$(PIP) wheel -q --no-deps $(INDEX) -w build/wheel .
	$(BIN)/python -m tests.supply.sbom build/wheel

# Every package that an installation needs, for a machine without a package index.
wheelhouse: $(VENV)/python-is-new-enough
	$(PIP) download -q -c .ci/constraints.txt -d wheelhouse pip hatchling editables
	$(PIP) download -q -c .ci/constraints.txt -d wheelhouse ".[bench,docs,fuzz,mutants]"
	rm -f wheelhouse/allocator-*

$(VENV)/python-is-new-enough:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "allocator needs Python 3.11 or newer, and $(PYTHON) is older."; \
	    echo "Name a newer one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python could not make an environment; on Debian: apt install python3-venv"; exit 1; }
	@touch $@

$(VENV)/installed: $(VENV)/python-is-new-enough pyproject.toml .ci/constraints.txt
	PIP_CONSTRAINT=.ci/constraints.txt $(PIP) install -q $(INDEX) -e .
	@touch $@

$(VENV)/installed-test: $(VENV)/installed
	PIP_CONSTRAINT=.ci/constraints.txt $(PIP) install -q $(INDEX) -e ".[test]"
	@touch $@

$(VENV)/installed-workbench: $(VENV)/installed
	PIP_CONSTRAINT=.ci/constraints.txt $(PIP) install -q $(INDEX) -e ".[workbench]"
	@touch $@

$(VENV)/installed-docs: $(VENV)/installed
	PIP_CONSTRAINT=.ci/constraints.txt $(PIP) install -q $(INDEX) -e ".[docs]"
	@touch $@

$(VENV)/installed-bench: $(VENV)/installed-test
	PIP_CONSTRAINT=.ci/constraints.txt $(PIP) install -q $(INDEX) -e ".[bench]"
	@touch $@

$(VENV)/installed-fuzz: $(VENV)/installed-test
	PIP_CONSTRAINT=.ci/constraints.txt $(PIP) install -q $(INDEX) -e ".[fuzz]"
	@touch $@

$(VENV)/installed-mutants: $(VENV)/installed-test
	PIP_CONSTRAINT=.ci/constraints.txt $(PIP) install -q $(INDEX) -e ".[mutants]"
	@touch $@

clean:
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage .coverage.*
