"""docnlp: writing and checking Chinese civilisation reports (精神文明建设公文).

The public names are loaded when first used, so that `import docnlp` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from docnlp.api import check, extract_slogans, parse
    from docnlp.document.model import Block, Document, Part
    from docnlp.rules.base import Finding, Rule

_HOME = {
    "check": "docnlp.api",
    "parse": "docnlp.api",
    "extract_slogans": "docnlp.api",
    "Document": "docnlp.document.model",
    "Block": "docnlp.document.model",
    "Part": "docnlp.document.model",
    "Finding": "docnlp.rules.base",
    "Rule": "docnlp.rules.base",
}

__all__ = ["Block", "Document", "Finding", "Part", "Rule", "__version__", "check", "extract_slogans", "parse"]


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'docnlp' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
