# The commands of the house. `make demo` and `make test` need Python 3.11 to 3.13 and make, nothing else.

PORT ?= 8000
SIZE ?= S
WORKERS ?= 2
ARGS ?=

# The first of these that is new enough and can make a virtual environment; PYTHON=… names another.
ifeq ($(origin PYTHON),undefined)
  PYTHON := $(shell for each in python3 python3.13 python3.12 python3.11; do \
    "$$each" -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
    >/dev/null 2>&1 && { echo "$$each"; break; }; done)
else
  ASKED := --asked
endif

VENV ?= .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PYTEST := $(PY) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)
LOCK := uv pip compile --quiet --universal --python-version 3.11 --no-header pyproject.toml
ROOMS := config portal transfers conferences learninglog access media_policy curriculum visibility people ground

export PORT RESET SIZE

.PHONY: help demo test lint test-sqlite test-postgres bench messages lock format install install-demo python

help:
	@echo "make demo              a filled site on http://127.0.0.1:$(PORT)/demo/ (PORT=…, RESET=1 starts over)"
	@echo "make test              installs, lints, runs the whole suite on SQLite and on PostgreSQL"
	@echo "make lint              ruff, mypy, import-linter, djlint, the catalogues, migrations"
	@echo "make test-sqlite       the suite on SQLite (ARGS='-k words' for some of it)"
	@echo "make test-postgres     the suite on PostgreSQL"
	@echo "make bench SIZE=S      measures; S, M or L"
	@echo "make format            puts the code in order"
	@echo "make messages          collects and compiles the words of the screens"
	@echo "make lock              writes requirements/ anew (needs uv)"

python:
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 with venv is needed; name it with PYTHON=…" >&2; exit 1; }

install: python
	@$(PYTHON) scripts/install.py $(VENV) requirements/dev.txt $(ASKED)

install-demo: python
	@$(PYTHON) scripts/install.py $(VENV) requirements/production.txt $(ASKED)

demo: install-demo
	@exec $(PY) scripts/demo.py

# All three run even when one fails, and the last line says what came of each.
test: install
	@failed=""; \
	$(MAKE) --no-print-directory lint || failed="$$failed lint"; \
	$(MAKE) --no-print-directory test-sqlite || failed="$$failed SQLite"; \
	$(MAKE) --no-print-directory test-postgres || failed="$$failed PostgreSQL"; \
	if [ -n "$$failed" ]; then echo "make test FAILED:$$failed"; exit 1; fi; \
	echo "make test passed: lint, the suite on SQLite, the suite on PostgreSQL"

# Migrations are judged on PostgreSQL: SQLite makes a table anew for what is one harmless column there.
lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy $(ROOMS)
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --lint --quiet templates
	$(PY) scripts/messages.py --check
	DJANGO_SETTINGS_MODULE=config.settings.test $(PY) manage.py makemigrations --check --dry-run
	DJANGO_SETTINGS_MODULE=config.settings.test $(PY) -m tests.databases -- \
	  $(PY) manage.py lintmigrations --skip-checks --no-cache --quiet ok ignore

test-sqlite: install
	DATABASE_URL= EXPECT_DATABASE=sqlite $(PYTEST)

# What serves a database of its own to a browser has run already, and so has what asks none (tests/conftest.py).
ONCE := tests/browser tests/locale tests/look

test-postgres: install
	ONLY_DATABASE=1 EXPECT_DATABASE=postgresql $(PY) -m tests.databases -- $(PYTEST) $(ONCE:%=--ignore=%)

bench: install
	$(PY) -m bench --size $(SIZE)

format: install
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

messages: install
	$(PY) scripts/messages.py

lock:
	$(LOCK) --output-file requirements/production.txt
	$(LOCK) --group test --group lint --group bench --output-file requirements/dev.txt
