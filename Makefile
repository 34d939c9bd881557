# make          what there is
# make demo     check the shipped draft and write a page to look at
# make test     run the tests
# Each target first sets up what it needs: an environment in .venv with the releases of constraints/pins.txt.

VENV ?= .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
PY := $(BIN)/python
READY := $(VENV)/.ready
PINS := constraints/pins.txt
# The first Python that runs and is new enough; PYTHON=... names another one.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
  "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo "$$p"; break; }; done)
PIP := $(PY) -m pip --disable-pip-version-check
EXAMPLE := docs/examples/draft.docx
# More arguments for pytest, e.g. make test PYTEST_ARGS="tests/cli -x"
PYTEST_ARGS ?=
# How many processes share the tests.
TEST_JOBS ?= auto

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-all lint types contracts policy docs ranges docs-check example bench wheel bundle pins ci clean

help:  ## 列出全部命令
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

$(READY): pyproject.toml $(PINS)
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更高版本；也可以写 make setup PYTHON=/路径/python3" >&2; exit 1; }
	@test -x $(PY) || "$(PYTHON)" -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV) && "$(PYTHON)" -m venv --without-pip $(VENV); }
	@$(PIP) --version >/dev/null 2>&1 || "$(PYTHON)" -m pip --disable-pip-version-check --python $(PY) install --quiet -c $(PINS) pip
	@echo "正在准备运行环境（第一次约需一两分钟）……"
	@$(PIP) install --quiet -c $(PINS) pip hatchling
	@$(PIP) install --quiet -c $(PINS) --build-constraint $(PINS) -e ".[dev]"
	@touch $@

setup: $(READY)  ## 准备运行环境（.venv）
	@$(BIN)/docnlp --version

demo: $(READY)  ## 检查随附的样稿，生成网页报告
	@$(PY) tools/demo.py $(EXAMPLE) build/demo

test: $(READY)  ## 运行全部测试
	$(PY) -m pytest -n $(TEST_JOBS) $(PYTEST_ARGS)

test-all: test lint types contracts docs-check  ## 测试、代码检查、类型、分层、文档一次做完

lint: $(READY)  ## 代码检查
	$(BIN)/ruff check .

types: $(READY)  ## 类型检查
	$(BIN)/mypy

contracts: $(READY)  ## 检查模块分层
	$(BIN)/lint-imports

policy: $(READY)  ## 检查政策时间线，重新编成检查时用的文件
	$(PY) -m docnlp.policy.validate
	$(PY) tools/gen_policy.py

docs: $(READY)  ## 重新生成规则说明
	$(PY) tools/gen_rule_pages.py

ranges: $(READY)  ## 由语料重新算口号密度的范围
	$(PY) tools/gen_slogan_ranges.py
	$(PY) tools/gen_sty_levels.py

docs-check: $(READY)  ## 检查规则说明、政策时间线和口号密度的范围是否过期
	$(PY) tools/gen_policy.py --check
	$(PY) tools/gen_rule_pages.py --check
	$(PY) tools/gen_slogan_ranges.py --check
	$(PY) tools/gen_sty_levels.py --check

example: $(READY)  ## 由文字稿重新生成样稿
	$(PY) tools/make_example.py

bench: $(READY)  ## 与同类工具并排测速，写入 docs/benchmarks.md
	$(PY) -m benchmarks.peers

wheel: $(READY)  ## 打成安装包（dist/）
	$(PY) -m build --wheel --no-isolation --outdir dist .

bundle: $(READY)  ## 离线安装文件夹（bundle/）；可加 PYTHON_VERSION=3.12 PLATFORM=win_amd64
	$(PY) tools/make_bundle.py $(if $(PYTHON_VERSION),--python-version $(PYTHON_VERSION)) $(if $(PLATFORM),--platform $(PLATFORM))

pins:  ## 更新 constraints/pins.txt
	"$(PYTHON)" tools/update_pins.py

ci:  ## 与持续集成相同的全部检查
	bash .ci/run

clean:  ## 删去生成的文件（保留 .venv）
	rm -rf build dist bundle htmlcov .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
