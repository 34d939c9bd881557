"""Bytes to `Source`. `read` decides by name and content which reader is asked."""

from docnlp.readers.limits import Limits
from docnlp.readers.plain import source_from_text
from docnlp.readers.reading import SUPPORTED_SUFFIXES, read, read_bytes

__all__ = ["SUPPORTED_SUFFIXES", "Limits", "read", "read_bytes", "source_from_text"]
