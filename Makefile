# Two targets do everything on a fresh machine: `make run` starts the program on its main job, `make test` passes the
# tests. Both make the virtual environment and see to missing system libraries first.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do command -v $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# Tests and mypy run in so many processes at once; a process of tests takes up to 2 GB.
PROCESSES ?= 2
# Tests wait half of the time, for windows, threads and processes: another one fits beside those two.
TEST_PROCESSES ?= $(PROCESSES)
# How many lines the tests run is printed after them; without it (COUNT=) they take half a minute less.
COUNT ?= -p tools.line_counts
# Modules are compiled as they are used, which is a fifth of what is installed, and kept: tests start hundreds of
# processes, each of which would compile the program anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test tests reliability coverage lint format bench translations wheel audit clean

run: $(VENV)/.installed
	@sh tools/system_libraries.sh window
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" != Linux ]; then \
		$(BIN)/python main.py resources/sample/clip.mp4; \
	else \
		echo "No display: running the sample on the command line."; \
		$(BIN)/python main.py sample --out runs/sample --overwrite; \
	fi

# with -j3, which takes two minutes less on two cores, the three run side by side
test: lint tests reliability

reliability: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.reliability --short --jobs $(PROCESSES)

tests: $(VENV)/.installed-dev
	@sh tools/system_libraries.sh window tests
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist worksteal $(COUNT)

# the tests, counting every line of core and desktop; on Python 3.11 it takes half as long again
coverage: $(VENV)/.installed-dev
	@sh tools/system_libraries.sh window tests
	LINE_COUNTS=all $(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist worksteal -p tools.line_counts

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers $(PROCESSES)
	$(BIN)/lint-imports

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.memory

# after texts of the window were added or changed: says which have no translation yet
translations: $(VENV)/.installed
	$(BIN)/python -m tools.translations

$(VENV)/.made:
	@sh tools/system_libraries.sh venv
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Rotoflow needs Python 3.11 or newer; '$(PYTHON)' is older. Set PYTHON=/path/to/python3.11."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --no-compile --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.made pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --no-compile --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.installed

# one file for pip, in dist/, with its bill of materials (CycloneDX) beside it
wheel: $(VENV)/.installed-dev
	$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	$(BIN)/python -m tools.dependencies --sbom dist/rotoflow.cdx.json
	@ls dist/*.whl

# known faults of the pinned versions, where the index answers
audit: $(VENV)/.made
	$(BIN)/python -m tools.audit

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .import_linter_cache
