# Two commands are enough: `make run` and `make test`. Both prepare what they need first.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.PHONY: run test lint types unit simulate cluster-test kills bench bench-run bench-small clean help

help:
	@echo "make run    code sample_corpus/ into results/"
	@echo "make test   lint, types and all tests"

# A stamp per dependency set: once it stands, nothing is asked of the network again.
$(VENV)/run.stamp: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "qualcode needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 run")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	touch $@

run: $(VENV)/run.stamp
	$(BIN)/qualcode run sample_corpus

test: lint types unit

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test.stamp
	$(BIN)/mypy

unit: $(VENV)/test.stamp
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2

# A scheduler and two workers as processes of this machine, one of them killed on the way. See docs/scale.md.
$(VENV)/cluster.stamp: $(VENV)/test.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[cluster]'
	touch $@

cluster-test: $(VENV)/cluster.stamp
	$(BIN)/python -m pytest tests/project/test_cluster.py

# Slow: how often the tests of the analyses are wrong. See docs/methods.md.
simulate: $(VENV)/run.stamp
	$(BIN)/python benchmarks/simulate_tests.py
	$(BIN)/python benchmarks/simulate_sequences.py

# A little of all of it, to see that it works; then everything but the whole `run`: about 40 minutes and 12 GB of
# disk for a while, or 25 minutes and 2 GB without the large corpora: make bench SIZES=1,10,100 ONE=0
# bench-run: the whole `run`, about 25 minutes and 20 GB of disk for a while. See benchmarks/README.md.
SIZES ?= 1,10,100,1000
ONE   ?= 200
RUNS  ?= 20,100,1000

$(VENV)/bench.stamp: $(VENV)/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	touch $@

bench-small: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks.bench all run --size 0.5 --share 0.1 --rounds 1 --sizes 1 --one 0.5 --runs 1 \
		--folder build/bench-small --out build/bench-small/RESULTS.md

bench: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks.bench all --sizes $(SIZES) --one $(ONE)

bench-run: $(VENV)/bench.stamp
	$(BIN)/python -m benchmarks.bench run --runs $(RUNS)

# Slow: 200 times the review page is killed while decisions are made; nothing confirmed may be lost.
kills: $(VENV)/test.stamp
	$(BIN)/python -m tests.web.kills --kills 200

clean:
	rm -rf results build dist .pytest_cache .hypothesis .mypy_cache .ruff_cache
