"""Where models lie: the user's folder first, then the shipped one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from docnlp.analysis.linear import LinearModel
from docnlp.errors import ModelError
from docnlp.resources import folder as shipped_folder

#: What the files in a models folder are called, by kind.
FILES = {"sections": "sections.model", "genre": "genre.model", "slogans": "slogans.model"}


def folder_of(kind: str, own: Path | None) -> Path | None:
    """The folder that has the model of a kind: the user's, else the shipped one; None where neither has.

    Args:
        kind: A key of `FILES`.
        own: The user's models folder.

    Raises:
        ModelError: The user's folder is missing or holds no model at all.
    """
    if own is not None:
        if not own.is_dir():
            raise ModelError("没有这个模型文件夹", "请核对路径，或用 docnlp train 训练", str(own))
        if not any((own / name).is_file() for name in FILES.values()):
            raise ModelError(f"文件夹里没有模型（{'、'.join(FILES.values())}）", "请核对模型文件夹，或用 docnlp train 训练", str(own))
        if (own / FILES[kind]).is_file():
            return own
    shipped = shipped_folder("models")
    return shipped if (shipped / FILES[kind]).is_file() else None


def load_once(kind: str, folder: Path, read: Callable[[Path], LinearModel]) -> LinearModel:
    """A model; a process reads a file once, and again when it has changed.

    Args:
        kind: A key of `FILES`.
        folder: Where the file lies.
        read: Reads and checks it.

    Raises:
        ModelError: Missing, or whatever `read` finds wrong.
    """
    path = folder / FILES[kind]
    try:
        facts = path.stat()
    except OSError:
        if folder.is_dir():
            raise ModelError(f"文件夹里没有 {path.name}", "请核对模型文件夹，或用 docnlp train 训练", str(folder)) from None
        raise ModelError("没有这个模型文件夹", "请核对路径，或用 docnlp train 训练", str(folder)) from None
    return _load(path, facts.st_mtime_ns, facts.st_size, read)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _size: int, read: Callable[[Path], LinearModel]) -> LinearModel:
    return read(path)
