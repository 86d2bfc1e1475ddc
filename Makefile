# C2C Desktop. `make help` lists what there is; `make run` and `make test` set up whatever they need.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
LOCKS  := packaging/locks
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q install --require-hashes --no-deps
SYSTEM := $(PYTHON) packaging/system_packages.py
SCREEN := $(PYTHON) packaging/virtual_screen.py
SOURCE := c2c_desktop packaging tests

.DEFAULT_GOAL := help
.PHONY: help run test check lint faults fuzz bench screenshots package clean

help: ## list the targets
	@sed -nE 's/^([a-z]+):.*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

run: $(VENV)/run.stamp ## open the program on its sandbox; without a display, on a virtual screen with one call placed
	@$(SYSTEM) window
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  exec $(BIN)/c2c-desktop --sandbox; \
	else \
	  $(SYSTEM) screen && echo "There is no display: showing the program on a virtual one." && \
	  exec $(SCREEN) $(BIN)/c2c-desktop --sandbox --demo build/demo.png; \
	fi

test: lint check ## lint, then the whole suite with its coverage floors

check: $(VENV)/dev.stamp
	@$(SYSTEM) window screen test
	@$(BIN)/coverage erase
	@$(BIN)/pytest --cov --cov-report= $(PYTEST)
	@$(BIN)/coverage report --skip-covered --fail-under=90
	@$(BIN)/coverage report --include='c2c_desktop/domain/*,c2c_desktop/services/*' --fail-under=100

lint: $(VENV)/dev.stamp ## ruff, mypy and the import contracts
	@$(BIN)/ruff check $(SOURCE)
	@$(BIN)/ruff format --check -q $(SOURCE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

faults: $(VENV)/dev.stamp ## every network fault, and a call killed 20 times at every point; prints a table
	@$(BIN)/python -m tests.faults

fuzz: $(VENV)/dev.stamp ## SECONDS=60 of random input for every reader, then 10,000 links at a running instance
	@$(SYSTEM) window
	@$(BIN)/python -m tests.fuzz $(or $(SECONDS),60)
	@C2C_FLOOD_LINKS=10000 $(BIN)/pytest -q -rP --show-capture=stdout tests/ui/test_link_flood.py

bench: $(VENV)/dev.stamp ## measure against references; prints a table and writes build/bench.json
	@$(SYSTEM) window screen test
	@$(SCREEN) $(BIN)/python -m tests.bench

screenshots: $(VENV)/dev.stamp ## take the pictures of the README and of every window, into build/screenshots
	@$(SYSTEM) window screen test
	@$(SCREEN) $(BIN)/python -m tests.screenshots
	@PYTHONPATH=packaging $(BIN)/python -m tests.desktop_pictures

package: $(VENV)/package.stamp ## a folder that runs without Python, in dist/
	@$(SYSTEM) window package
	@rm -rf build/installed
	@$(BIN)/python -m pip --disable-pip-version-check -q install --no-deps --no-build-isolation --no-index --target build/installed .
	@$(BIN)/pyinstaller --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller packaging/c2c-desktop.spec
	@du -sh dist/c2c-desktop

clean: ## delete the environment and everything built
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/run.stamp: pyproject.toml $(LOCKS)/build.txt $(LOCKS)/run.txt
	@$(SYSTEM) python
	@test -x $(BIN)/python || { echo "Setting up $(VENV)"; $(PYTHON) -m venv $(VENV); }
	@$(PIP) -r $(LOCKS)/build.txt -r $(LOCKS)/run.txt
	@$(BIN)/python -m pip --disable-pip-version-check -q install --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python -m compileall -q c2c_desktop resources
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp $(LOCKS)/dev.txt
	@$(PIP) -r $(LOCKS)/dev.txt
	@touch $@

$(VENV)/package.stamp: $(VENV)/run.stamp $(LOCKS)/package.txt
	@$(PIP) -r $(LOCKS)/package.txt
	@touch $@
