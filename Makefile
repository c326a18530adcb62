# Every target makes the environment that it needs.
#   make predict [FILE=article.txt]   stances of a text (default: one of our own)
#   make test                         the tests
#   make check                        ruff, mypy and the architecture contract
#   make evaluate                     figures on every labelled set that is at hand, and the gate
#   make notebook                     open the notebook of mistakes
#   make train                        train the NLI model that ships (hours; a stopped run goes on)
#   make bench                        the benchmarks
#   make wheel                        build dist/*.whl

PYTHON ?= python3
FILE ?= seeds/retold/kazakhstan.txt
BASELINES ?= majority terms hypothesis-only zero-shot
PIP = -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

predict: .venv/installed
	@.venv/bin/stance predict "$(FILE)"

test: .venv-dev/installed
	.venv-dev/bin/python -m pytest

check: .venv-dev/installed
	.venv-dev/bin/ruff check .
	.venv-dev/bin/ruff format --check .
	.venv-dev/bin/mypy
	.venv-dev/bin/lint-imports
	.venv-dev/bin/python tools/build_actors.py --check
	.venv-dev/bin/python tools/build_gold.py --check

evaluate: .venv-dev/installed
	.venv-dev/bin/python tools/evaluate.py --baselines $(BASELINES)

notebook: .venv-dev/installed
	@.venv-dev/bin/python -m pip show --quiet jupyterlab || .venv-dev/bin/python $(PIP) jupyterlab
	.venv-dev/bin/python -m jupyterlab --ip 127.0.0.1 notebooks/misclassifications.ipynb

train: .venv-dev/installed
	.venv-dev/bin/stance train --config configs/nli.toml

bench: .venv-dev/installed
	.venv-dev/bin/python benchmarks/first_result.py
	.venv-dev/bin/python benchmarks/articles.py

wheel: .venv-dev/installed
	.venv-dev/bin/python -m build --wheel --outdir dist .

.venv/installed: pyproject.toml constraints.txt
	@echo "Making .venv (174 MB to download, once) ..."
	@$(PYTHON) -m venv .venv || { echo "python3 -m venv failed; on Debian:  apt install python3-venv"; exit 1; }
	@.venv/bin/python $(PIP) --editable '.[parser,desk]'
	@touch $@

.venv-dev/installed: pyproject.toml constraints.txt
	@echo "Making .venv-dev (torch and the tools of development: a large download, once) ..."
	@$(PYTHON) -m venv .venv-dev || { echo "python3 -m venv failed; on Debian:  apt install python3-venv"; exit 1; }
	@.venv-dev/bin/python $(PIP) --editable '.[train,dev]'
	@touch $@

.PHONY: predict test check evaluate notebook train bench wheel
