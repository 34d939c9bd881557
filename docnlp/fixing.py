"""Applying fixes to plain text: which ones, how often, and back to the file without touching anything else."""

from __future__ import annotations

import codecs
import errno
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from docnlp.baseline import Baseline
from docnlp.checker import FileReport, check_source
from docnlp.errors import FixError, ReadError
from docnlp.readers import read_bytes
from docnlp.rules.base import SEVERITIES, Edit, Finding
from docnlp.settings import Settings

#: How often a text is checked and fixed again before the rules that still want changes are taken for quarrelling.
ROUNDS = 10

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16 LE
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class NotPlainTextError(FixError):
    """A format that is read but not written."""


@dataclass(frozen=True)
class FixResult:
    """What fixing made of one file.

    Attributes:
        path: As given.
        before, after: The text view; the same where nothing was fixed.
        data: The new content of the file, in its own encoding, with its BOM and its line endings.
        applied: Findings that were fixed, round by round; places count in the text of their round.
        report: The check of `after`.
    """

    path: str
    before: str
    after: str
    data: bytes
    applied: tuple[Finding, ...]
    report: FileReport

    @property
    def changed(self) -> bool:
        """Whether anything was fixed."""
        return self.before != self.after


def plan(findings: Iterable[Finding], *, unsafe: bool = False) -> list[Finding]:
    """The findings whose fixes go in together, by place.

    A fix goes in whole or not at all. Of fixes that touch the same characters the graver goes first, then the
    earlier one; what is left over finds its turn in the next round, if it is still needed then.

    Args:
        findings: Findings of one text.
        unsafe: Whether unsafe fixes go in too.
    """
    able = [f for f in findings if f.edits and (f.safe or unsafe)]
    able.sort(key=lambda f: (SEVERITIES.index(f.severity), f.edits[0].start, f.edits[0].end, f.code))
    taken: list[tuple[int, int]] = []
    chosen: list[Finding] = []
    for finding in able:
        spans = sorted((e.start, e.end) for e in finding.edits)
        if any(_clash(a, b) for a, b in pairwise(spans)):
            continue
        at = [_free(taken, span) for span in spans]
        if None in at:
            continue
        for span in spans:
            taken.insert(bisect_left(taken, span), span)
        chosen.append(finding)
    chosen.sort(key=lambda f: min((e.start, e.end) for e in f.edits))
    return chosen


def _clash(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether two spans, in order, share a character, or are insertions at one place."""
    return second[0] < first[1] or first == second


def _free(taken: Sequence[tuple[int, int]], span: tuple[int, int]) -> int | None:
    """Where `span` would stand among `taken`, which is sorted and without clashes; None where it clashes."""
    at = bisect_left(taken, span)
    if (at > 0 and _clash(taken[at - 1], span)) or (at < len(taken) and _clash(span, taken[at])):
        return None
    return at


def fixed_text(text: str, findings: Iterable[Finding]) -> str:
    """The text with the edits of the findings applied.

    Args:
        text: The text the findings are about.
        findings: As `plan` returns them.

    Raises:
        ValueError: Edits overlap or lie outside the text.
    """
    return _apply(text, [e for f in findings for e in f.edits])


def _apply(text: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if not at <= edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit} overlaps another one or lies outside the text")
        pieces += (text[at : edit.start], edit.replacement)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


class _File:
    """Content of a text file, split so that edits of the text view can be made in it.

    Args:
        data: The bytes.
        encoding: What the reader decoded them with.
        view: The reader's text view.

    Raises:
        FixError: The bytes do not come back from the text exactly.
    """

    def __init__(self, data: bytes, encoding: str | None, view: str) -> None:
        self.bom, self.encoding = next(((b, e) for b, e in _BOMS if data.startswith(b)), (b"", encoding or "utf-8"))
        body = data[len(self.bom) :]
        try:
            self.text = body.decode(self.encoding)
            if self.text.startswith("\ufeff"):  # a second mark, which the reader drops too
                self.text = self.text[1:]
                self.bom += "\ufeff".encode(self.encoding)
            exact = self.bom + self.text.encode(self.encoding) == data and _view(self.text) == view
        except UnicodeError:
            exact = False
        if not exact:
            raise FixError("文件里有无法原样写回的字节，没有修改", "请用编辑器另存为 UTF-8 后再试")

    def edited(self, edits: Sequence[Edit]) -> str:
        """The text with its own line endings after edits of the text view."""
        pairs = self._pairs()
        newline = self._newline()
        return _apply(
            self.text,
            [
                Edit(e.start + bisect_left(pairs, e.start), e.end + bisect_left(pairs, e.end), e.replacement.replace("\n", newline))
                for e in edits
            ],
        )

    def encoded(self, text: str) -> bytes:
        """Bytes of a text in the file's encoding.

        Raises:
            FixError: A character does not exist in the encoding.
        """
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            char = text[error.start]
            raise FixError(
                f"改后的“{char}”（U+{ord(char):04X}）无法用文件原来的编码 {self.encoding} 保存，没有修改", "请用编辑器另存为 UTF-8 后再试"
            ) from None

    def _pairs(self) -> list[int]:
        r"""Places of `\r\n` in the text view."""
        places: list[int] = []
        at = self.text.find("\r\n")
        while at >= 0:
            places.append(at - len(places))
            at = self.text.find("\r\n", at + 2)
        return places

    def _newline(self) -> str:
        """The line ending the file begins with."""
        cr, lf = self.text.find("\r"), self.text.find("\n")
        if cr < 0 or 0 <= lf < cr:
            return "\n"
        return "\r\n" if lf == cr + 1 else "\r"


def _view(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def fix_bytes(
    data: bytes, path: str, settings: Settings, today: date, *, unsafe: bool = False, baseline: Baseline | None = None
) -> FixResult:
    """Check and fix until nothing fixable is left; writes nothing.

    Rules that undo each other's fixes are noticed, and their fixes are left out.

    Args:
        data: Content of the file.
        path: Its name.
        settings: Settings.
        today: The current day.
        unsafe: Whether unsafe fixes are made too.
        baseline: Known findings, which are not fixed.

    Raises:
        ReadError: It cannot be read as a report.
        NotPlainTextError: It is a Word file or the like.
        FixError: The fixed text cannot be written in its encoding.
    """
    quarrelling: set[str] = set()
    while True:
        result, codes = _attempt(data, path, settings, today, unsafe, baseline, quarrelling)
        if result is not None:
            return result
        quarrelling |= codes


def _attempt(
    data: bytes, path: str, settings: Settings, today: date, unsafe: bool, baseline: Baseline | None, without: set[str]
) -> tuple[FixResult | None, set[str]]:
    """The result without the fixes of some rules; or None and the rules that do not come to rest."""
    source = read_bytes(data, path, settings.limits)
    if source.format not in ("txt", "md"):
        raise NotPlainTextError("目前只能直接修改 .txt 和 .md 文件", "Word 等文件请按提示手工改")
    file = _File(data, source.encoding, source.text)
    before = source.text
    texts, rounds = [before], [list[Finding]()]
    while True:
        report = check_source(source, settings, today, baseline=baseline)
        text = source.text
        able = [f for f in report.findings if f.code not in without and any(text[e.start : e.end] != e.replacement for e in f.edits)]
        chosen = plan(able, unsafe=unsafe)
        if not chosen:
            return FixResult(path, before, text, data, tuple(f for done in rounds for f in done), report), set()
        fixed = fixed_text(text, chosen)
        rounds.append(chosen)
        if fixed in texts:  # in a circle: all that went in since that text is undone again
            return None, {f.code for done in rounds[texts.index(fixed) + 1 :] for f in done}
        if len(rounds) > ROUNDS:
            return None, {f.code for f in chosen}
        texts.append(fixed)
        data = file.encoded(file.edited([e for f in chosen for e in f.edits]))
        try:
            source = read_bytes(data, path, settings.limits)
        except ReadError as error:
            raise FixError(f"改后的文件会读不了（{error.reason}），没有修改", "请手工改") from error
        if source.text != fixed:
            raise FixError("换行符或编码混杂，改后读出来会走样，没有修改", "请用编辑器统一换行符并另存为 UTF-8 后再试")
        file = _File(data, file.encoding, fixed)


def fix_file(path: str, settings: Settings, today: date, *, unsafe: bool = False, baseline: Baseline | None = None) -> FixResult:
    """Fix a file in place; it is replaced in one step or stays as it was.

    Args:
        path: A .txt or .md file.
        settings: Settings.
        today: The current day.
        unsafe: Whether unsafe fixes are made too.
        baseline: Known findings, which are not fixed.

    Raises:
        ReadError: It cannot be read as a report.
        NotPlainTextError: It is a Word file or the like.
        FixError: It cannot be written.
    """
    result = fix_bytes(read_limited(path, settings.limits.max_bytes), path, settings, today, unsafe=unsafe, baseline=baseline)
    if result.changed:
        write_atomically(path, result.data)
    return result


def diff(result: FixResult) -> str:
    """What fixing changed, as a unified diff; empty where nothing did."""
    from difflib import unified_diff

    before, after = _diff_lines(result.before), _diff_lines(result.after)
    return "".join(unified_diff(before, after, f"{result.path}（原文）", f"{result.path}（修改后）"))


def _diff_lines(text: str) -> list[str]:
    lines = [line + "\n" for line in text.split("\n")]
    if lines[-1] == "\n":
        lines.pop()
    else:
        lines[-1] += "\\ 文件末尾没有换行\n"
    return lines


def read_limited(path: str, most: int) -> bytes:
    """Content of a file, cut one byte past `most`, which is enough for a reader to refuse it.

    Raises:
        FixError: It cannot be opened.
    """
    try:
        with Path(path).open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise FixError(f"读不了（{system_reason(error)}）", "请看文件在不在、有没有权限") from error


def write_atomically(path: str | Path, data: bytes) -> None:
    """Write a file so that it is whole at any moment: the old content or the new one.

    A link keeps pointing at its file, and an existing file keeps its permissions.

    Args:
        path: The file; it need not exist.
        data: Its new content.

    Raises:
        FixError: It cannot be written; what was there is untouched.
    """
    target = Path(path).resolve()
    temporary = target.with_name(f".docnlp-{os.urandom(6).hex()}.tmp")
    try:
        if target.exists() and not target.is_file():  # a device, such as /dev/null, cannot be replaced
            target.write_bytes(data)
            return
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "")
        with temporary.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        raise FixError(
            f"写不进去（{system_reason(error)}），原来的内容没有动",
            "请看文件夹有没有写权限、磁盘有没有空间，文件是不是正在 Word 或 WPS 里开着",
            str(path),
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中间有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
}


def system_reason(error: OSError) -> str:
    """What the system says, in Chinese where it is one of the usual things."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
