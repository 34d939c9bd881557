"""Check the shipped draft as a clerk would, then write the page to look at.

    python tools/demo.py docs/examples/draft.docx build/demo
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-m", "docnlp", "check")

# 1: there are findings, which is what the draft is for.
EXPECTED = 1


def run(*arguments: str) -> None:
    """Run a check.

    Raises:
        SystemExit: It ended in another way than with findings.
    """
    status = subprocess.run([*COMMAND, *arguments], check=False).returncode
    if status != EXPECTED:
        raise SystemExit(f"样稿里留有错误，检查应当以 {EXPECTED} 退出，实际是 {status}")


def main(draft: str, folder: str) -> None:
    """Show the findings, write the page.

    Args:
        draft: The file to check.
        folder: Where the page goes.
    """
    page = Path(folder) / "report.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    print(f"$ docnlp check {draft}\n", flush=True)
    run(draft)
    print(f"\n$ docnlp check {draft} --format html -o {page.as_posix()}", flush=True)
    run(draft, "--format", "html", "--output", str(page))
    print(f"\n用浏览器打开这一页，可以在原文中逐处看：\n  {page.resolve().as_uri()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
