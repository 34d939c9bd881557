"""The one place that knows where shipped files lie: templates/ and models/.

In a checkout they stand at the top level, in an installed wheel under `docnlp/_data`.
"""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """Folder of shipped files.

    Args:
        name: `models` or `templates`.

    Raises:
        FileNotFoundError: The installation is incomplete.
    """
    for base in (_HERE / "_data", _HERE.parent):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(f"docnlp 安装不完整：找不到 {name} 目录。请重新安装。")
