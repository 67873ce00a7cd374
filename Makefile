# Every command builds the private environment it needs in .venv first, so each of
# them works from a bare checkout with Python 3.11 or newer and nothing else.

PORT ?= 8000
BIN := .venv/bin

# The first Python that is new enough, whatever it is called on this system.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$python; break; }; done)

# uv installs the pinned set in a second or two. It reads no pip.conf, so where a
# mirror is configured there, or uv cannot be had, pip does the same more slowly.
define install
	@test -n "$(PYTHON)" || { echo "Arxus Portal needs Python 3.11 or newer: none was found. Name one with PYTHON=/path/to/python." >&2; exit 1; }
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear .venv
	@echo "Installing $(1) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.txt 2>/dev/null || true
	@$(BIN)/python -m uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1) 2>/dev/null \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	@touch $@
endef

.PHONY: help demo demo-reset test test-sqlite bench lint format lock screenshots clean

help:
	@echo "make demo         the portal with demo data on http://127.0.0.1:$(PORT) (PORT=... for another)"
	@echo "make demo-reset   the same, starting over with fresh demo data"
	@echo "make test         every test, on PostgreSQL and SQLite, in a real browser too (ARGS=... for pytest)"
	@echo "make test-sqlite  a quick run on SQLite without the browser (ARGS=... for pytest)"
	@echo "make bench        the performance goals, measured (N=1000000 for all of them; FAST=1, DATA=folder, JSON=file)"
	@echo "make lint         style, templates, types, imports, migrations, deployment checks"
	@echo "make format       put Python into the house style"
	@echo "make lock         pin the dependencies of pyproject.toml again (UPGRADE=1: to the newest)"
	@echo "make screenshots  take the pictures of the README anew"
	@echo "make clean        remove the environment and caches; data stays"

.venv/runtime.stamp: requirements.txt requirements-uv.txt
	$(call install,requirements.txt)

.venv/dev.stamp: requirements-dev.txt requirements-uv.txt
	$(call install,requirements-dev.txt)

.venv/bench.stamp: requirements-bench.txt .venv/dev.stamp
	$(call install,requirements-bench.txt)

demo: .venv/runtime.stamp
	@$(BIN)/python tools/demo.py --port $(PORT)

demo-reset: .venv/runtime.stamp
	@$(BIN)/python tools/demo.py --port $(PORT) --start-over

test: .venv/dev.stamp
	@$(BIN)/python -m tests.run $(ARGS)

test-sqlite: .venv/dev.stamp
	@env -u DATABASE_URL $(BIN)/python -m pytest -n 2 -m "not browser" $(ARGS)

N ?= 100000
bench: .venv/bench.stamp
	@$(BIN)/python -m tools.bench --customers $(N) $(if $(FAST),--fast) $(if $(DATA),--data '$(DATA)') \
		$(if $(JSON),--json '$(JSON)') $(if $(MARKDOWN),--markdown '$(MARKDOWN)') $(ARGS)

# What a server has, whatever the environment of whoever runs the checks says.
PRODUCTION = env -i PATH="$$PATH" ALLOWED_HOSTS=portal.example \
	SECRET_KEY=only-for-checks-Xw3vTq8ZrKp2LmNs7HdYcBgJ5fEu9AaR4tVyQ6Wx DATABASE_URL=sqlite://:memory:
lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PRODUCTION) $(BIN)/python manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(BIN)/python manage.py check --deploy --fail-level WARNING

format: .venv/dev.stamp
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

# The requirement files hold hashes and no address, unlike uv's own lock file.
LOCK = $(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header $(if $(UPGRADE),--upgrade)
lock: .venv/dev.stamp
	$(LOCK) --group installer --output-file requirements-uv.txt
	$(LOCK) --output-file requirements.txt pyproject.toml
	$(LOCK) --extra dev --output-file requirements-dev.txt pyproject.toml
	$(LOCK) --group bench --constraints requirements-dev.txt --output-file requirements-bench.txt

screenshots: .venv/dev.stamp
	@$(BIN)/python tools/screenshots.py

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
