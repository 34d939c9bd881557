"""Write docnlp/policy/data/compiled.json, what a check loads, from the TOML files beside it.

python tools/gen_policy.py [--check]
"""

from __future__ import annotations

import sys

from docnlp.policy.loading import COMPILED, compiled_text


def main(arguments: list[str]) -> int:
    """Write the file, or with --check tell whether it is fresh."""
    text = compiled_text()
    if "--check" in arguments:
        fresh = COMPILED.exists() and COMPILED.read_text(encoding="utf-8") == text
        if not fresh:
            print(f"{COMPILED.name} is stale: run python tools/gen_policy.py", file=sys.stderr)
        return 0 if fresh else 1
    COMPILED.write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
