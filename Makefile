# Everything a newcomer or a committer runs. `make` alone lists it; GNU make and any POSIX sh will do.
#
#   make run PORT=9000         another port          make test ARGS="-k clock"   some tests only
#   make run MODE=             in earnest, by .env   make PYTHON=/opt/bin/python3.12 setup
#   make run MODE=demo         the demo, though .env connects a platform

.POSIX:
.SUFFIXES:

PYTHON =
# Without a word the demo, until .env connects a platform: from then on that is what is served, and no page to play on.
MODE = auto
ARGS =
PORT =

BIN = .venv/bin
PACKAGES = agreement texts storage desk conversations scheduler records console bot tests bench docs
# The newest first, but none that the locked wheels were not made for; then whatever is called python3.
INTERPRETERS = python3.14 python3.13 python3.12 python3.11 python3 python
# What the house needs of an interpreter: some builds leave out SQLite, some packagings leave out venv.
SUITABLE = import ctypes, ensurepip, sqlite3, ssl, sys, venv; \
	sys.exit(not ((3, 11) <= sys.version_info[:2] and sqlite3.sqlite_version_info >= (3, 35)))
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\	\2/p' Makefile | expand -t 20

run: .venv/run.stamp ## start the demo on SQLite and open its page; with a platform in .env serve that
	@mode="$(MODE)"; if [ "$$mode" = auto ]; then mode=demo; \
	if grep -Eqs '^YINGNUO_(TELEGRAM_TOKEN|WECHAT_APP_ID)=.' .env; then mode=; fi; fi; \
	exec $${PORT:+env YINGNUO_PORT="$$PORT"} $(BIN)/python -m bot $$mode

test: .venv/test.stamp ## run every test, on SQLite and on a real PostgreSQL
	@$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

setup: .venv/test.stamp ## make .venv with everything that run and test need

check: lint types contracts migrations ## all that is checked without running the house

lint: .venv/test.stamp ## ruff: style, traps, direct clocks
	@$(BIN)/ruff check .

types: .venv/test.stamp ## mypy, strict
	@$(BIN)/mypy $$(ls -d $(PACKAGES) 2>/dev/null)

contracts: .venv/test.stamp ## import-linter: imports go downwards only
	@$(BIN)/lint-imports --no-cache

migrations: .venv/test.stamp ## the migrations make the tables of the code, on both databases
	@$(BIN)/python -m pytest tests/test_migrations.py $(ARGS)

stories: .venv/test.stamp ## play the golden dialogues through every channel on both databases
	@$(BIN)/python -m pytest tests/test_stories.py $(ARGS)

drill: .venv/test.stamp ## kill, restart and crowd the house, and count what was lost
	@$(BIN)/python -m tests.drills $(ARGS)

year: .venv/test.stamp ## simulate a year of a district and recompute every promise from its events
	@$(BIN)/python -m tests.year $(ARGS)

bench: .venv/test.stamp ## measure messages, ticks and delivery against floors of the same run
	@$(BIN)/python -m bench $(ARGS)

pictures: .venv/run.stamp ## draw the diagrams of the docs from the code
	@$(BIN)/python -m docs.draw

lock: .venv/test.stamp ## resolve lock/*.in anew, with hashes
	@for name in run test; do \
		$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-header --no-emit-index-url --no-emit-find-links \
			--output-file "lock/$$name.txt" "lock/$$name.in" || exit 1; \
	done

clean: ## remove .venv, caches and what was built; data/ stays
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.venv/bin/python:
	@found=""; \
	for name in $(PYTHON) $(INTERPRETERS); do \
		if "$$name" -c '$(SUITABLE)' >/dev/null 2>&1; then found="$$name"; break; fi; \
		if [ "$$name" = "$(PYTHON)" ]; then echo "$$name will not do:"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Yingnuo needs Python 3.11 or newer with venv and SQLite, and found none."; \
		echo "On Debian and Ubuntu: apt-get install python3 python3-venv"; \
		echo "Elsewhere name one: make PYTHON=/path/to/python3.12 setup"; \
		exit 1; \
	fi; \
	echo "Making .venv with $$("$$found" --version)"; \
	"$$found" -m venv .venv

.venv/run.stamp: .venv/bin/python lock/run.txt
	@echo "Installing what the desk needs (once)"
	@$(INSTALL) -r lock/run.txt
	@touch $@

.venv/test.stamp: .venv/bin/python lock/test.txt
	@echo "Installing what the desk and its tests need (once)"
	@$(INSTALL) -r lock/test.txt
	@touch .venv/run.stamp $@

.PHONY: help run test setup check lint types contracts migrations stories drill year bench pictures lock clean
