"""Plain text and markdown."""

from __future__ import annotations

from docnlp.document.model import Format, Note, Paragraph, Source


def source_from_text(text: str, path: str = "x.txt", *, encoding: str | None = None, notes: tuple[Note, ...] = ()) -> Source:
    r"""A `Source` from decoded text.

    Args:
        text: Decoded text; a BOM is dropped, `\r\n` and lone `\r` become `\n`.
        path: Name of the file; an ending `.md` or `.markdown` makes it markdown.
        encoding: What it was decoded with.
        notes: What the decoding noticed.
    """
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    fmt: Format = "md" if path.lower().endswith((".md", ".markdown")) else "txt"
    paragraphs = []
    start = 0
    for line in text.split("\n"):
        paragraphs.append(Paragraph(start, start + len(line)))
        start += len(line) + 1
    return Source(path, fmt, text, tuple(paragraphs), notes, encoding=encoding)
