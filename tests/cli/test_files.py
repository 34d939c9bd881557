"""From paths to files."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from docnlp.cli.files import SettingsFinder, Target, is_single, targets


def touch(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(b"x")


def found(*paths: str) -> list[str]:
    return [Path(t.path).as_posix() for t in targets(paths, SettingsFinder()) if t.error is None]


def failed(*paths: str) -> list[Target]:
    return [t for t in targets(paths, SettingsFinder()) if t.error is not None]


def test_files_in_the_order_given_each_once() -> None:
    touch("b.txt", "a.txt", "c.md")
    assert found("b.txt", "a.txt", "./b.txt", str(Path("a.txt").resolve()), "c.md") == ["b.txt", "a.txt", "c.md"]


def test_a_missing_file_is_left_to_the_reader() -> None:
    assert found("没有.txt") == ["没有.txt"]


def test_a_folder_is_walked_in_order() -> None:
    touch("材料/b.txt", "材料/a.docx", "材料/子/c.PDF", "材料/图.png", "材料/表.xlsx", "材料/无扩展名")
    touch("材料/~$a.docx", "材料/.隐藏.txt", "材料/.git/x.md")
    assert found("材料") == ["材料/a.docx", "材料/b.txt", "材料/子/c.PDF"]
    assert found("材料/") == found("材料")


def test_a_file_in_a_walked_folder_is_not_checked_twice() -> None:
    touch("材料/a.txt", "材料/b.txt")
    assert found("材料/b.txt", "材料") == ["材料/b.txt", "材料/a.txt"]


def test_a_folder_without_reports_is_an_error() -> None:
    touch("图/x.png")
    (target,) = failed("图")
    assert target.path == "图"
    assert "没有可以检查的文件（支持 .txt、" in (target.error or "")


def test_excluded_files_and_folders() -> None:
    touch("a.txt", "草稿-1.txt", "旧/b.txt", "子/旧/c.txt", "子/d.txt", "子/e.txt")
    Path("docnlp.toml").write_text('exclude = ["旧", "草稿*", "子/e.txt"]\n', encoding="utf-8")
    assert found(".") == ["a.txt", "子/d.txt"]
    assert found("草稿-1.txt") == ["草稿-1.txt"]  # named, so wanted
    (target,) = failed("旧")
    assert "exclude" in (target.error or "")


def test_wildcards_that_the_shell_left_alone() -> None:
    touch("材料/b.txt", "材料/a.txt", "材料/c.md", "材料/~$a.txt", "材料/深/d.txt")
    assert found("材料/*.txt") == ["材料/a.txt", "材料/b.txt"]
    assert found("材料/?.md") == ["材料/c.md"]
    assert found("**/d.txt") == ["材料/深/d.txt"]
    assert found("材料/*") == ["材料/a.txt", "材料/b.txt", "材料/c.md", "材料/深/d.txt"]
    (target,) = failed("*.docx")
    assert "没有文件符合" in (target.error or "")


def test_a_name_with_brackets_is_a_name() -> None:
    touch("方案[1].txt", "方案1.txt")
    assert found("方案[1].txt") == ["方案[1].txt"]


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid"), reason="names need not be Unicode on POSIX only")
def test_a_name_that_is_no_unicode() -> None:
    name = os.fsdecode(b"\xb7\xbd\xb0\xb8.txt")  # 方案 in GBK
    touch(name)
    assert [t.path for t in targets(["."], SettingsFinder())] == [name]


def test_a_folder_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    touch("材料/a.txt", "材料/锁/b.txt")
    real = os.scandir

    def scandir(path: str) -> object:
        if Path(path).name == "锁":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert found("材料") == ["材料/a.txt"]
    (target,) = failed("材料")
    assert Path(target.path).name == "锁"
    assert target.error == "文件夹打不开（没有权限）"


def test_single() -> None:
    touch("a.txt", "b[1].txt", "材料/c.txt")
    assert is_single(["a.txt"])
    assert is_single(["-"])
    assert is_single(["b[1].txt"])
    assert is_single(["没有.txt"])
    assert not is_single(["材料"])
    assert not is_single(["*.txt"])
    assert not is_single(["a.txt", "a.txt"])


def test_each_settings_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from docnlp import config

    touch("a.txt", "子/b.txt", "子/孙/c.txt")
    Path("docnlp.toml").write_text('fail-on = "error"\n', encoding="utf-8")
    read: list[Path | None] = []
    real = config.load
    monkeypatch.setattr(config, "load", lambda path: read.append(path) or real(path))
    settings = {id(t.settings) for t in targets(["."], SettingsFinder())}
    assert len(settings) == 1
    assert len(read) == 1
