"""Which reader a file goes to."""

from __future__ import annotations

from pathlib import Path

from docnlp.document.model import Source
from docnlp.readers.limits import Limits
from docnlp.readers.plain import source_from_text


def read(path: str | Path, limits: Limits = Limits()) -> Source:  # noqa: B008
    """Read one file.

    Raises:
        ReadError: With the reason, in Chinese.
    """
    return read_bytes(Path(path).read_bytes(), str(path), limits)


def read_bytes(data: bytes, name: str, limits: Limits = Limits()) -> Source:  # noqa: B008
    """Read a file that is already in memory; `name` decides the format together with the content."""
    return source_from_text(data.decode("utf-8"), name)
