# Shanhai: everything a newcomer needs. `make site` and `make test` work on a fresh clone.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CORPUS ?= corpus
SITE   ?= site
SHARED ?= ../shared
SEED   ?= 1
CASES  ?= 2400
ARTICLES ?= 1000

export NO_MKDOCS_2_WARNING := 1
export SHANHAI_CORPUS := $(CORPUS)

.PHONY: site serve bundle publish-check test lint score labelled bench bench-restore bench-speed bench-build bench-themes \
  bench-search clean help

help:             ## list the targets
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

# The stamps name the lock file they were made from, so a changed lock installs again.
$(VENV)/.run: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	@touch $@

# What pages are measured with (axe-core, the Nu Html Checker). Where npm is missing, those tests skip and say so.
NODE_TOOLS := tests/node/node_modules/.package-lock.json
$(NODE_TOOLS): tests/node/package-lock.json
	@if command -v npm >/dev/null; then cd $(@D)/.. && npm ci --loglevel=error && touch $(abspath $@); fi

site: $(VENV)/.run      ## convert CORPUS and render it to SITE
	$(BIN)/shanhai build --corpus "$(CORPUS)" --site "$(SITE)"

serve: $(VENV)/.run     ## preview, rebuilt whenever an article is saved
	$(BIN)/mkdocs serve

bundle: $(VENV)/.run    ## the site as one zip archive that opens from disk: dist/shanhai-<version>.zip
	$(BIN)/shanhai bundle --corpus "$(CORPUS)"

publish-check: $(VENV)/.run     ## serve the site below a path, as GitHub Pages does, and follow every link of it
	$(BIN)/shanhai publish-check --corpus "$(CORPUS)"

test: $(VENV)/.dev $(NODE_TOOLS)     ## the whole test suite, with branch coverage
	PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest --cov --cov-report=term --cov-fail-under=90

lint: $(VENV)/.dev      ## style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

score: $(VENV)/.dev     ## measure the real articles against their labels
	$(BIN)/shanhai build --corpus "$(SHARED)/corpus" --data-only build/score
	$(BIN)/python "$(SHARED)/score.py" build/score/articles.jsonl

labelled: $(VENV)/.dev   ## precision and recall of what is found in the labelled passages, by field and by trap
	$(BIN)/python tests/labelled.py

bench: bench-restore bench-speed bench-build bench-themes     ## all benchmarks

bench-restore: $(VENV)/.dev ## damage clean text (CLEAN=folder adds to the masters) and restore it; SEED, CASES
	$(BIN)/python tests/bench_restore.py --seed $(SEED) --cases $(CASES) $(if $(CLEAN),--clean "$(CLEAN)")

bench-speed: $(VENV)/.dev ## MB per CPU second over the real articles, and where the time goes
	$(BIN)/python tests/bench_speed.py "$(SHARED)/corpus"

bench-build: $(VENV)/.dev ## the whole data-only build: MB and articles per CPU second, and where the time goes
	$(BIN)/python tests/bench_build.py "$(SHARED)/corpus"

bench-themes: $(VENV)/.dev ## themes on their labelled passages: the constants of the score in folds
	$(BIN)/python tests/bench_themes.py

bench-search: $(VENV)/.bench    ## our search beside Pagefind and Material's: ARTICLES made ones, or CORPUS=folder; SEED, OPTIONS
	$(BIN)/python bench/search_bench.py --seed $(SEED) \
	  $(if $(filter command line,$(origin CORPUS)),--corpus "$(CORPUS)",--articles $(ARTICLES)) $(OPTIONS)

clean:             ## remove everything that is generated
	rm -rf build site .cache .mypy_cache .ruff_cache .pytest_cache .coverage
	@test ! -x $(BIN)/shanhai || $(BIN)/shanhai clean

