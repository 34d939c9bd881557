"""Reading the timeline: from the TOML that people write, and from the compiled form that a check loads."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

from docnlp.errors import SettingsError
from docnlp.policy.model import CONFIDENCES, ENTRY_KINDS, Congress, Entry, Formula, Period, Plenary, Thought
from docnlp.policy.timeline import Dated, Timeline, forms_by_head
from docnlp.text.skeleton import bare

DATA = Path(__file__).parent / "data"
COMPILED = DATA / "compiled.json"

_DATES = ("valid_from", "valid_until", "grace_until", "read")
_LISTS = (
    "forms",
    "use",
    "unless_part_of",
    "only_with",
    "not_with",
    "not_followed_by",
    "not_preceded_by",
    "bad",
    "good",
)
_TEXTS = ("event", "issued_by", "source", "note")
_FLAGS = ("early", "history")
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": tuple(ENTRY_KINDS),
    "confidence": tuple(CONFIDENCES),
    "severity": ("error", "warning", "info"),
    "when": ("any", "current"),
}
#: What else a pack may hold; read by the settings.
_OTHER_TABLES = ("name", "description", "allow", "terms", "sections", "wordings")
_KEYS = {f.name for f in fields(Entry)} - {"pack"}


class PolicyError(SettingsError):
    """A policy pack that is wrong."""


def read_toml(path: Path) -> dict[str, Any]:
    """A pack as tables.

    Raises:
        PolicyError: It cannot be read, is not UTF-8 or no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise PolicyError("政策词表读不出来", "请检查路径和权限", str(path)) from error
    except UnicodeDecodeError as error:
        raise PolicyError("政策词表不是 UTF-8 编码", "请用记事本另存为 UTF-8", str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(
            f"政策词表不合 TOML 写法（{error}）", "请对照 docs/policy.md 里的样例改正", str(path)
        ) from error


def entry_of(table: Mapping[str, Any], where: str, pack: str = "") -> Entry:
    """An entry from its table.

    Args:
        table: What TOML (or the compiled form, where dates are texts) says.
        where: File and id, for messages.
        pack: Name of the file, kept in the entry.

    Raises:
        PolicyError: A key is unknown, missing or of the wrong kind.
    """

    def wrong(reason: str) -> PolicyError:
        return PolicyError(reason, "请对照 docs/policy.md 里的字段表改正", where)

    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise wrong(f"有不认识的字段 {'、'.join(unknown)}")
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key in _DATES:
            if isinstance(value, str):
                try:
                    value = date.fromisoformat(value)
                except ValueError as error:
                    raise wrong(f"{key} 不是日期：{value}") from error
            if not isinstance(value, date):
                raise wrong(f"{key} 应写成日期，如 2018-03-21")
        elif key in _LISTS:
            if not isinstance(value, list) or not all(isinstance(v, str) and v for v in value):
                raise wrong(f'{key} 应写成一列文字，如 ["甲", "乙"]')
            value = tuple(value)
        elif key == "use_by_form":
            if not isinstance(value, dict) or not all(isinstance(v, list) for v in value.values()):
                raise wrong('use_by_form 应写成 { "旧称" = ["新称"] }')
            value = {form: tuple(cures) for form, cures in value.items()}
        elif key in _FLAGS:
            if not isinstance(value, bool):
                raise wrong(f"{key} 应写 true 或 false")
        elif not isinstance(value, str):
            raise wrong(f"{key} 应是文字")
        if key in _CHOICES and value not in _CHOICES[key]:
            raise wrong(f"{key} 只能是 {'、'.join(_CHOICES[key])}，现在是 {value}")
        values[key] = value
    for key in ("id", "kind", "forms"):
        if not values.get(key):
            raise wrong(f"缺少字段 {key}")
    return Entry(**values, pack=pack)


def read_pack(path: Path) -> list[Entry]:
    """The entries of one TOML pack.

    Raises:
        PolicyError: The file or an entry is wrong; the message names the file and the entry.
    """
    tables = read_toml(path)
    unknown = sorted(set(tables) - {"entry", *_OTHER_TABLES})
    if unknown:
        raise PolicyError(f"有不认识的表 {'、'.join(unknown)}", "条目都写在 [[entry]] 下面", str(path))
    out: list[Entry] = []
    for number, table in enumerate(tables.get("entry", []), 1):
        name = table.get("id", f"第 {number} 条") if isinstance(table, dict) else f"第 {number} 条"
        if not isinstance(table, dict):
            raise PolicyError("条目应写在 [[entry]] 下面", "", f"{path} {name}")
        out.append(entry_of(table, f"{path} {name}", path.name))
    return out


def pack_paths() -> list[Path]:
    """The shipped TOML files of entries, by name."""
    return sorted(p for p in DATA.glob("*.toml") if p.name != "timeline.toml")


def compile_packs(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Entries as JSON tables: only what differs from the defaults, no examples, which a check does not need."""
    defaults = {f.name: f.default for f in fields(Entry) if f.default is not MISSING}
    out: list[dict[str, Any]] = []
    for entry in entries:
        table: dict[str, Any] = {}
        for f in fields(Entry):
            value = getattr(entry, f.name)
            if (
                f.name in ("bad", "good", "note")
                or (not value and f.name != "history")
                or value == defaults.get(f.name)
            ):
                continue
            if isinstance(value, date):
                value = value.isoformat()
            elif isinstance(value, tuple):
                value = list(value)
            elif isinstance(value, Mapping):
                value = {k: list(v) for k, v in value.items()}
            table[f.name] = value
        out.append(table)
    return out


def compiled_text() -> str:
    """What `data/compiled.json` should hold."""
    entries = [entry for path in pack_paths() for entry in read_pack(path)]
    tables = {
        "entries": compile_packs(entries),
        "lists": json.loads(json.dumps(read_toml(DATA / "timeline.toml"), default=date.isoformat)),
    }
    rows = ",\n".join(json.dumps(e, ensure_ascii=False, separators=(",", ":")) for e in tables["entries"])
    lists = json.dumps(tables["lists"], ensure_ascii=False, separators=(",", ":"))
    heads = forms_by_head((i, e.forms) for i, e in enumerate(entries))
    forms = json.dumps(heads, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'{{"entries":[\n{rows}\n],\n"forms":{forms},\n"lists":{lists}}}\n'


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _must(value: str) -> date:
    return date.fromisoformat(value)


def _unpack(table: Mapping[str, Any]) -> Entry:
    """A compiled table, which was checked when it was compiled."""
    values = dict(table)
    for key in _DATES:
        if key in values:
            values[key] = date.fromisoformat(values[key])
    for key in _LISTS:
        if key in values:
            values[key] = tuple(values[key])
    if "use_by_form" in values:
        values["use_by_form"] = {form: tuple(v) for form, v in values["use_by_form"].items()}
    return Entry(**values)


_NUMBERS = {15: "十五", 16: "十六", 17: "十七", 18: "十八", 19: "十九", 20: "二十", 21: "二十一"}


@cache
def timeline() -> Timeline:
    """The shipped timeline.

    Raises:
        PolicyError: The compiled file is missing or damaged.
    """
    try:
        tables = json.loads(COMPILED.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PolicyError("政策时间线文件缺失或损坏", "请重新安装 docnlp", str(COMPILED)) from error
    lists = tables["lists"]
    congresses = tuple(
        Congress(
            number=c["number"],
            name=f"{_NUMBERS[c['number']]}大",
            opened=_must(c["opened"]),
            closed=_must(c["closed"]),
            plenaries=tuple(
                Plenary(p["number"], _must(p["closed"]), p["theme"], p.get("source", "常识"), _day(p.get("read")))
                for p in c["plenaries"]
            ),
            source=c.get("source", "常识"),
            read=_day(c.get("read")),
        )
        for c in lists["congress"]
    )
    thoughts = tuple(
        Thought(t["name"], tuple(t["short"]), _must(t["since"]), t.get("source", "常识"), _day(t.get("read")))
        for t in lists["thought"]
    )

    def periods(kind: str) -> tuple[Period, ...]:
        rows = [p for p in lists["period"] if p["kind"] == kind]
        return tuple(
            Period(p["name"], p["first"], p["last"], p.get("source", "常识"), _day(p.get("read"))) for p in rows
        )

    def dated(name: str) -> tuple[Dated, ...]:
        return tuple(Dated(_must(r["since"]), r["text"]) for r in lists[name])

    return Timeline(
        tables=tuple(tables["entries"]),
        make=cast("Any", _unpack),
        record_reaches=_must(lists["record_reaches"]),
        congresses=congresses,
        thoughts=thoughts,
        plans=periods("plan"),
        law_plans=periods("law"),
        formulas=tuple(
            Formula(
                f["name"],
                tuple(map(bare, f["items"])),
                _must(f["since"]),
                _day(f.get("until")),
                f.get("source", "常识"),
                _day(f.get("read")),
            )
            for f in lists["formula"]
        ),
        guiding=dated("guiding"),
        stances=dated("stance"),
        compiled_forms=tables["forms"],
    )
