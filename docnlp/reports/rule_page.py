"""The page of a rule: for the documentation, for `docnlp rule CODE`, and for the rule table of SARIF."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from docnlp.analysis.base import GENRE_NAMES, SECTION_NAMES
from docnlp.reports.shared import quoted, visible
from docnlp.rules.base import FAMILIES, SEVERITY_NAMES, Bad, Basis, Fix, Good, Rule
from docnlp.text.width import wrap

FIX_NAMES: dict[Fix, str] = {
    Fix.SAFE: "可自动修复（docnlp check --fix）",
    Fix.UNSAFE: "加 --unsafe-fixes 才修复，改后请核对",
    Fix.SHOWN: "只给出改法，由人来改",
}
_FIX_WORDS: dict[Fix, str] = {Fix.SAFE: "自动", Fix.UNSAFE: "需确认", Fix.SHOWN: "人工"}
_FIRST_LINE = "<!-- 本页由 tools/gen_rule_pages.py 生成，请改规则本身，不要改这里。 -->"
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def filename(rule: Rule) -> str:
    """Name of the page in docs/rules: `PUN001-half-width-mark.md`."""
    return f"{rule.code}-{rule.name}.md"


def facts(rule: Rule) -> list[tuple[str, str]]:
    """What is said of a rule in a word or two: label and value."""
    out = [
        ("类别", f"{rule.family} {FAMILIES[rule.family]}"),
        ("默认级别", f"{SEVERITY_NAMES[rule.severity]}（{rule.severity}）"),
        ("默认启用", "是" if rule.enabled else f"否，要用 --extend-select {rule.code} 打开"),
        ("修复", FIX_NAMES[rule.fix]),
    ]
    if rule.genres:
        out.append(("适用文种", "；".join(GENRE_NAMES.get(g, g) for g in rule.genres)))
    elif rule.needs_genre:
        out.append(("适用文种", "各种公文；看不出文种的文稿不查"))
    if rule.options:
        out.append(("可以配置", "、".join(rule.options)))
    return out


def ignoring(rule: Rule) -> list[tuple[str, str]]:
    """How to silence a rule: what it does, and what to write. Empty for what docnlp says of its own work."""
    if rule.family == "SYS":
        return []
    return [
        ("只忽略一处：写在那一行里，或者单独写在它的上一行", f"<!-- docnlp: ignore[{rule.code}] 理由 -->"),
        ("纯文本和 Word 文稿也可以这样单独写一行", f"[docnlp: 忽略 {rule.code} 理由]"),
        ("整份文稿都不报，没有位置的问题也用这个", f"<!-- docnlp: ignore-file[{rule.code}] 理由 -->"),
        ("这一次不查", f"docnlp check --ignore {rule.code} 文件"),
        ("一直不查，写进 docnlp.toml", f'extend-ignore = ["{rule.code}"]'),
        ("只改级别，写进 docnlp.toml", f'[severity]\n{rule.code} = "info"'),
    ]


def conditions(example: Bad | Good) -> str:
    """What else an example depends on: `判定日期 2026-11-23，文件名 x.md`; mostly empty."""
    out = []
    if example.as_of is not None:
        out.append(f"判定日期 {example.as_of.isoformat()}")
    if example.path != "x.txt":
        out.append(f"文件名 {example.path}")
    return "，".join(out)


def cure(example: Bad) -> list[tuple[str, str | None]]:
    """What becomes of a bad example: a label and, where there is one, the text after the repair."""
    out: list[tuple[str, str | None]] = []
    if example.section is not None:
        out.append((f"缺少：{SECTION_NAMES.get(example.section, example.section)}", None))
    if example.severity is not None:
        out.append((f"这一处报为{SEVERITY_NAMES[example.severity]}", None))
    if example.suggestion is not None and example.fixed is None:
        out.append((f"改为：{quoted(example.suggestion)}" if example.suggestion else "改法：删去", None))
    if example.fixed is not None:
        out.append(("修复后", example.fixed))
    return out


def _split(rule: Rule) -> tuple[list[Bad], list[Good]]:
    """The bad and the good examples, without line breaks around their texts."""
    bad = [replace(e, text=e.text.strip("\n"), fixed=e.fixed and e.fixed.strip("\n")) for e in rule.examples if isinstance(e, Bad)]
    good = [replace(e, text=e.text.strip("\n")) for e in rule.examples if isinstance(e, Good)]
    return bad, good


def _marks_line(bad: Sequence[Bad]) -> str:
    """Which marks show the spans."""
    used = list(dict.fromkeys(e.marks for e in bad if any(m in e.text for m in e.marks)))
    return f"{'、'.join(used)}里是要报的地方。" if used else ""


# Markdown


def markdown(rule: Rule) -> str:
    """The page of a rule in Markdown, ending with a line feed.

    Args:
        rule: The rule.
    """
    bad, good = _split(rule)
    out = [_FIRST_LINE, "", f"# {rule.code} {rule.name}", ""]
    out += ["| 项目 | 内容 |", "| --- | --- |"]
    out += [f"| {label} | {_plain(value)} |" for label, value in facts(rule)]
    out += ["", "## 查什么", "", _plain(rule.title) + "。", "", "## 为什么", "", *_paragraphs(rule.why), "## 依据", ""]
    out += [f"- {_basis(b)}" for b in rule.basis]
    if bad:
        out += ["", "## 反例", ""]
        if marks := _marks_line(bad):
            out += [marks, ""]
        for example in bad:
            out += _example(example.text, conditions(example))
            for label, text in cure(example):
                if text is None:
                    out.append(f"  - {_plain(label)}")
                elif "\n" in text:
                    out += ["", f"  {label}：", "", *_block(text), ""]
                else:
                    out.append(f"  - {label}：{_code(text)}")
    if good:
        out += ["", "## 正例", ""]
        for fine in good:
            out += _example(fine.text, conditions(fine))
            out.append(f"  - 不报的理由：{_plain(fine.why)}")
    if ways := ignoring(rule):
        out += ["", "## 怎样忽略它", ""]
        for label, text in ways:
            out += [f"- {label}：", "", *_block(text), ""]
    return _squeeze(out)


def _paragraphs(text: str) -> Iterable[str]:
    for line in text.split("\n"):
        yield _plain(line)
        yield ""


def _basis(basis: Basis) -> str:
    return _plain(f"{basis}：{basis.note}" if basis.note else str(basis))


def _example(text: str, condition: str) -> list[str]:
    tail = f"（{_plain(condition)}）" if condition else ""
    if "\n" in text:
        return [f"- 多行文字{tail}：", "", *_block(text), ""]
    return [f"- {_code(text)}{tail}"]


def _plain(text: str) -> str:
    """Text with what Markdown would read as markup escaped."""
    return _SPECIAL.sub(r"\\\1", visible(text))


def _fence(text: str, least: int) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    return "`" * max(least, longest + 1)


def _code(text: str) -> str:
    """Inline code that may itself hold backticks."""
    text = visible(text)
    tick = _fence(text, 1)
    pad = " " if not text or text.strip(" ") != text or text.startswith("`") or text.endswith("`") else ""
    return f"{tick}{pad}{text}{pad}{tick}"


def _block(text: str) -> list[str]:
    """A code block inside a list item."""
    text = visible(text, keep_breaks=True)
    fence = _fence(text, 3)
    return ["  " + line if line else "" for line in [fence + "text", *text.split("\n"), fence]]


def _squeeze(lines: Iterable[str]) -> str:
    """Lines joined, runs of empty ones outside code blocks made one."""
    out: list[str] = []
    fence = ""
    for line in lines:
        mark = line.strip()
        if not fence and mark.startswith("```"):
            fence = mark.removesuffix("text")
        elif fence and mark == fence:
            fence = ""
        elif not fence and not line and out and not out[-1]:
            continue
        out.append(line)
    return "\n".join(out).rstrip("\n") + "\n"


def index(rules: Sequence[Rule]) -> str:
    """The list of all rules in Markdown with links to their pages, ending with a line feed.

    Args:
        rules: In the order of the list.
    """
    out = [_FIRST_LINE, "", "# 规则一览", ""]
    out += [f"共 {len(rules)} 条。级别：error 严重错误，warning 一般错误，info 提示。“修复”一栏：自动 = `--fix` 就改；需确认 = 要加 `--unsafe-fixes`；人工 = 只给改法。"]
    for family, name in FAMILIES.items():
        members = [r for r in rules if r.family == family]
        if not members:
            continue
        out += ["", f"## {family} {name}", "", "| 规则 | 名称 | 查什么 | 级别 | 修复 |", "| --- | --- | --- | --- | --- |"]
        for r in members:
            off = "" if r.enabled else "（默认不启用）"
            out.append(f"| [{r.code}]({filename(r)}) | {r.name} | {_plain(r.title)}{off} | {SEVERITY_NAMES[r.severity]} | {_FIX_WORDS[r.fix]} |")
    return "\n".join(out) + "\n"


# Terminal


def terminal(rule: Rule, *, width: int = 80, color: bool = False, ambiguous: int = 1) -> str:
    """The page of a rule for a terminal, ending with a line feed; no line is wider than `width`.

    Args:
        rule: The rule.
        width: Columns of the terminal; less than 24 count as 24.
        color: Whether ANSI colours are used.
        ambiguous: Columns of an East Asian Ambiguous character.
    """
    width = max(width, 24)
    bad, good = _split(rule)

    def bold(text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if color else text

    def lines(text: str, indent: int = 2) -> list[str]:
        wrapped = wrap(visible(text, keep_breaks=True), width - indent, ambiguous)
        return [(" " * indent + line).rstrip() for line in wrapped]

    def heading(text: str) -> list[str]:
        return ["", bold(text)]

    out = [bold(line) for line in lines(f"{rule.code} {rule.name}", 0)]
    for label, value in facts(rule):
        out += lines(f"{label}：{value}")
    out += [*heading("查什么"), *lines(rule.title + "。"), *heading("为什么"), *lines(rule.why), *heading("依据")]
    for basis in rule.basis:
        out += lines(f"{basis}：{basis.note}" if basis.note else str(basis))
    if bad:
        out += heading("反例")
        if marks := _marks_line(bad):
            out += lines(marks)
        for example in bad:
            out.append("")
            out += lines(example.text, 4)
            if condition := conditions(example):
                out += lines(f"（{condition}）", 4)
            for label, text in cure(example):
                out += lines(label + ("：" if text is not None else ""), 2)
                if text is not None:
                    out += lines(text, 4)
    if good:
        out += heading("正例")
        for fine in good:
            out.append("")
            out += lines(fine.text, 4)
            if condition := conditions(fine):
                out += lines(f"（{condition}）", 4)
            out += lines(f"不报的理由：{fine.why}", 2)
    if ways := ignoring(rule):
        out += heading("怎样忽略它")
        for label, text in ways:
            out += [*lines(label + "："), *lines(text, 4)]
    return "\n".join(out) + "\n"
