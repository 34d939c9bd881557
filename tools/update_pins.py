"""Write constraints/pins.txt: the exact release of everything that setup, tests, builds and bundles install.

One file serves Python 3.11 to 3.13. It holds names and releases only; where packages come from is pip's own setting.

    python tools/update_pins.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "constraints" / "pins.txt"

# Needed to build (jieba comes as source only), to install offline, and on Windows alone.
BUILD = ("pip", "setuptools", "hatchling", "colorama")

HEADER = """\
# Exact releases for setup, tests, builds and bundles, on Python 3.11 to 3.13.
# Made by: python tools/update_pins.py   Names and releases only: where packages come from is pip's own setting.
"""


def frozen(python: Path) -> list[str]:
    """Lines `name==release` of all that is installed, docnlp itself left out."""
    command = [str(python), "-m", "pip", "list", "--format=freeze"]
    lines = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()
    return sorted((line for line in lines if not line.startswith("docnlp==")), key=str.lower)


def main() -> int:
    """Install everything at its newest into a fresh environment and write down what came."""
    with tempfile.TemporaryDirectory(prefix="docnlp-pins-") as folder:
        venv.create(folder, with_pip=True)
        python = Path(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "--upgrade", *BUILD], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", f"{ROOT}[dev]"], check=True)
        PINS.write_text(HEADER + "\n".join(frozen(python)) + "\n", encoding="utf-8", newline="\n")
    print(f"{PINS.relative_to(ROOT)}: {len(PINS.read_text(encoding='utf-8').splitlines()) - 2} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
