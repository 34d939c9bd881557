"""Old Word, WPS, RTF and OpenDocument files, through LibreOffice."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import pytest
from readers_fixtures import check_source, docx, p, package

from docnlp.errors import ReadError
from docnlp.readers import Limits, office, read, read_bytes

OLE_DOC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + b"\xec\xa5" + b"\0" * 500 + "WordDocument".encode("utf-16-le")
RTF = rb"{\rtf1\ansi\ansicpg936\uc0 \u25991\u26126\par \u20108\par}"

needs_libreoffice = pytest.mark.skipif(office.find_soffice() is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Makes a file of the given suffix with LibreOffice."""
    folder = tmp_path_factory.mktemp("office")
    document = python_docx.Document()
    document.add_paragraph("关于开展志愿服务的通知")
    document.add_paragraph("各社区：")
    document.add_table(1, 2).cell(0, 1).text = "表格"
    out = io.BytesIO()
    document.save(out)
    (folder / "a.docx").write_bytes(out.getvalue())

    def make(suffix: str) -> Path:
        target = folder / f"a.{suffix}"
        if not target.exists():
            profile = (folder / "profile").as_uri()
            command = [office.find_soffice() or "", "--headless", f"-env:UserInstallation={profile}", "--convert-to", suffix, "--outdir", str(folder), str(folder / "a.docx")]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        return target

    return make


@needs_libreoffice
@pytest.mark.parametrize(("suffix", "name"), [("doc", "a.doc"), ("doc", "a.wps"), ("doc", "a.docx"), ("rtf", "a.rtf"), ("rtf", "a.doc"), ("odt", "a.odt")])
def test_converted(made: Callable[[str], Path], suffix: str, name: str) -> None:
    source = read_bytes(made(suffix).read_bytes(), name)
    check_source(source)
    assert source.path == name
    assert source.format == "docx"
    assert source.text.split("\n")[:2] == ["关于开展志愿服务的通知", "各社区："]
    assert "表格" in source.text
    assert source.notes[0].code == "converted"


@needs_libreoffice
def test_converted_from_a_path_with_blanks(made: Callable[[str], Path], tmp_path: Path) -> None:
    path = tmp_path / "终稿 （2）.doc"
    path.write_bytes(made("doc").read_bytes())
    assert read(path).path == str(path)


@needs_libreoffice
def test_time_limit() -> None:
    begin = time.monotonic()
    with pytest.raises(ReadError, match="超过 0 秒，已中止") as caught:
        read_bytes(RTF, "a.rtf", Limits(convert_timeout=0))
    assert time.monotonic() - begin < 20
    assert caught.value.where == "a.rtf"


@needs_libreoffice
def test_converted_file_past_the_limit() -> None:
    with pytest.raises(ReadError, match="超过大小上限"):
        read_bytes(RTF, "a.rtf", Limits(max_bytes=len(RTF)))


@needs_libreoffice
def test_damaged_doc_is_an_error_or_read() -> None:
    with pytest.raises(ReadError):
        read_bytes(OLE_DOC, "a.doc")


@pytest.mark.parametrize(("data", "name"), [(OLE_DOC, "a.doc"), (OLE_DOC, "a.wps"), (OLE_DOC, "a.docx"), (RTF, "a.rtf"), (RTF, "a.doc"), (OLE_DOC[:600], "a.wps")])
def test_libreoffice_is_missing(monkeypatch: pytest.MonkeyPatch, data: bytes, name: str) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    with pytest.raises(ReadError, match="需要安装 LibreOffice") as caught:
        read_bytes(data, name)
    assert "在 Word/WPS 里另存为 .docx" in caught.value.advice
    assert caught.value.where == name


def test_libreoffice_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: str(tmp_path / "no-such-program"))
    with pytest.raises(ReadError, match="启动不了"):
        read_bytes(RTF, "a.rtf")


def test_libreoffice_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # Python takes none of these options and ends at once.
    monkeypatch.setattr(office, "find_soffice", lambda: sys.executable)
    with pytest.raises(ReadError, match="没有转换成功"):
        read_bytes(RTF, "a.rtf")


def test_encrypted_doc_is_named_before_any_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: pytest.fail("not needed"))
    data = bytearray(OLE_DOC)
    data[523] |= 1
    with pytest.raises(ReadError, match="文件已加密"):
        read_bytes(bytes(data), "a.doc")


def test_odt_bomb_never_reaches_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: sys.executable)
    data = package({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": " " * 3_000_000})
    # The type is stored unpacked in real files, so that it stands among the first bytes.
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", " " * 3_000_000, zipfile.ZIP_DEFLATED)
    assert len(out.getvalue()) < len(data) + 1000
    with pytest.raises(ReadError, match="压缩炸弹"):
        read_bytes(out.getvalue(), "a.odt")


def test_docx_under_an_old_name_needs_no_conversion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_soffice", lambda: None)
    assert read_bytes(docx(p("甲")), "a.doc").notes == ()


def test_search_for_libreoffice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office.shutil, "which", lambda name: None)
    monkeypatch.setattr(office, "_USUAL_PLACES", ())
    for root in office._WINDOWS_ROOTS:
        monkeypatch.delenv(root, raising=False)
    assert office.find_soffice() is None
    program = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert office.find_soffice() == str(program)
    monkeypatch.setattr(office, "_USUAL_PLACES", (str(program.parent / "soffice.exe"),))
    assert office.find_soffice() == str(program)
    monkeypatch.setattr(office.shutil, "which", lambda name: "/somewhere/soffice" if name == "soffice" else None)
    assert office.find_soffice() == "/somewhere/soffice"
