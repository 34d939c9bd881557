"""Known findings of old documents, so that a check reports only what is new.

A finding is known by its file, its code, the words marked and up to eight characters on either side of them in its
paragraph; never by its place. Moving a paragraph therefore changes nothing, and one occurrence more than was recorded
is reported. What is missing from a document is known by code and section.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from docnlp.analysis.analysis import Analysis
from docnlp.errors import SettingsError
from docnlp.filters import FilterContext, sort
from docnlp.rules.base import Finding

#: Version of the file format.
VERSION = 1
#: Characters kept on either side of the marked words.
CONTEXT = 8
# How far to look for them where there are blanks between.
_WINDOW = 8 * CONTEXT


class Key(NamedTuple):
    """What a finding is known by, within its file; words and context are folded and without blanks."""

    code: str
    text: str = ""
    before: str = ""
    after: str = ""
    section: str = ""


class Checked(Protocol):
    """What a baseline needs of the report on one file."""

    @property
    def path(self) -> str: ...
    @property
    def error(self) -> str | None: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...
    @property
    def analysis(self) -> Analysis | None: ...


@dataclass(frozen=True)
class Baseline:
    """Known findings: absolute path of a file to its keys and how often each occurs."""

    entries: Mapping[str, Mapping[Key, int]] = field(default_factory=dict)

    def __len__(self) -> int:
        """How many findings are known."""
        return sum(sum(keys.values()) for keys in self.entries.values())

    def known(self, path: str) -> Mapping[Hashable, int]:
        """What is known of one file: keys with their counts."""
        return {key: count for key, count in self.entries.get(_absolute(path), {}).items()}  # noqa: C416  keys widen to Hashable

    @classmethod
    def of(cls, reports: Iterable[Checked]) -> Baseline:
        """A baseline that knows every finding of these reports; files that could not be read are left out.

        Args:
            reports: Reports of a check without a baseline, e.g. `CheckReport.files`.
        """
        entries: dict[str, Counter[Key]] = {}
        for report in reports:
            if report.error is not None or report.analysis is None:
                continue
            folded = report.analysis.document.folded
            keys = Counter(key_of(f, folded) for f in report.findings if f.family != "SYS")
            if keys:
                entries.setdefault(_absolute(report.path), Counter()).update(keys)
        return cls(entries)

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline.

        Raises:
            SettingsError: The file is missing, damaged, or of a newer docnlp.
        """
        try:
            data = json.loads(path.read_bytes().decode("utf-8-sig"))
        except FileNotFoundError:
            raise SettingsError("没有这个基线文件", "请核对路径，或先用 --write-baseline 生成", str(path)) from None
        except OSError as error:
            raise SettingsError(f"基线文件打不开（{error.strerror or error}）", "请核对路径和权限", str(path)) from None
        except json.JSONDecodeError as error:
            reason = f"基线文件第 {error.lineno} 行第 {error.colno} 列不是正确的 JSON"
            raise SettingsError(reason, "请用 --write-baseline 重新生成", str(path)) from None
        except (UnicodeDecodeError, RecursionError):
            raise SettingsError("这不是 docnlp 的基线文件", "请用 --write-baseline 重新生成", str(path)) from None
        return cls(_entries(data, path))

    def save(self, path: Path) -> None:
        """Write the baseline; the old file stays as it is if anything fails.

        Files are named relative to the folder of `path`, so that folder and baseline can move together.

        Raises:
            SettingsError: The folder is missing or cannot be written.
        """
        folder = Path(_absolute(str(path))).parent
        files = {
            _relative(name, folder): [_row(key, count) for key, count in sorted(keys.items())]
            for name, keys in self.entries.items()
        }
        data = {"version": VERSION, "files": dict(sorted(files.items()))}
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            try:
                temporary.write_text(text, encoding="utf-8", newline="\n")
                temporary.replace(path)
            finally:
                temporary.unlink(missing_ok=True)
        except OSError as error:
            raise SettingsError(
                f"基线写不进去（{error.strerror or error}）", "请核对目录是否存在、能否写入", str(path)
            ) from None


def drop_baselined(findings: list[Finding], state: FilterContext) -> list[Finding]:
    """Leave out what the baseline knows; of more occurrences than it knows the last ones stay.

    Args:
        findings: Findings that suppression let through.
        state: Its `baselined` and `stale` are filled in. What only rules could find that did not run is not stale.
    """
    if not state.known:
        return findings
    left: Counter[Hashable] = Counter(state.known)
    out: list[Finding] = []
    for f in sort(findings, state):
        key = key_of(f, state.context.folded)
        if f.family != "SYS" and left[key] > 0:
            left[key] -= 1
            state.baselined += 1
        else:
            out.append(f)
    state.stale += sum(count for key, count in left.items() if isinstance(key, Key) and key.code in state.rules_run)
    return out


def key_of(f: Finding, folded: str) -> Key:
    """What a finding is known by.

    Args:
        f: The finding.
        folded: Folded text of its document.
    """
    if f.start is None or f.end is None or f.section is not None:
        return Key(f.code, section=f.section or "")
    low = max(0, f.start - _WINDOW, folded.rfind("\n", max(0, f.start - _WINDOW), f.start) + 1)
    high = folded.find("\n", f.end, f.end + _WINDOW)
    high = f.end + _WINDOW if high < 0 else high
    return Key(
        f.code,
        _bare(folded[f.start : f.end]),
        _bare(folded[low : f.start])[-CONTEXT:],
        _bare(folded[f.end : high])[:CONTEXT],
    )


def _bare(folded: str) -> str:
    return "".join(folded.split())


def _row(key: Key, count: int) -> dict[str, object]:
    row: dict[str, object] = {name: value for name, value in zip(key._fields, key, strict=True) if value}
    row["count"] = count
    return row


def _entries(data: object, path: Path) -> dict[str, Counter[Key]]:
    """The entries of a decoded file."""
    version = data.get("version") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(version, int) or isinstance(version, bool):
        raise SettingsError("这不是 docnlp 的基线文件", "请用 --write-baseline 重新生成", str(path))
    if version > VERSION:
        raise SettingsError(
            f"基线是较新版本的 docnlp 写的（格式 {version}）",
            "请升级 docnlp，或用 --write-baseline 重新生成",
            str(path),
        )
    folder = Path(_absolute(str(path))).parent
    entries: dict[str, Counter[Key]] = {}
    try:
        for name, rows in data["files"].items():
            keys = entries.setdefault(_absolute(str(folder / name)), Counter())
            for row in rows:
                count = row["count"]
                fields = {f: row.get(f, "") for f in Key._fields}
                if (
                    not fields["code"]
                    or type(count) is not int
                    or count < 1
                    or not all(type(v) is str for v in fields.values())
                ):
                    raise ValueError(row)
                keys[Key(**fields)] += count
    except (AttributeError, KeyError, TypeError, ValueError):
        raise SettingsError("基线文件的内容不完整或被改坏了", "请用 --write-baseline 重新生成", str(path)) from None
    return entries


def _absolute(path: str) -> str:
    return unicodedata.normalize("NFC", os.path.normpath(Path(path).absolute()))


def _relative(path: str, folder: Path) -> str:
    try:
        return os.path.relpath(path, folder).replace(os.sep, "/")
    except ValueError:  # another drive
        return path.replace(os.sep, "/")
