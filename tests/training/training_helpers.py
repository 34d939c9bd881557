"""A small corpus for the tests of training."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docnlp.training.markup import CorpusDocument, load_corpus

UNITS = ("清溪县水务局", "东河镇卫生院", "柳湾供电所", "白石街道办事处", "青峰中学", "南塘市图书馆")
WORK = ("开展学雷锋志愿服务", "办好道德讲堂", "整治背街小巷", "组织经典诵读", "评选最美职工", "清理河道垃圾")
NAMES = ("“雪亮窗口”行动", "“暖心渡口”行动", "“清风讲堂”", "“红马甲”行动", "“书香校园”行动", "“阅读马拉松”")
RUNS = ("进门有礼、出门有序", "爱站如家、待客如宾", "守时守信、办事公道", "说话和气、办事热心", "爱书护书、静心读书", "轻声细语、轻拿轻放")
FIGURES = ("“四进”活动", "“五查”活动", "“三问”活动", "“六送”活动", "“两提”活动", "“十比”活动")


def source(n: int) -> str:
    """Markup of one document; no two are the same."""
    unit, work, group = UNITS[n], WORK[n], "甲乙"[n % 2]
    return f"""---
id: t-{n}
genre: plan
subgenre: 工作方案
unit: 机关
date: 202{n}-03-0{n + 1}
group: {group}
---
[title] {unit}文明创建工作方案
[preamble] 为推进{unit}的文明创建，结合实际，制定本方案。
[guiding/1] 一、指导思想
[guiding] 坚持以社会主义核心价值观为引领，把{work}做实做细。
[tasks/1] 二、主要任务
[tasks] 每季度{work}一次，由各科室轮流承办，做好记录。
[tasks] 每月检查一次环境卫生，{work}的情况及时公布。
[safeguards/1] 三、工作要求
[safeguards] 各科室要加强督查，{work}列入年度考核，落实经费。
[signature] {unit}
[date] 202{n}年3月{n + 1}日
"""


def sloganed(n: int) -> str:
    """Markup of the same document with slogans of every type, and with runs that are none."""
    text = source(n).replace("社会主义核心价值观", "{G:社会主义核心价值观}")
    old = f"[tasks] 每季度{WORK[n]}一次，由各科室轮流承办，做好记录。\n"
    assert old in text
    new = (
        f"[tasks] 深入开展{{C:{NAMES[n]}}}，每季度{WORK[n]}一次，由各科室轮流承办、办公室督促。\n"
        f"[tasks] 结合{{N:{FIGURES[n]}}}，引导职工做到{{P:{RUNS[n]}}}。\n"
    )
    return text.replace(old, new)


def write_corpus(folder: Path, count: int = 6, make: Callable[[int], str] = source) -> Path:
    """A corpus folder with that many documents."""
    folder.mkdir()
    for n in range(count):
        (folder / f"t-{n}.txt").write_text(make(n), encoding="utf-8")
    return folder


def corpus(folder: Path, make: Callable[[int], str] = source) -> list[CorpusDocument]:
    """The small corpus, read."""
    return load_corpus([write_corpus(folder / "语料", make=make)])
