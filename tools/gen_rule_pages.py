"""Write docs/rules/ from the rules, or check that it is fresh.

    python tools/gen_rule_pages.py            # write the pages, remove those of rules that are gone
    python tools/gen_rule_pages.py --check    # exit 1 and name the pages that are stale, missing or left over
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from docnlp.reports.rule_page import filename, index, markdown
from docnlp.rules import all_rules
from docnlp.rules.base import Rule

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """File name to content: one page a rule, and the list in README.md."""
    out = {filename(rule): markdown(rule) for rule in rules}
    out["README.md"] = index(rules)
    return out


def differences(folder: Path, expected: dict[str, str]) -> list[str]:
    """What is wrong with `folder`, one line a file; empty where it is fresh."""
    present = {p.name for p in folder.glob("*.md")} if folder.is_dir() else set()
    out = [f"missing: {name}" for name in sorted(expected.keys() - present)]
    out += [f"left over: {name}" for name in sorted(present - expected.keys())]
    for name in sorted(expected.keys() & present):
        if (folder / name).read_text(encoding="utf-8") != expected[name]:
            out.append(f"stale: {name}")
    return out


def write(folder: Path, expected: dict[str, str]) -> None:
    """Make `folder` hold exactly the expected pages; files that are no pages (not `*.md`) stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in expected:
            old.unlink()
    for name, content in expected.items():
        (folder / name).write_text(content, encoding="utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run; returns the exit status."""
    parser = argparse.ArgumentParser(description="Write docs/rules/ from the rules, or check that it is fresh.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a page is not fresh")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="default: docs/rules of this checkout")
    options = parser.parse_args(arguments)
    expected = pages(all_rules())
    if not options.check:
        write(options.folder, expected)
        print(f"{len(expected)} pages in {options.folder}")
        return 0
    faults = differences(options.folder, expected)
    for line in faults:
        print(line, file=sys.stderr)
    if faults:
        print("run: python tools/gen_rule_pages.py", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
