"""Which reader a file goes to, and what cannot be read."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from pathlib import Path

import pytest
from readers_fixtures import check_source, docx, p, pdf

from docnlp.errors import ReadError
from docnlp.readers import SUPPORTED_SUFFIXES, Limits, read, read_bytes, source_from_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(path: Path, limits: Limits = Limits()) -> ReadError:  # noqa: B008
    with pytest.raises(ReadError) as caught:
        read(path, limits)
    assert caught.value.where == str(path)
    assert caught.value.advice
    assert "\n" not in str(caught.value)
    return caught.value


@pytest.mark.parametrize(("suffix", "fmt"), [(".txt", "txt"), (".TXT", "txt"), (".md", "md"), (".markdown", "md"), ("", "txt"), (".总结", "txt"), (".log", "txt")])
def test_text_names(tmp_path: Path, suffix: str, fmt: str) -> None:
    path = tmp_path / f"稿{suffix}"
    path.write_bytes("\ufeff标题\r\n正文\r尾".encode())
    source = read(path)
    assert (source.format, source.text, source.path, source.encoding) == (fmt, "标题\n正文\n尾", str(path), "utf-8-sig")
    check_source(source)


def test_path_may_be_a_string(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲", encoding="utf-8")
    assert read(str(tmp_path / "a.txt")).text == "甲"


def test_name_without_suffix_is_read_by_content(tmp_path: Path) -> None:
    assert read_bytes(docx(p("甲")), "-").format == "docx"
    assert read_bytes(pdf([[(80, 700, 16, "正文")]]), "通知").format == "pdf"
    assert read_bytes("甲".encode("gb18030"), "-").encoding == "gb18030"


def test_missing(tmp_path: Path) -> None:
    assert refused(tmp_path / "没有.txt").reason == "文件不存在"
    assert refused(tmp_path / "没有" / "a.txt").reason == "文件不存在"


def test_folder(tmp_path: Path) -> None:
    assert "文件夹" in refused(tmp_path).reason


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲", encoding="utf-8")

    def deny(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "open", deny)
    assert "没有读取权限" in refused(path).reason


def test_other_system_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲", encoding="utf-8")

    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(5, "I/O error")

    monkeypatch.setattr(Path, "open", fail)
    assert "I/O error" in refused(path).reason


def test_impossible_path(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read("a\0b.txt")
    assert caught.value.where == "a\0b.txt"
    assert refused(tmp_path / ("很" * 300 + ".txt")).reason


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", "　\u00a0\n".encode(), b"\xef\xbb\xbf", "\ufeff\u200b \u200b\n".encode("utf-8"), b"\xff\xfe"])
def test_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert refused(path).reason.startswith("文件是空的")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.doc", "a.xyz", "a"])
def test_zero_bytes_under_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert refused(tmp_path / name).reason == "文件是空的（0 字节）"


def test_empty_word_file(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(p() + p(" 　")))
    assert refused(tmp_path / "a.docx").reason == "文件是空的，正文里没有文字"


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 3000)
    error = refused(path, Limits(max_bytes=2048))
    assert error.reason == "文件过大（2.9 KB，上限 2.0 KB）"
    assert "max-size" in error.advice
    assert "--max-size" in error.advice
    assert read(path, Limits(max_bytes=3000)).text
    with pytest.raises(ReadError, match=r"（3000 字节|（2\.9 KB"):
        read_bytes(b"a" * 3000, "a.txt", Limits(max_bytes=100))
    with pytest.raises(ReadError, match=r"21\.0 MB，上限 20\.0 MB"):
        read_bytes(bytes(21 * 1024 * 1024), "a.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_pipe_is_read_up_to_the_limit(tmp_path: Path) -> None:
    import threading

    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    writer = threading.Thread(target=lambda: path.write_bytes("管道".encode()))
    writer.start()
    assert read(path).text == "管道"
    writer.join()


@pytest.mark.parametrize(
    ("name", "what"), [("a.xlsx", "Excel 表格"), ("a.ET", "Excel 表格"), ("a.jpg", "图片"), ("a.pptx", "演示文稿"), ("a.ofd", "OFD"), ("a.zip", "压缩包"), ("a.exe", "程序"), ("a.mp4", "音视频")]
)
def test_known_other_formats(name: str, what: str) -> None:
    with pytest.raises(ReadError, match="不支持的格式") as caught:
        read_bytes(b"abc", name)
    assert what in caught.value.reason
    assert ".docx" in caught.value.advice
    assert ".pdf" in caught.value.advice


@pytest.mark.parametrize(
    ("data", "name", "reason", "advice"),
    [
        (b"\x89PNG\r\n\x1a\n", "a.xyz", "不支持的格式 .xyz（内容是图片）", "支持 .txt"),
        (b"\x89PNG\r\n\x1a\n", "a", "文件没有扩展名（内容是图片）", "支持 .txt"),
        (b"%PDF-1.7", "a.xyz", "不支持的格式 .xyz（内容是 PDF 文档）", "请把扩展名改成 .pdf"),
        (b"\x01\x02\x03\x04\x05", "a.xyz", "不支持的格式 .xyz（也不能当作文本读取", "支持 .txt"),
        (b"\x01\x02\x03\x04\x05", "a", "二进制文件", "请确认"),
        (b"hello", "a.pdf", "文件内容不是 .pdf 应有的格式", "另存"),
        (b"\x89PNG\r\n\x1a\n", "a.pdf", "文件内容是图片，而扩展名是 .pdf", "另存"),
        (docx(p("甲")), "a.pdf", "Word 文档（.docx），而扩展名是 .pdf", "（.docx）"),
        (docx(p("甲")), "a.odt", "Word 文档（.docx），而扩展名是 .odt", "（.docx）"),
        (b"hello", "a.doc", "文件内容不是 .doc 应有的格式", "另存"),
        (OLE + "Workbook".encode("utf-16-le"), "a.doc", "Excel 表格，而扩展名是 .doc", "另存"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "a.wps", "PowerPoint", "另存"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.wps", "文件已加密", "取消密码"),
        (b"%PDF-1.7", "a.wps", "PDF 文档，而扩展名是 .wps", "（.pdf）"),
        (b"\x05user", "~$通知.docx", "临时文件", "~$"),
    ],
)
def test_content_against_name(data: bytes, name: str, reason: str, advice: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name)
    assert reason in caught.value.reason
    assert advice in caught.value.advice
    assert caught.value.where == name


def test_supported_suffixes() -> None:
    assert {".txt", ".md", ".docx", ".pdf", ".doc", ".wps", ".rtf", ".odt", ".dotx", ".docm", ".dotm"} <= set(SUPPORTED_SUFFIXES)
    assert all(s == s.lower() and s.startswith(".") for s in SUPPORTED_SUFFIXES)


def test_source_from_text() -> None:
    source = source_from_text("\ufeff甲\r乙\r\n\n", "a.MD")
    assert (source.format, source.text) == ("md", "甲\n乙\n\n")
    check_source(source)


def test_readers_import_lightly() -> None:
    code = "import sys; import docnlp.readers; print([m for m in ('lxml', 'docx', 'pypdfium2', 'zipfile', 'subprocess', 'tempfile') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def _text_of(path: str) -> tuple[str, int]:
    source = read(path)
    return source.text, len(source.paragraphs)


def test_reading_in_spawned_processes(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx(p("甲") + p("乙")))
    (tmp_path / "a.pdf").write_bytes(pdf([[(80, 700, 16, "丙丁")]]))
    (tmp_path / "a.txt").write_bytes("丁".encode())
    paths = [str(tmp_path / n) for n in ("a.docx", "a.pdf", "a.txt")]
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        sources = pool.map(read, paths)
    assert [s.text for s in sources] == ["甲\n乙", "丙丁", "丁"]
    assert sources[0] == read(paths[0])
