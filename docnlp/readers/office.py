"""Old Word, WPS, RTF and OpenDocument files, converted to .docx by LibreOffice and then read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from docnlp.document.model import Note, Source
from docnlp.errors import ReadError
from docnlp.readers.limits import Limits

#: Kinds (of `docnlp.readers.sniff`) that LibreOffice converts, and the suffix it is told.
CONVERTED_KINDS = {"doc": ".doc", "rtf": ".rtf", "odt": ".odt"}

_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_WINDOWS_ROOTS = ("ProgramFiles", "ProgramFiles(x86)", "ProgramW6432")


def find_soffice() -> str | None:
    """Path of LibreOffice's command: on PATH, else in the usual places of Windows, macOS and Linux."""
    # On Windows soffice.com waits for the end of the work, soffice.exe does not.
    for name in ("soffice.com", "soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    places = [Path(p) for p in _USUAL_PLACES]
    for root in _WINDOWS_ROOTS:
        if base := os.environ.get(root):
            places.extend(Path(base, "LibreOffice", "program", name) for name in ("soffice.com", "soffice.exe"))
    return next((str(p) for p in places if p.is_file()), None)


def read_office(data: bytes, path: str, kind: str, limits: Limits) -> Source:
    """Convert a file to .docx and read that.

    Args:
        data: The whole file.
        path: Its name.
        kind: `doc`, `rtf` or `odt`, by content.
        limits: How long the conversion may take, and the limits of the .docx.

    Returns:
        The source under the file's own name. Its origins are places in the converted copy.

    Raises:
        ReadError: LibreOffice is missing or fails, or the file is encrypted.
    """
    if kind == "doc" and _is_encrypted_doc(data):
        raise ReadError("文件已加密", "请先在 Word 或 WPS 里取消密码", path)
    program = find_soffice()
    if program is None:
        raise ReadError("读 .doc/.wps/.rtf/.odt 需要安装 LibreOffice，这台电脑上没有找到", "请安装 LibreOffice，或在 Word/WPS 里另存为 .docx", path)
    from docnlp.readers.docx import read_docx
    from docnlp.readers.package import Package

    if kind == "odt":
        Package(data, limits, path)  # refuses what would unpack to too much
    # LibreOffice may still hold a file of its profile for a moment after it ended.
    with tempfile.TemporaryDirectory(prefix="docnlp-", ignore_cleanup_errors=True) as folder:
        converted = _convert(program, data, Path(folder), CONVERTED_KINDS[kind], limits, path)
    source = read_docx(converted, path, limits)
    note = Note("converted", "由 LibreOffice 转换成 .docx 后读取，自动编号和版式可能与原文件略有出入")
    return replace(source, notes=(note, *source.notes))


def _convert(program: str, data: bytes, folder: Path, suffix: str, limits: Limits, path: str) -> bytes:
    given = folder / f"input{suffix}"
    given.write_bytes(data)
    out = folder / "out"
    command = [
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(out),
        str(given),
    ]
    advice = "请在 Word/WPS 里打开确认后另存为 .docx"
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=sys.platform != "win32",
        )
    except OSError as error:
        raise ReadError(f"LibreOffice 启动不了（{error.strerror or program}）", advice, path) from None
    try:
        process.wait(timeout=limits.convert_timeout)
    except subprocess.TimeoutExpired:
        raise ReadError(f"LibreOffice 转换超过 {limits.convert_timeout} 秒，已中止", advice, path) from None
    finally:
        if process.poll() is None:
            _kill(process)
    result = out / "input.docx"
    if not result.is_file():
        raise ReadError("LibreOffice 没有转换成功，文件可能已损坏或加密", advice, path)
    if result.stat().st_size > limits.max_bytes:
        raise ReadError("转换出的 .docx 超过大小上限", "可用配置项 max-size 或 --max-size 放宽", path)
    return result.read_bytes()


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the program and the process it starts to do the work."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False, capture_output=True)
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _is_encrypted_doc(data: bytes) -> bool:
    """The encryption flag of the file information block, where that stands in its usual place."""
    return data[512:514] == b"\xec\xa5" and bool(int.from_bytes(data[522:524], "little") & 0x0100)
