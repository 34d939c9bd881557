"""Slogans by their form: figures, quoted names, runs of parallel phrases, known set phrases.

It reads forms only and knows few phrases; a trained extractor can take its place behind the same protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docnlp.analysis.base import AnalysisOptions, Slogan, SloganType
from docnlp.document.model import Document
from docnlp.text.folding import fold
from docnlp.text.spans import SpanSet

_QUOTED = re.compile(r"“([^“”\n]{2,40})”(?:主题|系列)?(?:活动|行动|工程|计划)?")
_NUMERIC = re.compile(r"(?:[一二两三四五六七八九十]|双)(?:个|大|项|条|种|讲|进|创|送|比|爱|有|德|风|好|到|民|心|手|长|星|互|评|清|严|实|学|树|治|化|型|转|提|抓|查|建|下|带|联|访|帮|不)")
_TITLE = re.compile(r"《[^》\n]{1,60}》")
_ACTIVITY = ("活动", "行动", "工程", "计划")
_SPLIT = re.compile(r"[、,]")
_CLAUSES = re.compile(r"[^。;!?:“”()《》\n]{8,120}")
_POLICY = (
    "社会主义核心价值观", "社会主义核心价值体系", "中国特色社会主义", "邓小平理论", "科学发展观", "习近平新时代中国特色社会主义思想",
    "中国梦", "四个自信", "四个意识", "两个维护", "两个确立", "中国式现代化", "高质量发展", "乡村振兴", "可持续发展", "和谐社会",
)  # fmt: skip
_CAMPAIGN = ("我们的节日", "文明餐桌", "道德讲堂", "光盘行动", "文明交通", "学雷锋", "文明上网", "讲文明树新风", "扫黄打非")


class PatternSlogans:
    """Slogans without a trained model.

    Args:
        options: Allowed words, which are no slogans.
    """

    def __init__(self, options: AnalysisOptions) -> None:
        self._allow = frozenset(fold(w) for w in options.allow)

    def slogans(self, document: Document) -> Sequence[Slogan]:
        """Slogans in order; where two overlap the better score, then the longer one stays."""
        text = document.text
        titles = SpanSet((m.start(), m.end()) for m in _TITLE.finditer(text))
        found = [s for s in self._candidates(document) if not titles.touches(s.start, s.end) and fold(text[s.start : s.end]) not in self._allow]
        found.sort(key=lambda s: (-s.score, s.start - s.end, s.start))
        taken: list[Slogan] = []
        spans: set[int] = set()
        for s in found:
            if spans.isdisjoint(range(s.start, s.end)):
                taken.append(s)
                spans.update(range(s.start, s.end))
        return sorted(taken, key=lambda s: s.start)

    def _candidates(self, document: Document) -> Iterator[Slogan]:
        text = document.text
        for m in _QUOTED.finditer(text):
            inner = m[1]
            numeric = _NUMERIC.match(inner) is not None and len(inner) <= 6
            parallel = _parallel(inner) >= 2
            kind: SloganType = "numeric" if numeric else "parallel" if parallel else "campaign"
            if len(inner) <= 24 and not any(c in inner for c in "。;；"):
                yield Slogan(m.start(1), m.end(1), kind, 0.8 if m[0].endswith(_ACTIVITY) else 0.65)
        for words, policy in ((_POLICY, True), (_CAMPAIGN, False)):
            for word in words:
                at = text.find(word)
                while at >= 0:
                    yield Slogan(at, at + len(word), "policy" if policy else "campaign", 0.75)
                    at = text.find(word, at + len(word))
        folded = document.folded
        for block in document.blocks:
            if block.kind in ("heading", "body"):
                yield from _runs(folded, block.marker.end if block.marker else block.start, block.end)


def _runs(folded: str, start: int, end: int) -> Iterator[Slogan]:
    """Runs of clauses of the same length that share a sign of parallel form."""
    for clause in _CLAUSES.finditer(folded, start, end):
        pieces: list[tuple[int, int]] = []
        at = clause.start()
        for cut in [*_SPLIT.finditer(folded, clause.start(), clause.end()), None]:
            stop = cut.start() if cut else clause.end()
            pieces.append((at, stop))
            at = stop + 1
        i = 0
        while i < len(pieces):
            j = i + 1
            while j < len(pieces) and _pair(folded[slice(*pieces[i])], folded[slice(*pieces[j])]):
                j += 1
            if j == i + 1 and j < len(pieces) and (shift := _behind_verb(folded, pieces[i], pieces[j])) is not None:
                # 做到人人讲卫生、人人讲礼仪: the first phrase stands behind a verb
                pieces[i] = (shift, pieces[i][1])
                while j < len(pieces) and _pair(folded[slice(*pieces[i])], folded[slice(*pieces[j])]):
                    j += 1
            size = pieces[i][1] - pieces[i][0]
            if j - i >= 2 and 3 <= size <= 12 and (j - i >= 3 or _kin(folded[slice(*pieces[i])], folded[slice(*pieces[j - 1])]) or size in (4, 6)):
                yield Slogan(pieces[i][0], pieces[j - 1][1], "parallel", 0.6)
            i = j if j > i + 1 else i + 1


def _behind_verb(folded: str, first: tuple[int, int], second: tuple[int, int]) -> int | None:
    size = second[1] - second[0]
    start = first[1] - size
    if size < 4 or not first[0] < start <= first[0] + 6:
        return None
    a, b = folded[start : first[1]], folded[slice(*second)]
    return start if _pair(a, b) and a[0] == b[0] else None


def _pair(a: str, b: str) -> bool:
    return len(a) == len(b) >= 3 and a.strip() == a and all("\u4e00" <= c <= "\u9fff" for c in a + b)


def _kin(a: str, b: str) -> bool:
    return any(x == y for x, y in zip(a, b, strict=True))


def _parallel(text: str) -> int:
    pieces = _SPLIT.split(fold(text))
    return len(pieces) if len(pieces) > 1 and max(map(len, pieces)) - min(map(len, pieces)) <= 1 else 0
