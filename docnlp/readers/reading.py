"""Which reader a file goes to: by its name, checked against its first bytes."""

from __future__ import annotations

from pathlib import Path, PurePath

from docnlp.document.model import Source
from docnlp.errors import ReadError
from docnlp.readers.decode import decode
from docnlp.readers.limits import Limits
from docnlp.readers.plain import source_from_text
from docnlp.readers.sniff import READABLE_KINDS, describe, kind_of

_TEXT = (".txt", ".md", ".markdown")
_WORD = (".docx", ".docm", ".dotx", ".dotm")
_OFFICE = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt")

#: Suffixes of the files that can be read, in lower case.
SUPPORTED_SUFFIXES: tuple[str, ...] = (*_TEXT, *_WORD, ".pdf", *_OFFICE)

_KNOWN_OTHERS = {
    "Excel 表格": (".xlsx", ".xls", ".xlsm", ".et"),
    "演示文稿": (".pptx", ".ppt", ".dps"),
    "OFD 版式文件": (".ofd",),
    "图片": (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"),
    "压缩包": (".zip", ".rar", ".7z", ".gz", ".tar"),
    "音视频": (".mp3", ".mp4", ".wav", ".avi", ".mov"),
    "程序": (".exe", ".dll", ".msi"),
}
_OTHERS = {suffix: name for name, suffixes in _KNOWN_OTHERS.items() for suffix in suffixes}
_SUPPORTED = "支持 .txt、.md、.docx、.pdf，以及（装有 LibreOffice 时）.doc、.wps、.rtf、.odt"
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"


def read(path: str | Path, limits: Limits = Limits()) -> Source:  # noqa: B008
    """Read one file.

    Args:
        path: The file.
        limits: How much to take in.

    Raises:
        ReadError: With the reason, what to do, and `where` set to the path.
    """
    name = str(path)
    try:
        file = Path(path)
        if file.is_dir():
            raise ReadError("这是一个文件夹，不是文件", "请给出其中的文件", name)
        if file.is_file() and file.stat().st_size > limits.max_bytes:
            raise _too_large(file.stat().st_size, limits, name)
        with file.open("rb") as stream:
            data = stream.read(limits.max_bytes + 1)
    except FileNotFoundError:
        raise ReadError("文件不存在", "请检查路径和文件名是否写对", name) from None
    except PermissionError:
        raise ReadError("没有读取权限，或文件正被别的程序占用", "请检查文件权限，或关闭 Word/WPS 后再试", name) from None
    except (OSError, ValueError) as error:
        detail = error.strerror if isinstance(error, OSError) else None
        raise ReadError(f"文件无法读取（系统提示：{detail or error}）", "请检查路径是否写对、磁盘是否可用", name) from None
    return read_bytes(data, name, limits)


def read_bytes(data: bytes, name: str, limits: Limits = Limits()) -> Source:  # noqa: B008
    """Read a file that is already in memory.

    Args:
        data: The whole file.
        name: Its name, `-` for standard input. The suffix decides the reader, the content is checked against it; a
            name without suffix is read by content, one with an unknown suffix as text where it decodes.
        limits: How much to take in.

    Raises:
        ReadError: With the reason, what to do, and `where` set to the name.
    """
    if len(data) > limits.max_bytes:
        raise _too_large(len(data), limits, name)
    if not data:
        raise ReadError("文件是空的（0 字节）", "请确认文件已经保存", name)
    source = _dispatch(data, name, limits)
    if not source.text.strip().strip(_INVISIBLE).strip():
        raise ReadError("文件是空的，没有文字" if source.format in ("txt", "md") else "文件是空的，正文里没有文字", "请确认文件已经保存", name)
    return source


def _too_large(size: int, limits: Limits, name: str) -> ReadError:
    return ReadError(
        f"文件过大（{_mb(size)}，上限 {_mb(limits.max_bytes)}）", "确要检查的，用配置项 max-size 或 --max-size 放宽上限", name
    )


def _mb(size: int) -> str:
    return f"{size} 字节" if size < 1024 else f"{size / 1024:.1f} KB" if size < 1024 * 1024 else f"{size / 1024**2:.1f} MB"


def _dispatch(data: bytes, name: str, limits: Limits) -> Source:
    file = PurePath(name).name
    suffix = PurePath(name).suffix.lower()
    if file.startswith("~$") and len(data) < 1024:
        raise ReadError("这是 Word/WPS 打开文件时留下的临时文件，不是文稿", "请检查文件名中没有“~$”的那一个", name)
    if suffix in _OTHERS:
        raise ReadError(f"不支持的格式 {suffix}（{_OTHERS[suffix]}）", _SUPPORTED, name)
    if suffix in _TEXT:
        return _text(data, name)
    kind = kind_of(data)
    if suffix in _WORD or suffix == ".pdf" or suffix in _OFFICE:
        return _binary(data, name, suffix, kind, limits)
    if not suffix and kind in READABLE_KINDS:
        return _binary(data, name, READABLE_KINDS[kind], kind, limits)
    if kind is not None:
        what = f"不支持的格式 {suffix}" if suffix else "文件没有扩展名"
        right = f"请把扩展名改成 {READABLE_KINDS[kind]}" if kind in READABLE_KINDS else _SUPPORTED
        raise ReadError(f"{what}（内容是{describe(kind)}）", right, name)
    try:
        return _text(data, name)
    except ReadError as error:
        if suffix:
            raise ReadError(f"不支持的格式 {suffix}（也不能当作文本读取：{error.reason}）", _SUPPORTED, name) from None
        raise


def _text(data: bytes, name: str) -> Source:
    text, encoding = decode(data, name)
    return source_from_text(text, name, encoding=encoding)


def _binary(data: bytes, name: str, suffix: str, kind: str | None, limits: Limits) -> Source:
    """Read by content where it is one that Word and WPS themselves would open under this name."""
    from docnlp.readers.office import CONVERTED_KINDS, read_office

    if kind == "encrypted":
        raise ReadError("文件已加密", "请先在 Word 里取消密码", name)
    if suffix == ".pdf":
        if b"%PDF-" not in data[:1024]:
            raise _mismatch(suffix, kind, name)
        from docnlp.readers.pdf import read_pdf

        return read_pdf(data, name, limits)
    if kind in CONVERTED_KINDS:
        return read_office(data, name, kind, limits)
    if kind == "ole" and suffix in (".wps", ".wpt"):
        return read_office(data, name, "doc", limits)
    if kind in ("docx", "zip") and suffix != ".odt":
        from docnlp.readers.docx import read_docx

        return read_docx(data, name, limits)
    raise _mismatch(suffix, kind, name)


def _mismatch(suffix: str, kind: str | None, name: str) -> ReadError:
    advice = f"请改回正确的扩展名（{READABLE_KINDS[kind]}）" if kind in READABLE_KINDS else "请确认文件没有传错，或用 Word/WPS 打开后另存"
    if kind is None:
        return ReadError(f"文件内容不是 {suffix} 应有的格式，可能已损坏或改过扩展名", advice, name)
    return ReadError(f"文件内容是{describe(kind)}，而扩展名是 {suffix}", advice, name)
