"""Checking policy packs: `python -m docnlp.policy.validate FILE…`, and `docnlp policy validate`.

A pack is right when its dates are in order, no two entries look for the same words, and its own examples come out as
they say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from docnlp.errors import DocnlpError
from docnlp.policy.loading import pack_paths, read_pack, timeline
from docnlp.policy.mentions import Judge, find
from docnlp.policy.model import Entry
from docnlp.policy.timeline import Timeline
from docnlp.text.folding import fold
from docnlp.text.skeleton import Skeleton, bare

#: An example of a mistake must be one this long after the end, and none this long before it.
AFTER = timedelta(days=400)
BEFORE = timedelta(days=60)


def problems(entries: Sequence[Entry], base: Timeline, shipped: Iterable[Entry] = ()) -> list[str]:
    """What is wrong with entries, in Chinese, one line each.

    Args:
        entries: The entries of one or more packs.
        base: The timeline they would be added to.
        shipped: Entries they must not collide with; one with the same id is replaced and does not count.
    """
    out: list[str] = []
    seen: dict[str, str] = {}
    ids: set[str] = set()
    for entry in entries:
        if entry.id in ids:
            out.append(f"{entry.id}：编号重复")
        ids.add(entry.id)
    for entry in shipped:
        if entry.id not in ids:
            seen.update({bare(form): entry.id for form in entry.forms})
    with_packs = base.with_packs(entries)
    for entry in entries:
        out += [f"{entry.id}：{reason}" for reason in _of_entry(entry)]
        for form in entry.forms:
            letters = bare(form)
            if seen.get(letters, entry.id) != entry.id:
                out.append(f"{entry.id}：“{form}”与 {seen[letters]} 的写法相同")
            seen.setdefault(letters, entry.id)
        out += [f"{entry.id}：{reason}" for reason in _examples(entry, with_packs)]
    return out


def _of_entry(entry: Entry) -> Iterable[str]:
    if entry.valid_from and entry.valid_until and entry.valid_from >= entry.valid_until:
        yield "valid_from 应早于 valid_until"
    if entry.grace_until and not (entry.valid_until and entry.grace_until > entry.valid_until):
        yield "grace_until 应晚于 valid_until"
    if entry.early and not entry.valid_from:
        yield "写了 early 就要写 valid_from"
    if not entry.source:
        yield "缺少 source（没有查看出处的写“常识”）"
    if entry.read and entry.source in ("", "常识"):
        yield "写了 read 就要写查看过的出处"
    if any(len(bare(form)) < 2 for form in entry.forms):
        yield "forms 里有不足两个字的写法"
    unknown = [form for form in entry.use_by_form if form not in entry.forms]
    if unknown:
        yield f"use_by_form 里的 {'、'.join(unknown)} 不在 forms 里"
    if not entry.valid_until and not entry.valid_from:
        yield "valid_from 和 valid_until 至少写一个"
    if not entry.bad and (entry.valid_until or entry.early):
        yield "缺少 bad 例句"
    if not entry.good:
        yield "缺少 good 例句"


def _flagged(text: str, day: date, entry: Entry, base: Timeline) -> list[tuple[int, int]]:
    folded = fold(text)
    judge = Judge(folded, day)
    return [
        (m.start, m.end) for m in find(Skeleton(folded), base) if m.entry.id == entry.id and judge.verdict(m) != "fine"
    ]


def _examples(entry: Entry, base: Timeline) -> Iterable[str]:
    if entry.stale_after is not None:
        wrong_on = entry.stale_after + AFTER
        right_on = (entry.valid_until or entry.stale_after) - BEFORE
        if entry.valid_from and right_on < entry.valid_from:
            right_on = entry.valid_from
    elif entry.early and entry.valid_from:
        wrong_on = entry.valid_from - AFTER
        right_on = entry.valid_from + BEFORE
    else:
        return
    for example in entry.bad:
        if example.count("【") != example.count("】") or "【" not in example:
            yield f"bad 例句没有用【】标出：{example}"
            continue
        text, spans = example, []
        while "【" in text:
            start = text.index("【")
            end = text.index("】") - 1
            text = text.replace("【", "", 1).replace("】", "", 1)
            spans.append((start, end))
        found = _flagged(text, wrong_on, entry, base)
        if found != spans:
            yield f"bad 例句在 {wrong_on} 应报 {[text[a:b] for a, b in spans]}，实报 {[text[a:b] for a, b in found]}：{example}"
        if _flagged(text, right_on, entry, base):
            yield f"bad 例句在 {right_on} 还是对的，却会报：{example}"
    for example in entry.good:
        if _flagged(example, wrong_on, entry, base):
            yield f"good 例句在 {wrong_on} 会误报：{example}"


def main(arguments: Sequence[str]) -> int:
    """Validate the packs named, or all shipped ones; 0 when they are right."""
    paths = [Path(a) for a in arguments] or pack_paths()
    try:
        entries = [entry for path in paths for entry in read_pack(path)]
    except DocnlpError as error:
        print(error, file=sys.stderr)
        return 1
    found = problems(entries, timeline())
    for line in found:
        print(line)
    opened = sum(1 for e in entries if e.read)
    print(f"{len(paths)} 个文件，{len(entries)} 条，其中 {opened} 条查看过出处；{len(found)} 处要改。")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
