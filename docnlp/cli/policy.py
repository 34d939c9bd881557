"""`docnlp policy`: what a day asks for, the life of a term, and checking policy packs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from docnlp.cli import Command
from docnlp.cli.params import format_option

if TYPE_CHECKING:
    from docnlp.policy.model import Entry
    from docnlp.policy.timeline import Timeline

HELP = """查政策时间线。

不写词语：某一天（不写日期就是今天）的指导思想、最新会议、五年规划、普法规划和正在开展的教育活动怎样写。

写词语：这个提法从何时到何时是对的，因为什么改变，现在怎样写，出处是什么。

docnlp policy validate 文件…：检查自己写的政策词包。"""


@click.command("policy", cls=Command, help=HELP)
@click.argument("words", metavar="[词语…]", nargs=-1)
@click.option("--as-of", "as_of", metavar="日期", help="哪一天，写成 2014-06-01；不写就是今天")
@format_option("text", "json")
def policy(words: tuple[str, ...], as_of: str | None, form: str) -> int:
    """Show the timeline; returns the exit status."""
    import json

    from docnlp.cli.output import ambiguous_width, deliver, note

    if words and words[0] == "validate":
        return _validate(words[1:])
    from pathlib import Path

    from docnlp.cli.files import SettingsFinder
    from docnlp.policy.loading import timeline

    record = timeline()
    own = SettingsFinder().of_folder(Path()).policy
    if own:
        record = record.with_packs(own)
    day = _day(as_of)
    if words:
        found = [entry for word in words for entry in _matching(record, word)]
        if form == "json":
            deliver(json.dumps([_facts(e) for e in found], ensure_ascii=False, indent=2) + "\n", None, data=True)
            return 0 if found else 1
        if not found:
            note(f"时间线没有收录“{'、'.join(words)}”。会议、规划、指导思想用 docnlp policy --as-of 日期 查看。")
            return 1
        lines: list[str] = []
        for entry in dict.fromkeys(found):
            lines += [*_life(entry, day, ambiguous_width()), ""]
        deliver("\n".join(lines), None)
        return 0
    facts = on_day(record, day)
    if form == "json":
        deliver(json.dumps(facts, ensure_ascii=False, indent=2) + "\n", None, data=True)
    else:
        from docnlp.cli.output import table

        rows = [(name, value) for name, value in _names(facts) if value]
        deliver("\n".join([f"{_chinese(day)}的写法", *table(rows, ambiguous_width(), indent=2)]) + "\n", None)
    if record.is_past_record(day):
        note(f"时间线截至{_chinese(record.record_reaches)}，此后有没有新的会议和提法，请另行核对。")
    return 0


def _day(as_of: str | None) -> date:
    if as_of is None or as_of == "today":
        return date.today()
    try:
        return date.fromisoformat(as_of)
    except ValueError:
        raise click.UsageError(f"日期“{as_of}”读不懂，请写成 2014-06-01 的样子") from None


def _chinese(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def on_day(record: Timeline, day: date) -> dict[str, Any]:
    """What is complete, newest and running on a day, as plain data.

    Args:
        record: The timeline.
        day: The day.
    """
    congress, plenary = record.congress(day), record.plenary(day)
    plan, law = record.plan_on(day), record.law_plan_on(day)
    return {
        "as_of": day.isoformat(),
        "guiding": record.guiding_on(day),
        "congress": {"name": congress.name, "closed": congress.closed.isoformat()},
        "plenary": {
            "name": f"{congress.name.removesuffix('大')}届{'零一二三四五六七'[plenary.number]}中全会",
            "closed": plenary.closed.isoformat(),
            "theme": plenary.theme,
        }
        if plenary
        else None,
        "citation": record.citation(day),
        "stance": record.stance_on(day),
        "plan": {"name": plan.name, "first": plan.first, "last": plan.last} if plan else None,
        "law_plan": {"name": law.name, "first": law.first, "last": law.last} if law else None,
        "campaigns": [e.forms[0] for e in record.campaigns_on(day)],
        "record_reaches": record.record_reaches.isoformat(),
    }


def _names(facts: dict[str, Any]) -> list[tuple[str, str]]:
    congress, plenary, plan, law = facts["congress"], facts["plenary"], facts["plan"], facts["law_plan"]
    return [
        ("指导思想", facts["guiding"]),
        ("政治要求", facts["stance"]),
        ("最新大会", f"党的{congress['name']}（{_chinese(date.fromisoformat(congress['closed']))}闭幕）"),
        (
            "最新全会",
            f"{plenary['name']}（{_chinese(date.fromisoformat(plenary['closed']))}闭幕，{plenary['theme']}）"
            if plenary
            else "",
        ),
        ("会议写法", facts["citation"]),
        ("五年规划", f"“{plan['name']}”（{plan['first']}—{plan['last']}年）" if plan else ""),
        ("普法规划", f"“{law['name']}”普法（{law['first']}—{law['last']}年）" if law else ""),
        ("教育活动", "；".join(facts["campaigns"])),
    ]


def _matching(record: Timeline, word: str) -> list[Entry]:
    from docnlp.text.skeleton import bare

    letters = bare(word).removeprefix("《").removesuffix("》")
    if not letters:
        return []
    exact, near = [], []
    for entry in record.entries:
        forms = [bare(form).removeprefix("《").removesuffix("》") for form in entry.forms]
        if letters in forms:
            exact.append(entry)
        elif any(letters in form or (len(form) > 2 and form in letters) for form in forms):
            near.append(entry)
    return exact or near


def _facts(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "forms": list(entry.forms),
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
        "valid_until": entry.valid_until.isoformat() if entry.valid_until else None,
        "use": list(entry.use),
        "event": entry.event,
        "issued_by": entry.issued_by,
        "source": entry.source,
        "read": entry.read.isoformat() if entry.read else None,
        "confidence": entry.confidence,
        "note": entry.note,
    }


def _life(entry: Entry, day: date, ambiguous: int) -> list[str]:
    from docnlp.cli.output import table
    from docnlp.policy.model import CONFIDENCES, ENTRY_KINDS

    start = _chinese(entry.valid_from) if entry.valid_from else "较早"
    stop = _chinese(entry.valid_until) if entry.valid_until else "今"
    stale = entry.stale_after is not None and day > entry.stale_after
    rows = [
        ("类别", ENTRY_KINDS[entry.kind]),
        ("使用时间", f"{start}至{stop}"),
        (
            _chinese(day),
            "已不再这样写"
            if stale
            else "可以这样写"
            if not entry.valid_from or entry.valid_from <= day
            else "那时还没有",
        ),
        ("现在写作", "；".join(entry.use) or ("删去或改写" if entry.valid_until else "")),
        ("因为", "，".join(filter(None, [entry.event, entry.issued_by if entry.issued_by not in entry.event else ""]))),
        ("例外", entry.note),
        ("出处", f"{entry.source}（{entry.read.isoformat()} 查看）" if entry.read else "常识，未查看原文"),
        ("把握", CONFIDENCES[entry.confidence]),
    ]
    rows += [(form, "；".join(cures)) for form, cures in entry.use_by_form.items()]
    return [f"{'、'.join(entry.forms)}　[{entry.id}]", *table([r for r in rows if r[1]], ambiguous, indent=2)]


def _validate(files: tuple[str, ...]) -> int:
    from docnlp.policy.validate import main

    return main(files)
