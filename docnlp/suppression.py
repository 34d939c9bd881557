"""Markers in the text that tell docnlp to leave a finding alone, and what is wrong with them.

`ignore` covers its own line and, where it stands alone, the next line that is neither blank nor a marker;
`ignore-file` the whole file; `ignore-start` … `ignore-end` what lies between. Codes must be named: a marker that
silences everything is refused, and so is one for SYS.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from docnlp.document.markers import VERBS, IgnoreMarker, MarkerWord, find_markers
from docnlp.filters import FilterContext
from docnlp.rules import all_rules
from docnlp.rules.base import Finding, Severity
from docnlp.rules.sys import UNUSED
from docnlp.selection import nearest, nearest_pattern, resolve, rules_for, severity_for, weight
from docnlp.settings import Settings

_Unit = tuple[int, int]  # number of the marker, number of the word in it
_Region = tuple[int, int, _Unit]


def drop_suppressed(findings: list[Finding], state: FilterContext) -> list[Finding]:
    """Leave out what markers in the text cover and what lies in the markers themselves.

    Adds a finding for every marker that is wrong (a warning) or was not used (a hint), if that rule runs.

    Args:
        findings: Findings of the rules.
        state: Its `suppressed` and `used` are filled in.
    """
    markers = find_markers(state.context.text)
    if not markers:
        return findings
    scopes = _Scopes(markers, state)
    inside = _Inside(markers, state.context.text)
    out: list[Finding] = []
    used: set[_Unit] = set()
    for f in findings:
        if f.family == "SYS":
            out.append(f)
            continue
        if f.start is not None and inside.holds(f.start, f.start if f.end is None else f.end):
            continue
        units = scopes.covering(f)
        if units:
            used.update(units)
            state.suppressed += 1
        else:
            out.append(f)
    state.used |= {m for m, _ in used}
    if UNUSED.code in state.rules_run:
        out.extend(scopes.faults)
        out.extend(_unused(markers, scopes.patterns, used, state))
    return out


class _Inside:
    """Whether a finding lies in a marker rather than in prose."""

    def __init__(self, markers: Sequence[IgnoreMarker], text: str) -> None:
        self._markers = markers
        self._starts = [m.span.start for m in markers]
        self._text = text

    def holds(self, start: int, end: int) -> bool:
        """Whether [start, end) begins or ends inside a marker; an empty one beside a comment belongs to the prose."""
        if start == end:
            return self._holds_point(start)
        return self._holds_character(start) or self._holds_character(end - 1)

    def _at(self, offset: int) -> IgnoreMarker | None:
        i = bisect_right(self._starts, offset) - 1
        return self._markers[i] if i >= 0 and offset <= self._markers[i].span.end else None

    def _holds_character(self, offset: int) -> bool:
        marker = self._at(offset)
        return marker is not None and offset < marker.span.end

    def _holds_point(self, offset: int) -> bool:
        marker = self._at(offset)
        if marker is None:
            return False
        if offset == marker.span.start:
            return marker.alone
        return offset < marker.span.end or self._text[offset : offset + 1] in ("", "\n")


def _region_start(region: _Region) -> int:
    return region[0]


class _Scopes:
    """What every marker covers, and the faults of the markers themselves.

    Attributes:
        patterns: Marker and word to the code, prefix or family meant; words that mean nothing are left out.
        faults: Findings on markers that are wrong.
    """

    def __init__(self, markers: Sequence[IgnoreMarker], state: FilterContext) -> None:
        self._state = state
        self.patterns: dict[_Unit, str] = {}
        self.faults: list[Finding] = []
        self._file: dict[str, list[_Unit]] = {}
        self._lines: dict[tuple[int, str], list[_Unit]] = {}
        self._regions: dict[str, list[_Region]] = {}
        targets = _targets(markers, state)
        opened: dict[str, tuple[IgnoreMarker, _Unit]] = {}
        for number, marker in enumerate(markers):
            if marker.kind == "unknown":
                self._unknown_verb(marker)
                continue
            patterns = self._read(number, marker)
            if marker.kind == "end":
                self._close(marker, patterns, opened)
            for unit, pattern in patterns:
                if marker.kind == "file":
                    self._file.setdefault(pattern, []).append(unit)
                elif marker.kind == "line":
                    for line in targets[number]:
                        self._lines.setdefault((line, pattern), []).append(unit)
                elif marker.kind == "start":
                    if pattern in opened:
                        del self.patterns[unit]
                        self._fault(marker, f"前面已经开始忽略 {pattern}，还没有结束，这里不必再写开始标记")
                    else:
                        opened[pattern] = marker, unit
        for pattern, (marker, unit) in opened.items():
            self._regions.setdefault(pattern, []).append((marker.start, len(state.context.text) + 1, unit))
            stop = f"“忽略结束 {pattern}”" if marker.chinese else f"ignore-end[{pattern}]"
            self._fault(marker, f"{pattern} 的忽略有开始没有结束，会一直忽略到文末；请在恢复检查的地方写上 {stop}")

    def covering(self, f: Finding) -> list[_Unit]:
        """The marker words that cover a finding."""
        out: list[_Unit] = []
        for n in range(1, len(f.code) + 1):
            pattern = f.code[:n]
            out.extend(self._file.get(pattern, ()))
            if f.start is None:
                continue
            out.extend(self._lines.get((f.line, pattern), ()))
            if regions := self._regions.get(pattern):
                i = bisect_right(regions, f.start, key=_region_start) - 1
                if i >= 0 and f.start < regions[i][1]:
                    out.append(regions[i][2])
        return out

    def _read(self, number: int, marker: IgnoreMarker) -> list[tuple[_Unit, str]]:
        """The codes of a marker, with faults for words that are none."""
        out = []
        for k, word in enumerate(marker.words):
            pattern = resolve(word.word)
            if pattern is None:
                self._unknown_code(marker, word)
            elif pattern == "ALL":
                self._fault(marker, "忽略标记不能用 ALL 一概忽略，请写明是哪一条规则或哪一类规则", word)
            elif pattern.startswith("SYS"):
                self._fault(
                    marker, "SYS 是检查本身的报告，不能用标记忽略；不想看到它，可在设置文件的 ignore 里写明", word
                )
            else:
                out.append(((number, k), pattern))
        if not marker.words and marker.kind != "end":
            example = f"{marker.verb} PUN" if marker.chinese else f"{marker.verb}[PUN]"
            self._fault(marker, f"忽略标记没有写规则代码，不起作用；请写明忽略哪一条或哪一类，例如“{example}”")
        if marker.kind != "end":
            self.patterns.update(out)
        return out

    def _close(
        self, marker: IgnoreMarker, patterns: list[tuple[_Unit, str]], opened: dict[str, tuple[IgnoreMarker, _Unit]]
    ) -> None:
        closing = [p for _, p in patterns] if marker.words else list(opened)
        if not marker.words and not opened:
            self._fault(marker, "这里有忽略的结束标记，前面却没有开始标记")
        for pattern in closing:
            if pattern in opened:
                start, unit = opened.pop(pattern)
                self._regions.setdefault(pattern, []).append((start.start, marker.end, unit))
            else:
                self._fault(marker, f"这里结束了 {pattern} 的忽略，前面却没有它的开始标记")

    def _unknown_verb(self, marker: IgnoreMarker) -> None:
        if not marker.verb:
            self._fault(marker, "忽略标记没有写要做什么，请写成“ignore[规则代码] 理由”")
            return
        close = nearest(marker.verb, VERBS)
        hint = (
            f"，想写的可能是“{close}”"
            if close
            else f"，可以写 {'、'.join(('ignore', 'ignore-file', 'ignore-start', 'ignore-end'))}"
        )
        self._fault(marker, f"读不懂标记里的“{marker.verb}”{hint}；这个标记没有起作用")

    def _unknown_code(self, marker: IgnoreMarker, word: MarkerWord) -> None:
        close = nearest_pattern(word.word)
        written = self._state.context.text[word.start : word.end]
        hint = f"，想写的可能是 {close}" if close else "，用 docnlp rules 可以查到全部规则"
        self._fault(marker, f"忽略标记里的“{written}”不是规则代码、类别或名称{hint}", word, (close,) if close else ())

    def _fault(
        self, marker: IgnoreMarker, message: str, word: MarkerWord | None = None, suggestions: tuple[str, ...] = ()
    ) -> None:
        start, end = (word.start, word.end) if word else (marker.start, marker.end)
        self.faults.append(_finding(self._state, start, end, message, "warning", suggestions))


def _targets(markers: Sequence[IgnoreMarker], state: FilterContext) -> list[tuple[int, ...]]:
    """The lines that each marker covers as `ignore`: its own, and the next with words where it stands alone."""
    lines = state.context.document.lines
    last = len(lines.starts)
    alone = {lines.line(m.start) for m in markers if m.alone}
    out: list[tuple[int, ...]] = []
    target = 0
    for marker in markers:
        own = lines.line(marker.start)
        if not marker.alone:
            out.append((own,))
            continue
        if target <= own:
            target = own + 1
            while target <= last and (target in alone or not _words(state, target)):
                target += 1
        out.append((own, target))
    return out


def _words(state: FilterContext, line: int) -> str:
    start, end = state.context.document.lines.span(line)
    return state.context.text[start:end].strip()


def _unused(
    markers: Sequence[IgnoreMarker], patterns: dict[_Unit, str], used: set[_Unit], state: FilterContext
) -> Iterator[Finding]:
    """A finding for every marker, or word of it, that left nothing out although its rules ran."""
    genre = state.context.analysis.genre
    rules = all_rules()
    usual = {r.code for r in rules_for(rules, Settings(), genre.genre, genre.subgenre)}
    ran = set(state.rules_run)
    could = [r for r in rules if r.code in usual or r.code in ran]
    idle: dict[int, list[_Unit]] = {}
    for unit, pattern in patterns.items():
        if unit in used:
            continue
        meant = [r.code for r in could if weight(r.code, r.name, (pattern,))]
        if meant and ran.issuperset(meant):
            idle.setdefault(unit[0], []).append(unit)
    for number, units in idle.items():
        marker = markers[number]
        where = {"line": "所指的那一段", "file": "全文"}.get(marker.kind, "所指的范围里")
        if len(units) == len(marker.words):
            codes = "、".join(dict.fromkeys(patterns[u] for u in units))
            message = f"这个忽略标记没有用上：{where}没有 {codes} 的问题，可以删去"
            yield _finding(state, marker.start, marker.end, message, UNUSED.severity)
            continue
        for unit in units:
            word = marker.words[unit[1]]
            message = f"忽略标记里的 {patterns[unit]} 没有用上：{where}没有这类问题，可以删去"
            yield _finding(state, word.start, word.end, message, UNUSED.severity)


def _finding(
    state: FilterContext, start: int, end: int, message: str, severity: Severity, suggestions: tuple[str, ...] = ()
) -> Finding:
    document = state.context.document
    line, column = document.lines.locate(start)
    return Finding(
        code=UNUSED.code,
        name=UNUSED.name,
        severity=severity_for(UNUSED.code, severity, state.settings),
        start=start,
        end=end,
        line=line,
        column=column,
        text=document.text[start:end],
        message=message,
        suggestions=suggestions,
        source=UNUSED.source,
    )
