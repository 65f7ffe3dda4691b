# Two commands set everything up on a fresh machine: `make demo` and `make test`. `make` alone lists the rest.

.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
INSTALLED := $(VENV)/.installed
NODE := .node

# What is not in the repository, because Python or npm makes it: the compiled catalogue, and the style of NL Design System.
CATALOGUE := locale/en/LC_MESSAGES/django.mo
STYLE := home/assets/built/components.css
READY := $(CATALOGUE) $(STYLE)
NODE_TOOLS := node_modules/.tools

.PHONY: help install production try-production demo serve elasticsearch test test-sqlite test-postgresql lint format messages migrations lock bench relevance cases soak fuzz audit screenshots clean

help: ## list these targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-16s %s\n", $$1, $$2}'

install: $(INSTALLED) $(STYLE) ## make .venv with everything the exchange and its tests need

$(INSTALLED): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/dev.txt
	@touch $@

# A server needs no tests. Node makes the style in a folder of its own, and goes.
production: ## what a server needs, and nothing else: in a fresh folder
	@test ! -e $(INSTALLED) || { echo "This folder has what tests need: use a fresh one." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/base.txt
	$(BIN)/pybabel --quiet compile --domain django --directory locale
	$(PYTHON) -m venv $(NODE)
	$(NODE)/bin/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements/build.txt
	PATH="$(CURDIR)/$(NODE)/bin:$$PATH" npm ci --ignore-scripts --silent
	DJANGO_SETTINGS_MODULE=exchange.settings.development $(BIN)/python manage.py build_assets
	rm -rf $(NODE) node_modules

# Node comes with the requirements, so every machine has the same.
$(STYLE): package-lock.json home/management/commands/build_assets.py $(INSTALLED)
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --omit=dev --ignore-scripts --silent
	@$(BIN)/python manage.py build_assets

# What only tests and checks need: linter and generators for the API, the checker of HTML.
$(NODE_TOOLS): package-lock.json $(STYLE)
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --silent
	@touch $@

$(CATALOGUE): locale/en/LC_MESSAGES/django.po $(INSTALLED)
	@$(BIN)/pybabel --quiet compile --domain django --directory locale

demo: $(READY) ## fill the exchange with example content and serve it (PORT=8000)
	DEBUG=false BASE_URL=http://localhost:$(PORT) $(BIN)/python manage.py demo --port $(PORT)

serve: $(READY) ## serve what is there, for development (PORT=8000)
	$(BIN)/python manage.py runserver $(PORT)

try-production: $(INSTALLED) ## do what docs/installation.md says, in a folder of its own, on a PostgreSQL of its own
	$(BIN)/python -m tests.postgresql $(BIN)/python -m tests.production

test: lint test-sqlite test-postgresql ## every check and every test, on SQLite and PostgreSQL, with a real browser and a real Elasticsearch

test-sqlite: $(READY) $(NODE_TOOLS) ## the tests on SQLite
	$(BIN)/python -m pytest --numprocesses 2 --dist loadgroup

test-postgresql: $(READY) ## the tests that need a database on a PostgreSQL of their own, but for the browser, the matrix and the whole register
	$(BIN)/python -m tests.postgresql $(BIN)/python -m pytest --numprocesses 2 --dist loadgroup -m "not browser and not corpus and not once and not pure"

elasticsearch: $(INSTALLED) ## serve an Elasticsearch on port 9200, fetched where there is none
	$(BIN)/python -m tests.elasticsearch

lint: $(READY) $(NODE_TOOLS) ## style, types, architecture, safety, migrations, templates, translations, deploy settings, the API
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit --quiet --recursive exchange home search --severity-level medium
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py translations --check
	$(BIN)/python -m tests.api_rules

format: $(INSTALLED) ## put the code in its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(INSTALLED) ## collect the texts of the interface for translation
	$(BIN)/python manage.py translations

migrations: $(INSTALLED) ## write the migrations that the models ask for
	$(BIN)/python manage.py makemigrations

lock: $(INSTALLED) ## lock the newest versions that the requirements allow, with hashes
	for name in base build dev; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-find-links \
			--no-annotate --no-header requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

bench: $(READY) ## what search and pages cost next to the same work done raw, as ratios
	$(BIN)/python -m tests.elasticsearch $(BIN)/python -m tests.benchmark

relevance: $(READY) ## how well search finds what people mean, next to plain Elasticsearch; wants ALGORITHM_REGISTER
	$(BIN)/python -m tests.elasticsearch $(BIN)/python -m tests.relevance
	$(BIN)/python -m tests.postgresql $(BIN)/python -m tests.relevance --embedded-only

cases: $(READY) ## inputs that once failed, one by one: which hold (CASES=folder)
	CI=true $(BIN)/python -m pytest tests/cases -rA --tb=line

soak: $(READY) ## writers, workers and readers while Elasticsearch is killed and rebuilt (SECONDS=600)
	$(BIN)/python -m tests.chaos --seconds $(or $(SECONDS),600)

fuzz: $(READY) ## every form as every role, and the API, with thousands of bad requests (REQUESTS=3000 for each role)
	FUZZ_REQUESTS=$(or $(REQUESTS),3000) $(BIN)/python -m pytest --numprocesses 2 tests/fuzz

audit: $(INSTALLED) ## known leaks in the libraries; asks the vulnerability service of the package index
	$(BIN)/pip-audit --requirement requirements/base.txt --disable-pip

screenshots: $(READY) ## the pictures of the README; TO=folder: of every kind of page, and in print
	$(BIN)/python -m tests.screenshots $(TO)

clean: ## remove what was installed and made; the database in var/ stays
	rm -rf $(VENV) node_modules home/assets/built .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
