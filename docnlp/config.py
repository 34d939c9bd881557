"""Settings files and packs: finding them, reading them, and saying exactly what is wrong with them.

A settings file is `docnlp.toml`, or `pyproject.toml` with a table `[tool.docnlp]`. A pack is a TOML file with an
office's own words. Later layers go on top: defaults, packs in order, the settings file, the command line; allowed
words, terms and wordings add up, sections override one by one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from docnlp.analysis.base import GENRE_NAMES, GENRES, SECTION_NAMES, SECTIONS
from docnlp.document.kinds import SUBGENRES
from docnlp.errors import SettingsError
from docnlp.policy.model import Entry
from docnlp.resources import folder
from docnlp.rules.base import SEVERITIES, SEVERITY_NAMES, Severity
from docnlp.selection import nearest, nearest_pattern, resolve
from docnlp.settings import PerSubgenre, SectionLevel, Settings, Term
from docnlp.text.folding import fold

#: Subgenres that settings may speak of.
# What a writer may call a genre. 通知 and 意见 alone are subgenres.
_GENRE_WORDS: dict[str, str] = {
    **{name: genre for genre, name in GENRE_NAMES.items() if name not in SUBGENRES},
    "方案": "plan", "计划": "plan", "方案计划": "plan", "要点": "keypoints", "总结": "summary", "汇报": "summary",
    "总结汇报": "summary", "各类通知": "notice", "各类意见": "opinion", "其他": "other",
}  # fmt: skip

# Sections that settings may speak of; the frame of a document is no chapter of it.
_SECTIONS = tuple(section for section in SECTIONS if section != "frame")

# Chinese names on top of SECTION_NAMES.
_SYNONYMS: dict[str, tuple[str, ...]] = {
    "preamble": ("导语", "依据", "目的依据"),
    "guiding": ("总体思路", "基本思路", "工作思路", "指导方针"),
    "objectives": ("目标", "总体目标", "主要目标", "目标任务", "活动目标", "创建目标"),
    "principles": ("原则", "工作原则"),
    "tasks": ("任务", "工作任务", "重点任务", "重点工作", "工作内容", "活动内容", "工作措施", "工作成效", "具体做法"),
    "schedule": ("步骤", "工作步骤", "方法步骤", "活动步骤", "进度安排", "实施阶段"),
    "organization": ("组织机构", "领导机构", "领导小组", "责任分工", "职责分工", "任务分工"),
    "safeguards": ("保障", "组织保障", "工作保障", "有关要求", "活动要求"),
    "problems": ("问题", "存在的问题", "问题与不足", "问题和不足", "存在的不足", "不足"),
    "next_steps": ("下一步", "下步打算", "下一步工作", "下一步计划", "下一步安排", "今后打算", "努力方向"),
    "closing": ("结尾", "结束语"),
}

_SELECTION_KEYS = (
    "select", "ignore", "extend-select", "extend-ignore", "severity", "fail-on", "as-of", "max-size", "packs",
    "exclude", "models", "per-subgenre",
)  # fmt: skip
_WORD_KEYS = ("allow", "terms", "entry", "sections", "wordings")
_PACK_KEYS = ("name", "description", *_WORD_KEYS)
_OFF_WORDS = ("off", "不查", "不要求")

_SIZE = re.compile(r"(\d+(?:\.\d+)?) *([kmg]?)i?b?")
_DATE = re.compile(r"(\d{4})[-年/.](\d{1,2})[-月/.](\d{1,2})日?")


# --- the doors ------------------------------------------------------------------------------------------------------


def find(start: Path) -> Path | None:
    """The settings file that counts for a place.

    Args:
        start: A file or folder; the search goes from there upwards.

    Returns:
        The nearest `docnlp.toml`, or `pyproject.toml` with a table `[tool.docnlp]`; in one folder docnlp.toml wins.

    Raises:
        SettingsError: A pyproject.toml that speaks of docnlp is no correct TOML.
    """
    start = start.resolve()
    for place in (start, *start.parents):
        own = place / "docnlp.toml"
        if _is_file(own):
            return own
        project = place / "pyproject.toml"
        if _is_file(project) and _speaks_of_us(project):
            return project
    return None


def discover(start: Path) -> Settings:
    """The settings that count for a place: `load(find(start))`.

    Raises:
        SettingsError: As `load`.
    """
    return load(find(start))


def load(path: Path | None) -> Settings:
    """Settings from a file and the packs it names.

    Args:
        path: A settings file; None for the defaults.

    Raises:
        SettingsError: The file or a pack is missing or wrong; the message names the file and the key, and the nearest
            valid word where one is unknown.
    """
    if path is None:
        return Settings()
    at = _At(str(path))
    data = _read(path)
    if path.name == "pyproject.toml":
        at = at.key("[tool.docnlp]")
        tool = data.get("tool")
        table = tool.get("docnlp") if isinstance(tool, dict) else None
        if table is None:
            raise at.fault("文件里没有 [tool.docnlp] 这一段", "请补上，或改用 docnlp.toml")
        data = _table(table, at)
    _known_keys(data, (*_SELECTION_KEYS, *_WORD_KEYS), at)
    settings = Settings()
    for name in _strings(data, "packs", at):
        settings = _add_pack(settings, name, path.parent, at.key("packs"))
    settings = _add_words(settings, _words(data, at, path.name), path.resolve())
    return replace(settings, root=path.resolve().parent, **_selection(data, at))


def override(
    settings: Settings,
    *,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    extend_select: Sequence[str] | None = None,
    extend_ignore: Sequence[str] | None = None,
    severity: Mapping[str, str] | Sequence[str] | None = None,
    fail_on: str | None = None,
    as_of: str | date | None = None,
    packs: Sequence[str | Path] | None = None,
    allow: Sequence[str] | None = None,
    max_size: str | int | None = None,
    models: str | None = None,
) -> Settings:
    """Settings with the command line on top; None or nothing leaves a setting as it is.

    `select` replaces what the file selects, `ignore` what the file ignores; the other lists add up. A code that is
    selected here is no longer ignored by the same word in the file.

    Args:
        settings: Settings of the file.
        select, ignore, extend_select, extend_ignore: Codes, prefixes, families or names; each item may hold several,
            separated by commas.
        severity: Pattern to severity, or items `RES001=info`.
        fail_on: A severity.
        as_of: `today`, `document` or a date.
        packs: Paths of packs, relative to the current folder, or names of shipped ones. They go on top of the file.
        allow: Words and names that nothing may report.
        max_size: Largest file, in bytes or like `20MB`.
        models: Folder of trained models, relative to the current folder.

    Raises:
        SettingsError: A value is wrong; the message names the option.
    """
    for pack in packs or ():
        settings = _add_pack(settings, str(pack), Path(), _At("--pack"))
    changes: dict[str, Any] = {}
    chosen: set[str] = set()
    if select:
        changes["select"] = _patterns(_split(select), _At("--select"))
        changes["extend_select"] = ()
        chosen.update(changes["select"])
    if extend_select:
        more = _patterns(_split(extend_select), _At("--extend-select"))
        changes["extend_select"] = _unique((*changes.get("extend_select", settings.extend_select), *more))
        chosen.update(more)
    if ignore:
        changes["ignore"] = _patterns(_split(ignore), _At("--ignore"))
    else:
        changes["ignore"] = tuple(p for p in settings.ignore if p not in chosen)
    kept = tuple(p for p in settings.extend_ignore if p not in chosen)
    added = _patterns(_split(extend_ignore), _At("--extend-ignore")) if extend_ignore else ()
    changes["extend_ignore"] = _unique((*kept, *added))
    if severity:
        pairs = severity if isinstance(severity, Mapping) else dict(_pair(item) for item in _split(severity))
        at = _At("--severity")
        changes["severity"] = {**settings.severity, **{_pattern(k, at): _severity(v, at) for k, v in pairs.items()}}
    if fail_on is not None:
        changes["fail_on"] = _severity(fail_on, _At("--fail-on"))
    if as_of is not None:
        changes["as_of"] = _as_of(as_of, _At("--as-of"))
    if allow:
        changes["allow"] = _unique((*settings.allow, *(w.strip() for w in allow if w.strip())))
    if max_size is not None:
        changes["limits"] = replace(settings.limits, max_bytes=_size(max_size, _At("--max-size")))
    if models is not None:
        changes["models"] = Path(_string(models, _At("--models")))
    return replace(settings, **changes)


def shipped_packs() -> dict[str, Path]:
    """Packs that come with docnlp, by name."""
    try:
        place = folder("templates") / "packs"
    except FileNotFoundError:
        return {}
    return {p.stem: p for p in sorted(place.glob("*.toml"))}


def is_excluded(path: Path, settings: Settings) -> bool:
    """Whether a walk through a folder leaves a file or folder out.

    Args:
        path: The file or folder, as found on the walk.
        settings: Their `exclude` holds patterns: one without `/` is compared with every name on the way, one with `/`
            with the path from the settings' folder; `*` and `?` stop at `/`, `**` does not.
    """
    if not settings.exclude:
        return False
    base = (settings.root or Path()).resolve()
    path = path.resolve()
    names = path.relative_to(base).parts if path.is_relative_to(base) else path.parts
    whole = "/".join(names)
    for pattern in settings.exclude:
        bare = pattern.strip("/")
        if "/" in bare:
            if _glob(bare).match(whole):
                return True
        elif any(_glob(bare).fullmatch(name) for name in names):
            return True
    return False


# --- places and words -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _At:
    """Where something is said: the file or option, and the key in it."""

    file: str
    path: tuple[str, ...] = ()

    def key(self, name: str) -> _At:
        return _At(self.file, (*self.path, name))

    def __str__(self) -> str:
        return f"{self.file}（{' '.join(self.path)}）" if self.path else self.file

    def fault(self, reason: str, advice: str = "") -> SettingsError:
        return SettingsError(reason, advice, str(self))

    def unknown(self, what: str, close: str | None, advice: str) -> SettingsError:
        if close is None:
            return self.fault(what, advice)
        return self.fault(f"{what}，是不是想写{f' {close}' if close.isascii() else f'“{close}”'}？{advice}")


@dataclass(frozen=True)
class _Words:
    """What a pack and a settings file both may hold."""

    allow: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    sections: Mapping[str, Mapping[str, SectionLevel]] = field(default_factory=dict)
    wordings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _split(items: Iterable[str]) -> list[str]:
    return [piece.strip() for item in items for piece in re.split("[,，、;；]", item) if piece.strip()]


def _pair(item: str) -> tuple[str, str]:
    name, equals, value = fold(item).partition("=")
    if not equals:
        raise _At("--severity").fault(f"“{item}”读不懂", "请写成 RES001=info 的样子")
    return name.strip(), value.strip()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False


def _kind_name(value: object) -> str:
    if isinstance(value, bool):
        return "true/false"
    names = {str: "文字", int: "整数", float: "小数", list: "列表", dict: "表", date: "日期", datetime: "日期和时间"}
    return names.get(type(value), "别的值")


# --- TOML -----------------------------------------------------------------------------------------------------------


def _read(path: Path) -> dict[str, Any]:
    """A TOML file, in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030."""
    at = _At(str(path))
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise at.fault("没有这个文件", "请核对路径") from None
    except OSError as error:
        raise at.fault(f"打不开（{error.strerror or error}）", "请核对路径和权限") from None
    try:
        return tomllib.loads(_decode(raw, at))
    except tomllib.TOMLDecodeError as error:
        raise _syntax(str(error), _decode(raw, at), at) from None
    except RecursionError:
        raise at.fault("括号嵌套得太深", "请检查有没有多余的括号") from None


def _decode(raw: bytes, at: _At) -> str:
    codecs = ("utf-16",) if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030")
    for codec in codecs:
        try:
            return raw.decode(codec).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise at.fault("不是文本文件，或者编码不对", "请另存为 UTF-8 编码的文本文件")


# Beginnings of the parser's messages.
_SYNTAX = (
    ("Invalid initial character for a key part", "键（等号左边或方括号里的名字）写得不对"),
    ("Invalid statement", "这一行读不懂"),
    ("Expected '='", "键的后面缺等号"),
    ("Expected ']", "方括号没有配对"),
    ("Expected newline", "值的后面多了东西，或者缺逗号"),
    ("Unclosed array", "列表里缺逗号，或者方括号没有配对"),
    ("Unclosed inline table", "花括号没有配对"),
    ("Unterminated string", "引号没有配对"),
    ("Illegal character", "引号没有配对，或者有看不见的字符"),
    ("Unescaped", "双引号里不能直接写反斜杠"),
    ("Invalid hex", "双引号里不能直接写反斜杠"),
    ("Escaped character", "双引号里不能直接写反斜杠"),
    ("Duplicate inline table key", "同一个键写了两次"),
    ("Cannot declare", "同一个表写了两次"),
    ("Cannot", "同一个键写了两次，或者和前面的写法冲突"),
    ("Invalid date", "没有这个日期"),
    ("Invalid value", "等号右边的值读不懂"),
    ("Found invalid character", "有不能出现的字符"),
)
_CURLY = re.compile(r"(?:^|[=\[,{＝［，])\s*[“”‘’＂]")
_WIDE = re.compile(r"[＝［］｛｝]|[\"'\]\d]\s*[，、]")
_HAN_KEY = re.compile(r"\s*(?:\[+\s*(?:[A-Za-z-]+\.)?)?[\u4e00-\u9fff]")
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


def _syntax(message: str, text: str, at: _At) -> SettingsError:
    """What the TOML parser found, in Chinese, with the likely cause."""
    lines = text.rstrip().split("\n")
    place = _PLACE.search(message)
    number = int(place[1]) if place and place[1] else len(lines)
    line = lines[number - 1] if number <= len(lines) else ""
    what = next((chinese for start, chinese in _SYNTAX if message.startswith(start)), f"写法不对（{message}）")
    if _CURLY.search(line):
        advice = '引号要用英文的直引号 " "'
    elif _WIDE.search(line):
        advice = "等号、逗号、括号要用英文半角的"
    elif "反斜杠" in what:
        advice = "路径请用 / 分隔，或者改用单引号"
    elif _HAN_KEY.match(line):
        advice = '中文的键要加英文引号，例如 "组织领导" = "error"、[sections."工作方案"]'
    elif "日期" in what:
        advice = "请写成 2026-11-23 的样子"
    else:
        advice = "请对照说明里的例子改正"
    at_end = not (place and place[1])
    if at_end and message.startswith("Invalid value"):
        what = "最后的值没有写完，请看看方括号和引号有没有配对"
    where = f"第 {number} 行（文件末尾）" if at_end else f"第 {number} 行"
    column = f"第 {place[2]} 列" if place and place[2] else ""
    return at.fault(f"{where}{column}：{what}", advice)


def _speaks_of_us(project: Path) -> bool:
    """Whether a pyproject.toml has our table; a broken one that does not mention us is none of our business."""
    try:
        raw = project.read_bytes()
    except OSError:
        return False
    if b"docnlp" not in raw:
        return False
    try:
        tool = _read(project).get("tool")
    except SettingsError:
        if b"[tool.docnlp" in raw:
            raise
        return False
    return isinstance(tool, dict) and "docnlp" in tool


# --- typed values ---------------------------------------------------------------------------------------------------


def _table(value: object, at: _At) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise at.fault(f"这里应当是一个表（[…] 的形式），现在写的是{_kind_name(value)}")
    return value


def _string(value: object, at: _At) -> str:
    if not isinstance(value, str):
        raise at.fault(f"应当是加引号的文字，现在写的是{_kind_name(value)}")
    if not value.strip():
        raise at.fault("不能是空的")
    return value.strip()


def _list(value: object, at: _At) -> list[object]:
    if not isinstance(value, list):
        raise at.fault(f"应当是列表，现在写的是{_kind_name(value)}", '请写成 ["甲", "乙"] 的样子，只有一项也要加方括号')
    return value


def _strings(table: Mapping[str, Any], key: str, at: _At) -> tuple[str, ...]:
    """A list of texts; empty where the key is absent."""
    at = at.key(key)
    return _unique(_string(v, at) for v in _list(table.get(key, []), at))


def _one_or_more(value: object, at: _At) -> tuple[str, ...]:
    return _unique(_string(v, at) for v in (value if isinstance(value, list) else [value]))


def _known_keys(table: Mapping[str, Any], known: Sequence[str], at: _At) -> None:
    for key in table:
        if key not in known:
            close = nearest(fold(key).strip().replace("_", "-"), known)
            raise at.unknown(f"没有 {key} 这个键", close, f"可用的键有 {'、'.join(known)}")


def _severity(value: object, at: _At, others: tuple[str, ...] = ()) -> Severity:
    """A severity, by its word or its Chinese name; `others` are named too where it is neither."""
    word = _string(value, at)
    for severity in SEVERITIES:
        if word.lower() == severity or word == SEVERITY_NAMES[severity]:
            return severity
    known = [*SEVERITIES, *SEVERITY_NAMES.values(), *others]
    levels = "、".join((*(f"{s}（{SEVERITY_NAMES[s]}）" for s in SEVERITIES), *others))
    raise at.unknown(f"没有“{word}”这个级别", nearest(word.lower(), known), f"级别只有 {levels}")


def _level(value: object, at: _At) -> SectionLevel:
    if isinstance(value, str) and value.strip().lower() in _OFF_WORDS:
        return "off"
    return _severity(value, at, ("off",))


def _pattern(value: object, at: _At) -> str:
    word = _string(value, at)
    pattern = resolve(word)
    if pattern is None:
        raise at.unknown(
            f"没有“{word}”这个规则代码、类别或名称", nearest_pattern(word), "用 docnlp rules 可以查到全部规则"
        )
    return pattern


def _patterns(values: Iterable[object], at: _At) -> tuple[str, ...]:
    return _unique(_pattern(v, at) for v in values)


def _as_of(value: object, at: _At) -> str:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    word = _string(value, at)
    if word in ("today", "document"):
        return word
    if m := _DATE.fullmatch(fold(word).replace(" ", "")):
        try:
            return date(int(m[1]), int(m[2]), int(m[3])).isoformat()
        except ValueError:
            raise at.fault(f"没有“{word}”这一天", "请核对日期") from None
    raise at.unknown(
        f"日期“{word}”读不懂",
        nearest(word.lower(), ("today", "document")),
        "请写成 2026-11-23 的样子，或者写 today、document",
    )


def _size(value: object, at: _At) -> int:
    if isinstance(value, str) and (m := _SIZE.fullmatch(fold(value).strip())):
        size = int(float(m[1]) * 1024 ** " kmg".index(m[2] or " "))
    elif isinstance(value, int) and not isinstance(value, bool):
        size = value
    else:
        shown = f"“{value}”" if isinstance(value, str) else _kind_name(value)
        raise at.fault(f"文件大小读不懂：{shown}", '请写字节数，或写成 "20MB" 的样子')
    if size <= 0:
        raise at.fault("文件大小要大于 0", '请写字节数，或写成 "20MB" 的样子')
    return size


def _kind(word: str, at: _At) -> str:
    """Genre or subgenre that a key names."""
    word = word.strip()
    if word in GENRES or word in SUBGENRES:
        return word
    plain = word.replace("、", "")
    for name in (word, plain):
        if name in _GENRE_WORDS:
            return _GENRE_WORDS[name]
    close = nearest(word, [*SUBGENRES, *_GENRE_WORDS, *GENRES])
    raise at.unknown(f"没有“{word}”这个文种", close, f"可用的文种有 {'、'.join((*SUBGENRES, *GENRES))}")


@cache
def _section_words() -> dict[str, str]:
    words: dict[str, str] = {}
    for key in _SECTIONS:
        name = SECTION_NAMES[key]
        for word in (key, name, *re.split("[（）]", name), *_SYNONYMS.get(key, ())):
            if word:
                words.setdefault(word, key)
    return words


def _section(word: str, at: _At) -> str:
    words = _section_words()
    key = words.get(word.strip()) or words.get(word.strip().lower().replace("-", "_"))
    if key is None:
        names = "、".join(SECTION_NAMES[section] for section in _SECTIONS)
        raise at.unknown(f"没有“{word}”这个部分", nearest(word, words), f"可以写 {names}，或它们的英文名")
    return key


# --- tables ---------------------------------------------------------------------------------------------------------


def _selection(data: Mapping[str, Any], at: _At) -> dict[str, Any]:
    """The settings that only a settings file has, ready for `replace`."""
    out: dict[str, Any] = {}
    for key in ("select", "ignore", "extend-select", "extend-ignore"):
        if key in data:
            out[key.replace("-", "_")] = _patterns(_list(data[key], at.key(key)), at.key(key))
    if "severity" in data:
        here = at.key("[severity]")
        table = _table(data["severity"], here)
        out["severity"] = {_pattern(k, here): _severity(v, here.key(k)) for k, v in table.items()}
    if "fail-on" in data:
        out["fail_on"] = _severity(data["fail-on"], at.key("fail-on"))
    if "as-of" in data:
        out["as_of"] = _as_of(data["as-of"], at.key("as-of"))
    if "max-size" in data:
        out["limits"] = replace(Settings().limits, max_bytes=_size(data["max-size"], at.key("max-size")))
    if "exclude" in data:
        patterns = _strings(data, "exclude", at)
        out["exclude"] = tuple(p.replace("\\", "/") for p in patterns)
    if "models" in data:
        here = at.key("models")
        out["models"] = Path(here.file).resolve().parent / _string(data["models"], here).replace("\\", "/")
    if "per-subgenre" in data:
        out["per_subgenre"] = _per_subgenre(data["per-subgenre"], at)
    return out


def _per_subgenre(value: object, at: _At) -> dict[str, PerSubgenre]:
    out: dict[str, PerSubgenre] = {}
    for name, value_ in _table(value, at.key("[per-subgenre]")).items():
        here = at.key(f'[per-subgenre."{name}"]')
        kind = _kind(name, here)
        table = _table(value_, here)
        _known_keys(table, ("ignore", "extend-select"), here)
        before = out.get(kind, PerSubgenre())
        ignore = _patterns(_strings(table, "ignore", here), here.key("ignore"))
        more = _patterns(_strings(table, "extend-select", here), here.key("extend-select"))
        out[kind] = PerSubgenre(_unique((*before.ignore, *ignore)), _unique((*before.extend_select, *more)))
    return out


def _words(data: Mapping[str, Any], at: _At, source: str) -> _Words:
    sections = _sections(data["sections"], at) if "sections" in data else {}
    wordings = _wordings(data["wordings"], at) if "wordings" in data else {}
    terms = _terms(data.get("terms", []), at, source)
    return _Words(_strings(data, "allow", at), terms, sections, wordings, _entries(data.get("entry", []), at, source))


def _entries(value: object, at: _At, source: str) -> tuple[Entry, ...]:
    """The policy entries of a pack."""
    if isinstance(value, dict):
        raise at.key("[entry]").fault("政策条目要一条一条地写", "每一条前面写一行 [[entry]]，两层方括号")
    rows = _list(value, at.key("[[entry]]"))
    if not rows:
        return ()
    from docnlp.policy.loading import entry_of

    out: list[Entry] = []
    for number, row in enumerate(rows, 1):
        table = _table(row, at.key(f"[[entry]] 第 {number} 条"))
        out.append(entry_of(table, f"{at.file} [[entry]] {table.get('id', f'第 {number} 条')}", source))
    return tuple(out)


def _terms(value: object, at: _At, source: str) -> tuple[Term, ...]:
    out: list[Term] = []
    if isinstance(value, dict):
        raise at.key("[terms]").fault("词条要一条一条地写", "每一条前面写一行 [[terms]]，两层方括号")
    for number, row in enumerate(_list(value, at.key("[[terms]]")), 1):
        here = at.key(f"[[terms]] 第 {number} 条")
        table = _table(row, here)
        _known_keys(table, ("found", "use", "message", "severity"), here)
        if "found" not in table:
            raise here.fault("缺少 found", '请写上要查出来的写法，例如 found = "区创建办"')
        use = _one_or_more(table["use"], here.key("use")) if "use" in table else ()
        message = _string(table["message"], here.key("message")).rstrip("。") if "message" in table else ""
        severity = _severity(table["severity"], here.key("severity")) if "severity" in table else "warning"
        for found in _one_or_more(table["found"], here.key("found")):
            if fold(found) in map(fold, use):
                raise here.fault(f"“{found}”既是要查的写法，又是改成的写法", "请去掉其中一处")
            out.append(Term(found, use, message, severity, source))
    return tuple(out)


def _sections(value: object, at: _At) -> dict[str, dict[str, SectionLevel]]:
    out: dict[str, dict[str, SectionLevel]] = {}
    lists: dict[str, SectionLevel] = {"required": "warning", "optional": "info", "skip": "off"}
    for name, table in _table(value, at.key("[sections]")).items():
        here = at.key(f'[sections."{name}"]')
        levels = out.setdefault(_kind(name, here), {})
        for key, entry in _table(table, here).items():
            if key in lists:
                pairs = [(word, lists[key]) for word in _strings({key: entry}, key, here)]
            else:
                pairs = [(key, _level(entry, here.key(key)))]
            for word, level in pairs:
                section = _section(word, here)
                if levels.setdefault(section, level) != level:
                    raise here.fault(f"“{word}”写了两次，要求不一样", "请只留一处")
    return out


def _wordings(value: object, at: _At) -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    owner: dict[str, str] = {}
    at = at.key("[wordings]")
    for name, entry in _table(value, at).items():
        section = _section(name, at)
        words = _one_or_more(entry, at.key(name))
        for word in words:
            if owner.setdefault(fold(word), section) != section:
                raise at.fault(f"“{word}”写在了两个部分下", "一种标题只能归一个部分，请只留一处")
        out[section] = _unique((*out.get(section, ()), *words))
    return out


# --- layers ---------------------------------------------------------------------------------------------------------


def _add_words(settings: Settings, words: _Words, file: Path) -> Settings:
    terms = {fold(t.found): t for t in settings.terms}
    for term in words.terms:
        terms.pop(fold(term.found), None)
        terms[fold(term.found)] = term
    sections = {kind: dict(levels) for kind, levels in settings.sections.items()}
    for kind, levels in words.sections.items():
        sections.setdefault(kind, {}).update(levels)
    wordings: dict[str, tuple[str, ...]] = {}
    new = {fold(w) for ws in words.wordings.values() for w in ws}
    for section, known in settings.wordings.items():
        wordings[section] = tuple(w for w in known if fold(w) not in new)
    for section, more in words.wordings.items():
        wordings[section] = (*wordings.get(section, ()), *more)
    return replace(
        settings,
        allow=_unique((*settings.allow, *words.allow)),
        terms=tuple(terms.values()),
        policy=tuple({e.id: e for e in (*settings.policy, *words.entries)}.values()),
        sections=sections,
        wordings={section: ws for section, ws in wordings.items() if ws},
        files=(*settings.files, file),
    )


def _add_pack(settings: Settings, name: str, base: Path, at: _At) -> Settings:
    path = _pack_path(name, base, at)
    if path.resolve() in settings.files:
        return settings
    data = _read(path)
    here = _At(str(path))
    for key in data:
        if key in _SELECTION_KEYS:
            raise here.fault(f"词包里不能写 {key}", "请写到 docnlp.toml 里")
    _known_keys(data, _PACK_KEYS, here)
    if "description" in data:
        _string(data["description"], here.key("description"))
    title = _string(data["name"], here.key("name")) if "name" in data else path.name
    return _add_words(settings, _words(data, here, title), path.resolve())


def _pack_path(name: str, base: Path, at: _At) -> Path:
    path = base / name.replace("\\", "/") if not Path(name).is_absolute() else Path(name)
    if "/" in name or "\\" in name or name.lower().endswith(".toml"):
        if not _is_file(path):
            if any(c < " " for c in name):
                raise at.fault("词包的路径里有看不见的字符", "双引号里不能直接写反斜杠，路径请用 / 分隔")
            found = [p.name for p in path.parent.glob("*.toml")] if path.parent.is_dir() else []
            others = [n for n in found if n not in ("docnlp.toml", "pyproject.toml")]
            raise at.unknown(
                f"没有 {path} 这个词包", nearest(path.name, others), "请核对路径；相对路径从写它的文件所在的文件夹算起"
            )
        return path
    shipped = shipped_packs()
    if name in shipped:
        return shipped[name]
    known = f"随程序附带的词包有 {'、'.join(shipped)}" if shipped else "目前没有随程序附带的词包"
    near = f"{name}.toml" if _is_file(base / f"{name}.toml") else nearest(name, shipped)
    raise at.unknown(f"没有“{name}”这个词包", near, f'{known}；自己的词包请写文件名，例如 "{name}.toml"')


@cache
def _glob(pattern: str) -> re.Pattern[str]:
    """A pattern as a regular expression that matches a path or one of its parent folders."""
    out = []
    i = 0
    while i < len(pattern):
        if pattern.startswith("**/", i):
            out.append("(?:.*/)?")
            i += 3
        elif pattern.startswith("**", i):
            out.append(".*")
            i += 2
        else:
            c = pattern[i]
            out.append("[^/]*" if c == "*" else "[^/]" if c == "?" else re.escape(c))
            i += 1
    return re.compile("".join(out) + "(?:/|$)")
