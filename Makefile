# Two commands matter: `make test` needs Rust and make alone; `make test-all` needs what
# `make tools` installs.
CARGO ?= cargo
VENV  := .venv
PYTHON ?= python3
# Random tests throw the same dice everywhere, so that what passes here passes there. Other dice find other
# faults: `make test PROPTEST_RNG_SEED=7`.
export PROPTEST_RNG_SEED ?= 20261125

.PHONY: test test-all browser breakages precision-scripts lexicon-docs lexicon-docs-test tools bench bench-stages calibration cross-check lint

# Cargo tests of every crate, and the shipped lexicons' own tests and lints.
test:
	$(CARGO) test --workspace --all-features
	$(CARGO) run --quiet -- lexicon check --strict lexicons/*.toml examples/*.toml

# What other programs make of our files (LibreOffice, pandas, Chromium), whether the tests notice what is broken, and
# whether the scripts that measure the lexicons count right.
test-all: breakages precision-scripts
	$(CARGO) build --release
	tests/spreadsheets/run target/release/framescope $(VENV)/bin/python
	tests/browser/run target/release/framescope $(VENV)/bin/python

# The page in headless Chromium: clicked, filtered, tabbed through, read by axe-core.
browser:
	$(CARGO) build --release
	tests/browser/run target/release/framescope $(VENV)/bin/python

# Breaks the engine, one rule at a time: a test must fail each time. Needs Python 3.11. On a slow machine `make test-all` does not
# wait for all of them, and says which it did not try; `make breakages` by itself does.
test-all: export BREAKAGES_MINUTES ?= 10
breakages:
	CARGO=$(CARGO) $(PYTHON) tests/breakages/run.py

# The scripts that draw and count judged samples of the lexicons. Needs Python 3.11.
precision-scripts:
	$(PYTHON) -m unittest discover -q -s lexicons/precision -t lexicons/precision

# Pages of the shipped lexicons to browse: docs/browse/index.html. Needs Python 3.11.
lexicon-docs:
	$(PYTHON) docs/pages/write.py

# The scripts that write these pages.
lexicon-docs-test:
	$(PYTHON) -m unittest discover -q -s docs/pages -t docs/pages

# Debian's LibreOffice and Chromium, and pandas, selenium and axe-core in an environment of their own.
tools:
	command -v soffice >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends libreoffice-calc; }
	command -v chromium >/dev/null && command -v chromedriver >/dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-noto-core; }
	test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check pandas openpyxl selenium
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps axe-playwright-python

# framescope beside a bare scan and its peers, into benches/RESULTS.md, on a machine that has nothing
# else to do. `benches/run --help` has more; `benches/run --quick` tries the machinery.
bench:
	CARGO=$(CARGO) benches/run

# The stages of an article's way, and what no thread makes faster, by criterion.
bench-stages:
	$(CARGO) bench --bench stages
	$(CARGO) bench --bench serial

# How often the tests reject and the intervals cover, into docs/calibration.md; some minutes. Fails where a
# row does not keep what is promised.
calibration:
	$(CARGO) build --release -p framescope-bench --features reference --bin calibrate
	target/release/calibrate > docs/calibration.md.new && mv docs/calibration.md.new docs/calibration.md

# Does it compile for 64-bit ARM? `tests/aarch64/run --test` also runs the core's unit tests there.
cross-check:
	CARGO=$(CARGO) tests/aarch64/run

lint:
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --all-features -- -D warnings
