# Everything these commands make lies in this folder: .uv/ .venv/ var/ and the compiled catalogues.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
STEPS ?= 500
SEED ?= $(shell date +%s)

UV_VERSION := 0.13.9
UV := .uv/bin/uv
PY := .venv/bin/python
UV_STAMP := .uv/version-$(UV_VERSION)
VENV := .venv/pyvenv.cfg
# What was installed once stays: EXTRA= takes it away again.
EXTRA ?= $(if $(wildcard .venv/installed-s3),s3)
LOCK := requirements$(addprefix -,$(EXTRA)).txt
RUNTIME := .venv/installed-$(or $(EXTRA),runtime)
DEVELOPMENT := .venv/installed-development
DEMO := $(CURDIR)/var/demo
DEMO_STATIC := var/demo/static-collected
OWN_SETTINGS := LANGUAGES DATABASE_URL DATABASE_REPLICAS MEDIA_ROOT MEDIA_STORAGE MEDIA_URL PAGES_ROOT EDGES
IN_DEMO := env $(addprefix -u ,$(OWN_SETTINGS)) VAR_DIR=$(DEMO)
CATALOGUES := var/catalogues-compiled
STATIC := var/static-collected

export UV_CACHE_DIR := $(CURDIR)/.uv/cache
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# As pip does: what this machine trusts, the certificate of a company's proxy among it. Without any, uv has its own.
export UV_SYSTEM_CERTS ?= $(if $(wildcard /etc/ssl/certs/* /etc/ssl/cert.pem),1)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Images for containers set it; without compiled modules each process of the site and of its tests starts half as fast.
unexport PYTHONDONTWRITEBYTECODE

OWN_CODE := manage.py articles newsroom tests
PO_FILES := $(shell find newsroom articles -name '*.po' 2>/dev/null)
STATIC_FILES := $(shell find static articles/static newsroom/static -type f 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-dev start serve demo hard-demo run test test-exactness check release-check format bench messages lock clean

help: ## show this list
	@echo "Usage: make COMMAND [PORT=8000]"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(RUNTIME) $(CATALOGUES) $(STATIC) ## install the site into .venv/; EXTRA=s3 for pictures in a bucket
install-dev: $(DEVELOPMENT) $(CATALOGUES) $(STATIC) ## install the site and the tools of its developers

start: install ## begin a site of your own: asks for its name, languages, time zone and first login
	@exec $(PY) manage.py start_newsroom

serve: install ## run your own site on this machine; PORT=8000
	@exec $(PY) manage.py serve --port $(PORT)

# Whatever the environment says of a site of one's own, nothing of it is the demo's.
demo: install $(DEMO_STATIC) ## run the site with demo stories, in a folder and database of its own; PORT=8000
	@exec $(IN_DEMO) $(PY) manage.py demo --port $(PORT)

hard-demo: install-dev ## run a second site, of what is hard to lay out, with a database of its own; PORT=8000
	@export VAR_DIR=$(CURDIR)/var/hard HARD_DEMO=1; \
	$(PY) -m newsroom.localenv && $(PY) manage.py collectstatic --noinput -v 0 && \
	exec $(PY) manage.py demo --load load_hard_demo --port $(PORT)

run: install-dev ## run Django's development server, which restarts on a change; PORT=8000
	@DEBUG=1 $(PY) manage.py migrate -v 0
	@DEBUG=1 exec $(PY) manage.py runserver $(PORT)

test: install-dev ## run every test on SQLite and, at the same time, those about a database on PostgreSQL; ARGS="-k name" narrows
	@$(PY) -m tests.tools.both $(ARGS)

test-exactness: install-dev ## change a small site in languages drawn by SEED (another one each time), STEPS=500 times on each database, and look at every page after each
	@status=0; for database in sqlite postgresql; do \
	  TEST_DATABASE=$$database EXACTNESS_STEPS=$(STEPS) EXACTNESS_SEED=$(SEED) $(PY) -m pytest -n auto tests/articles/test_exactness.py $(ARGS) || status=$$?; \
	done; exit $$status

check: $(DEVELOPMENT) ## look at the code without running it: style, migrations, settings, templates, scripts, types, catalogues
	@$(PY) -m tests.tools.check

release-check: install-dev ## say what keeps this tree from being a release, beside what check and test say
	@$(PY) -m tests.tools.release

format: $(DEVELOPMENT) ## write code, templates and scripts in the house style
	@$(PY) -m ruff format -q $(OWN_CODE)
	@$(PY) -m ruff check -q --fix $(OWN_CODE)
	@find templates -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} +
	@.venv/bin/oxfmt static/js

bench: install-dev ## measure the site beside other servers and with large archives; ARGS="--help" tells more
	@BENCH=1 $(PY) manage.py bench $(ARGS)

messages: install-dev ## collect the words of templates and code into the catalogues (needs gettext)
	@$(PY) -m tests.tools.messages

lock: $(UV_STAMP) ## choose the newest versions that pyproject.toml allows, and write them down
	$(UV) pip compile -q -U pyproject.toml --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header -o requirements.txt
	$(UV) pip compile -q -U pyproject.toml --extra s3 -c requirements.txt --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header -o requirements-s3.txt
	$(UV) pip compile -q -U pyproject.toml --extra s3 --group dev -c requirements-s3.txt --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header -o requirements-dev.txt

clean: ## take away what was installed, to start over; database, pictures and settings of var/ stay
	@rm -rf .uv .venv $(CATALOGUES) $(STATIC) $(DEMO_STATIC)

# --- What the commands stand on: each is made again only when what it is made from has changed --

$(UV_STAMP):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This needs Python 3.11 or newer: install it, or name one with PYTHON=..., as in make install PYTHON=python3.12." >&2; exit 1; }
	@$(PYTHON) -m pip --version >/dev/null 2>&1 || \
	  { echo "$(PYTHON) has no pip: install it (Debian: apt install python3-pip; elsewhere: $(PYTHON) -m ensurepip) and try again." >&2; exit 1; }
	@rm -rf .uv/bin
	@$(PYTHON) -m pip install -q --root-user-action=ignore --upgrade --target .uv uv==$(UV_VERSION)
	@touch $@

$(VENV): $(UV_STAMP)
	@$(UV) venv -q --clear --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv
	@touch $@

$(RUNTIME): $(LOCK) $(VENV)
	@$(UV) pip sync -q --require-hashes --python $(PY) $(LOCK)
	@rm -f .venv/installed-*
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	@$(UV) pip sync -q --require-hashes --python $(PY) requirements-dev.txt
	@touch $@

var/local.env: | $(RUNTIME)
	@$(PY) -m newsroom.localenv

$(CATALOGUES): $(PO_FILES) $(RUNTIME)
	@mkdir -p var
	@$(PY) -m newsroom.i18n.catalogues
	@touch $@

$(STATIC): $(STATIC_FILES) $(RUNTIME) | var/local.env
	@$(PY) manage.py collectstatic --noinput --clear -v 0
	@touch $@

$(DEMO_STATIC): $(STATIC_FILES) $(RUNTIME)
	@VAR_DIR=$(DEMO) $(PY) -m newsroom.localenv
	@$(IN_DEMO) $(PY) manage.py collectstatic --noinput --clear -v 0
	@touch $@
