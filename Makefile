# make run    tries the product on this machine      make test   everything, on SQLite or DATABASE_URL
# make setup  prepares without serving               make lock   renews the locked requirements
# make bench  server time of every page and of documents, to docs/bench.md; WHAT=pages or WHAT=documents for one

export DEBUG ?= true
# What Python has compiled is kept, whatever the machine says: the processes of the tests share it.
unexport PYTHONDONTWRITEBYTECODE
PYTHON := .venv/bin/python
ADDRESS ?= 127.0.0.1:8000
WHAT ?= pages documents

.PHONY: run setup test lint bench lock

run: setup
	@$(PYTHON) manage.py show_demo $(ADDRESS)
	@$(PYTHON) manage.py runserver $(ADDRESS)

setup:
	@./setup.sh
	@$(PYTHON) manage.py migrate --verbosity 0
	@$(PYTHON) manage.py load_known_years
	@$(PYTHON) manage.py make_demo_people
	@$(PYTHON) manage.py make_demo_year

test:
	@./setup.sh test
	$(PYTHON) -m pytest --numprocesses 4 --dist loadgroup $(ARGS)

lint:
	@./setup.sh test
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

bench:
	@./setup.sh test
	@set -e; for what in $(WHAT); do $(PYTHON) -m tests.bench.$$what; done

# Needs uv. The locked files hold for Python 3.11 to 3.13 and name no registry.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet requirements.in --output-file requirements.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet requirements.in requirements-dev.in --output-file requirements-dev.txt
