"""The installers of the offline bundle, as the two systems need them."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
VALUES = {"VERSION": "1.2.3", "PLATFORM": "win_amd64", "PYTHON": "3.12", "PYTHON_TUPLE": "(3, 12)", "PIP": "pip-26-py3-none-any.whl"}


@pytest.fixture(scope="module")
def bundle() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_bundle", ROOT / "tools" / "make_bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(bundle: ModuleType, tmp_path: Path) -> Path:
    bundle.write_installers(tmp_path, VALUES)
    return tmp_path


def test_windows_script(folder: Path) -> None:
    data = (folder / "install.bat").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") > 20
    lines = data.decode("gbk").split("\r\n")
    assert lines[:2] == ["@echo off", "chcp 936 >nul"], "the code page is set before the first Chinese character"
    labels = {line[1:] for line in lines if line.startswith(":")}
    targets = {line.rsplit("goto ", 1)[1].split()[0] for line in lines if "goto " in line}
    assert targets == labels
    assert "@" not in "".join(lines[1:]), "nothing left to fill in"
    assert any("--no-index" in line and '"docnlp==1.2.3"' in line for line in lines)


def test_windows_script_has_no_character_that_breaks_a_line(folder: Path) -> None:
    # The second byte of some GBK characters is a mark of the command language.
    text = (folder / "install.bat").read_text(encoding="gbk")
    broken = [c for c in text if len(c.encode("gbk")) == 2 and c.encode("gbk")[1:] in b'\\^|&<>%"']
    assert broken == []


def test_unix_script(folder: Path) -> None:
    data = (folder / "install.sh").read_bytes()
    assert b"\r" not in data
    assert b"--no-index" in data
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("no sh on this machine")
    done = subprocess.run([shell, "-n", str(folder / "install.sh")], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_unix_script_leaves_other_folders_alone(folder: Path) -> None:
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("no sh on this machine")
    script = folder / "install.sh"
    text = script.read_text(encoding="utf-8").replace("!= (3, 12)", "[:0] != ()")
    script.write_text(text, encoding="utf-8", newline="\n")
    mine = folder / "mine"
    mine.mkdir()
    (mine / "draft.txt").write_text("x", encoding="utf-8")
    done = subprocess.run([shell, str(script), str(mine)], capture_output=True, check=False)
    assert done.returncode == 1
    assert "没有安装" in done.stderr.decode()
    assert [p.name for p in mine.iterdir()] == ["draft.txt"]


def test_guide_reads_in_notepad(folder: Path) -> None:
    data = (folder / "安装说明.txt").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n") > 5
    assert "3.12" in data.decode("utf-8-sig")
