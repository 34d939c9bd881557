"""Build the wheel, install it into a fresh environment, and use it from another folder.

    python tools/smoke.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ROOT / "constraints" / "pins.txt"
DRAFT = ROOT / "docs" / "examples" / "draft.docx"


def run(*command: str | Path, cwd: Path, status: int = 0) -> str:
    """Run a command and return what it printed.

    Args:
        command: The command.
        cwd: The folder to run it in.
        status: The exit status it must have.

    Raises:
        SystemExit: It ended with another status.
    """
    words = [str(c) for c in command]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != status:
        raise SystemExit(f"{words}: exit {done.returncode}, expected {status}\n{done.stdout}{done.stderr}")
    return done.stdout


def expect(condition: bool, what: str) -> None:
    """Say that something holds.

    Raises:
        SystemExit: It does not.
    """
    if not condition:
        raise SystemExit(f"installed wheel: {what}: NO")
    print(f"installed wheel: {what}: yes")


def main() -> int:
    """Do it."""
    with tempfile.TemporaryDirectory(prefix="docnlp-smoke-") as folder:
        base = Path(folder)
        run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", base, ROOT, cwd=ROOT)
        wheel = next(base.glob("docnlp-*.whl"))
        venv.create(base / "venv", with_pip=True)
        scripts = base / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
        python = scripts / "python"
        pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--constraint", PINS)
        run(*pip, "pip", cwd=base)
        run(*pip, "--build-constraint", PINS, wheel, cwd=base)

        desk = base / "公文 草稿"
        desk.mkdir()
        shutil.copy(DRAFT, desk / "样稿.docx")
        docnlp = scripts / "docnlp"
        version = run(docnlp, "--version", cwd=desk)
        expect(version.split()[-1] == wheel.name.split("-")[1], f"docnlp --version says {version.strip()}")
        expect(run(python, "-m", "docnlp", "--version", cwd=desk) == version, "python -m docnlp says the same")
        text = run(docnlp, "check", "样稿.docx", cwd=desk, status=1)
        expect("SEC001" in text and "PUN020" in text, "check finds missing sections and half-width marks")
        run(docnlp, "check", "样稿.docx", "--format", "html", "--output", "结果.html", cwd=desk, status=1)
        page = (desk / "结果.html").read_text(encoding="utf-8")
        expect("澄湖县" in page and "PUN020" in page, "the html page shows the draft and the findings")
        expect("PUN001" in run(docnlp, "rule", "PUN001", cwd=desk), "rule PUN001 is explained")
        where = run(python, "-c", "import docnlp.resources as r; print(r.folder('models'), r.folder('templates'))", cwd=desk)
        expect(str(ROOT) not in where, "models and templates come from the wheel")
    return 0


if __name__ == "__main__":
    sys.exit(main())
