"""The wheel carries what an installation needs, and says what it is."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest

import docnlp

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def tracked(folder: str) -> set[str]:
    """Files of a folder of the project, caches left out."""
    paths = (ROOT / folder).rglob("*")
    return {p.relative_to(ROOT).as_posix() for p in paths if p.is_file() and "__pycache__" not in p.parts}


def test_every_file_of_the_package_is_in(names: set[str]) -> None:
    assert tracked("docnlp") <= names
    assert "docnlp/py.typed" in names
    assert any(n.endswith(".toml") for n in names), "the rules' data"


@pytest.mark.parametrize("folder", ["models", "templates"])
def test_shipped_folders_are_package_data(names: set[str], folder: str) -> None:
    expected = tracked(folder)
    assert expected
    assert {f"docnlp/_data/{name}" for name in expected} <= names


def test_nothing_else_is_in(names: set[str]) -> None:
    tops = {name.split("/")[0] for name in names}
    assert tops == {"docnlp", f"docnlp-{docnlp.__version__}.dist-info"}
    assert not [n for n in names if "__pycache__" in n or n.endswith(".pyc")]


def test_version_has_one_source(wheel: Path, project: dict[str, Any]) -> None:
    assert "version" in project["project"]["dynamic"]
    assert "version" not in project["project"]
    with zipfile.ZipFile(wheel) as archive:
        meta = archive.read(f"docnlp-{docnlp.__version__}.dist-info/METADATA").decode()
    assert Parser().parsestr(meta)["Version"] == docnlp.__version__
    assert f"{docnlp.__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_command_is_installed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        entry = archive.read(f"docnlp-{docnlp.__version__}.dist-info/entry_points.txt").decode()
    assert re.search(r"^docnlp\s*=\s*docnlp\.cli:main$", entry, re.MULTILINE)


def test_named_packages_are_core_dependencies(project: dict[str, Any]) -> None:
    core = {re.split(r"[<>=!~ \[;]", d)[0].lower() for d in project["project"]["dependencies"]}
    assert {"jieba", "scikit-learn", "spacy", "jinja2", "click"} <= core


def test_every_core_dependency_is_pinned(project: dict[str, Any]) -> None:
    pins = (ROOT / "constraints" / "pins.txt").read_text(encoding="utf-8").splitlines()
    pinned = {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in pins if not line.startswith("#")}
    wanted = project["project"]["dependencies"] + project["project"]["optional-dependencies"]["dev"]
    assert {re.split(r"[<>=!~ \[;]", d)[0].lower() for d in wanted} <= pinned


def test_pins_hold_names_and_releases_only() -> None:
    lines = (ROOT / "constraints" / "pins.txt").read_text(encoding="utf-8").splitlines()
    odd = [line for line in lines if not line.startswith("#") and not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line)]
    assert odd == []
