"""What no file of the project may say, and what a start of the program may not load."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file does not hold what it looks for.
HOSTS = ("pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "npm" + "mirror", "deb.debian" + ".org", "ali" + "yun.com", "tuna." + "tsinghua")
PATHS = ("/wo" + "rk/", "/ro" + "ot/", "/home" + "/", "/op" + "t/wheels", "/op" + "t/pypi", r"C:\Us" + "ers")
TEXT = {".py", ".toml", ".md", ".txt", ".json", ".cfg", ".ini", ".yml", ".yaml", ".js", ".css", ".j2", ".html", ".sh", ".bat", ""}


def files() -> list[Path]:
    """Files that git tracks or would track; where there is no git, all but caches and what is built."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode == 0 and done.stdout:
        found = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    else:
        skip = {".venv", "build", "dist", "bundle", "node_modules", "__pycache__"}
        found = [p for p in ROOT.rglob("*") if not skip & set(p.relative_to(ROOT).parts)]
    return [p for p in found if p.is_file() and p.suffix in TEXT]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    out = {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8", errors="replace") for p in files()}
    assert len(out) > 100
    return out


def test_no_registry_is_named(texts: dict[str, str]) -> None:
    assert [(name, host) for name, text in texts.items() for host in HOSTS if host in text.lower()] == []


def test_no_path_of_a_machine_is_named(texts: dict[str, str]) -> None:
    pattern = re.compile("|".join(r"(?<![\w.}~])" + re.escape(path) for path in PATHS))
    assert [(name, m.group()) for name, text in texts.items() if (m := pattern.search(text))] == []


def test_no_lock_file(texts: dict[str, str]) -> None:
    locks = {"package-lock.json", "uv.lock", "poetry.lock", "Pipfile.lock", "yarn.lock", "pnpm-lock.yaml"}
    assert [name for name in texts if Path(name).name in locks] == []


def loaded(code: str) -> set[str]:
    """Top-level modules in a fresh process after some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(' '.join({{m.split('.')[0] for m in sys.modules}}))"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("module", ["docnlp", "docnlp.cli"])
def test_the_door_loads_only_click(module: str) -> None:
    bare = loaded("import click")
    extra = loaded(f"import {module}") - bare - sys.stdlib_module_names
    assert extra == {"docnlp"}


def test_a_check_of_text_loads_nothing_heavy() -> None:
    code = "import docnlp\ndocnlp.check('一、加强领导,落实责任。')"
    assert loaded(code) & {"jieba", "spacy", "sklearn", "numpy", "scipy", "docx", "lxml", "pypdfium2", "jinja2"} == set()
