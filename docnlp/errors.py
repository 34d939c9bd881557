"""The errors docnlp raises on purpose; every message is Chinese and says what to do next.

`DocnlpError` is the root. A command line or a server shows `str(error)` and nothing else; any other exception
is a bug of docnlp and is reported as such.
"""

from __future__ import annotations


class DocnlpError(Exception):
    """Root of the errors that a user can act on.

    Args:
        reason: What is wrong, in Chinese, without a final full stop.
        advice: What to do next, in Chinese, without a final full stop; may be empty.
        where: The file, key or option the error is about; may be empty.
    """

    def __init__(self, reason: str, advice: str = "", where: str = "") -> None:
        super().__init__(reason, advice, where)
        self.reason = reason
        self.advice = advice
        self.where = where

    def __str__(self) -> str:
        head = f"{self.where}：" if self.where else ""
        tail = f"。{self.advice}" if self.advice else ""
        return f"{head}{self.reason}{tail}。"


class ReadError(DocnlpError):
    """A file that cannot be read as a report."""


class SettingsError(DocnlpError):
    """A configuration file, a pack or an option that is wrong."""


class FixError(DocnlpError):
    """Fixes that cannot be written back."""


class ModelError(DocnlpError):
    """A model file that is missing, damaged or of another format."""
