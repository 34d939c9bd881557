"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: Chinese names of the kinds that `kind_of` returns, as they are put into messages.
KIND_NAMES = {
    "docx": "Word 文档（.docx）",
    "encrypted": "加了密码的 Office 文档",
    "doc": "旧版 Word 文档（.doc）",
    "pdf": "PDF 文档",
    "rtf": "RTF 文档",
    "odt": "OpenDocument 文档（.odt）",
    "ofd": "OFD 版式文件",
    "xlsx": "Excel 表格",
    "xls": "Excel 表格",
    "pptx": "PowerPoint 演示文稿",
    "ppt": "PowerPoint 演示文稿",
    "zip": "压缩包",
    "ole": "旧版 Office 文件",
    "archive": "压缩包",
    "image": "图片",
    "program": "程序文件",
}

#: Kinds that a reader takes, and the suffix that belongs to each.
READABLE_KINDS = {"docx": ".docx", "doc": ".doc", "pdf": ".pdf", "rtf": ".rtf", "odt": ".odt"}

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x7fELF", "program"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b\x08", "archive"),
)


def describe(kind: str) -> str:
    """Chinese name of a kind for the middle of a sentence: with a space before it where it begins with a Latin letter."""
    name = KIND_NAMES[kind]
    return f" {name}" if name[0].isascii() else name


def kind_of(data: bytes) -> str | None:
    """Kind of a binary file, a key of `KIND_NAMES`; None where no magic number is known.

    Args:
        data: The whole file: for a zip the list of its members decides, for an OLE container the names inside.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _ole_kind(data)
    head = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, kind in _MAGIC:
        if data.startswith(magic) or (kind in ("pdf", "rtf") and head.startswith(magic)):
            return kind
    # Two letters are too little to go by; the zero bytes of the header settle it.
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        return "image"
    if data[:2] == b"MZ" and b"\0" in data[:128]:
        return "program"
    return None


def _zip_kind(data: bytes) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lower() for name in archive.namelist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        names = []
    if not names:  # cut off: the directory stands at the end, the names of the members also before each of them
        names = [n for n in ("word/", "xl/", "ppt/") if n.encode() in data[:65536]]
    for prefix, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(name.startswith(prefix) for name in names):
            return kind
    if b"application/vnd.oasis.opendocument.text" in data[:128]:
        return "odt"
    return "ofd" if "ofd.xml" in names else "zip"


def _ole_kind(data: bytes) -> str:
    for stream, kind in (
        ("EncryptedPackage", "encrypted"),
        ("WordDocument", "doc"),
        ("Workbook", "xls"),
        ("PowerPoint Document", "ppt"),
    ):
        if stream.encode("utf-16-le") in data:
            return kind
    return "ole"
